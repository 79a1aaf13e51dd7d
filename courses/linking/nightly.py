"""The nightly look at all links of live lessons."""

import time
from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.models import LessonPage

from .client import look_at
from .gathering import links_of
from .models import Link

MOST = 2000  # addresses in one night; the rest comes the next night, for the oldest look comes first
LONGEST = Link._meta.get_field("url").max_length


def check_links() -> Counter:
    """Look at each address once. How many were found in which state. Addresses that no live lesson has are forgotten."""
    used = lessons_by_address()
    Link.objects.exclude(url__in=list(used)).delete()
    known = dict(Link.objects.values_list("url", "checked_at"))
    oldest_first = sorted(used, key=lambda url: (known[url].timestamp() if url in known else 0, url))
    counted, asked_at = Counter(), {}
    for url in oldest_first[:MOST]:
        wait_for(urlsplit(url).netloc, asked_at)
        counted[keep(url, used[url])] += 1
    return counted


def lessons_by_address() -> dict[str, set[int]]:
    """The numbers of the live lessons that link to each address. Links to this site itself are no strangers'."""
    used: dict[str, set[int]] = {}
    for page in LessonPage.objects.live().iterator():
        for link in links_of(page):
            if link.kind == "web" and len(link.target) <= LONGEST and not is_ours(link.target):
                used.setdefault(link.target.partition("#")[0], set()).add(page.pk)
    return used


def is_ours(url: str) -> bool:
    return url == settings.SITE_URL or url.startswith(f"{settings.SITE_URL}/")


def wait_for(host: str, asked_at: dict[str, float]) -> None:
    """Let some time go by between two questions to one server."""
    now = time.monotonic()
    pause = settings.LINK_CHECK_PAUSE - (now - asked_at.get(host, float("-inf")))
    if pause > 0:
        time.sleep(pause)
    asked_at[host] = time.monotonic()


def keep(url: str, lessons: set[int]) -> str:
    """Look at ``url`` and write down what was found. Its state."""
    verdict = look_at(url)
    with transaction.atomic():
        link = Link.objects.filter(url=url).first() or Link(url=url)
        link.nights = link.nights + 1 if verdict.state == Link.State.AWAY else 0
        link.state, link.code, link.checked_at = verdict.state, verdict.code, timezone.now()
        link.save()
        link.lessons.set(LessonPage.objects.filter(pk__in=lessons))
    return link.state
