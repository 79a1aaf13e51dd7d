"""Keep and check answers inside an open attempt."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.marking import earns, is_settled, worth
from quizzes.models import Attempt, Response
from quizzes.rules import Navigation

from .refusals import AnswerChanged, AnswerLocked, AttemptClosed, NothingToCheck, NotYetOpen, TimeIsOver

# A page that hands itself in when its time ends is on its way for a moment.
ON_ITS_WAY = timedelta(seconds=10)
LONGEST_PAUSE = 30 * 60  # seconds; who answers later was doing something else


@transaction.atomic
def save_response(
    *,
    attempt: Attempt,
    position: int,
    answer: Any,
    certainty: int | None = None,
    seen_version: int | None = None,
    check: bool = False,
    now: datetime | None = None,
) -> Response:
    """Keep ``answer`` to the question at ``position``; saving the same answer again changes nothing.

    ``seen_version``: the version of the response that the page showed; a different answer that is based on an older one is
    refused, so two tabs never overwrite each other unnoticed. ``check``: its feedback is shown next, as far as the behaviour of
    the quiz allows; once nothing more can be tried the answer is locked.
    Raises AttemptClosed, TimeIsOver, AnswerLocked, NotYetOpen, AnswerChanged, NothingToCheck, Response.DoesNotExist.
    """
    now = now or timezone.now()
    locked = open_now(attempt, now)
    response = Response.objects.get(attempt=locked, position=position)
    if locked.promised.navigation == Navigation.ONE_WAY and response.page < locked.page_reached:
        raise AnswerLocked
    if response.after_previous and position in locked.not_yet_open():
        raise NotYetOpen
    same = response.answer == answer and response.certainty == certainty
    if same and (response.seen_feedback or not check):
        return response
    if response.seen_feedback:
        raise AnswerLocked
    if not same and seen_version is not None and seen_version != response.version:
        raise AnswerChanged(response)
    if not same:
        _change(response, answer, certainty, now, seconds=_pause(locked, now))
    if check:
        _check(locked, response)
    response.points = earns(worth(response.given, locked.promised), response.max_points)
    response.save()
    Attempt.objects.filter(pk=locked.pk).update(touched_at=now)
    return response


def _change(response: Response, answer: Any, certainty: int | None, now: datetime, *, seconds: int) -> None:
    response.answer, response.certainty = answer, certainty
    response.version += 1
    response.answered_at = now
    response.hand_fraction, response.hand_comment = None, ""  # given to what stood here before the try was opened again
    response.seconds += seconds


def open_now(attempt: Attempt, now: datetime) -> Attempt:
    """``attempt``, locked. Raises AttemptClosed, TimeIsOver."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open:
        raise AttemptClosed
    if locked.ends_at and now >= locked.ends_at + ON_ITS_WAY:
        raise TimeIsOver
    return locked


def _pause(attempt: Attempt, now: datetime) -> int:
    """Seconds since the learner last answered something; a clock that was set back makes it no less than none."""
    return min(max(int((now - attempt.touched_at).total_seconds()), 0), LONGEST_PAUSE)


def _check(attempt: Attempt, response: Response) -> None:
    rules = attempt.promised
    if not rules.checks or response.answer is None:
        raise NothingToCheck
    check = {"answer": response.answer, "certainty": response.certainty}
    if not response.checks or response.checks[-1] != check:
        response.checks = [*response.checks, check]
    response.seen_feedback = is_settled(response.given, rules)


@transaction.atomic
def go_on(*, attempt: Attempt, page: int, now: datetime | None = None) -> int:
    """Leave ``page`` for the next one, where pages open one after the other; returns the furthest page that is open.

    Raises AttemptClosed, TimeIsOver.
    """
    locked = open_now(attempt, now or timezone.now())
    if page == locked.page_reached:
        locked.page_reached = page + 1
        locked.save(update_fields=["page_reached"])
    return locked.page_reached
