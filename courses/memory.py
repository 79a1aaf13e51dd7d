"""What is remembered of the tree of pages between requests, and when it is forgotten.

Everything is kept under a stamp that changes whenever a page, language or site does. Where processes share no cache, one that did
not see the change forgets after a minute by itself. Switching the cache off changes nothing but speed.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction

STAMP = "courses:stamp"
SHARED = "courses:shared"
ONE_MINUTE = 60


def forget() -> None:
    _stamp_anew(STAMP)


def _stamp_anew(name: str) -> None:
    """At once, and again when it is committed: until then others read, and remember, what was there before."""

    def stamp() -> None:
        cache.set(name, uuid.uuid4().hex, None)

    stamp()
    transaction.on_commit(stamp)


def remembered(key: str, make: Callable[[], Any]) -> Any:
    """The value under ``key``, made when it is not known. ``None`` is a value like any other."""
    stamp = cache.get_or_set(STAMP, lambda: uuid.uuid4().hex, None)
    full_key = f"courses:{stamp}:{key}"
    known = cache.get(full_key)
    if known is None:
        known = (make(),)
        cache.set(full_key, known, ONE_MINUTE)
    return known[0]


def forget_shared() -> None:
    """Reusable content or a word of the glossary has changed: whatever shows some of it is made anew."""
    _stamp_anew(SHARED)


def shared_stamp() -> str:
    return cache.get_or_set(SHARED, lambda: uuid.uuid4().hex, None)
