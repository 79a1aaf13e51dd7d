"""The fields of a question that differ or do not fit, as a trainer calls them: by the labels of their editor."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks

from quizzes.kinds import KINDS

from .shapes import LABELS
from .text_files import LONGEST_FIELD

MOST_NAMED = 4  # entries of one list; where more of them differ, the list is named as a whole


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


def in_texts(content: Any, change: Callable[[str], str]) -> Any:
    if isinstance(content, str):
        return change(content)
    if isinstance(content, list):
        return [in_texts(entry, change) for entry in content]
    if isinstance(content, dict):
        return {name: in_texts(entry, change) for name, entry in content.items()}
    return content


def fields_where(kind: str, value: dict[str, Any], wrong: Callable[[str], bool]) -> list[str]:
    """The fields in ``value`` with a text that is ``wrong``, as a trainer calls them."""
    return differing(kind, value, in_texts(value, lambda text: "" if wrong(text) else text))


def too_long(kind: str, value: dict[str, Any]) -> str:
    """Why ``value`` cannot be kept where a text in it is longer than a field may be; empty where none is."""
    fields = fields_where(kind, value, lambda text: len(text) > LONGEST_FIELD)
    return _("A text in this question is too long: %(fields)s.") % {"fields": ", ".join(fields)} if fields else ""
