"""Do one question of an open attempt again: another of its draw where there is one, else the same afresh."""

from datetime import datetime
from random import Random, SystemRandom

from django.db import transaction
from django.utils import timezone

from quizzes.kinds import KINDS
from quizzes.models import Attempt, Question, Quiz, Response

from .answering import open_now
from .refusals import AnswerLocked


@transaction.atomic
def redo_question(*, attempt: Attempt, position: int, chance: Random | None = None, now: datetime | None = None) -> Response:
    """Forget the answer whose feedback was read, so that the question can be answered afresh; the last answer counts.

    A question that was drawn gives way to another one of its draw about the same outcome that was not asked in this try yet.
    Raises AttemptClosed, TimeIsOver, AnswerLocked where the quiz does not allow it, Response.DoesNotExist.
    """
    locked = open_now(attempt, now or timezone.now())
    response = Response.objects.get(attempt=locked, position=position)
    if not locked.promised.redo or not KINDS[response.snapshot["kind"]].asks:
        raise AnswerLocked
    if response.checks:
        _draw_another(locked, response, chance or SystemRandom())
        response.answer, response.certainty, response.checks, response.seen_feedback = None, None, [], False
        response.points = None
        response.version += 1
        response.save()
    return response


def _draw_another(attempt: Attempt, response: Response, chance: Random) -> None:
    """Put another question into ``response``, worth as much, if there is one; saves nothing."""
    quiz = Quiz.objects.in_language(attempt.quiz_key, attempt.language)
    if quiz is None or quiz.locale.language_code != attempt.language:
        return
    others = _others_of_its_draw(attempt, response, quiz)
    question = Question.objects.select_related("locale").get(pk=chance.choice(others)) if others else None
    if question is None or question.is_graded != bool(response.max_points):
        return
    response.question_key, response.question_version = question.translation_key, question.live_revision_id or 0
    response.snapshot = question.snapshot(chance if quiz.shuffle_choices else None)


def _others_of_its_draw(attempt: Attempt, response: Response, quiz: Quiz) -> list[int]:
    """Rows of the questions that might have been drawn instead, about the same outcome, so that each outcome is still asked."""
    slots = quiz.slots(country=getattr(attempt.user, "country", "") or "")
    asked = set(attempt.responses.values_list("question_key", flat=True))
    fixed = {candidate.key for slot in slots if slot.is_fixed for candidate in slot.candidates}
    draws = [list(slot.candidates) for slot in slots if not slot.is_fixed]
    if quiz.questions_per_attempt:  # everything is one draw
        fixed, draws = set(), [[candidate for slot in slots for candidate in slot.candidates]]
    if response.question_key in fixed:
        return []
    others = {}
    for draw in draws:
        outcomes = {candidate.outcome for candidate in draw if candidate.key == response.question_key}
        others |= {c.key: c.pk for c in draw if c.outcome in outcomes and c.key not in asked}
    return list(others.values())
