"""Files of results: at once where that is quick, else ordered, with a page that says how far it is."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.permissions import may_read_reports, may_work_on_quizzes
from quizzes.models import JobState, QuizReport
from quizzes.reports.jobs import (
    AT_ONCE,
    FORMATS,
    attempts_for,
    content_of,
    in_words,
    name_of,
    order_report,
    ordered_tables,
    table_of,
)
from quizzes.reports.scope import Scope, scope_of
from training.spreadsheets import download

RELOAD_AFTER = 3  # seconds
ALLOWED = {"results": may_read_reports, "answers": may_work_on_quizzes, "items": may_work_on_quizzes}


def download_table(request: HttpRequest, quiz_key: UUID, kind: str, parameters: dict[str, Any]) -> HttpResponse:
    """The table ``kind`` in the format that ``?export=`` names, or the way to the page where it will be.

    Raises Http404 for another format.
    """
    file_format = request.GET.get("export", "")
    if file_format not in FORMATS:
        raise Http404
    parameters = {**parameters, "language": get_language()}
    total = attempts_for(kind, quiz_key, parameters).count()
    name = name_of(kind, quiz_key)
    if total <= AT_ONCE:
        return download(content_of(table_of(kind, quiz_key, parameters), name, file_format), f"{name}.{file_format}")
    report = order_report(
        by=request.user, quiz_key=quiz_key, kind=kind, file_format=file_format, parameters=parameters, total=total
    )
    return redirect("quizzes_reports:report", report.public_id)


def own_report(request: HttpRequest, public_id: UUID) -> QuizReport:
    """Without its content. Only for who ordered it, and as long as they may read all that is in it."""
    if not may_read_reports(request.user):
        raise PermissionDenied
    report = ordered_tables().filter(public_id=public_id, by=request.user).first()
    if report is None:
        raise Http404
    inside = "organisations" not in report.parameters or scope_of(request.user).covers(
        Scope.of(report.parameters["organisations"])
    )
    if not ALLOWED[report.kind](request.user) or not inside:
        raise PermissionDenied
    return report


@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is; loads itself again until it is ready, without script."""
    found = own_report(request, public_id)
    context = {"report": found, "progress": in_words(found), "states": JobState}
    response = render(request, "quizzes/admin/report.html", context)
    if found.state in {JobState.READY, JobState.RUNNING}:
        response["Refresh"] = str(RELOAD_AFTER)
    return response


@require_safe
def report_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = own_report(request, public_id)
    if found.state != JobState.DONE:
        raise Http404
    return download(bytes(found.content), f"{name_of(found.kind, found.quiz_key)}.{found.format}")
