"""Whose attempts somebody may see and act on, and how an attempt is called without naming its learner."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import Membership, Role
from accounts.permissions import may_work_on_quizzes, organisations_as

from .models import Attempt, HandMark, Response

CODE_LENGTH = 8
ROLES = (Role.TRAINER, Role.COORDINATOR)


def may_mark(user: Any) -> bool:
    """Trainers and coordinators mark, correct and open again; each only for the learners of their own organisations."""
    return may_work_on_quizzes(user)


def attempts_visible_to(user: Any) -> QuerySet[Attempt]:
    """Attempts of people of ``user``'s own organisations; of everybody with an account for a superuser. Practice is nobody's."""
    attempts = Attempt.objects.filter(user__isnull=False)
    if user.is_superuser and user.is_active:
        return attempts
    people = Membership.objects.filter(organisation__in=organisations_as(user, *ROLES)).values("user")
    return attempts.filter(user__in=people)


def answers_to_mark(user: Any) -> QuerySet[Response]:
    """The answers that wait for points from ``user``: nobody marks their own, or one that they have marked already."""
    visible = attempts_visible_to(user).submitted().filter(discarded=False).exclude(user=user)
    answers = Response.objects.filter(attempt__in=visible, waits_for_marker=True)
    return answers.exclude(Exists(_given_by(user))).select_related("attempt").order_by("attempt__submitted_at", "pk")


def answers_marked_by(user: Any) -> QuerySet[Response]:
    """The answers to which ``user`` has given points, the latest first."""
    visible = attempts_visible_to(user).submitted()
    answers = Response.objects.filter(Exists(_given_by(user)), attempt__in=visible)
    return answers.select_related("attempt").order_by("-attempt__submitted_at", "-pk")


def _given_by(user: Any) -> QuerySet[HandMark]:
    mine = HandMark.objects.filter(response=OuterRef("pk"), marker=user, is_draft=False)
    return mine.filter(Q(response__answered_at__isnull=True) | Q(updated_at__gte=F("response__answered_at")))


def try_code(attempt: Attempt) -> str:
    """A short name for ``attempt`` that tells nothing about its learner."""
    return attempt.public_id.hex[:CODE_LENGTH]


def with_code(attempts: QuerySet[Attempt], code: str) -> QuerySet[Attempt]:
    """Those of ``attempts`` with this try code; none for what is no code."""
    code = code.strip().lower()
    if len(code) != CODE_LENGTH or set(code) - set("0123456789abcdef"):
        return attempts.none()
    rest = 32 - CODE_LENGTH
    return attempts.filter(public_id__gte=UUID(code + "0" * rest), public_id__lte=UUID(code + "f" * rest))
