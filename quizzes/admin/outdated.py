"""A report: every quiz that asks, or may draw, a question whose source was to be checked again by now."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import may_work_on_quizzes
from quizzes.models import Question, Quiz, QuizItem
from training.spreadsheets import csv_response, xlsx_response

from .filters import is_outdated
from .usage import draws_of

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


def touched_quizzes() -> list[tuple[Quiz, list[Question]]]:
    """Each quiz with its outdated questions, by title. Retired questions are asked nowhere.

    The number of queries grows with the languages only.
    """
    outdated = list(
        Question.objects.filter(is_outdated(), retired=False).select_related("bank", "locale").order_by("review_by", "pk")
    )
    by_id = {question.pk: question for question in outdated}
    quizzes = list(Quiz.objects.select_related("locale").order_by("title", "pk"))
    touched = _fixed(quizzes, outdated)
    for locale_id in {quiz.locale_id for quiz in quizzes} if outdated else ():
        draws = draws_of(quiz for quiz in quizzes if quiz.locale_id == locale_id)
        picked = Question.objects.filter(retired=False).drawable([rule for _quiz, rule in draws], locale_id=locale_id)
        for (quiz, _rule), found in zip(draws, picked, strict=True):
            touched[quiz.pk] |= {question.pk for question in found if question.pk in by_id}
    return [(quiz, [one for one in outdated if one.pk in touched[quiz.pk]]) for quiz in quizzes if touched[quiz.pk]]


def _fixed(quizzes: list[Quiz], outdated: list[Question]) -> dict[int, set[int]]:
    """The outdated questions that are fixed items, by quiz: in its language, or as chosen where there is no translation."""
    keys = {question.translation_key for question in outdated}
    translations = set(Question.objects.filter(translation_key__in=keys).values_list("translation_key", "locale_id"))
    chosen: dict[int, set[tuple[int, UUID]]] = defaultdict(set)
    items = QuizItem.objects.filter(question__translation_key__in=keys)
    for quiz_id, pk, key in items.values_list("quiz_id", "question_id", "question__translation_key"):
        chosen[quiz_id].add((pk, key))
    touched: dict[int, set[int]] = defaultdict(set)
    for quiz in quizzes:
        for pk, key in chosen[quiz.pk]:
            if (key, quiz.locale_id) in translations:
                own = (one.pk for one in outdated if one.translation_key == key and one.locale_id == quiz.locale_id)
                touched[quiz.pk] |= set(own)
            else:
                touched[quiz.pk] |= {one.pk for one in outdated if one.pk == pk}
    return touched


@require_safe
def outdated_report(request: HttpRequest) -> HttpResponse:
    if not may_work_on_quizzes(request.user):
        raise PermissionDenied
    touched = touched_quizzes()
    export = EXPORTS.get(request.GET.get("export", ""))
    if export:
        return export("outdated-sources", _table(touched))
    return render(request, "quizzes/admin/outdated.html", {"touched": touched})


def _table(touched: list[tuple[Quiz, list[Question]]]) -> Iterator[list[str]]:
    yield [
        *(_("Quiz"), _("Language"), _("Question"), _("Question bank"), _("Whose law"), _("Source")),
        *(_("Checked by"), _("Checked on"), _("Check again by")),
    ]
    for quiz, questions in touched:
        for question in questions:
            days = (question.checked_on, question.review_by)
            yield [
                *(quiz.title, str(quiz.locale), str(question), question.bank.name, question.get_jurisdiction_display()),
                *(question.source, question.checked_by, *(f"{day:%Y-%m-%d}" if day else "" for day in days)),
            ]
