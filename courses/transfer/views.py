"""A course leaves as one download, and comes in three steps: upload, plan, confirmation. Nothing is written before the last."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import CoursePage, PackImport
from courses.packs import write_pack
from quizzes.formats.archive import pack
from quizzes.models import JobState

from . import jobs, tasks
from .forms import CourseFileForm
from .permissions import may_export, may_import

SECONDS = 3  # after which a page about work that goes on loads itself again


@never_cache
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The published course ``pk`` with its translations, quizzes, questions and media, as a zip."""
    course = get_object_or_404(CoursePage.objects.live(), id=pk)  # not pk: SQLite cannot look for a huge one
    if not may_export(request.user, course):
        raise PermissionDenied
    response = HttpResponse(pack(write_pack(course, today=timezone.localdate())), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{course.slug}.zip"'
    return response


def _importers_only(request: HttpRequest) -> None:
    if not may_import(request.user):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form, and what the reader brought in before."""
    _importers_only(request)
    form = CourseFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        job = jobs.open_import(request.user, form.cleaned_data["file"].name, form.content)
        tasks.check_course_file.enqueue(str(job.public_id))
        return redirect("courses_transfer:import", job.public_id)
    earlier = PackImport.objects.filter(by=request.user).defer("content", "report")[:20]
    context = {"form": form, "earlier": [job for job in earlier if not jobs.is_expired(job)]}
    return render(request, "courses/transfer/upload.html", context, status=422 if form.is_bound else 200)


def _job(request: HttpRequest, public_id: uuid.UUID) -> PackImport:
    """An upload of the reader's own; that of somebody else is not there."""
    _importers_only(request)
    return get_object_or_404(PackImport.objects.defer("content"), public_id=public_id, by=request.user)


def _refused(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("This upload is more than a week old and was deleted. Choose the file again."))
    jobs.forget_old()
    return redirect("courses_transfer:upload")


@never_cache
@require_GET
def single(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far it is, else what will happen or has happened."""
    job = _job(request, public_id)
    if jobs.is_expired(job):
        return _refused(request)
    context = {"job": job, "report": job.report}
    if job.state == JobState.RUNNING:
        context["checks"] = job.report["stage"] == jobs.CHECK
        response = render(request, "courses/transfer/working.html", context)
        response["Refresh"] = str(SECONDS)
        return response
    return render(request, "courses/transfer/report.html", context)


@require_POST
def confirm(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Write the course, or set the file to work again. Safe to press twice."""
    job = _job(request, public_id)
    if jobs.is_expired(job):
        return _refused(request)
    again = job.state == JobState.RUNNING or (job.state == JobState.FAILED and "overwrite" not in request.POST)
    if jobs.start(job, overwrite=job.overwrite if again else request.POST.get("overwrite") == "yes"):
        task = tasks.check_course_file if job.report["stage"] == jobs.CHECK else tasks.bring_course_in
        task.enqueue(str(job.public_id))
    return redirect("courses_transfer:import", job.public_id)


@require_POST
def cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    jobs.cancel(_job(request, public_id))
    messages.success(request, _("The file is deleted. Nothing of it was brought in."))
    return redirect("courses_transfer:upload")
