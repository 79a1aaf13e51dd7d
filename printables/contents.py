"""The blocks of a lesson as HTML for paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue

from countries.annex import Annex
from courses.blocks import EVERYBODY, Viewer, asks, audience_of, content_note_of
from courses.models import LessonPage

from .exercises import exercise_of
from .paper import on_paper

NOTE = "trainer_note"
LEFT_OUT = {NOTE, "gate"}  # notes are for trainers; a gate has nothing to hold back on paper


@dataclass(frozen=True)
class Lesson:
    """A lesson page in front of the printer. ``url`` is where it stands on the screen; ``number`` its place in its module.

    ``country``: whose texts and contacts it shows; what holds everywhere where it is empty.
    ``viewer``: who the sheet is for. One for everybody, to be run with a group, says of a block who alone sees it.
    """

    page: LessonPage
    number: int = 0
    country: str = ""
    viewer: Viewer = EVERYBODY

    @property
    def language(self) -> str:
        return self.page.locale.language_code

    @property
    def url(self) -> str:
        return address_of(self.page)

    @cached_property
    def annex(self) -> Annex:
        slots = {block.value["slot"] for block in self.blocks("national")}
        kinds = {block.value["kind"] for block in self.blocks("contacts")}
        return Annex(self.country, self.country, self.language, slots, kinds)

    def blocks(self, *names: str) -> Iterator[StreamValue.StreamChild]:
        """Its blocks in order, with those inside of reusable content; of certain types where ``names`` are given.

        Those that are not meant for ``viewer`` are left out.
        """
        for child in self.page.body:
            if audience_of(child.value).includes(self.viewer):
                yield from (part for part in flat([child]) if not names or part.block_type in names)

    def who_sees(self, child: StreamValue.StreamChild) -> str:
        """In words, on a sheet for everybody; empty for a block that is for everyone."""
        holder, _first = self._shared.get(child.id, (child, child))
        return audience_of(holder.value).words if self.viewer == EVERYBODY else ""

    def note_before(self, child: StreamValue.StreamChild) -> str:
        """What may be hard to read in it; of reusable content before the first of its blocks."""
        holder, first = self._shared.get(child.id, (child, child))
        return content_note_of(holder.value) if child.id == first.id else ""

    @cached_property
    def _shared(self) -> dict[str, tuple[StreamValue.StreamChild, StreamValue.StreamChild]]:
        """By the id of a block inside of reusable content: the block that holds the content, and the first one inside."""
        held = [(holder, list(flat([holder]))) for holder in self.page.body if holder.block_type == "shared"]
        return {inner.id: (holder, parts[0]) for holder, parts in held for inner in parts}


def address_of(page: Any) -> str:
    """The whole address of a page, as paper has to say it."""
    parts = page.get_url_parts()
    return settings.SITE_URL + parts[2] if parts and parts[2] else settings.SITE_URL


def flat(body: Iterable[StreamValue.StreamChild]) -> Iterator[StreamValue.StreamChild]:
    for child in body:
        if child.block_type != "shared":
            yield child
        elif shared := child.block.get_context(child.value)["body"]:
            yield from flat(shared)


def body_of(lesson: Lesson, *, deeper: int = 0) -> str:
    """What its readers may see before answering anything, in order."""
    printed = [printed_block(child, lesson, deeper=deeper) for child in lesson.blocks() if child.block_type not in LEFT_OUT]
    return "".join(printed)


def printed_block(child: StreamValue.StreamChild, lesson: Lesson, *, deeper: int = 0) -> str:
    name = child.block_type
    if name == "quiz":
        markup = render_to_string(
            "printables/blocks/quiz.html", {"quiz": child.value["quiz"], "why": child.value["why"], "address": lesson.url}
        )
    elif for_a_pencil(child):
        material = child.block.material(child.value, str(child.id), lesson.language)
        markup = exercise_of(child.block, material, lesson.url)
    else:
        markup = child.render({"page": lesson.page, "ident": str(child.id), "prefix": "", "annex": lesson.annex})
    return in_block(name, before_block(child, lesson) + on_paper(markup, deeper=deeper))


def for_a_pencil(child: StreamValue.StreamChild) -> bool:
    """Whether a block is answered, and on paper looks otherwise than on a screen."""
    return asks(child.block, child.value) and not child.block.plain_on_paper


def before_block(child: StreamValue.StreamChild, lesson: Lesson) -> str:
    """Who alone sees a block, and what may be hard to read in it."""
    told = {"who": lesson.who_sees(child), "note": lesson.note_before(child)}
    return render_to_string("printables/blocks/before.html", told) if any(told.values()) else ""


def in_block(name: str, markup: str) -> str:
    """``markup`` in a wrapper of its own; nothing where only a drawing or a control stood."""
    says_something = "<img" in markup or "<svg" in markup or strip_tags(markup).strip()
    return f'<div class="block block--{name}">{markup}</div>' if says_something else ""
