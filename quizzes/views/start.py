"""The start page of a quiz: what to know, what was done so far, and the button."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.models import Attempt, Quiz
from quizzes.rules import Grading
from quizzes.services import (
    AttemptsUsedUp,
    NotOpen,
    QuizEmpty,
    Refusal,
    TooSoon,
    WrongCode,
    may_start_again,
    settle,
    start_attempt,
)
from quizzes.terms import terms_for

from .code import CodeForm, code_form, refused_code
from .common import local_path, own_attempts, page_url, start_url, visitor_key, waiting_url

SHOWN_TRIES = 20


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    quiz = Quiz.objects.in_language(quiz_key, get_language())
    if not request.user.is_authenticated and not (quiz and quiz.open_to_all):
        return redirect_to_login(request.get_full_path())
    if quiz is None:
        raise Http404
    return_to = local_path(request.GET.get("next"))
    if request.method == "POST":
        return _start(request, quiz, return_to)
    return _start_page(request, quiz, return_to)


def _start_page(request: HttpRequest, quiz: Quiz, return_to: str, refused: CodeForm | None = None) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    tries = own_attempts(request).filter(quiz_key=quiz.translation_key)
    opened, best = tries.open_and_best(quiz.grading)
    if opened and not settle(attempt=opened).is_open:
        opened, best = tries.open_and_best(quiz.grading)
    terms, used, now = terms_for(user, quiz), tries.count(), timezone.now()
    context = {
        "quiz": quiz,
        "terms": terms,
        "rules": replace(quiz.rules(), closes_at=terms.closes_at),
        "is_open": terms.is_open(now),
        "now": now,
        "asked": opened.length if opened else quiz.asked(country=user.country if user else ""),
        "opened": opened,
        "resume_url": waiting_url(opened) if opened else "",
        "may_start_again": opened is not None and may_start_again(quiz, terms, used, now),
        "tries": tries.submitted().order_by("-submitted_at")[:SHOWN_TRIES],
        "best": best,
        "counts": None if quiz.grading == Grading.AVERAGE else best,
        "standing": Attempt.objects.standings(user, [quiz.translation_key]).get(quiz.translation_key) if user else None,
        "tries_left": max(terms.attempts_allowed - used, 0) if terms.attempts_allowed else None,
        "start_url": start_url(quiz.translation_key, return_to),
        "return_to": return_to or (opened.return_to if opened else ""),
        "form": refused or code_form(terms),
        "practice": user is None,
    }
    return TemplateResponse(request, "quizzes/start.html", context, status=422 if refused else 200)


def _start(request: HttpRequest, quiz: Quiz, return_to: str) -> HttpResponse:
    signed_in = request.user.is_authenticated
    try:
        attempt = start_attempt(
            user=request.user if signed_in else None,
            visitor="" if signed_in else visitor_key(request),
            quiz=quiz,
            code=request.POST.get("code", ""),
            return_to=return_to,
        )
    except WrongCode:
        return _start_page(request, quiz, return_to, refused_code(request.POST))
    except Refusal as refusal:
        messages.info(request, refusal_in_words(refusal))
        return redirect(start_url(quiz.translation_key, return_to))
    if quiz.builds_on_last and attempt.number > 1:
        messages.info(request, _("Your answers from the last try are filled in. Change what you like, then hand in."))
        return redirect(page_url(attempt, 1))
    return redirect(waiting_url(attempt))


def refusal_in_words(refusal: Refusal) -> str:
    """What a learner is told who cannot start."""
    times: dict[type[Refusal], Any] = {NotOpen: "opens_at", TooSoon: "again_at"}
    at = getattr(refusal, times.get(type(refusal), ""), None)
    when = {"when": date_format(timezone.localtime(at), "DATETIME_FORMAT")} if at else {}
    words = {
        AttemptsUsedUp: _("You have used all your tries. Your result stays."),
        QuizEmpty: _("This quiz has no questions yet. Please come back later."),
        NotOpen: _("This quiz opens on %(when)s.") if at else _("This quiz is closed."),
        TooSoon: _("Look at the lessons again first: your next try may begin on %(when)s."),
    }
    return words[type(refusal)] % when
