"""The verbs that write learner records. Each is safe to run twice; a lost race returns the row that won."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.blocks import taken_away
from courses.models import LessonPage
from courses.outline import Outline, course_key_of, outline_of
from courses.pieces import Piece

from .models import BlockState, Contribution, ContributionQuerySet, Enrolment, FollowUp, LessonCompletion
from .progress import Missing, missing_requirements
from .signals import course_completed

SEEN_AGAIN_AFTER = timedelta(minutes=10)  # "last seen" needs no finer grain, and a read should seldom write


class LessonNotReady(Exception):
    """The lesson cannot be done yet. ``missing`` says what the learner still has to do."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(", ".join(item.title for item in missing))


@dataclass(frozen=True)
class Completed:
    """What finishing a lesson led to. ``course_now`` is true for the act that finished the course, and for no other."""

    enrolment: Enrolment
    outline: Outline
    course_now: bool


def enrol(*, user: User, outline: Outline) -> Enrolment:
    """Enrol ``user`` in the course of ``outline``; return the enrolment, new or old."""
    enrolment, _created = Enrolment.objects.get_or_create(
        user=user, course_key=outline.key, defaults={"version": outline.version}
    )
    return enrolment


def remember_place(*, enrolment: Enrolment, lesson_key: uuid.UUID) -> None:
    """Note where the learner is, so that "Continue" leads back there. Writes only when there is something new to note."""
    now = timezone.now()
    if enrolment.last_lesson_key == lesson_key and now - enrolment.last_seen_at < SEEN_AGAIN_AFTER:
        return
    enrolment.last_lesson_key, enrolment.last_seen_at = lesson_key, now
    enrolment.save(update_fields=["last_lesson_key", "last_seen_at"])


@transaction.atomic
def answer_block(*, enrolment: Enrolment, lesson: LessonPage, piece: Piece, form: Any) -> BlockState:
    """Keep what the valid ``form`` answers to ``piece`` of ``lesson``; return the learner's state of the block.

    The row is locked: of two answers sent at once, the second begins from what the first left. To an anonymous block one gives
    once: what comes later is left aside, because nobody knows any more which was the first.
    """
    place = {"enrolment": enrolment, "lesson_key": lesson.translation_key, "block_id": piece.ident}
    BlockState.objects.get_or_create(**place, defaults={"kind": piece.name})
    kept = BlockState.objects.select_for_update().get(**place)
    if piece.block.anonymous and kept.done_at:
        return kept
    answered = piece.block.answered(piece.material, form, kept.state or None)
    kept.kind, kept.state, kept.tries = piece.name, _with_earlier(enrolment, piece, answered.state), kept.tries + 1
    kept.score = None if answered.score is None else round(Decimal(answered.score.numerator) / answered.score.denominator, 5)
    if answered.done and not kept.done_at:
        kept.done_at = timezone.now()
    kept.save()
    Contribution.objects.bulk_create(_contribution(lesson, piece, text) for text in answered.given)
    _follow_up(kept, answered.mail_on)
    return kept


def _follow_up(kept: BlockState, due_on: date | None) -> None:
    """Note when to send the mail that a learner asked for; forget it where they want none. A new wish is a new mail."""
    if due_on:
        FollowUp.objects.update_or_create(block_state=kept, defaults={"due_on": due_on, "sent_at": None})
    else:
        FollowUp.objects.filter(block_state=kept).delete()


def _contribution(lesson: LessonPage, piece: Piece, text: str) -> Contribution:
    """A text waits, unless a trainer has decided before on the very same one in the same place."""
    place = {"lesson_key": lesson.translation_key, "block_id": piece.ident, "kind": piece.name, "text": text}
    if not piece.block.moderated:
        return Contribution(**place, state=Contribution.State.SHOWN)
    place["language"] = lesson.locale.language_code
    same = Contribution.objects.filter(**place).exclude(state=Contribution.State.WAITING)
    return Contribution(**place, state=same.values_list("state", flat=True).first() or Contribution.State.WAITING)


@transaction.atomic
def decide(*, chosen: Iterable[uuid.UUID], state: str) -> int:
    """Show or hide the ``chosen`` texts, and with each whatever says the same in the same place; return how many that are."""
    return sum(same.update(state=state) for same in _same_as(chosen))


@transaction.atomic
def delete_hidden(*, chosen: Iterable[uuid.UUID]) -> int:
    """Delete those of the ``chosen`` texts that are hidden, and with each its equals; return how many that are."""
    return sum(same.filter(state=Contribution.State.HIDDEN).delete()[0] for same in _same_as(chosen))


def _same_as(chosen: Iterable[uuid.UUID]) -> list[ContributionQuerySet]:
    texts = Contribution.objects.texts()
    places = texts.filter(pk__in=list(chosen)).values("lesson_key", "block_id", "language", "text").distinct()
    return [texts.filter(**place) for place in list(places)]


@transaction.atomic
def delete_reflection(*, user: User, pk: int) -> None:
    """Delete the text of a reflection that ``user`` wrote, and the wish for a mail about it; that it was done stays.

    Raises BlockState.DoesNotExist.
    """
    kept = BlockState.objects.reflections_of(user).select_for_update().get(pk=pk)
    kept.state = taken_away()
    kept.save(update_fields=["state", "touched_at"])
    _follow_up(kept, None)


def _with_earlier(enrolment: Enrolment, piece: Piece, state: dict[str, Any]) -> dict[str, Any]:
    """``state`` of ``piece`` with what the same learner said in the block that it looks back to, the last one of several."""
    wanted = piece.block.looks_back_to(piece.material)
    if wanted is None:
        return state
    found = BlockState.objects.filter(
        enrolment=enrolment, kind=piece.name, **{f"state__{name}": value for name, value in wanted.items()}
    )
    earlier = found.order_by("-touched_at").values_list("state", flat=True).first()
    return piece.block.recalling(state, earlier) if earlier else state


@transaction.atomic
def complete_lesson(*, user: User, lesson: LessonPage) -> Completed:
    """Record that ``user`` has done ``lesson``, and finish the course when it was the last one.

    Raises Enrolment.DoesNotExist for a stranger to the course, LessonNotReady when something is still to be done.
    The enrolment is locked: of two last lessons finished at once, one must see the other.
    """
    outline = outline_of(course_key_of(lesson), lesson.locale.language_code)
    enrolment = Enrolment.objects.select_for_update().get(user=user, course_key=outline.key)
    enrolment.user = user
    missing = missing_requirements(lesson, enrolment)
    if missing:
        raise LessonNotReady(missing)
    LessonCompletion.objects.get_or_create(enrolment=enrolment, lesson_key=lesson.translation_key)
    return Completed(enrolment, outline, course_now=_complete_course(enrolment, outline))


def _complete_course(enrolment: Enrolment, outline: Outline) -> bool:
    """Set ``completed_at`` once, when every lesson of the course is done, and announce it on commit."""
    if enrolment.completed_at:
        return False
    wanted = {lesson.key for lesson in outline.lessons}
    done = LessonCompletion.objects.filter(enrolment=enrolment, lesson_key__in=wanted).count()
    if not wanted or done < len(wanted):
        return False
    enrolment.completed_at = timezone.now()
    enrolment.save(update_fields=["completed_at"])
    transaction.on_commit(lambda: course_completed.send(sender=Enrolment, enrolment=enrolment))
    return True
