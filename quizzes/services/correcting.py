"""What trainers put right afterwards: mark again, correct a question, leave one out, open an attempt again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.kinds import Verdict
from quizzes.marking import worth
from quizzes.models import Attempt, AttemptEvent, Response

from .closing import count_up, points_of
from .refusals import CannotReopen


def _result(attempt: Attempt) -> dict[str, Any]:
    return {"points": str(attempt.points), "percent": str(attempt.percent), "passed": attempt.passed}


@transaction.atomic
def remark(*, attempt: Attempt, kind: str, by: Any, reason: str = "", data: dict[str, Any] | None = None) -> Attempt:
    """Count ``attempt`` up again from its responses as they stand, and write down what changed (``AttemptEvent`` of ``kind``).

    An open attempt is left alone: it is counted when it is handed in.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.is_open:
        return locked
    before = _result(locked)
    responses = list(locked.responses.all())
    for response in responses:
        response.points = points_of(response, locked)
        waits = worth(response.given, locked.promised).verdict == Verdict.WAITING
        response.waits_for_marker = waits and not response.excluded
    Response.objects.bulk_update(responses, ["points", "waits_for_marker"])
    count_up(locked, responses, waiting=any(response.waits_for_marker for response in responses))
    locked.save()
    AttemptEvent.objects.create(
        attempt=locked, kind=kind, by=by, reason=reason, data={**(data or {}), "before": before, "after": _result(locked)}
    )
    return locked


@transaction.atomic
def regrade_attempt(
    *, attempt: Attempt, question_key: Any, snapshot: dict[str, Any], version: int, by: Any, reason: str
) -> Attempt:
    """Mark ``attempt`` by the corrected question ``snapshot``; the question as it was asked stays in the event."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    response = Response.objects.get(attempt=locked, question_key=question_key)
    old = {"snapshot": response.snapshot, "version": response.question_version}
    response.snapshot, response.question_version = snapshot, version
    response.save(update_fields=["snapshot", "question_version"])
    return remark(attempt=locked, kind=AttemptEvent.Kind.REGRADED, by=by, reason=reason, data={"replaced": old})


@transaction.atomic
def exclude_question(*, attempt: Attempt, question_key: Any, excluded: bool, by: Any, reason: str) -> Attempt:
    """Leave a question out of the result of ``attempt``, or take it in again."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    changed = (
        Response.objects.filter(attempt=locked, question_key=question_key).exclude(excluded=excluded).update(excluded=excluded)
    )
    if not changed:
        return locked
    return remark(
        attempt=locked,
        kind=AttemptEvent.Kind.EXCLUDED,
        by=by,
        reason=reason,
        data={"question_key": str(question_key), "excluded": excluded},
    )


@transaction.atomic
def reopen_attempt(*, attempt: Attempt, by: Any, reason: str, ends_at: datetime | None = None) -> Attempt:
    """Open a handed-in ``attempt`` again, until ``ends_at`` (None: without an end). Answers stay, and so does what was read.

    Raises CannotReopen.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    other = Attempt.objects.open().filter(user=locked.user_id, visitor=locked.visitor, quiz_key=locked.quiz_key)
    if locked.is_open or other.exists():
        raise CannotReopen
    before = _result(locked) | {"submitted_at": locked.submitted_at.isoformat()}
    locked.submitted_at, locked.ends_at = None, ends_at
    locked.points = locked.max_points = locked.percent = None
    locked.passed = locked.discarded = locked.waiting = False
    locked.touched_at = timezone.now()
    locked.save()
    locked.responses.update(waits_for_marker=False)
    AttemptEvent.objects.create(attempt=locked, kind=AttemptEvent.Kind.REOPENED, by=by, reason=reason, data={"before": before})
    return locked
