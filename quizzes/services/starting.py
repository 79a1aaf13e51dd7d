"""Start an attempt: whether one may, which questions it asks, and what it promises."""

from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest
from random import Random, SystemRandom
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Revision

from quizzes.drawing import Place, arrange, choose
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.terms import Terms, terms_for

from .closing import close_in_time, settle, submit_attempt
from .refusals import AttemptsUsedUp, NotOpen, QuizEmpty, TooSoon, WrongCode


def start_attempt(
    *,
    user: Any,
    quiz: Quiz,
    visitor: str = "",
    code: str = "",
    return_to: str = "",
    chance: Random | None = None,
    now: datetime | None = None,
) -> Attempt:
    """Return the open attempt at ``quiz``, or open one: draw its questions and freeze them as they are now.

    ``user`` None: practice of the ``visitor`` with that key. ``return_to``: local path of the lesson to go back to afterwards.
    Raises NotOpen, WrongCode, TooSoon, AttemptsUsedUp, QuizEmpty.
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            return _start(user, visitor, quiz, code, return_to, chance or SystemRandom(), now)
    except IntegrityError:
        # Two starts of one visitor at once: nothing to lock, so the database lets one win.
        return _mine(user, visitor, quiz).open().get()


def start_again(*, attempt: Attempt, quiz: Quiz, code: str = "", now: datetime | None = None) -> Attempt:
    """Hand in the open ``attempt`` as it stands and open the next one: both, or neither. Asked twice it opens one.

    Raises what ``start_attempt`` raises.
    """
    now = now or timezone.now()
    with transaction.atomic():
        _one_start_at_a_time(attempt.user)
        submit_attempt(attempt=attempt, now=now)
        taker = {"user": attempt.user, "visitor": attempt.visitor, "return_to": attempt.return_to}
        return start_attempt(**taker, quiz=quiz, code=code, now=now)


def may_start_again(quiz: Quiz, terms: Terms, used: int, now: datetime) -> bool:
    """Whether somebody with an open try, the last of ``used``, may hand it in and begin the next one at once."""
    is_allowed = not terms.attempts_allowed or used < terms.attempts_allowed
    begins_afresh = not quiz.delay_after(used) and not quiz.builds_on_last
    return is_allowed and begins_afresh and terms.is_open(now)


def _one_start_at_a_time(user: Any) -> None:
    """For each person: the second finds the attempt that the first opened."""
    if user is not None:
        get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def _mine(user: Any, visitor: str, quiz: Quiz) -> Any:
    if user is None:
        return Attempt.objects.filter(visitor=visitor, quiz_key=quiz.translation_key)
    return Attempt.objects.of(user, quiz.translation_key)


def _start(user: Any, visitor: str, quiz: Quiz, code: str, return_to: str, chance: Random, now: datetime) -> Attempt:
    _one_start_at_a_time(user)
    attempts = _mine(user, visitor, quiz)
    opened = attempts.open().first()
    if opened and settle(attempt=opened, now=now).is_open:
        if return_to and return_to != opened.return_to:
            opened.return_to = return_to
            opened.save(update_fields=["return_to"])
        return opened
    terms = terms_for(user, quiz)
    if not terms.is_open(now):
        raise NotOpen(terms.opens_at if terms.opens_at and now < terms.opens_at else None)
    wanted = terms.access_code.strip().casefold()
    if wanted and not compare_digest(code.strip().casefold().encode(), wanted.encode()):
        raise WrongCode
    last = attempts.submitted().order_by("-submitted_at", "-pk").first()
    used = attempts.count()
    if terms.attempts_allowed and used >= terms.attempts_allowed:
        raise AttemptsUsedUp
    again_at = last.submitted_at + timedelta(minutes=quiz.delay_after(used)) if last else now
    if now < again_at:
        raise TooSoon(again_at)
    attempt = _new(user, visitor, quiz, terms, used + 1, return_to, now)
    responses = _carried_over(last) if quiz.builds_on_last and last else _drawn(user, quiz, chance, _asked_before(attempts))
    if not responses:
        raise QuizEmpty
    attempt.length = len(responses)
    attempt.save()
    for response in responses:
        response.attempt = attempt
    Response.objects.bulk_create(responses)
    close_in_time(attempt)
    return attempt


def _new(user: Any, visitor: str, quiz: Quiz, terms: Terms, number: int, return_to: str, now: datetime) -> Attempt:
    rules = replace(
        quiz.rules(),
        time_limit=terms.time_limit,
        due_at=terms.due_at,
        closes_at=terms.closes_at,
        attempts_allowed=terms.attempts_allowed,
    )
    return Attempt(
        user=user,
        visitor=visitor if user is None else "",
        quiz_key=quiz.translation_key,
        title=quiz.title,
        language=quiz.locale.language_code,
        number=number,
        pass_mark=quiz.pass_mark,
        rules=rules.freeze(),
        return_to=return_to,
        started_at=now,
        touched_at=now,
        ends_at=terms.ends_at(now),
    )


def _asked_before(attempts: Any) -> dict[UUID, int]:
    """How often each question was asked in ``attempts``, by its key."""
    asked = Response.objects.filter(attempt__in=attempts).order_by()
    return dict(asked.values_list("question_key").annotate(times=Count("pk")))


def _drawn(user: Any, quiz: Quiz, chance: Random, before: dict[UUID, int]) -> list[Response]:
    country = getattr(user, "country", "") or ""
    chosen = choose(quiz.slots(country=country), quiz.questions_per_attempt, chance, before)
    places = arrange(
        chosen,
        quiz.headings(),
        chance,
        shuffle=quiz.shuffle_questions,
        shuffle_sections=quiz.shuffle_sections,
        per_page=quiz.questions_per_page,
    )
    questions = Question.objects.select_related("locale").in_bulk([place.candidate.pk for place in places])
    shuffle = chance if quiz.shuffle_choices else None
    versions = Revision.objects.in_bulk([place.candidate.version for place in places if place.candidate.version])
    return [
        _asked(place, n, questions[place.candidate.pk], versions.get(place.candidate.version), shuffle)
        for n, place in enumerate(places, start=1)
    ]


def _asked(place: Place, position: int, question: Question, version: Revision | None, shuffle: Random | None) -> Response:
    kept = version if version and version.object_id == str(question.pk) else None
    question_version = kept.pk if kept else question.live_revision_id or 0
    question = kept.as_object() if kept else question
    return Response(
        position=position,
        page=place.page,
        section=place.section,
        after_previous=place.candidate.after_previous,
        question_key=place.candidate.key,
        question_version=question_version,
        snapshot=question.snapshot(shuffle),
        max_points=place.candidate.points if question.is_graded else 0,
    )


def _carried_over(last: Attempt) -> list[Response]:
    """The questions and answers of the try before; what was checked then may be checked again."""
    return [
        Response(
            position=response.position,
            page=response.page,
            section=response.section,
            after_previous=response.after_previous,
            question_key=response.question_key,
            question_version=response.question_version,
            snapshot=response.snapshot,
            answer=response.answer,
            certainty=response.certainty,
            answered_at=response.answered_at,
            max_points=response.max_points,
            points=response.points,
            excluded=response.excluded,
        )
        for response in last.responses.all()
    ]
