"""Texts that somebody wrote: in pages of a course, reusable content, questions, quizzes and the glossary.

Knows models by their names only, so that the review, which is made of models itself, can ask here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from training.blocks import KeyBlock

WORDS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
END_OF_PARAGRAPH = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
PART = ("title", "summary", "intro", "outcomes", "content_note", "version_note")
# In which fields there are words, in the order of the editor.
FIELDS = {
    "courses.CourseIndexPage": ("title", "intro"),
    "courses.CoursePage": (*PART, "audience"),
    "courses.ModulePage": PART,
    "courses.LessonPage": ("title", "summary", "content_note", "version_note", "trainer_notes", "body"),
    "courses.SharedContent": ("body",),
    "quizzes.Question": ("body", "outcome"),
    "quizzes.Quiz": ("title", "intro"),
}
# The same of rows that belong to something, by the relation.
ROWS = {
    "courses.GlossaryTerm": {"entries": ("word", "meaning", "legal_meaning")},
    "quizzes.Quiz": {"sections": ("title",), "bands": ("text",)},
}


@dataclass(frozen=True)
class Passage:
    """A text of one field. ``paragraphs`` are plain; ``html`` is what the editor stored, where it is rich text.

    ``place``: the id of the block or the name of the field, empty in a row. ``block_type``: empty where it is no block.
    """

    place: str
    block_type: str
    paragraphs: list[str]
    html: str = ""
    language: str = ""


def passages_of(thing: models.Model) -> Iterator[Passage]:
    """Every text that somebody wrote into ``thing``, as it stands in memory, in order; none of what nobody writes texts in."""
    label, language = thing._meta.label, language_of(thing)
    for name in FIELDS.get(label, ()):
        yield from _in_field(thing, name, name, language)
    for relation, names in ROWS.get(label, {}).items():
        for row in getattr(thing, relation).all():
            for name in names:
                yield from _in_field(row, name, "", getattr(row, "language", language))


def language_of(thing: models.Model) -> str:
    """The code of its language; empty for what has words in several."""
    return thing.locale.language_code if hasattr(thing, "locale") else ""


def _in_field(thing: models.Model, name: str, place: str, language: str) -> Iterator[Passage]:
    field, value = thing._meta.get_field(name), getattr(thing, name)
    if isinstance(field, StreamField):
        for child in value:
            for block, words in texts_in(child.block, child.value):
                yield _passage(block, words, str(child.id), child.block_type, language)
    elif isinstance(field, RichTextField):
        yield Passage(place, "", plain_paragraphs(value), value, language)
    else:
        yield Passage(place, "", lines_of(value), language=language)


def _passage(block: blocks.Block, words: Any, place: str, block_type: str, language: str) -> Passage:
    if isinstance(block, blocks.RichTextBlock):
        return Passage(place, block_type, plain_paragraphs(words.source), words.source, language)
    return Passage(place, block_type, lines_of(words), language=language)


def lines_of(text: Any) -> list[str]:
    return [line for line in str(text or "").splitlines() if line.strip()]


def plain_paragraphs(html: str) -> list[str]:
    """The paragraphs and entries of lists of ``html`` without their marks."""
    texts = (unescape(strip_tags(part)).strip() for part in END_OF_PARAGRAPH.split(html))
    return [text for text in texts if text]


def texts_in(block: blocks.Block, value: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """The fields of words in ``value``, however deep, each with its block. Keys, choices, dates and addresses are none."""
    if isinstance(block, ImageBlock):
        return  # its description is looked at with the picture
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from texts_in(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for entry in value or []:
            yield from texts_in(block.child_block, entry)
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from texts_in(child.block, child.value)
    elif isinstance(block, WORDS) and not isinstance(block, KeyBlock) and value:
        yield block, value
