"""What pages show of a learner's progress: prepared values, so that templates only print."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy, ngettext

from courses.outline import LessonEntry, ModuleEntry, Outline

from .models import Enrolment
from .progress import Progress, State, progress_of, resume_lesson

LANGUAGE_NAMES = dict(settings.LANGUAGES)
STATE_WORDS = {
    State.NOT_STARTED: gettext_lazy("Not started"),
    State.STARTED: gettext_lazy("Started"),
    State.DONE: gettext_lazy("Done"),
}


@dataclass(frozen=True)
class LessonRow:
    """A row of ``components/task_list.html``. ``language`` is set when the lesson is not in the reader's language yet."""

    lesson: LessonEntry
    state: State
    language: str
    is_current: bool

    @property
    def title(self) -> str:
        return self.lesson.title

    @property
    def url(self) -> str:
        return self.lesson.url

    @property
    def state_text(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def note(self) -> str:
        minutes = ngettext("%(count)d minute", "%(count)d minutes", self.lesson.minutes) % {"count": self.lesson.minutes}
        if not self.language:
            return minutes
        return f"{minutes} · {LANGUAGE_NAMES.get(self.language, self.language)}"


@dataclass(frozen=True)
class ModuleRows:
    module: ModuleEntry
    progress: Progress
    rows: list[LessonRow]


@dataclass(frozen=True)
class LearningCard:
    """A course somebody has started. ``resume`` is the lesson to go on with."""

    enrolment: Enrolment
    course: Outline
    progress: Progress
    resume: LessonEntry | None


def task_list(
    course: Outline, done: Collection[uuid.UUID], enrolment: Enrolment | None, current: uuid.UUID | None = None
) -> list[ModuleRows]:
    """The lessons of a course by module with their states. ``current``: the lesson that is being read."""
    started = enrolment.last_lesson_key if enrolment else None

    def state(lesson: LessonEntry) -> State:
        if lesson.key in done:
            return State.DONE
        return State.STARTED if lesson.key == started else State.NOT_STARTED

    def row(lesson: LessonEntry) -> LessonRow:
        foreign = lesson.language if lesson.language != course.wanted else ""
        return LessonRow(lesson, state(lesson), foreign, is_current=lesson.key == current)

    return [
        ModuleRows(module, progress_of(module.lessons, done), [row(lesson) for lesson in module.lessons])
        for module in course.modules
    ]


def course_cards(enrolments: Iterable[Enrolment], outlines: dict[uuid.UUID, Outline]) -> list[LearningCard]:
    """One card per enrolment whose course is still live. Reads prefetched ``completions`` only."""
    cards = []
    for enrolment in enrolments:
        course = outlines.get(enrolment.course_key)
        if course is None:
            continue
        done = {completion.lesson_key for completion in enrolment.completions.all()}
        cards.append(LearningCard(enrolment, course, progress_of(course.lessons, done), resume_lesson(course, enrolment, done)))
    return cards
