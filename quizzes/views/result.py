"""Check, hand in, and the result."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.kinds import KINDS
from quizzes.kinds.prose import plain_text
from quizzes.marking import UNSURE
from quizzes.models import Attempt, QuestionFlag, Quiz, Response
from quizzes.results import result_of
from quizzes.rules import Navigation
from quizzes.services import submit_attempt
from quizzes.terms import terms_for

from .common import closed, for_taker, own_attempts, page_url, start_url, waiting_url


@require_http_methods(["GET", "HEAD", "POST"])
@for_taker
def submit(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    if request.method == "POST":
        submit_attempt(attempt=attempt)
        return redirect(reverse("quizzes:result", args=[attempt.public_id]) + "#result")
    if not attempt.is_open:
        return closed(request, attempt)
    waiting = attempt.not_yet_open()
    rows = [_row(attempt, response, is_open=response.position not in waiting) for response in attempt.responses.all()]
    context = {
        "attempt": attempt,
        "rows": rows,
        "time_is_over": attempt.time_is_over(timezone.now()),
        "missing": sum(not row["answered"] for row in rows),
        "last_url": page_url(attempt, attempt.last_page()) if attempt.promised.navigation != Navigation.ONE_WAY else "",
        "start_url": start_url(attempt.quiz_key, attempt.return_to),
    }
    return TemplateResponse(request, "quizzes/check.html", context)


def _row(attempt: Attempt, response: Response, *, is_open: bool) -> dict[str, Any]:
    asks = KINDS[response.snapshot["kind"]].asks
    return {
        "position": response.position,
        "is_open": is_open,
        "text": plain_text(response.snapshot["text"]) if is_open else "",
        "language": response.snapshot["language"],
        "url": f"{page_url(attempt, response.page)}?check" if attempt.promised.navigation != Navigation.ONE_WAY else "",
        "answered": response.answer is not None or not asks,
        "was_unsure": response.answer == UNSURE,
        "final": response.seen_feedback,
    }


@require_http_methods(["GET", "HEAD"])
@for_taker
def result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    if attempt.is_open:
        return redirect(waiting_url(attempt))
    tries = own_attempts(request).filter(quiz_key=attempt.quiz_key)
    quiz = Quiz.objects.in_language(attempt.quiz_key, get_language())
    user = attempt.user if attempt.user_id else None
    terms = terms_for(user, quiz) if quiz else None
    allowed = terms.attempts_allowed if terms else 0
    tries_left = max(allowed - tries.count(), 0) if allowed else None
    standings = Attempt.objects.standings(user, [attempt.quiz_key]) if user else {}
    standing, best = standings.get(attempt.quiz_key), tries.open_and_best()[1]
    context = {
        "attempt": attempt,
        "result": result_of(attempt, list(attempt.responses.all()), now=timezone.now(), bands=_bands(quiz)),
        "best": best,
        "standing": standing,
        "done": standing.done if standing else best.passed,
        "may_retry": quiz is not None and tries_left != 0,
        "tries_left": tries_left,
        "start_url": start_url(attempt.quiz_key, attempt.return_to),
        "asks_code": bool(terms and terms.access_code),
        "reasons": QuestionFlag.Reason.choices,
    }
    return TemplateResponse(request, "quizzes/result.html", context)


def _bands(quiz: Quiz | None) -> list[tuple[int, str]]:
    return [(band.from_percent, band.html) for band in quiz.bands.all()] if quiz else []


@require_POST
@for_taker
def flag(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """A learner doubts a question. Said once for each reason; nothing else is asked or kept."""
    if attempt.user is None or attempt.is_open:
        raise Http404
    position, reason = request.POST.get("position", ""), request.POST.get("reason")
    found = attempt.responses.filter(position=position).first() if position.isdecimal() and len(position) < 5 else None
    if found is None or reason not in QuestionFlag.Reason.values:
        messages.info(request, _("Choose the question, and what is wrong with it."))
        return redirect(reverse("quizzes:result", args=[attempt.public_id]) + "#doubt")
    QuestionFlag.objects.get_or_create(
        question_key=found.question_key,
        user=attempt.user,
        reason=reason,
        resolved_at=None,
        defaults={"language": found.snapshot["language"], "question_version": found.question_version},
    )
    messages.success(request, _("Thank you. The people who write the questions will look at it."))
    return redirect(reverse("quizzes:result", args=[attempt.public_id]) + f"#answer-{position}")
