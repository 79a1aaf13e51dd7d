"""What a question would come back as from its own file, and what of it that changes, in words."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from quizzes.formats.base import State
from quizzes.formats.outgoing import unlike
from quizzes.formats.shapes import changed_about
from quizzes.formats.text_files import SPACE
from quizzes.formats.xml import legal, parse
from quizzes.formats.xml import write as xml

from .reading import question
from .sheet import Sheet

ABOUT = (
    "name", "reference", "category", "tags", "outcome", "difficulty", "country", "source", "checked_by", "checked_on",
    "review_by", "penalty", "keep_order", "points", "language", "image", "attachments",
)  # fmt: skip


def changes(sheet: Sheet) -> list[str]:
    """A reason for each way in which the written question differs from the item of ``sheet`` once it is read again."""
    item, before = sheet.item, _told(sheet.value)
    again = question(parse(xml(sheet.element)), 1, item.category)
    told = _("Moodle cannot say this exactly: %(fields)s. Compare it after importing it.")
    if again.state == State.REFUSED:
        return unlike(item, before, again, told)
    named = replace(item, **{name: _told(getattr(item, name)) for name in ABOUT})
    reasons = [*_shares(before, again.value), *changed_about(named, again, ABOUT)]
    for name in sheet.left_out:
        before[name] = again.value.get(name)
    found = list(dict.fromkeys([*reasons, *unlike(item, before, again, told)]))
    return found or list(dict.fromkeys(note.reason for note in again.notes))  # the same, but not said in so many words


def _told(value: Any) -> Any:
    """``value`` as every reader takes it: without spaces around. Control characters, which XML cannot hold, have a note."""
    if isinstance(value, str):
        return legal(value).strip(SPACE)
    if isinstance(value, dict):
        return {name: _told(entry) for name, entry in value.items()}
    return [_told(entry) for entry in value] if isinstance(value, list | tuple) else value


def _shares(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """What becomes of right and wrong and of shares; ``before`` takes them over, so that they are told once."""
    for old, new in zip(_rows(before), _rows(after), strict=False):
        name = {"text": str(old.get("text", old.get("value", "")))[:60]}
        if old.get("correct") != new.get("correct"):
            yield _("In Moodle points alone say which choices are right. This one changes sides: “%(text)s”.") % name
        elif old["credit"] is not None and new["credit"] is None:
            yield _("Moodle cannot tell a share set by hand from the usual one. That of “%(text)s” comes back as usual.") % name
        elif not _same(old["credit"], new["credit"]):
            yield _("The share of “%(text)s” comes back in another form.") % name
        old.update({key: new[key] for key in ("correct", "credit") if key in old})


def _same(one: Any, other: Any) -> bool:
    return one == other or (None not in (one, other) and Decimal(str(one)) == Decimal(str(other)))


def _rows(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything with a share of its own, in order."""
    places = [value, *value.get("gaps", [])]
    return [row for place in places for name in ("choices", "accepted") for row in place.get(name, [])]
