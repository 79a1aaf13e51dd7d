"""What changed between two versions of a question: its words, each of its parts, its right answers and its settings.

Works on any kind of question, from the labels of its block alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.rich_text import RichText

from quizzes.kinds.prose import plain_text
from quizzes.models import Question

SETTINGS = ["bank", "outcome", "name", "difficulty", "penalty", "keep_order", "retired"]
ALIKE = 0.5  # share of words in common
PROVENANCE = ["source", "jurisdiction", "checked_by", "checked_on", "review_by"]


@dataclass(frozen=True)
class Changed:
    """One line of a comparison, named as in the editor; for Wagtail's page of two versions."""

    field_label: str
    before: str
    after: str
    is_field = True

    @property
    def htmldiff(self) -> SafeString:
        return word_diff(self.before, self.after)


def compare(before: Question, after: Question) -> list[Changed]:
    """What differs, in the order of the editor; a part that is new or gone has nothing on one side."""
    old, new = dict(_lines(before)), dict(_lines(after))
    paths = [*new, *(path for path in old if path not in new)]
    nothing = ("", "")
    found = []
    for path in paths:
        label = (new.get(path) or old[path])[0]
        was, is_now = old.get(path, nothing)[1], new.get(path, nothing)[1]
        if was != is_now:
            found.append(Changed(label, was, is_now))
    return found


def word_diff(before: str, after: str) -> SafeString:
    """``after`` with what came and went, marked up and said in words."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    steps = matcher.get_opcodes()
    if matcher.ratio() < ALIKE:  # a patchwork of two texts reads worse than the two texts
        steps = [("replace", 0, len(old), 0, len(new))]
    pieces: list[SafeString] = []
    for act, a, b, c, d in steps:
        if act == "equal":
            pieces.append(format_html("{}", " ".join(new[c:d])))
            continue
        if b > a:
            pieces.append(format_html("<small>{}</small> <del>{}</del>", _("removed:"), " ".join(old[a:b])))
        if d > c:
            pieces.append(format_html("<small>{}</small> <ins>{}</ins>", _("added:"), " ".join(new[c:d])))
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


def _lines(question: Question) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """(path, (label, words)) of everything that an editor writes in a question."""
    if question.body:
        child = question.body[0]
        yield ("kind",), (_("Kind"), str(question.kind_label or child.block_type))
        yield from _of_block(child.block, child.value, ("body",), "")
    for name in [*SETTINGS, *PROVENANCE]:
        field = question._meta.get_field(name)
        shown = getattr(question, f"get_{name}_display", None)
        value = shown() if shown else getattr(question, name)
        yield (name,), (str(field.verbose_name).capitalize(), _in_words(value))
    yield ("tags",), (_("Tags"), ", ".join(sorted(tag.name for tag in question.tags.all())))


def _of_block(block: Any, value: Any, path: tuple[str, ...], label: str) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            own = str(child.label or name)
            yield from _of_block(child, value.get(name) if value else None, (*path, name), f"{label} – {own}" if label else own)
    elif isinstance(block, blocks.ListBlock | blocks.StreamBlock):
        for n, child in enumerate(value.bound_blocks if isinstance(block, blocks.ListBlock) else value or [], start=1):
            yield from _of_block(child.block, child.value, (*path, str(child.id)), f"{label} {n}")
    elif isinstance(block, blocks.ChoiceBlock):
        yield path, (label, str(dict(block.field.choices).get(value, _in_words(value))))
    else:
        yield path, (label, _in_words(value))


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return plain_text(value.source) if isinstance(value, RichText) else str(value)
