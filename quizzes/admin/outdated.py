"""A report: every quiz that asks, or may draw, a question whose source was to be checked again by now."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import may_work_on_quizzes
from quizzes.models import Question, QuestionTag, Quiz, QuizItem
from training.spreadsheets import csv_response, xlsx_response

from .filters import is_outdated

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


def touched_quizzes() -> list[tuple[Quiz, list[Question]]]:
    """Each quiz with its outdated questions, by title. Retired questions are asked nowhere. Six queries, whatever the size."""
    outdated = list(
        Question.objects.filter(is_outdated(), retired=False).select_related("bank", "locale").order_by("review_by", "pk")
    )
    tags: dict[int, set[str]] = {}
    tagged = QuestionTag.objects.filter(content_object__in=outdated).values_list("content_object_id", "tag__name")
    for question_id, name in tagged:
        tags.setdefault(question_id, set()).add(name)
    items: dict[int, list[QuizItem]] = {}
    for item in QuizItem.objects.select_related("question"):
        items.setdefault(item.quiz_id, []).append(item)
    found = []
    for quiz in Quiz.objects.select_related("locale").order_by("title", "pk"):
        questions = [one for one in outdated if _touches(quiz, items.get(quiz.pk, []), one, tags.get(one.pk, set()))]
        if questions:
            found.append((quiz, questions))
    return found


def _touches(quiz: Quiz, items: list[QuizItem], question: Question, tags: set[str]) -> bool:
    if question.locale_id != quiz.locale_id:
        return False
    if quiz.draw_from_id == question.bank_id:
        return True
    return any(_asks(item, question, tags) for item in items)


def _asks(item: QuizItem, question: Question, tags: set[str]) -> bool:
    if item.question_id:
        return item.question.translation_key == question.translation_key
    return (
        item.draw_bank_id in (None, question.bank_id)
        and item.draw_outcome in ("", question.outcome)
        and (not item.draw_tag or item.draw_tag in tags)
        and item.draw_difficulty in (None, question.difficulty)
    )


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
