"""The rules of progress. Pure reads; what is missing is returned in words, not as yes or no."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.blocks import PracticeBlock, Viewer, viewer_of
from courses.models import LessonPage
from courses.outline import LessonEntry, Outline
from courses.pieces import Piece, pieces_for
from quizzes.models import Attempt

from .models import BlockState, Enrolment, LessonCompletion


class State(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True)
class Progress:
    """How far: ``done`` of ``total`` lessons."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def state(self) -> State:
        if self.is_complete:
            return State.DONE
        return State.STARTED if self.done else State.NOT_STARTED


@dataclass(frozen=True)
class Missing:
    """Something still to do before a lesson counts as done: a quiz to pass, or what ``to_do`` says of a practice block."""

    title: str
    quiz_key: uuid.UUID | None = None
    block_id: str = ""
    to_do: str | Promise = PracticeBlock.to_do

    @property
    def in_words(self) -> str:
        return str(_("Pass “%(title)s”.") if self.quiz_key else self.to_do) % {"title": self.title}


def done_keys(enrolment: Enrolment | None) -> set[uuid.UUID]:
    """The keys of the lessons that are done. One query."""
    if enrolment is None:
        return set()
    return set(LessonCompletion.objects.filter(enrolment=enrolment).values_list("lesson_key", flat=True))


def progress_of(lessons: Iterable[LessonEntry], done: Collection[uuid.UUID]) -> Progress:
    """A lesson that has left the course since is not counted, neither as done nor as to do."""
    keys = [lesson.key for lesson in lessons]
    return Progress(sum(key in done for key in keys), len(keys))


def missing_requirements(lesson: LessonPage, enrolment: Enrolment) -> list[Missing]:
    """What the learner must still do before ``lesson`` counts as done, in the order of the page. At most two queries.

    A block that is not meant for them is not asked for.
    """
    viewer = viewer_of(enrolment.user)
    open_blocks = _open_blocks(lesson, enrolment, viewer)
    quizzes = lesson.quizzes_for(viewer)
    keys = [quiz.translation_key for quiz in quizzes]
    passed = Attempt.objects.passed_keys(enrolment.user, keys) if keys else set()
    return [*open_blocks, *(Missing(q.title, quiz_key=q.translation_key) for q in quizzes if q.translation_key not in passed)]


def _open_blocks(lesson: LessonPage, enrolment: Enrolment, viewer: Viewer) -> list[Missing]:
    wanted = [piece for piece in pieces_for(viewer, lesson) if piece.required]
    if not wanted:
        return []
    answered = BlockState.objects.filter(enrolment=enrolment, lesson_key=lesson.translation_key, done_at__isnull=False)
    done = {str(block_id) for block_id in answered.values_list("block_id", flat=True)}
    return [missing_piece(piece) for piece in wanted if piece.ident not in done]


def missing_piece(piece: Piece) -> Missing:
    return Missing(piece.heading, block_id=piece.ident, to_do=piece.block.to_do)


def resume_lesson(outline: Outline, enrolment: Enrolment | None, done: Collection[uuid.UUID]) -> LessonEntry | None:
    """Where to go on: the lesson opened last if it is not done, else the first open one after it, else the first open one at all.

    None when the course has no lesson; the first lesson when everything is done.
    """
    lessons = outline.lessons
    if not lessons:
        return None
    keys = [lesson.key for lesson in lessons]
    last = keys.index(enrolment.last_lesson_key) if enrolment and enrolment.last_lesson_key in keys else 0
    later_first = [*lessons[last:], *lessons[:last]]
    return next((lesson for lesson in later_first if lesson.key not in done), lessons[0])
