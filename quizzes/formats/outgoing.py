"""A question on its way into a file: its value fit for that, and what of it would change, by the names of its fields."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks

from quizzes.kinds import KINDS

from .base import Item, State
from .shapes import LABELS, filled, is_rich, texts
from .text_files import SPACE, controls
from .wording import exact, rich_text

MOST_NAMED = 4  # entries of one list; where more of them differ, the list is named as a whole

Clean = Callable[[str], tuple[str, list[str]]]


@cache
def _block(kind: str) -> blocks.StructBlock:
    return KINDS[kind].block()


def label_of(kind: str, name: str) -> str:
    """What a trainer calls the field ``name`` of a question of ``kind``, in the middle of a sentence."""
    if name == "kind":
        return _("kind of question")
    return str(LABELS[name]) if name in LABELS else _in_a_sentence(_block(kind).child_blocks[name])


def _in_a_sentence(block: blocks.Block) -> str:
    label = str(block.label)
    return label[:1].lower() + label[1:]


def differing(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The fields of a raw value of ``kind`` that are not the same in both, as a trainer calls them: "choices 2 (feedback)"."""
    names = [name for name in before if before[name] != after.get(name)] + [name for name in after if name not in before]
    return [label for name in names for label in _differing_in(kind, name, before.get(name), after.get(name))]


def _differing_in(kind: str, name: str, before: Any, after: Any) -> list[str]:
    label = label_of(kind, name)
    inner = list(_inside(_block(kind).child_blocks[name], before, after, label))
    return inner if 0 < len(inner) <= MOST_NAMED else [label]


def _inside(block: blocks.Block, before: Any, after: Any, label: str) -> Iterator[str]:
    """The entries of two lists, or the fields of two structures, that differ, each after ``label``; nothing for other values."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True), 1):
            if one != other:
                named = f"{label} {number}"
                yield from list(_in_entry(block, one, other, named)) or [named]


def _in_entry(block: blocks.Block, one: Any, other: Any, named: str) -> Iterator[str]:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return
    if isinstance(block, blocks.StreamBlock):
        fields = differing(one["type"], one["value"], other["value"]) if one["type"] == other["type"] else []
    else:
        fields = list(_in_struct(block.child_block, one, other))
    for name in fields:
        yield _("%(entry)s (%(field)s)") % {"entry": named, "field": name}


def _in_struct(block: blocks.StructBlock, one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    for name, child in block.child_blocks.items():
        if one.get(name) != other.get(name):
            label = _in_a_sentence(child)
            yield from list(_inside(child, one.get(name), other.get(name), label)) or [label]


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
    return _in_texts(content, lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))


def _trimmed(content: Any) -> Any:
    return _in_texts(content, lambda text: text.strip(SPACE))


def _in_texts(content: Any, change: Callable[[str], str]) -> Any:
    if isinstance(content, str):
        return change(content)
    if isinstance(content, list):
        return [_in_texts(entry, change) for entry in content]
    if isinstance(content, dict):
        return {name: _in_texts(entry, change) for name, entry in content.items()}
    return content


def unwritable(item: Item, value: dict[str, Any], wrong: Callable[[str], bool] = controls) -> list[str]:
    """The fields of ``item``, and of its ``value``, with a text that is ``wrong`` in a file, as a trainer calls them."""
    about = ("name", "reference", "category", "outcome", "country", "source", "checked_by", "language", "tags")
    found = [str(LABELS[name]) for name in about if any(wrong(text) for text in texts(getattr(item, name)))]
    return found + fields_where(item.kind, value, wrong)


def fields_where(kind: str, value: dict[str, Any], wrong: Callable[[str], bool]) -> list[str]:
    """The fields in ``value`` with a text that is ``wrong``, as a trainer calls them."""
    return differing(kind, value, _in_texts(value, lambda text: "" if wrong(text) else text))


def not_written(item: Item, value: dict[str, Any]) -> str:
    """Why ``item`` cannot stand in a file of text; empty where it can."""
    if fields := unwritable(item, value):
        reason = _("The question holds characters that a file cannot hold: %(fields)s. It was left out.")
        return reason % {"fields": ", ".join(fields)}
    return ""
