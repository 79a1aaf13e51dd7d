"""Mark again after a correction, and leave questions out: who would change, the confirmation, the progress."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.correction_jobs import EXCLUDE, KINDS_OF_JOB, REGRADE, begin, confirm, restart
from quizzes.corrections import Regrade
from quizzes.models import JobState, Question, QuizReport, Response
from quizzes.visibility import attempts_visible_to

from .choosing import PER_PAGE, for_markers, page_of, question_names, quiz_choices
from .downloads import RELOAD_AFTER


class ConfirmForm(forms.Form):
    """Nobody loses a pass unless somebody says so."""

    take_away = forms.ChoiceField(
        label=_("Who no longer reaches the pass mark"),
        choices=[("no", _("Keeps the pass. Only per cent and points change.")), ("yes", _("Loses the pass."))],
        widget=forms.RadioSelect,
        initial="no",
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the history of every try. Example: Two answers were right."),
        max_length=500,
        error_messages={"required": _("Say why. It stays in the history of every try.")},
    )


def _jobs_of(request: HttpRequest) -> QuerySet[QuizReport]:
    """Corrections are followed by whoever began them."""
    return QuizReport.objects.filter(kind__in=KINDS_OF_JOB, by=request.user)


@require_safe
@for_markers
def correction_list(request: HttpRequest) -> HttpResponse:
    """The reader's corrections of the last days."""
    page = page_of(request, _jobs_of(request).defer("content"))
    names = question_names([UUID(job.parameters["question"]) for job in page])
    rows = [(job, names[UUID(job.parameters["question"])]) for job in page]
    return render(request, "quizzes/admin/corrections.html", {"page": page, "rows": rows, "params": ""})


@require_http_methods(["GET", "HEAD", "POST"])
@for_markers
def regrade_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Says how many tries an older version of the question has marked; a press works out who would change."""
    question = get_object_or_404(Question, pk=pk)
    if request.method == "POST":
        key = question.translation_key
        return redirect("quizzes_desk:correction", begin(kind=REGRADE, quiz_key=key, question_key=key, by=request.user).public_id)
    older = Regrade(question.translation_key).responses(attempts_visible_to(request.user)).count()
    return render(request, "quizzes/admin/regrade.html", {"question": question, "older": older})


@require_http_methods(["GET", "HEAD", "POST"])
@for_markers
def exclude_from_quiz(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """The questions that the tries of a quiz were asked, each with what may be done. A fixed number of queries."""
    attempts = attempts_visible_to(request.user).submitted().filter(quiz_key=quiz_key)
    title = dict(quiz_choices(attempts)).get(str(quiz_key))
    if title is None:
        raise Http404
    asked = Response.objects.filter(attempt__in=attempts, max_points__gt=0).order_by()
    counts = asked.values_list("question_key").annotate(n=Count("pk"), out=Count("pk", filter=Q(excluded=True)))
    rows = list(counts.order_by("-n", "question_key"))
    if request.method == "POST":
        return _begin_exclusion(request, quiz_key, {row[0] for row in rows})
    names = question_names([row[0] for row in rows])
    context = {"title": title, "quiz_key": quiz_key, "rows": [(key, names[key], n, out, n - out) for key, n, out in rows]}
    return render(request, "quizzes/admin/exclude.html", context)


def _begin_exclusion(request: HttpRequest, quiz_key: UUID, known: set[UUID]) -> HttpResponse:
    chosen = next((key for key in known if str(key) == request.POST.get("question")), None)
    if chosen is None or request.POST.get("act") not in {"leave_out", "take_in"}:
        messages.error(request, gettext("Choose a question of this quiz."))
        return redirect("quizzes_desk:exclude", quiz_key)
    excluded = request.POST["act"] == "leave_out"
    job = begin(kind=EXCLUDE, quiz_key=quiz_key, question_key=chosen, by=request.user, excluded=excluded)
    return redirect("quizzes_desk:correction", job.public_id)


@require_safe
@for_markers
def correction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The preview, the progress, or what was done."""
    return _show(request, get_object_or_404(_jobs_of(request), public_id=public_id), ConfirmForm())


def _show(request: HttpRequest, job: QuizReport, form: ConfirmForm) -> HttpResponse:
    key = UUID(job.parameters["question"])
    changes = json.loads(bytes(job.content) or b"[]")
    context: dict[str, Any] = {
        "job": job,
        "question": question_names([key])[key],
        "regrades": job.kind == REGRADE,
        "excluded": job.parameters["excluded"],
        "totals": job.parameters.get("totals"),
        "previews": job.parameters["stage"] == "preview",
        "page": Paginator(changes, PER_PAGE).get_page(request.GET.get("p")),
        "form": form,
        "params": "",
    }
    response = render(request, "quizzes/admin/correction.html", context, status=422 if form.errors else 200)
    if job.state == JobState.RUNNING:
        response["Refresh"] = str(RELOAD_AFTER)
    return response


@require_POST
@for_markers
def confirm_correction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Start the change. Pressed twice, it starts once."""
    job = get_object_or_404(_jobs_of(request), public_id=public_id)
    form = ConfirmForm(request.POST)
    if job.state == JobState.READY and not form.is_valid():
        return _show(request, job, form)
    if job.state == JobState.READY:
        confirm(job=job, reason=form.cleaned_data["reason"], take_away=form.cleaned_data["take_away"] == "yes")
    return redirect("quizzes_desk:correction", public_id)


@require_POST
@for_markers
def restart_correction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on after a stop of the server, or try again after an error."""
    if restart(job=get_object_or_404(_jobs_of(request), public_id=public_id)):
        messages.info(request, gettext("It goes on. What is done is not done again."))
    return redirect("quizzes_desk:correction", public_id)
