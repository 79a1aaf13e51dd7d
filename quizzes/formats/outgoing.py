"""A question on its way into a file: its value fit for that, and what of it would change, by the names of its fields."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from .base import Item, State
from .fields import differing, fields_where, in_texts, label_of
from .shapes import LABELS, filled, is_rich, texts
from .text_files import SPACE, controls
from .wording import exact, rich_text

Clean = Callable[[str], tuple[str, list[str]]]


def unlike(item: Item, value: dict[str, Any], back: Item, reason: str) -> list[str]:
    """What of ``value`` is not the same in ``back``, the ``item`` as it comes back from its file; nothing where all is.

    ``reason`` is a sentence with a place for the ``fields``.
    """
    if back.state == State.REFUSED:
        return [_("This site would refuse it from such a file: %(reason)s") % {"reason": back.notes[-1].reason}]
    fields = differing(item.kind, value, back.value) if back.kind == item.kind else [label_of(item.kind, "kind")]
    return [reason % {"fields": ", ".join(fields)}] if fields else []


def tidy(item: Item, clean: Clean = rich_text) -> tuple[dict[str, Any], list[str]]:
    """The value of ``item`` with every field, ``clean`` rich text and no spaces around texts; and what was lost, by its field."""
    given = {name: content for name, content in item.value.items() if name not in {"image", "attachments"}}
    before, lost = one_line_end(filled(item.kind, **given)), []
    value = {}
    for name, content in before.items():
        if is_rich(item.kind, name):
            value[name], gone = clean(content or "")
            if value[name] != exact(content or "")[0]:
                gone = [*gone, _("spaces and line breaks that are not shown")]
            lost += [_("%(what)s (%(field)s)") % {"what": what, "field": label_of(item.kind, name)} for what in gone]
        else:
            value[name] = _trimmed(content)
            lost += _lost_around(item.kind, name, content, value[name])
    return value, lost


def _lost_around(kind: str, name: str, before: Any, after: Any) -> list[str]:
    fields = differing(kind, {name: before}, {name: after})
    return [_("%(what)s (%(field)s)") % {"what": _("spaces around a text"), "field": field} for field in fields]


def one_line_end(content: Any) -> Any:
    """``content`` with the same sign for the end of a line in every text, whatever system typed it."""
    return in_texts(content, lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))


def _trimmed(content: Any) -> Any:
    return in_texts(content, lambda text: text.strip(SPACE))


def unwritable(item: Item, value: dict[str, Any], wrong: Callable[[str], bool] = controls) -> list[str]:
    """The fields of ``item``, and of its ``value``, with a text that is ``wrong`` in a file, as a trainer calls them."""
    about = ("name", "reference", "category", "outcome", "country", "source", "checked_by", "language", "tags")
    found = [str(LABELS[name]) for name in about if any(wrong(text) for text in texts(getattr(item, name)))]
    return found + fields_where(item.kind, value, wrong)


def not_written(item: Item, value: dict[str, Any]) -> str:
    """Why ``item`` cannot stand in a file of text; empty where it can."""
    if fields := unwritable(item, value):
        reason = _("The question holds characters that a file cannot hold: %(fields)s. It was left out.")
        return reason % {"fields": ", ".join(fields)}
    return ""
