"""Points that people give: drafts, one marker or two, and the news for the learner."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from quizzes.models import Attempt, AttemptEvent, HandMark, Response
from quizzes.notices import tell_marked
from quizzes.rubrics import as_kept, hand_fraction, share_by, texts_of

from .correcting import remark
from .refusals import AnswerChanged, NotToMark


def markers_needed(attempt: Attempt) -> int:
    return 2 if attempt.promised.second_marker else 1


def given_marks(response: Response, marks: Sequence[HandMark]) -> list[HandMark]:
    """Those of ``marks`` that were given, not drafted, to the answer as it stands now."""
    since = response.answered_at
    return [mark for mark in marks if not mark.is_draft and (since is None or mark.updated_at >= since)]


@transaction.atomic
def save_hand_mark(
    *,
    response: Response,
    marker: Any,
    scores: Mapping[str, Any],
    comment: str = "",
    draft: bool = False,
    seen_version: int | None = None,
) -> HandMark:
    """Keep what ``marker`` gives to ``response``: points by the key of each criterion (``rubrics.texts_of``).

    A ``draft`` may be incomplete and counts for nothing. The last mark that is needed (two where the quiz says so; the mean
    counts) marks the attempt again. Who has given a mark may give another one.
    Raises NotToMark, AnswerChanged, and ValueError where points are missing or out of range.
    """
    attempt = Attempt.objects.select_for_update().get(pk=response.attempt_id)
    current = Response.objects.get(pk=response.pk)
    if seen_version is not None and seen_version != current.version:
        raise AnswerChanged(current)
    given = given_marks(current, list(current.hand_marks.all()))
    others = [mark for mark in given if mark.marker_id != marker.pk]
    is_revision = len(others) < len(given)
    if not _may_mark(attempt, current, marker, others) or (is_revision and draft):
        raise NotToMark
    known = {criterion.key for text in texts_of(current.snapshot, current.answer) for criterion in text.criteria}
    kept = {key: str(points) for key, points in scores.items() if key in known}
    fraction = None if draft else as_kept(share_by(current.snapshot, current.answer, kept))
    mark, _created = HandMark.objects.update_or_create(
        response=current,
        marker=marker,
        defaults={"scores": kept, "fraction": fraction, "comment": comment, "is_draft": draft},
    )
    if not draft and len(others) + 1 >= markers_needed(attempt):
        _count(attempt, current, [*others, mark], marker)
    return mark


def _may_mark(attempt: Attempt, response: Response, marker: Any, others: Sequence[HandMark]) -> bool:
    if attempt.is_open or attempt.user_id in {None, marker.pk} or response.excluded:
        return False
    waits = response.waits_for_marker or response.hand_fraction is not None
    return waits and len(others) < markers_needed(attempt)


def _count(attempt: Attempt, response: Response, marks: Sequence[HandMark], marker: Any) -> None:
    in_order = sorted(marks, key=lambda mark: mark.pk)
    response.hand_fraction = hand_fraction(response.snapshot, response.answer, [mark.scores for mark in in_order])
    response.hand_comment = "\n\n".join(mark.comment for mark in in_order if mark.comment)
    response.save(update_fields=["hand_fraction", "hand_comment"])
    waited = attempt.waiting
    told = attempt.events.filter(kind=AttemptEvent.Kind.MARKED, data__told=True).exists()
    tells = waited and not told and not _others_wait(attempt, response)
    data = {"position": response.position} | ({"told": True} if tells else {})
    remark(attempt=attempt, kind=AttemptEvent.Kind.MARKED, by=marker, data=data)
    if tells:
        transaction.on_commit(lambda: tell_marked(attempt))


def _others_wait(attempt: Attempt, response: Response) -> bool:
    return attempt.responses.filter(waits_for_marker=True).exclude(pk=response.pk).exists()
