"""How somebody stands by topic, over all quizzes: only of tries whose points they may read now. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from .grading import those_that_count
from .models import Attempt, Question, Response
from .topics import Topic, topics_of

WHOLE = Decimal(1)
LIGHT = (
    "public_id", "quiz_key", "title", "language", "submitted_at", "percent", "passed", "waiting", "rules",
)  # fmt: skip


@dataclass
class TopicProgress:
    """``topic`` None: questions that are gone from the banks. ``last``: the newest try at a quiz that asks this topic."""

    topic: Topic | None
    points: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    last: Attempt | None = None
    review_keys: dict[UUID, None] = field(default_factory=dict)  # lessons that teach what was not right, in order

    @property
    def reached(self) -> Decimal:
        """Points, not below nothing: sure and wrong answers may cost more than the right ones earned."""
        return max(self.points, Decimal(0))

    @property
    def percent(self) -> Decimal:
        """Rounded down: nobody reads 100 and has not reached 100."""
        return (self.reached * 100 / self.possible).quantize(WHOLE, ROUND_FLOOR)

    @property
    def is_solid(self) -> bool:
        return self.points >= self.possible


@dataclass(frozen=True)
class Progress:
    """``hidden`` and ``waiting``: how many tries are left out, because their points are not shown now or not all given yet."""

    topics: list[TopicProgress]
    quizzes: int
    hidden: int
    waiting: int

    @property
    def lesson_keys(self) -> list[UUID]:
        return list(dict.fromkeys(key for row in self.topics for key in row.review_keys))


def progress_of(user: Any, language: str) -> Progress:
    """The topics of ``user``, what to look at again first. Three queries, whatever the number of quizzes and tries.

    Of each quiz the try that counts; where the average counts, all of them. A try whose points may not be read now neither
    counts nor decides which other one does.
    """
    tries = list(Attempt.objects.counting().filter(user=user).only(*LIGHT).order_by("submitted_at", "pk"))
    waiting = sum(one.waiting for one in tries)
    told: dict[UUID, list[Attempt]] = {}
    for one in tries:
        if not one.waiting and one.tells_points:
            told.setdefault(one.quiz_key, []).append(one)
    hidden = len(tries) - waiting - sum(len(found) for found in told.values())
    counted = [one for found in told.values() for one in those_that_count(found[-1].promised.grading, found)]
    newest = {key: found[-1] for key, found in told.items()}
    topics = _by_topic(counted, newest, language) if counted else []
    return Progress(topics, len(told), hidden, waiting)


def _by_topic(counted: list[Attempt], newest: dict[UUID, Attempt], language: str) -> list[TopicProgress]:
    responses = _graded(counted)
    asked = Question.objects.filter(live=True, translation_key__in=responses.values("question_key"))
    by_key = topics_of(asked, language).by_key
    last = {one.pk: newest[one.quiz_key] for one in counted}
    rows: dict[Topic | None, TopicProgress] = {}
    for attempt, key, lesson, points, possible in _points(responses):
        topic = by_key.get(key)
        row = rows.setdefault(topic, TopicProgress(topic))
        row.points += points
        row.possible += possible
        if points < possible and lesson:
            row.review_keys[UUID(lesson)] = None
        if row.last is None or last[attempt].submitted_at > row.last.submitted_at:
            row.last = last[attempt]
    return sorted(rows.values(), key=lambda row: (row.topic is None, row.is_solid, row.percent, row.topic and row.topic.name))


def _graded(attempts: Iterable[Attempt]) -> QuerySet[Response]:
    counted = [attempt.pk for attempt in attempts]
    return Response.objects.filter(attempt__in=counted, excluded=False, max_points__gt=0, points__isnull=False).order_by()


def _points(responses: QuerySet[Response]) -> QuerySet[Response, Any]:
    """(attempt, question, lesson or "", points, points possible) of each; the questions themselves stay in the database."""
    rows = responses.order_by("attempt", "position").annotate(lesson=KT("snapshot__review_key"))
    return rows.values_list("attempt_id", "question_key", "lesson", "points", "max_points")
