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

from quizzes.formats.base import WHOLE, Item, State
from quizzes.item_fields import fields_of, tags_of
from quizzes.kinds import KINDS
from quizzes.raw_values import RawValueError, problems_of, raw_value, without_ids

from .enclosed import NO_PICTURE, CheckedEnclosed, Told, checked_enclosed

# Entries of lists are known by reference and place, so that translations which share a reference share them too. Never change.
NAMESPACE = uuid.UUID("0b7c3a52-6b0e-5e0d-9f4a-8a3a9f1f6c2d")
LONGEST_REFERENCE = 200  # the language and a number come to it
OFTEN = 50  # items between two reports of progress


@dataclass
class Checked:
    """An item with what its question will hold. ``raw``: the value of its block, whole, without pictures and files.

    ``enclosed`` has those: by the number of a part, ``WHOLE`` for the question itself.

    A refused item has its notes only. ``reference`` is unique in the file for its language.
    """

    item: Item
    locale: Locale
    reference: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    enclosed: dict[int, CheckedEnclosed] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        return self.item.state == State.REFUSED

    @property
    def checksum(self) -> str:
        """The same for the same question, whatever the ids of its entries."""
        value = without_ids(KINDS[self.item.kind].block(), {**self.raw, "image": NO_PICTURE})
        enclosed = {place: one.told() for place, one in self.enclosed.items()}
        return checksum(self.item.kind, value, self.fields, self.tags, enclosed)


def checksum(kind: str, value: dict[str, Any], fields: dict[str, Any], tags: Sequence[str], enclosed: dict[int, Told]) -> str:
    """Of a question without ids. ``enclosed``: its pictures and files by the number of a part, ``WHOLE`` for its own.

    Sums are kept for years, so a question with no more than one picture has the sum that it always had.
    """
    own = _words_of(value)
    if "parts" in own:
        parts = [{"type": part["type"], "value": {**_words_of(part["value"]), "image": None}} for part in own["parts"]]
        own["parts"] = parts
    known = {name: str(content) for name, content in fields.items() if content not in (None, "")}
    further = {str(place): told for place, told in enclosed.items() if told}
    first = further.get(str(WHOLE), [])
    picture = first[0][1:] if len(first) == 1 and first[0][0] == "image" else None
    told = [kind, own, known, sorted(tags), picture]
    if further and (picture is None or len(further) > 1):
        told.append(further)
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def value_at(raw: dict[str, Any], place: int) -> dict[str, Any]:
    """Of the ``raw`` value of a question: that of its part of the number ``place``, or ``WHOLE``."""
    return raw if place == WHOLE else raw["parts"][place]["value"]


def _words_of(value: dict[str, Any]) -> dict[str, Any]:
    return {name: content for name, content in value.items() if name not in {"image", "attachments"}}


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
    checked.enclosed = {place: checked_enclosed(enclosed, item) for place, enclosed in item.enclosed.items()}
    picture = checked.enclosed[WHOLE].picture
    block = KINDS[item.kind].block()
    try:
        checked.raw = raw_value(block, item.value, _identify, checked.reference, {"image": lambda value: NO_PICTURE})
    except RawValueError as error:
        item.refuse(error.told)
        return
    given = {}
    if picture:  # which the library does not hold yet, so that the chooser would not find it
        block.child_blocks["image"] = ImageBlock(required=False)
        given["image"] = picture.stand_in
    for problem in problems_of(block, checked.raw, labelled=True, **given):
        item.refuse(problem.lstrip(", :"))
    _make_room(checked)
    _note_lost_parts(item)
    checked.fields, checked.tags = fields_of(item), tags_of(item)


def _identify(where: str, name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{where}/{name}")


def _make_room(checked: Checked) -> None:
    """An empty entry, with an id of its own, for each picture and file that is attached."""
    for place, enclosed in checked.enclosed.items():
        target, where = value_at(checked.raw, place), f"{checked.reference}/{place}/attachments"
        names = [_identify(where, str(number)) for number in range(len(enclosed.attachments))]
        target["attachments"] = [{"type": "item", "id": str(name), "value": {}} for name in names]


def _note_lost_parts(item: Item) -> None:
    """What formats may say and a question here does not hold."""
    if item.points is not None and item.points != 1:
        points = {"points": f"{item.points.normalize():f}"}
        item.partly(_("The file gives %(points)s points. Here the quiz gives a question its points.") % points)
