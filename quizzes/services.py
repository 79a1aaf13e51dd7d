"""What learners do with quizzes. Every write locks first, so that tabs, double clicks and parallel posts queue up."""

from random import Random, SystemRandom
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from .drawing import draw
from .marking import earns, mark, total
from .models import Attempt, Question, Quiz, Response


class AttemptsUsedUp(Exception):
    """The learner has handed in as many tries as the quiz allows."""


class QuizEmpty(Exception):
    """The quiz has no question that is live."""


class AttemptClosed(Exception):
    """The attempt was handed in; nothing about it changes any more."""


class AnswerLocked(Exception):
    """The feedback to this answer was shown, so the answer stays."""


class AnswerChanged(Exception):
    """The answer was changed elsewhere since this page was opened; ``response`` holds what is saved."""

    def __init__(self, response: Response) -> None:
        super().__init__(response)
        self.response = response


@transaction.atomic
def start_attempt(*, user: Any, quiz: Quiz, return_to: str = "", chance: Random | None = None) -> Attempt:
    """Return the user's open attempt at ``quiz``, or open one: draw its questions and freeze them as they are now.

    ``return_to``: local path of the lesson to go back to afterwards. Raises AttemptsUsedUp, QuizEmpty.
    """
    # One start at a time for each person: the second finds the attempt that the first opened.
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    attempts = Attempt.objects.of(user, quiz.translation_key)
    opened = attempts.open().first()
    if opened:
        if return_to and return_to != opened.return_to:
            opened.return_to = return_to
            opened.save(update_fields=["return_to"])
        return opened
    if quiz.attempts_allowed and attempts.count() >= quiz.attempts_allowed:
        raise AttemptsUsedUp
    return _open(user, quiz, return_to, chance or SystemRandom())


def _open(user: Any, quiz: Quiz, return_to: str, chance: Random) -> Attempt:
    drawn = draw(quiz.pool(), quiz.questions_per_attempt, chance, shuffle=quiz.shuffle_questions)
    if not drawn:
        raise QuizEmpty
    questions = Question.objects.select_related("locale").in_bulk([question.pk for question in drawn])
    attempt = Attempt.objects.create(
        user=user,
        quiz_key=quiz.translation_key,
        title=quiz.title,
        language=quiz.locale.language_code,
        length=len(drawn),
        pass_mark=quiz.pass_mark,
        rules=quiz.rules().freeze(),
        return_to=return_to,
    )
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=position,
            question_key=light.translation_key,
            snapshot=questions[light.pk].snapshot(chance if quiz.shuffle_choices else None),
        )
        for position, light in enumerate(drawn, start=1)
    )
    return attempt


@transaction.atomic
def save_response(
    *, attempt: Attempt, position: int, answer: Any, seen_version: int | None = None, final: bool = False
) -> Response:
    """Keep ``answer`` to the question at ``position``; saving the same answer again changes nothing.

    ``seen_version``: the version of the response that the page showed; a different answer that is based on an older one is
    refused, so two tabs never overwrite each other unnoticed. ``final``: its feedback is shown next, so the answer is locked.
    Raises AttemptClosed, AnswerLocked, AnswerChanged, Response.DoesNotExist.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open:
        raise AttemptClosed
    response = Response.objects.get(attempt=locked, position=position)
    if response.answer == answer and response.seen_feedback >= final:
        return response
    if response.seen_feedback:
        raise AnswerLocked
    if response.answer != answer and seen_version is not None and seen_version != response.version:
        raise AnswerChanged(response)
    response.answer = answer
    response.points = earns(mark(response.snapshot, answer), response.max_points)
    response.seen_feedback = final
    response.version += 1
    response.answered_at = timezone.now()
    response.save(update_fields=["answer", "points", "seen_feedback", "version", "answered_at"])
    return response


@transaction.atomic
def submit_attempt(*, attempt: Attempt) -> Attempt:
    """Hand in ``attempt`` and mark it, once; whoever comes second gets the same result. A fixed number of queries."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open:
        return locked
    responses = list(locked.responses.all())
    score = total((mark(response.snapshot, response.answer), response.max_points) for response in responses)
    locked.responses.filter(points__isnull=True).update(points=0)
    locked.points = score.shown_points
    locked.max_points = sum(response.max_points for response in responses)
    locked.percent = score.percent
    locked.passed = score.passes(locked.pass_mark)
    locked.submitted_at = timezone.now()
    locked.save(update_fields=["points", "max_points", "percent", "passed", "submitted_at"])
    return locked
