"""What trainers put right afterwards: mark again, correct a question, leave one out, open an attempt again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.kinds import Verdict
from quizzes.marking import worth
from quizzes.models import Attempt, AttemptEvent, Response
from quizzes.rubrics import hand_fraction

from .closing import close_in_time, count_up, points_of
from .refusals import CannotReopen


def _result(attempt: Attempt) -> dict[str, Any]:
    return {"points": str(attempt.points), "percent": str(attempt.percent), "passed": attempt.passed}


@transaction.atomic
def remark(
    *,
    attempt: Attempt,
    kind: str,
    by: Any,
    reason: str = "",
    data: dict[str, Any] | None = None,
    keep_pass: bool | None = None,
) -> Attempt:
    """Count ``attempt`` up again from its responses as they stand, and write down what changed (``AttemptEvent`` of ``kind``).

    ``keep_pass``: whether a pass stays though it is no longer earned; None: as it was decided for this attempt before, if it was.
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
    data = {**(data or {}), "before": before}
    if before["passed"] and not locked.passed and not locked.discarded:
        data["kept_pass"] = locked.passed = _was_kept(locked) if keep_pass is None else keep_pass
    locked.save()
    AttemptEvent.objects.create(attempt=locked, kind=kind, by=by, reason=reason, data={**data, "after": _result(locked)})
    return locked


def _was_kept(attempt: Attempt) -> bool:
    decided = attempt.events.filter(data__has_key="kept_pass").order_by("pk").last()
    return bool(decided and decided.data["kept_pass"])


@transaction.atomic
def regrade_attempt(
    *,
    attempt: Attempt,
    question_key: Any,
    snapshot: dict[str, Any],
    version: int,
    by: Any,
    reason: str,
    keep_pass: bool | None = None,
) -> Attempt:
    """Mark ``attempt`` by the corrected question ``snapshot``; the question as it was asked stays in the event.

    Doing it again changes nothing, and neither is an open attempt changed. ``keep_pass``: see ``remark``.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    response = Response.objects.get(attempt=locked, question_key=question_key)
    if locked.is_open or response.question_version == version:
        return locked
    old = {"snapshot": response.snapshot, "version": response.question_version}
    replace_question(response, snapshot, [mark.scores for mark in response.hand_marks.filter(is_draft=False)])
    response.question_version = version
    response.save(update_fields=["snapshot", "question_version", "hand_fraction"])
    if response.snapshot == old["snapshot"]:
        return locked
    return remark(
        attempt=locked,
        kind=AttemptEvent.Kind.REGRADED,
        by=by,
        reason=reason,
        data={"question_key": str(question_key), "replaced": old},
        keep_pass=keep_pass,
    )


def replace_question(response: Response, snapshot: dict[str, Any], scores: list[dict[str, Any]]) -> None:
    """Ask ``response`` by ``snapshot`` instead; saves nothing. ``scores``: what markers gave. It stays, a case counts anew."""
    response.snapshot = snapshot
    if response.hand_fraction is not None and scores:
        response.hand_fraction = hand_fraction(snapshot, response.answer, scores)


@transaction.atomic
def exclude_question(
    *, attempt: Attempt, question_key: Any, excluded: bool, by: Any, reason: str, keep_pass: bool | None = None
) -> Attempt:
    """Leave a question out of the result of ``attempt``, or take it in again. ``keep_pass``: see ``remark``."""
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
        keep_pass=keep_pass,
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
    close_in_time(locked)
    return locked
