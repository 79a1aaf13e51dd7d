"""Whether each item of a file is a question that an editor could have written here, and with which fields it arrives."""

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images.blocks import ImageBlock
from wagtail.models import Locale

from quizzes.formats.base import Item, State
from quizzes.item_fields import fields_of, tags_of
from quizzes.kinds import KINDS
from quizzes.raw_values import RawValueError, problems_of, raw_value, without_ids

from .pictures import CheckedPicture, checked_picture

# Entries of lists are known by reference and place, so that translations which share a reference share them too. Never change.
NAMESPACE = uuid.UUID("0b7c3a52-6b0e-5e0d-9f4a-8a3a9f1f6c2d")
NO_PICTURE = {"image": None, "alt_text": None, "decorative": None}
LONGEST_REFERENCE = 200  # the language and a number come to it
OFTEN = 50  # items between two reports of progress


@dataclass
class Checked:
    """An item with what its question will hold. ``raw``: the value of its block, whole, without its picture.

    A refused item has its notes only. ``reference`` is unique in the file for its language.
    """

    item: Item
    locale: Locale
    reference: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    picture: CheckedPicture | None = None

    @property
    def refused(self) -> bool:
        return self.item.state == State.REFUSED

    @property
    def checksum(self) -> str:
        """The same for the same question, whatever the ids of its entries."""
        value = without_ids(KINDS[self.item.kind].block(), {**self.raw, "image": NO_PICTURE})
        picture = (self.picture.hash, self.picture.alt) if self.picture else None
        return checksum(self.item.kind, value, self.fields, self.tags, picture)


def checksum(
    kind: str, value: dict[str, Any], fields: dict[str, Any], tags: Sequence[str], picture: tuple[str, str] | None
) -> str:
    """Of a question without ids. ``picture``: the hash of its bytes and its description."""
    own = {name: content for name, content in value.items() if name != "image"}
    known = {name: str(content) for name, content in fields.items() if content not in (None, "")}
    told = [kind, own, known, sorted(tags), picture]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def check(items: Iterable[Item], locale: Locale, progress: Callable[[int], None] = lambda done: None) -> list[Checked]:
    """Each of ``items`` with its notes completed; those that no editor could have written are refused, the others go on.

    ``locale`` is for items that name no language. ``progress`` is told now and then how many are done.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    seen: set[tuple[str, int]] = set()
    found = []
    for number, item in enumerate(items, start=1):
        checked = Checked(item, _locale_of(item, locales, locale))
        checked.reference = _unique(item, checked.locale.pk, seen)
        if not checked.refused:
            _check_one(checked)
        found.append(checked)
        if number % OFTEN == 0:
            progress(number)
    return found


def _locale_of(item: Item, locales: dict[str, Locale], usual: Locale) -> Locale:
    code = item.language.lower().replace("_", "-")
    found = locales.get(code) or locales.get(code.split("-")[0]) if code else usual
    if found is None:
        names = {"language": item.language[:20], "used": usual.language_code}
        item.partly(_("This site has no language “%(language)s”. The question arrives as “%(used)s”.") % names)
    return found or usual


def _unique(item: Item, locale_id: int, seen: set[tuple[str, int]]) -> str:
    """The reference as it is kept; long ones by their hash, which is noted; a second use of one with its number."""
    wanted = item.reference.strip() or f"{item.kind} {item.text}"
    short = wanted if len(wanted) <= LONGEST_REFERENCE else hashlib.sha256(wanted.encode()).hexdigest()
    if len(item.reference) > LONGEST_REFERENCE:
        limit = {"limit": LONGEST_REFERENCE}
        item.partly(_("The reference is longer than %(limit)d letters. A short one is kept in its place.") % limit)
    reference, number = short, 1
    while (reference, locale_id) in seen:
        number += 1
        reference = f"{short}#{number}"
    seen.add((reference, locale_id))
    return reference


def _check_one(checked: Checked) -> None:
    item = checked.item
    if item.kind not in KINDS:
        item.refuse(_("Questions of the kind “%(kind)s” cannot be asked here.") % {"kind": item.kind[:50]})
        return
    checked.picture = checked_picture(item)
    block = KINDS[item.kind].block()
    try:
        checked.raw = raw_value(block, item.value, _identify, checked.reference, {"image": lambda value: NO_PICTURE})
    except RawValueError as error:
        item.refuse(error.told)
        return
    given = {}
    if checked.picture:  # which the library does not hold yet, so that the chooser would not find it
        block.child_blocks["image"] = ImageBlock(required=False)
        given["image"] = checked.picture.stand_in
    for problem in problems_of(block, checked.raw, labelled=True, **given):
        item.refuse(problem.lstrip(", :"))
    _note_lost_parts(item)
    checked.fields, checked.tags = fields_of(item), tags_of(item)


def _identify(where: str, name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{where}/{name}")


def _note_lost_parts(item: Item) -> None:
    """What formats may say and a question here does not hold."""
    if item.points is not None and item.points != 1:
        points = {"points": f"{item.points.normalize():f}"}
        item.partly(_("The file gives %(points)s points. Here the quiz gives a question its points.") % points)
