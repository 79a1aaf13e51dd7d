"""Whether somebody may start a quiz now, and what holds for them: the quiz's settings and the overrides. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from .models import Quiz, QuizOverride


@dataclass(frozen=True)
class Terms:
    """What holds for one person at one quiz. ``time_limit`` in minutes and ``attempts_allowed``: 0 means none."""

    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    time_limit: int
    attempts_allowed: int
    access_code: str = ""  # to be typed before each try; empty: none

    def ends_at(self, started_at: datetime) -> datetime | None:
        """When an attempt that starts at ``started_at`` is over: the limit, or the closing if that comes first."""
        limits = [started_at + timedelta(minutes=self.time_limit)] if self.time_limit else []
        return min([*limits, *([self.closes_at] if self.closes_at else [])], default=None)

    def is_open(self, now: datetime) -> bool:
        return not (self.opens_at and now < self.opens_at) and not (self.closes_at and now >= self.closes_at)


def terms_for(user: Any, quiz: Quiz) -> Terms:
    """The quiz's own terms, with what the overrides for ``user`` change; one query, none for a visitor (None)."""
    return terms_of(user, [quiz])[quiz.translation_key]


def terms_of(user: Any, quizzes: Iterable[Quiz]) -> dict[UUID, Terms]:
    """The terms of each of ``quizzes`` by its key; one query, none for a visitor (None)."""
    by_key = {quiz.translation_key: quiz for quiz in quizzes}
    overrides = _overrides(user, by_key) if user is not None else {}
    return {key: _terms(quiz, overrides.get(key, [])) for key, quiz in by_key.items()}


def _terms(quiz: Quiz, overrides: list[QuizOverride]) -> Terms:
    def first(field: str) -> Any:
        return next((value for o in overrides if (value := getattr(o, field)) is not None), getattr(quiz, field))

    extra = max((o.extra_minutes for o in overrides), default=0)
    unlimited = not quiz.time_limit or any(o.no_time_limit for o in overrides)
    return Terms(
        opens_at=first("opens_at"),
        due_at=first("due_at"),
        closes_at=first("closes_at"),
        time_limit=0 if unlimited else quiz.time_limit + extra,
        attempts_allowed=first("attempts_allowed"),
        access_code=next((o.access_code for o in overrides if o.access_code or o.no_access_code), quiz.access_code),
    )


def _overrides(user: Any, quiz_keys: Iterable[UUID]) -> dict[UUID, list[QuizOverride]]:
    """For each quiz the person's own first, then those of their organisations, the newest first."""
    mine = Q(user=user) | Q(organisation__memberships__user=user)
    found = QuizOverride.objects.filter(mine, quiz_key__in=list(quiz_keys)).distinct().order_by("-created_at")
    by_quiz: dict[UUID, list[QuizOverride]] = {}
    for override in sorted(found, key=lambda override: override.user_id is None):
        by_quiz.setdefault(override.quiz_key, []).append(override)
    return by_quiz
