"""What may not be deleted: what learners have answered, and questions that a quiz asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages

from quizzes.models import Attempt, Question, Quiz, Response

from .question_views import retire_button

NAMED = 5  # in a message; the rest are "others"


def keep_what_is_needed(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Refuse to delete, one by one or in bulk, what attempts refer to or a quiz asks; offer to retire questions instead."""
    questions = [instance for instance in instances if isinstance(instance, Question)]
    quizzes = [instance for instance in instances if isinstance(instance, Quiz)]
    keys = [one.translation_key for one in [*questions, *quizzes]]
    answered = set(Response.objects.filter(question_key__in=keys).values_list("question_key", flat=True)) if questions else set()
    taken = set(Attempt.objects.filter(quiz_key__in=keys).values_list("quiz_key", flat=True)) if quizzes else set()
    asking = Quiz.objects.filter(items__question__in=questions).distinct() if questions else []
    refusals = []
    if answered:
        refusals.append(_answered([str(one) for one in questions if one.translation_key in answered]))
    if taken:
        refusals.append(_taken([str(one) for one in quizzes if one.translation_key in taken]))
    if asking:
        refusals.append(_asked([str(quiz) for quiz in asking]))
    if not refusals:
        return None
    buttons = [retire_button(questions)] if questions else []
    messages.error(request, " ".join(refusals), buttons=buttons)
    model = Question if questions else Quiz
    return redirect(reverse(model.snippet_viewset.get_url_name("list")))


def _named(names: list[str]) -> str:
    return "; ".join(names[:NAMED]) + (gettext(" and others") if len(names) > NAMED else "")


def _answered(names: list[str]) -> str:
    text = ngettext(
        "Learners have answered “%(names)s”, so it stays. Retire it instead: nobody new will meet it.",
        "Learners have answered these, so they stay: %(names)s. Retire them instead: nobody new will meet them.",
        len(names),
    )
    return text % {"names": _named(names)}


def _taken(names: list[str]) -> str:
    text = ngettext(
        "Learners have answered “%(names)s”, so it stays. Unpublish it instead: nobody new will meet it.",
        "Learners have answered these, so they stay: %(names)s. Unpublish them instead: nobody new will meet them.",
        len(names),
    )
    return text % {"names": _named(names)}


def _asked(names: list[str]) -> str:
    text = ngettext(
        "The quiz “%(names)s” asks it. Take it out there first, or retire it.",
        "These quizzes ask it: %(names)s. Take it out there first, or retire it.",
        len(names),
    )
    return text % {"names": _named(names)}
