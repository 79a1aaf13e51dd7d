"""A finding, and the texts of a lesson in which findings are made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from courses.models import LessonPage
from training.blocks import KeyBlock

WORDS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
END_OF_PARAGRAPH = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")


@dataclass(frozen=True)
class Finding:
    """``advice``: a sentence in the editor's language. ``block``: the id of the block, empty for the lesson as a whole."""

    advice: str
    block: str = ""


@dataclass(frozen=True)
class Passage:
    """A text of one field. ``paragraphs`` are plain; ``html`` is what the editor stored, where it is rich text."""

    block: str
    block_type: str
    paragraphs: list[str]
    html: str = ""


def passages_of(page: LessonPage) -> Iterator[Passage]:
    """Every text that somebody wrote into ``page``, in order."""
    yield Passage("", "", [text for text in (page.title, page.summary, page.content_note) if text])
    yield Passage("", "", plain_paragraphs(page.trainer_notes), page.trainer_notes)
    for child in page.body:
        for block, value in texts_in(child.block, child.value):
            if isinstance(block, blocks.RichTextBlock):
                yield Passage(str(child.id), child.block_type, plain_paragraphs(value.source), value.source)
            else:
                yield Passage(str(child.id), child.block_type, [line for line in str(value).splitlines() if line.strip()])


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
