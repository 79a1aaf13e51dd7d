"""One page of an attempt: answer, check, go on, leave; and the saving that goes on by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.keeping import forget_answer, kept_answer
from quizzes.marking import UNSURE
from quizzes.models import Attempt, Response
from quizzes.rules import Behaviour, Navigation
from quizzes.services import (
    AnswerChanged,
    AnswerLocked,
    AttemptClosed,
    NothingToCheck,
    NotYetOpen,
    TimeIsOver,
    go_on,
    redo_question,
    save_response,
    settle,
)
from quizzes.taking import Asked, NotYet, PageForm, asked

from .common import check_url, closed, for_taker, left, own_attempts, page_url, start_url

Acted = tuple[str, str]  # what was pressed, and for which question of the page ("" for all)


@require_http_methods(["GET", "HEAD", "POST"])
@for_taker
def page(request: HttpRequest, attempt: Attempt, page: int) -> HttpResponse:
    responses = list(attempt.responses.filter(page=page))
    if not responses:
        raise Http404
    if not attempt.is_open:
        return closed(request, attempt)
    if attempt.time_is_over(timezone.now()):
        return redirect(check_url(attempt))
    if (elsewhere := _barred(request, attempt, page)) is not None:
        return elsewhere
    if request.method == "POST":
        return _post(request, attempt, page, responses)
    kept = kept_answer(request, attempt.public_id, page)
    questions = asked(attempt, responses, kept=kept)
    if kept is not None:
        messages.info(request, _("You were signed out. What you chose here is not saved yet: press Continue."))
    return _show(request, attempt, page, questions)


def _barred(request: HttpRequest, attempt: Attempt, page: int) -> HttpResponse | None:
    """The way to the page that is open, where pages open one after the other."""
    navigation, reached = attempt.promised.navigation, attempt.page_reached
    if navigation == Navigation.FREE or page == reached:
        return None
    if page > reached:
        messages.info(request, _("First answer this page: the next one opens then."))
        return redirect(page_url(attempt, reached))
    if navigation == Navigation.ONE_WAY:
        messages.info(request, _("In this quiz there is no way back. Your answers are saved."))
        last = attempt.last_page()
        return redirect(check_url(attempt) if reached > last else page_url(attempt, reached))
    return None


# --- Posting ----------------------------------------------------------------------------------------------------------
def _acted(posted: QueryDict) -> Acted:
    """``act`` is a verb, or a verb and the prefix of one question: ``check q2``."""
    verb, _space, prefix = posted.get("act", "continue").partition(" ")
    return (verb, prefix) if verb in {"continue", "check", "unsure", "redo", "leave"} else ("continue", "")


def _post(request: HttpRequest, attempt: Attempt, page: int, responses: list[Response]) -> HttpResponse:
    verb, prefix = _acted(request.POST)
    # Checking or not knowing one question asks nothing of the others yet.
    questions = asked(attempt, responses, request.POST, draft=verb == "leave")
    about = [question for question in questions if verb in {"continue", "leave"} or question.prefix == (prefix or "q")]
    if not about:
        raise Http404
    try:
        if verb == "redo":
            return _redo(request, attempt, about[0])
        problem, checked = _keep(request, attempt, questions, about, verb)
    except (AttemptClosed, TimeIsOver):
        return closed(request, settle(attempt=attempt))
    if verb == "leave":
        forget_answer(request)
        return left(request, attempt)
    if problem:
        return _show(request, attempt, page, questions, status=problem)
    forget_answer(request)
    if checked:
        return redirect(f"{request.get_full_path()}#feedback{'' if about[0].prefix == 'q' else f'-{about[0].prefix}'}")
    if verb in {"check", "redo"} or (verb == "unsure" and len(questions) > 1):
        return redirect(f"{request.get_full_path()}#{about[0].prefix}")
    if attempt.promised.navigation != Navigation.FREE:
        go_on(attempt=attempt, page=page)
    return redirect(_next_url(request, attempt, page, responses[-1].position))


def _redo(request: HttpRequest, attempt: Attempt, question: Asked | NotYet) -> HttpResponse:
    try:
        redo_question(attempt=attempt, position=question.response.position)
    except AnswerLocked:
        messages.info(request, _("This answer is final, because its feedback was shown. Nothing was changed."))
    return redirect(f"{request.get_full_path()}#{question.prefix}")


def _keep(
    request: HttpRequest, attempt: Attempt, questions: list[Asked | NotYet], about: list[Asked | NotYet], verb: str
) -> tuple[int | None, bool]:
    """Save what was posted. Returns the status of the page to show if something is to be put right, and whether feedback is due.

    Whatever is right on a page is saved even if something else on it is not.
    """
    problem, checked = None, False
    checks = attempt.promised.checks and (verb == "check" or attempt.promised.behaviour == Behaviour.IMMEDIATE)
    for question in questions:
        if question.is_final:
            checked = _repeated(request, question) or checked
            continue
        unsure = verb == "unsure" and question in about
        if not unsure and not question.is_valid:
            if question in about and verb != "leave":
                problem = problem or 422
            continue
        answer = UNSURE if unsure else question.answer
        if answer is None:
            continue
        due = checks and verb != "leave" and question in about and question.kind.asks
        try:
            save_response(
                attempt=attempt,
                position=question.response.position,
                answer=answer,
                certainty=question.certainty,
                seen_version=_version(request.POST, question.prefix),
                check=due,
            )
            checked = checked or due
        except AnswerLocked:
            messages.info(request, _("This answer is final, because its feedback was shown. Nothing was changed."))
        except (NothingToCheck, NotYetOpen):
            problem = problem or 422
        except AnswerChanged as changed:
            _changed_elsewhere(question, changed.response)
            problem = 409
    return problem, checked


def _repeated(request: HttpRequest, question: Asked | NotYet) -> bool:
    """Whether a final answer was posted once more, as a double click does; another answer changes nothing, which is said."""
    if not question.is_valid or question.answer is None:
        return False
    if question.answer != question.response.answer:
        messages.info(request, _("This answer is final, because its feedback was shown. Nothing was changed."))
    return True


def _version(posted: QueryDict, prefix: str) -> int | None:
    value = posted.get(f"{prefix}-version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _changed_elsewhere(question: Asked, saved: Response) -> None:
    question.response = saved
    question.form.errors.clear()  # somebody who does not know the answer has chosen nothing, and that is no error
    message = _("You changed this answer in another window meanwhile. To keep what you see here, press Continue once more.")
    question.form.add_error(None, message)


@require_POST
def save(request: HttpRequest, public_id: UUID, page: int) -> HttpResponse:
    """Save a page as far as it goes, for the script that does it by itself. 200: all of it is in the database.

    401: signed out; 404: not one's own, or a page that is not open yet; 409: changed elsewhere, ``questions`` says which;
    410: the try is over.
    """
    attempt = own_attempts(request).filter(public_id=public_id).first()
    if attempt is None:
        return JsonResponse({}, status=404 if request.user.is_authenticated else 401)
    attempt = settle(attempt=attempt)
    responses = list(attempt.responses.filter(page=page))
    if not attempt.is_open or not responses:
        return JsonResponse({"url": reverse("quizzes:result", args=[public_id])}, status=410)
    if attempt.promised.navigation != Navigation.FREE and page > attempt.page_reached:
        return JsonResponse({}, status=404)
    questions = asked(attempt, responses, request.POST, draft=True)
    versions, stale = {}, []
    for question in questions:
        if question.is_final or not question.is_valid or not question.kind.asks or question.answer is None:
            continue
        try:
            kept = save_response(
                attempt=attempt,
                position=question.response.position,
                answer=question.answer,
                certainty=question.certainty,
                seen_version=_version(request.POST, question.prefix),
            )
            versions[question.prefix] = kept.version
        except AnswerChanged:
            stale.append(question.prefix)
        except (AnswerLocked, NotYetOpen):
            continue
        except (AttemptClosed, TimeIsOver):
            return JsonResponse({"url": reverse("quizzes:result", args=[public_id])}, status=410)
    return JsonResponse({"versions": versions, "questions": stale}, status=409 if stale else 200)


# --- Showing ----------------------------------------------------------------------------------------------------------
def _show(request: HttpRequest, attempt: Attempt, page: int, questions: list[Asked | NotYet], status: int = 200) -> HttpResponse:
    all_final = all(question.is_final for question in questions)
    context = {
        "attempt": attempt,
        "rules": attempt.promised,
        "questions": questions,
        "review_keys": [one.response.snapshot["review_key"] for one in questions if one.is_final],
        "form": PageForm(questions),
        "page_number": page,
        "first": questions[0].response.position,
        "last": questions[-1].response.position,
        "section": questions[0].response.section,
        "all_final": all_final,
        # Where pages open one after the other, going on opens the next: something to post, even if all has been answered.
        "posts": not all_final or attempt.promised.redo or attempt.promised.navigation != Navigation.FREE,
        "shows_feedback": any(question.response.checks for question in questions),
        "scripts": sorted({script for question in questions if question.before_page is None for script in question.kind.scripts}),
        "back_url": _back_url(request, attempt, page),
        "next_url": _next_url(request, attempt, page, questions[-1].response.position),
        "save_url": reverse("quizzes:save", args=[attempt.public_id, page]),
    }
    return TemplateResponse(request, "quizzes/page.html", context, status=status)


def _back_url(request: HttpRequest, attempt: Attempt, page: int) -> str:
    if "check" in request.GET:
        return check_url(attempt)
    if page > 1 and attempt.promised.navigation != Navigation.ONE_WAY:
        return page_url(attempt, page - 1)
    return start_url(attempt.quiz_key, attempt.return_to)


def _next_url(request: HttpRequest, attempt: Attempt, page: int, last: int) -> str:
    """The next page; the check page after the last one, and for whoever came from it."""
    if "check" in request.GET or last == attempt.length:
        return check_url(attempt)
    return page_url(attempt, page + 1)
