"""Questions from a file, in three steps: upload, report, confirmation. Nothing is written before the last."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quizzes import tasks
from quizzes.importing import Step, jobs
from quizzes.kinds import KINDS
from quizzes.models import JobState, QuestionImport
from training.spreadsheets import csv_response

from .transfer_forms import ImportForm

EARLIER = 50
PER_PAGE = 100
SECONDS = 3  # after which a page about work that goes on loads itself again


def _importers_only(request: HttpRequest) -> None:
    if not request.user.has_perm("quizzes.add_question"):
        raise PermissionDenied


def _job(request: HttpRequest, public_id: uuid.UUID) -> QuestionImport:
    _importers_only(request)
    jobs_of_all = QuestionImport.objects.select_related("bank", "by").defer("content")
    return get_object_or_404(jobs_of_all, public_id=public_id)


@never_cache
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form, and the files that came before."""
    _importers_only(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*given, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("quizzes_transfer:import", _opened(form, request.user).public_id)
    earlier = QuestionImport.objects.select_related("bank", "by").defer("content", "report")[:EARLIER]
    return render(
        request, "quizzes/transfer/upload.html", {"form": form, "earlier": earlier}, status=422 if form.is_bound else 200
    )


def _opened(form: ImportForm, user: Any) -> QuestionImport:
    data = form.cleaned_data
    job = jobs.open_import(
        by=user,
        bank=data.get("bank"),
        new_bank=data.get("new_bank") or "",
        name=data["file"].name,
        content=form.content,
        format_name=form.format.name,
        language=data["language"],
        publish=bool(data.get("publish")),
    )
    if len(form.reading.items) <= jobs.AT_ONCE:
        jobs.check_file(job.public_id)
    else:
        tasks.check_file.enqueue(str(job.public_id))
    return job


@never_cache
@require_GET
def single(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Progress while it works, else the report: what will happen, or what has happened."""
    job = _job(request, public_id)
    if job.state == JobState.RUNNING:
        context = {"job": job, "checks": job.report.get("stage") == "check"}
        response = render(request, "quizzes/transfer/working.html", context)
        response["Refresh"] = str(SECONDS)
        return response
    show = request.GET.get("show", "")
    rows = [row for row in job.report.get("items", []) if _is_shown(row, show)]
    page = Paginator([_row(row) for row in rows], PER_PAGE).get_page(request.GET.get("p"))
    counts = job.report.get("counts", {})
    context = {
        "job": job,
        "page": page,
        "show": show,
        "counts": [(step.label, counts.get(step.value, 0)) for step in Step],
        "partly": counts.get("partly", 0),
        "will_write": counts.get("new", 0) + counts.get("changed", 0),
        "notes": job.report.get("notes", []),
        "publish": job.report["options"]["publish"],
    }
    return render(request, "quizzes/transfer/report.html", context)


def _is_shown(row: dict[str, Any], show: str) -> bool:
    return show not in {"refused", "partly"} or (row["partly"] if show == "partly" else row["result"] == Step.REFUSED)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    kind = KINDS.get(row["kind"])
    return {**row, "kind": kind.label if kind else row["kind"], "result": Step(row["result"]).label}


@never_cache
@require_GET
def table(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The report as CSV."""
    return csv_response("import-report", _table(_job(request, public_id)))


def _table(job: QuestionImport) -> Iterator[list[Any]]:
    yield [_("Place"), _("Kind"), _("Language"), _("Question"), _("What happens"), _("Not taken along"), _("Reasons")]
    for row in map(_row, job.report.get("items", [])):
        reasons = "\n".join(f"{note['place']}: {note['reason']}" for note in row["notes"])
        partly = _("In part") if row["partly"] else ""
        yield [row["place"], str(row["kind"]), row["language"], row["text"], str(row["result"]), partly, reasons]
    for note in job.report.get("notes", []):
        yield [note["place"], "", "", "", "", "", note["reason"]]


@require_POST
def confirm(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Bring the file in, or set it to work again. Safe to press twice."""
    job = _job(request, public_id)
    if job.report["options"]["publish"] and not request.user.has_perm("quizzes.publish_question"):
        raise PermissionDenied
    jobs.start(job)
    task = tasks.check_file if job.report.get("stage") == "check" else tasks.bring_in
    task.enqueue(str(job.public_id))
    return redirect("quizzes_transfer:import", job.public_id)


@require_POST
def cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    jobs.cancel(_job(request, public_id))
    messages.success(request, _("The file is deleted. Nothing of it was brought in."))
    return redirect("quizzes_transfer:upload")
