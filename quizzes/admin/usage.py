"""Where questions are asked: as fixed items, and by draws that may pick them."""

from collections.abc import Iterable
from uuid import UUID

from quizzes.models import Attempt, Question, Quiz, QuizItem
from quizzes.models.bank import DrawRule


def could_be_drawn(quiz: Quiz, item: QuizItem) -> list[Question]:
    """The questions that can be asked now among which ``item`` of ``quiz`` draws, light."""
    return Question.objects.live().drawable([item.draw_rule], locale_id=quiz.locale_id)[0]


def draws_of(quizzes: Iterable[Quiz]) -> list[tuple[Quiz, DrawRule]]:
    """Every draw of ``quizzes``, that from a whole bank among them. One query."""
    by_id = {quiz.pk: quiz for quiz in quizzes}
    items = QuizItem.objects.filter(quiz__in=by_id, draw_count__gt=0)
    banks = [(quiz, DrawRule(quiz.draw_from_id)) for quiz in by_id.values() if quiz.draw_from_id]
    return [*banks, *((by_id[item.quiz_id], item.draw_rule) for item in items)]


def quizzes_with(question: Question) -> tuple[list[Quiz], list[Quiz]]:
    """The quizzes that ask ``question`` for certain, and those whose draws may pick it; a quiz is in one list only.

    Of quizzes in the question's own language, drafts and retirement apart. Six queries, whatever the number of quizzes.
    """
    quizzes = list(Quiz.objects.filter(locale_id=question.locale_id).select_related("locale"))
    certain = set(QuizItem.objects.filter(question__translation_key=question.translation_key).values_list("quiz_id", flat=True))
    draws = draws_of(quiz for quiz in quizzes if quiz.pk not in certain)
    picked = Question.objects.drawable([rule for _quiz, rule in draws], locale_id=question.locale_id)
    drawn = {quiz.pk for (quiz, _rule), found in zip(draws, picked, strict=True) if question in found}
    return [quiz for quiz in quizzes if quiz.pk in certain], [quiz for quiz in quizzes if quiz.pk in drawn]


def keys_asked_by(quiz: Quiz) -> set[UUID]:
    """The questions, live or not, that ``quiz`` asks or may draw."""
    keys = set(Question.objects.filter(quiz_items__quiz=quiz).values_list("translation_key", flat=True))
    for found in Question.objects.drawable([rule for _quiz, rule in draws_of([quiz])], locale_id=quiz.locale_id):
        keys |= {question.translation_key for question in found}
    return keys


def questions_of(quiz: Quiz) -> list[Question]:
    """What ``quiz``, as it stands in memory, asks or may draw: as learners read it, of what is not published the last draft.

    Retired questions are asked nowhere. Four or five queries, and those that a draft needs to be read.
    """
    rules = [item.draw_rule for item in quiz.items.all() if item.draw_count]
    drawn = Question.objects.drawable(rules, locale_id=quiz.locale_id)
    keys = dict.fromkeys(question.pk for found in (quiz.pool(drafts=True), *drawn) for question in found)
    whole = Question.objects.filter(retired=False).select_related("locale", "latest_revision").in_bulk(keys)
    asked = [whole[pk] for pk in keys if pk in whole]
    return [question if question.live else question.get_latest_revision_as_object() for question in asked]


def attempts_with(key: UUID) -> int:
    """How many attempts, open ones and practice included, hold the question ``key``."""
    return Attempt.objects.filter(responses__question_key=key).distinct().count()
