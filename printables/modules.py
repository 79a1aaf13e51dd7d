"""A module on paper: the handbook for those who run it, and the handout for those who learn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.rich_text import expand_db_html

from courses.models import LessonPage, ModulePage
from courses.outline import course_key_of, outline_of
from quizzes.models import Question, Quiz

from .briefs import Line, brief_of
from .contents import NOTE, Lesson, before_block, for_a_pencil, printed_block
from .keys import Key, key_of, question_key
from .paper import on_paper

ACTIVITY = "live_activity"
TO_REMEMBER = ("key_message", "callout", "do_dont", "steps", "checklist", "law", "national", "contacts")
STANDING_OUT = {"law", "national", "urgent"}  # kinds of callouts that a handout repeats
NOTE_LINES = 10
SIGNATURES = 18  # lines of the sign-in sheet


def lessons_of(page: ModulePage, country: str) -> list[Lesson]:
    """The lessons of a module in order: each in the module's language where it exists there, else as it was written."""
    outline = outline_of(course_key_of(page), page.locale.language_code)
    entries = next((module.lessons for module in outline.modules if module.key == page.translation_key), ())
    pages = LessonPage.objects.live().filter(translation_key__in=[entry.key for entry in entries]).select_related("locale")
    found = {(lesson.translation_key, lesson.locale.language_code): lesson for lesson in pages}
    return [Lesson(found[entry.key, entry.language], entry.number, country) for entry in entries]


def published_of(page: ModulePage, lessons: list[Lesson]) -> Any:
    """When the newest part of the module was published."""
    days = [part.last_published_at for part in [page, *(lesson.page for lesson in lessons)]]
    return max((day for day in days if day), default=None)


# --- Handbook -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """One thing of a lesson that a trainer runs or knows: an activity or a note as HTML, or the key of an exercise.

    ``about``: the block that a note stands below. ``before``: HTML, who alone sees the exercise and what may be hard in it.
    """

    html: str = ""
    key: Key | None = None
    is_note: bool = False
    about: str = ""
    before: str = ""


@dataclass(frozen=True)
class Unit:
    """A lesson as its trainer needs it. Times in minutes: ``alone`` for reading, ``in_group`` for its activities."""

    lesson: Lesson
    brief: list[Line]
    notes: str
    items: list[Item]
    alone: int
    in_group: int


def handbook_of(page: ModulePage, country: str) -> dict[str, Any]:
    lessons = lessons_of(page, country)
    units = [unit_of(lesson) for lesson in lessons]
    alone, in_group = (sum(getattr(unit, name) for unit in units) for name in ("alone", "in_group"))
    return {
        "published": published_of(page, lessons),
        "units": units,
        "alone": alone,
        "in_group": in_group,
        "total": alone + in_group,
        "quizzes": [quiz_key(block.value["quiz"], lesson) for lesson in lessons for block in lesson.blocks("quiz")],
        "rows": range(1, SIGNATURES + 1),
        "scale": range(1, 6),
    }


def unit_of(lesson: Lesson) -> Unit:
    minutes = sum(block.value["minutes"] or 0 for block in lesson.blocks(ACTIVITY))
    return Unit(
        lesson, brief_of(lesson), rich_text(lesson.page.trainer_notes), list(items_of(lesson)), lesson.page.minutes, minutes
    )


def items_of(lesson: Lesson) -> Iterator[Item]:
    above = ""
    for child in lesson.blocks():
        if child.block_type == ACTIVITY:
            yield Item(html=printed_block(child, lesson, deeper=1))
        elif for_a_pencil(child):
            material = child.block.material(child.value, str(child.id), lesson.language)
            yield Item(key=key_of(child.block, material), before=before_block(child, lesson))
        elif child.block_type == NOTE:
            yield Item(html=rich_text(child.value["text"].source), is_note=True, about=above)
        above = name_of(child) or above


def rich_text(source: str) -> str:
    return on_paper(expand_db_html(source))


def name_of(child: StreamValue.StreamChild) -> str:
    """What an author calls a block: its own title where it has one, else its type; nothing for a note."""
    if child.block_type == NOTE:
        return ""
    value = child.value if hasattr(child.value, "get") else {}
    own = next((value.get(name) for name in ("heading", "title", "caption", "name") if isinstance(value.get(name), str)), "")
    return own or str(child.block.label)


def quiz_key(quiz: Quiz | None, lesson: Lesson) -> dict[str, Any]:
    """A quiz with the keys of every question it may ask."""
    found = Quiz.objects.in_language(quiz.translation_key, lesson.language) if quiz else None
    if found is None:
        return {}
    wanted = list(dict.fromkeys(candidate.pk for slot in found.slots() for candidate in slot.candidates))
    questions = {question.pk: question for question in Question.objects.filter(pk__in=wanted).select_related("locale")}
    keys = [question_key(questions[pk].snapshot()) for pk in wanted if pk in questions]
    return {"quiz": found, "keys": keys, "asked": found.asked()}


# --- Handout ------------------------------------------------------------------------------------------------------------


def handout_of(page: ModulePage, country: str) -> dict[str, Any]:
    lessons = lessons_of(page, country)
    parts = [(lesson, "".join(printed_block(child, lesson, deeper=1) for child in to_remember(lesson))) for lesson in lessons]
    return {
        "published": published_of(page, lessons),
        "parts": [(lesson, html) for lesson, html in parts if html],
        "sources": list(sources_of(lessons)),
        "note_lines": range(NOTE_LINES),
    }


def to_remember(lesson: Lesson) -> Iterator[StreamValue.StreamChild]:
    for child in lesson.blocks(*TO_REMEMBER):
        if child.block_type != "callout" or child.value["kind"] in STANDING_OUT:
            yield child


def sources_of(lessons: list[Lesson]) -> Iterator[StructValue]:
    """Each source once, in the order in which the lessons name them."""
    seen = set()
    for lesson in lessons:
        for block in lesson.blocks("sources"):
            for item in block.value["items"]:
                named = (item["author"], item["text"], item["year"])
                if named not in seen:
                    seen.add(named)
                    yield item
