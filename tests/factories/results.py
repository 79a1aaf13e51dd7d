"""Many attempts at once, as they stand after handing in."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Quiz, Response
from quizzes.rules import Rules


def make_people(organisation: Organisation | None, number: int, prefix: str = "person", country: str = "BE") -> list[User]:
    people = [
        User(email=f"{prefix}{n}@example.org", full_name=f"{prefix.title()} {n:05}", country=country) for n in range(number)
    ]
    people = User.objects.bulk_create(people)
    if organisation:
        Membership.objects.bulk_create([Membership(user=one, organisation=organisation, role=Role.LEARNER) for one in people])
    return people


def hand_in(
    quiz: Quiz,
    people: Sequence[User],
    says: Callable[[int, int, dict[str, Any]], tuple[Any, int]] | None = None,
    *,
    started_at: datetime | None = None,
    **fields: Any,
) -> list[Attempt]:
    """An attempt of each of ``people`` that was handed in.

    ``says(person, question, snapshot)``, both counted from 0, gives the answer and its points out of 1; without it all is right.
    """
    says = says or (lambda person, question, snapshot: (KINDS[snapshot["kind"]].best_answer(snapshot), 1))
    started_at = started_at or timezone.now() - timedelta(hours=1)
    asked = [(question.translation_key, question.snapshot(None)) for question in quiz.pool()]
    told = [[says(p, q, snapshot) for q, (_key, snapshot) in enumerate(asked)] for p in range(len(people))]
    attempts = [
        _attempt(quiz, person, len(asked), sum(p for _a, p in row), started_at, fields)
        for person, row in zip(people, told, strict=True)
    ]
    attempts = Attempt.objects.bulk_create(attempts, batch_size=500)
    Response.objects.bulk_create(
        [
            Response(
                attempt=attempt,
                position=n,
                question_key=key,
                snapshot=snapshot,
                answer=answer,
                points=points,
                seconds=10 * n,
            )
            for attempt, row in zip(attempts, told, strict=True)
            for n, ((key, snapshot), (answer, points)) in enumerate(zip(asked, row, strict=True), start=1)
        ],
        batch_size=500,
    )
    return attempts


def _attempt(quiz: Quiz, person: User, length: int, points: float, started_at: datetime, fields: dict[str, Any]) -> Attempt:
    percent = round(Decimal(points) * 100 / length, 2)
    return Attempt(
        **{
            "user": person,
            "quiz_key": quiz.translation_key,
            "title": quiz.title,
            "language": quiz.locale.language_code,
            "length": length,
            "pass_mark": quiz.pass_mark,
            "rules": Rules().freeze(),
            "started_at": started_at,
            "submitted_at": started_at + timedelta(minutes=10),
            "points": Decimal(points),
            "max_points": length,
            "percent": percent,
            "passed": percent >= quiz.pass_mark,
            **fields,
        }
    )
