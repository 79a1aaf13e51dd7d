"""End an attempt: handed in by its learner, or by the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from quizzes.kinds import Verdict
from quizzes.marking import Score, earns, total, worth
from quizzes.models import Attempt, AttemptEvent, Response
from quizzes.rules import TimeUp


@transaction.atomic
def submit_attempt(*, attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Hand in ``attempt`` and mark it, once; whoever comes second gets the same result. A fixed number of queries.

    An attempt whose time was over before is closed by the clock instead, by the rule that it promised.
    """
    now = now or timezone.now()
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open:
        return locked
    if _clock_decides(locked, now):
        return _by_clock(locked, now)
    at = max(now, locked.started_at)  # a clock that was set back makes no attempt end before it began
    return _close(locked, at, AttemptEvent.Kind.SUBMITTED)


@transaction.atomic
def settle(*, attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Close ``attempt`` if its time is over and its learner has not handed it in; otherwise leave it. Dated when its time ended.

    Two writes at most, none for an attempt that still has time. Safe to call again.
    """
    now = now or timezone.now()
    if not attempt.is_open or not attempt.time_is_over(now):
        return attempt
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open or not _clock_decides(locked, now):
        return locked
    return _by_clock(locked, now)


@task()
def close_attempt(pk: int) -> None:
    """Close the attempt ``pk`` when its time is over. Its learner's pages, and ``manage.py close_attempts``, do the same."""
    for attempt in Attempt.objects.open().filter(pk=pk):
        settle(attempt=attempt)


def close_in_time(attempt: Attempt) -> None:
    """Have ``attempt`` closed at the moment its time is over, where the task queue can wait."""
    if attempt.ends_at and close_attempt.get_backend().supports_defer:
        transaction.on_commit(lambda: close_attempt.using(run_after=attempt.ends_at).enqueue(attempt.pk))


def _clock_decides(attempt: Attempt, now: datetime) -> bool:
    """Whether handing in is no longer the learner's to do."""
    if not attempt.time_is_over(now):
        return False
    if attempt.promised.when_time_ends != TimeUp.GRACE:
        return True
    return now >= attempt.ends_at + timedelta(minutes=attempt.promised.grace)


def _by_clock(attempt: Attempt, now: datetime) -> Attempt:
    if attempt.promised.when_time_ends == TimeUp.SUBMIT:
        return _close(attempt, attempt.ends_at, AttemptEvent.Kind.TIME_UP)
    attempt.discarded = True
    return _close(attempt, attempt.ends_at, AttemptEvent.Kind.DISCARDED)


def _close(attempt: Attempt, at: datetime, kind: str) -> Attempt:
    responses = list(attempt.responses.all())
    waiting = [response.pk for response in responses if _waits(response, attempt)]
    attempt.responses.filter(points__isnull=True).update(points=0)
    if waiting:
        Response.objects.filter(pk__in=waiting).update(waits_for_marker=True)
    attempt.submitted_at = at
    count_up(attempt, responses, waiting=bool(waiting))
    attempt.save()
    AttemptEvent.objects.create(attempt=attempt, kind=kind, at=at, data={"percent": str(attempt.percent)})
    return attempt


def _waits(response: Response, attempt: Attempt) -> bool:
    return not response.excluded and worth(response.given, attempt.promised).verdict == Verdict.WAITING


def score_of(attempt: Attempt, responses: Iterable[Response]) -> Score:
    """The exact score of ``responses``; what was left out of the result counts for nothing, neither way."""
    rules = attempt.promised
    return total((worth(r.given, rules), r.max_points) for r in responses if not r.excluded)


def count_up(attempt: Attempt, responses: list[Response], *, waiting: bool) -> None:
    """Set points, per cent and pass of ``attempt`` from its ``responses``; saves nothing.

    An attempt that waits for a marker is not passed yet, unless what is marked already suffices.
    """
    score = score_of(attempt, responses)
    attempt.points = score.shown_points
    attempt.max_points = sum((r.max_points for r in responses if not r.excluded), start=0)
    attempt.percent = score.percent
    attempt.waiting = waiting
    attempt.passed = not attempt.discarded and score.passes(attempt.pass_mark)


def points_of(response: Response, attempt: Attempt) -> Decimal:
    """The points of one response by the rules of its attempt, to the hundredth."""
    return earns(worth(response.given, attempt.promised), response.max_points)
