"""Leave an open attempt as it stands and begin the next one, after a page that says what that means."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from quizzes.kinds import KINDS
from quizzes.models import Attempt, Quiz
from quizzes.services import Refusal, WrongCode, may_start_again, start_again
from quizzes.terms import Terms, terms_for

from .code import CodeForm, code_form, refused_code
from .common import closed, for_taker, own_attempts, start_url, waiting_url
from .start import refusal_in_words


@require_http_methods(["GET", "HEAD", "POST"])
@for_taker
def again(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    quiz = Quiz.objects.in_language(attempt.quiz_key, get_language())
    if quiz is None:
        raise Http404
    tries = own_attempts(request).filter(quiz_key=attempt.quiz_key)
    if not attempt.is_open:  # the second press of a double click goes where the first one went
        opened = tries.open().first()
        return redirect(waiting_url(opened)) if opened else closed(request, attempt)
    terms, used = terms_for(attempt.user, quiz), tries.count()
    if not may_start_again(quiz, terms, used, timezone.now()):
        return redirect(start_url(attempt.quiz_key, attempt.return_to))
    if request.method != "POST":
        return _confirm(request, attempt, quiz, terms, used)
    try:
        return redirect(waiting_url(start_again(attempt=attempt, quiz=quiz, code=request.POST.get("code", ""))))
    except WrongCode:
        return _confirm(request, attempt, quiz, terms, used, refused_code(request.POST))
    except Refusal as refusal:
        messages.info(request, refusal_in_words(refusal))
        return redirect(start_url(attempt.quiz_key, attempt.return_to))


def _confirm(
    request: HttpRequest,
    attempt: Attempt,
    quiz: Quiz,
    terms: Terms,
    used: int,
    refused: CodeForm | None = None,
) -> HttpResponse:
    waiting = attempt.responses.filter(answer__isnull=True).values_list("snapshot__kind", flat=True)
    context = {
        "attempt": attempt,
        "quiz": quiz,
        "missing": sum(KINDS[kind].asks for kind in waiting),
        "tries_left": terms.attempts_allowed - used if terms.attempts_allowed else None,
        "resume_url": waiting_url(attempt),
        "start_url": start_url(attempt.quiz_key, attempt.return_to),
        "form": refused or code_form(terms),
    }
    return TemplateResponse(request, "quizzes/again.html", context, status=422 if refused else 200)
