"""Taking a quiz: start, one question at a time, check, result. Whatever is not the learner's own is not found."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .keeping import forget_answer, keep_answer, kept_answer
from .kinds import KINDS
from .kinds.prose import plain_text
from .marking import UNSURE
from .models import Attempt, Quiz, Response
from .results import marked, result_of
from .services import (
    AnswerChanged,
    AnswerLocked,
    AttemptClosed,
    AttemptsUsedUp,
    QuizEmpty,
    save_response,
    start_attempt,
    submit_attempt,
)

SHOWN_TRIES = 20
View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Send visitors to the sign-in and back; an answer they post is kept on the way."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and "position" in kwargs:
            keep_answer(request, kwargs["public_id"], kwargs["position"])
        return redirect_to_login(request.get_full_path())

    return guarded


def local_path(value: str | None) -> str:
    """``value`` if it is a path of this site, else nothing: a link never leads a learner elsewhere."""
    value = value or ""
    ours = value.startswith("/") and url_has_allowed_host_and_scheme(value, allowed_hosts=None)
    return value if ours and value.isprintable() and len(value) <= 500 else ""


# --- Start ------------------------------------------------------------------------------------------------------------
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    quiz = Quiz.objects.in_language(quiz_key, get_language())
    if quiz is None:
        raise Http404
    return_to = local_path(request.GET.get("next"))
    if request.method == "POST":
        return _start(request, quiz, return_to)
    tries = Attempt.objects.of(request.user, quiz.translation_key)
    opened, best = tries.open_and_best()
    used = tries.count()
    context = {
        "quiz": quiz,
        "asked": opened.length if opened else quiz.asked(),
        "opened": opened,
        "resume_url": _waiting_url(opened) if opened else "",
        "tries": tries.submitted()[:SHOWN_TRIES],
        "best": best,
        "tries_left": max(quiz.attempts_allowed - used, 0) if quiz.attempts_allowed else None,
        "start_url": _start_url(quiz.translation_key, return_to),
        "return_to": return_to or (opened.return_to if opened else ""),
    }
    return TemplateResponse(request, "quizzes/start.html", context)


def _start(request: HttpRequest, quiz: Quiz, return_to: str) -> HttpResponse:
    try:
        attempt = start_attempt(user=request.user, quiz=quiz, return_to=return_to)
    except AttemptsUsedUp:
        messages.info(request, _("You have used all your tries. Your best result counts."))
    except QuizEmpty:
        messages.info(request, _("This quiz has no questions yet. Please come back later."))
    else:
        return redirect(_waiting_url(attempt))
    return redirect(_start_url(quiz.translation_key, return_to))


def _start_url(quiz_key: UUID, return_to: str) -> str:
    url = reverse("quizzes:start", args=[quiz_key])
    return f"{url}?{urlencode({'next': return_to})}" if return_to else url


def _waiting_url(attempt: Attempt) -> str:
    position = attempt.resume_position()
    return reverse("quizzes:question", args=[attempt.public_id, position]) if position else _check_url(attempt)


def _check_url(attempt: Attempt) -> str:
    return reverse("quizzes:submit", args=[attempt.public_id])


# --- One question -----------------------------------------------------------------------------------------------------
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    own = Response.objects.select_related("attempt").filter(attempt__user=request.user)
    response = get_object_or_404(own, attempt__public_id=public_id, position=position)
    if not response.attempt.is_open:
        return _closed(request, response.attempt)
    if request.method == "POST":
        return _answer(request, response)
    if response.seen_feedback:
        context = _question_context(request, response) | {"marked": marked(response)}
        return TemplateResponse(request, "quizzes/feedback.html", context)
    kind = KINDS[response.snapshot["kind"]]
    shown = kind.shown(response.snapshot)
    kept = kept_answer(request, public_id, position)
    kept_form = kind.form(shown, kept) if kept else None
    if kept_form and kept_form.is_valid():
        messages.info(request, _("You were signed out. What you chose here is not saved yet: press Continue."))
        form = kind.form(shown, initial=kept_form.cleaned_data["answer"])
    else:
        form = kind.form(shown, initial=None if response.answer == UNSURE else response.answer)
    return _question_page(request, response, form)


def _answer(request: HttpRequest, response: Response) -> HttpResponse:
    attempt, act = response.attempt, request.POST.get("act")
    kind = KINDS[response.snapshot["kind"]]
    form = kind.form(kind.shown(response.snapshot), request.POST)
    if act != "unsure" and not form.is_valid():
        return _left(request, attempt) if act == "leave" else _question_page(request, response, form, status=422)
    try:
        save_response(
            attempt=attempt,
            position=response.position,
            answer=UNSURE if act == "unsure" else form.cleaned_data["answer"],
            seen_version=_version(request.POST),
            final=attempt.explains_each and act != "leave",
        )
    except AttemptClosed:
        return _closed(request, attempt)
    except AnswerLocked:
        messages.info(request, _("This answer is final, because its feedback was shown. Nothing was changed."))
    except AnswerChanged as changed:
        return _changed_elsewhere(request, changed.response, form)
    forget_answer(request)
    if act == "leave":
        return _left(request, attempt)
    if attempt.explains_each:
        return redirect(f"{request.get_full_path()}#feedback")
    return redirect(_next_url(request, response))


def _version(posted: QueryDict) -> int | None:
    value = posted.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _question_page(request: HttpRequest, response: Response, form: Any, status: int = 200) -> HttpResponse:
    context = _question_context(request, response) | {"form": form, "shown": form.shown}
    return TemplateResponse(request, "quizzes/question.html", context, status=status)


def _question_context(request: HttpRequest, response: Response) -> dict[str, Any]:
    attempt, position = response.attempt, response.position
    if "check" in request.GET:
        back_url = _check_url(attempt)
    elif position > 1:
        back_url = reverse("quizzes:question", args=[attempt.public_id, position - 1])
    else:
        back_url = _start_url(attempt.quiz_key, attempt.return_to)
    return {
        "attempt": attempt,
        "response": response,
        "kind": KINDS[response.snapshot["kind"]],
        "was_unsure": response.answer == UNSURE,
        "back_url": back_url,
        "next_url": _next_url(request, response),
    }


def _next_url(request: HttpRequest, response: Response) -> str:
    """The next question; the check page after the last one, and for whoever came from it."""
    attempt = response.attempt
    if "check" in request.GET or response.position >= attempt.length:
        return _check_url(attempt)
    return reverse("quizzes:question", args=[attempt.public_id, response.position + 1])


def _changed_elsewhere(request: HttpRequest, saved: Response, form: Any) -> HttpResponse:
    form.errors.clear()  # somebody who does not know the answer has chosen nothing, and that is no error
    message = _("You changed this answer in another window meanwhile. To keep what you see here, press Continue once more.")
    form.add_error(None, message)
    return _question_page(request, saved, form, status=409)


def _left(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    messages.success(request, _("Your answers are saved. Go on whenever you like."))
    return redirect(attempt.return_to or _start_url(attempt.quiz_key, ""))


def _closed(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, _("This try was handed in before. Nothing was changed."))
    return redirect("quizzes:result", attempt.public_id)


# --- Check, hand in, result -------------------------------------------------------------------------------------------
def _own_attempt(request: HttpRequest, public_id: UUID) -> Attempt:
    return get_object_or_404(Attempt, public_id=public_id, user=request.user)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    attempt = _own_attempt(request, public_id)
    if request.method == "POST":
        submit_attempt(attempt=attempt)
        return redirect(reverse("quizzes:result", args=[public_id]) + "#result")
    if not attempt.is_open:
        return _closed(request, attempt)
    rows = [
        {
            "text": plain_text(response.snapshot["text"]),
            "language": response.snapshot["language"],
            "url": reverse("quizzes:question", args=[public_id, response.position]) + "?check",
            "answered": response.answer is not None,
            "was_unsure": response.answer == UNSURE,
            "final": response.seen_feedback,
        }
        for response in attempt.responses.all()
    ]
    context = {"attempt": attempt, "rows": rows, "missing": sum(not row["answered"] for row in rows)}
    return TemplateResponse(request, "quizzes/check.html", context)


@signed_in
@require_http_methods(["GET", "HEAD"])
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    attempt = _own_attempt(request, public_id)
    if attempt.is_open:
        return redirect(_waiting_url(attempt))
    tries = Attempt.objects.of(request.user, attempt.quiz_key)
    quiz = Quiz.objects.in_language(attempt.quiz_key, get_language())
    tries_left = max(quiz.attempts_allowed - tries.count(), 0) if quiz and quiz.attempts_allowed else None
    context = {
        "attempt": attempt,
        "result": result_of(attempt, list(attempt.responses.all())),
        "best": tries.open_and_best()[1],
        "may_retry": quiz is not None and tries_left != 0,
        "tries_left": tries_left,
        "start_url": _start_url(attempt.quiz_key, attempt.return_to),
    }
    return TemplateResponse(request, "quizzes/result.html", context)
