"""Where questions are asked: as fixed items, and by draws that may pick them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from quizzes.models import Attempt, Question, Quiz, QuizItem


def in_draw(item: QuizItem) -> Q:
    """Which questions the draw ``item`` may pick, language apart; see ``QuizItem``."""
    wanted = Q()
    if item.draw_bank_id:
        wanted &= Q(bank_id=item.draw_bank_id)
    if item.draw_outcome:
        wanted &= Q(outcome=item.draw_outcome)
    if item.draw_tag:
        wanted &= Q(tags__name=item.draw_tag)
    if item.draw_difficulty:
        wanted &= Q(difficulty=item.draw_difficulty)
    return wanted


def could_be_drawn(quiz: Quiz, item: QuizItem) -> QuerySet[Question]:
    """The questions that can be asked now among which ``item`` of ``quiz`` draws."""
    live = Question.objects.live().filter(in_draw(item))
    own = live.filter(locale_id=quiz.locale_id)
    return (own if own.exists() else live).distinct()


def draws_of(quizzes: QuerySet[Quiz]) -> list[tuple[Quiz, Q]]:
    """Every draw of ``quizzes`` with what it may pick. Two queries."""
    found = [(quiz, Q(bank_id=quiz.draw_from_id)) for quiz in quizzes.filter(draw_from__isnull=False)]
    items = QuizItem.objects.filter(quiz__in=quizzes, question__isnull=True, draw_count__gt=0).select_related("quiz__locale")
    return found + [(item.quiz, in_draw(item)) for item in items]


def quizzes_with(question: Question) -> tuple[list[Quiz], list[Quiz]]:
    """The quizzes that ask ``question`` for certain, and those whose draws may pick it; a quiz is in one list only."""
    quizzes = Quiz.objects.filter(locale_id=question.locale_id).select_related("locale")
    fixed = list(quizzes.filter(items__question__translation_key=question.translation_key).distinct())
    drawn = [quiz for quiz, wanted in draws_of(quizzes) if Question.objects.filter(wanted, pk=question.pk).exists()]
    certain = {quiz.pk for quiz in fixed}
    return fixed, list({quiz.pk: quiz for quiz in drawn if quiz.pk not in certain}.values())


def keys_asked_by(quiz: Quiz) -> set[UUID]:
    """The questions, live or not, that ``quiz`` asks or may draw."""
    fixed = Question.objects.filter(quiz_items__quiz=quiz).values_list("translation_key", flat=True)
    keys = set(fixed)
    for _quiz, wanted in draws_of(Quiz.objects.filter(pk=quiz.pk).select_related("locale")):
        keys |= set(Question.objects.filter(wanted).values_list("translation_key", flat=True))
    return keys


def attempts_with(keys: Iterable[UUID]) -> int:
    """How many attempts, open ones and practice included, hold one of ``keys``."""
    return Attempt.objects.filter(responses__question_key__in=list(keys)).distinct().count()
