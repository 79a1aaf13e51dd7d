"""More time, given while somebody is inside a try: what an override adds reaches open tries, and takes nothing away."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from quizzes.models import Attempt, AttemptEvent, Quiz, QuizOverride
from quizzes.terms import terms_for

from .closing import close_in_time


def extend_open_attempts(override: QuizOverride) -> int:
    """Give the open tries of those whom ``override`` is for the later dates and the time that hold now; how many got more.

    A try that was opened again keeps the end that was set then. Two queries, and a few for each open try.
    """
    people = Q(user=override.user_id) if override.user_id else Q(user__memberships__organisation=override.organisation_id)
    found = Attempt.objects.open().filter(people, quiz_key=override.quiz_key, user__isnull=False)
    reopened = AttemptEvent.objects.filter(kind=AttemptEvent.Kind.REOPENED).values("attempt")
    return sum(_extend(pk) for pk in found.exclude(pk__in=reopened).distinct().values_list("pk", flat=True))


@transaction.atomic
def _extend(pk: int) -> bool:
    attempt = Attempt.objects.select_for_update().get(pk=pk)
    quiz = Quiz.objects.in_language(attempt.quiz_key, attempt.language)
    if not attempt.is_open or quiz is None:
        return False
    terms, rules = terms_for(attempt.user, quiz), attempt.promised
    ends_at = _later(attempt.ends_at, terms.ends_at(attempt.started_at))
    due_at, closes_at = _later(rules.due_at, terms.due_at), _later(rules.closes_at, terms.closes_at)
    if (ends_at, due_at, closes_at) == (attempt.ends_at, rules.due_at, rules.closes_at):
        return False
    attempt.ends_at = ends_at
    attempt.rules = replace(rules, due_at=due_at, closes_at=closes_at).freeze()
    attempt.save(update_fields=["ends_at", "rules"])
    close_in_time(attempt)
    return True


def _later(old: datetime | None, new: datetime | None) -> datetime | None:
    """The later of two moments; None is never."""
    return None if old is None or new is None else max(old, new)
