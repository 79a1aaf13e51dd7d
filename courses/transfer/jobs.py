"""A course file waits with the plan of its import until somebody confirms it, and is then written by a task."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from courses.models import PackImport
from courses.packs import Pack, PackError, Report, load_pack, read_pack
from courses.packs.files import ZipFiles
from quizzes.models import JobState

KEPT = timedelta(days=7)  # of a file that nobody confirmed
CHECK, CHECKED = "check", "checked"
PROVENANCE = ("licence", "version", "credits", "exported_from", "exported_on")  # what pack.yaml may say of it
LONGEST = 300  # letters of each


class _OtherPlanError(Exception):
    """Between plan and confirmation the site has changed. ``plan``: what would happen now."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        super().__init__()


def open_import(by: User, name: str, content: bytes) -> PackImport:
    """Keep ``content`` until it is confirmed, cancelled or a week old. Its plan follows: see ``check_file``."""
    forget_old()
    report = {"stage": CHECK}
    return PackImport.objects.create(by=by, file_name=name[-255:], content=content, state=JobState.RUNNING, report=report)


def forget_old() -> None:
    PackImport.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(state=JobState.DONE).delete()


def is_expired(job: PackImport) -> bool:
    return job.state != JobState.DONE and job.created_at < timezone.now() - KEPT


def check_file(public_id: uuid.UUID | str) -> None:
    """Say in the report what the import would do. Nothing is written; doing it twice does no harm."""
    job = _running(public_id, CHECK)
    if job is None:
        return
    try:
        with override(job.by.language or settings.LANGUAGE_CODE):
            try:
                pack = _read(job)
                plan = _told(pack, load_pack(pack, dry_run=True, from_elsewhere=True))
            except PackError as error:
                plan = {"problems": error.problems}
            job.report, job.state = {**plan, "stage": CHECKED}, JobState.READY
            job.save(update_fields=["report", "state"])
    finally:
        _fail_if_running(job)


def start(job: PackImport, *, overwrite: bool) -> bool:
    """Set ``job`` to work: it is confirmed, or tried again. False where there is nothing that can be written."""
    if job.state == JobState.DONE or job.report.get("problems"):
        return False
    waiting = PackImport.objects.filter(pk=job.pk, state__in=[JobState.READY, JobState.FAILED])
    waiting.update(state=JobState.RUNNING, error="", overwrite=overwrite)
    return True


def bring_in(public_id: uuid.UUID | str) -> None:
    """Write what the plan says in one transaction; where the site has changed since, write nothing and plan again."""
    job = _running(public_id, CHECKED)
    if job is None:
        return
    try:
        with override(job.by.language or settings.LANGUAGE_CODE):
            try:
                _write(job)
            except _OtherPlanError as other:
                _back_to_plan(job, {**other.plan, "stage": CHECKED, "changed_since": True})
            except PackError as error:
                _back_to_plan(job, {"problems": error.problems, "stage": CHECKED})
    finally:
        _fail_if_running(job)


@transaction.atomic
def _write(job: PackImport) -> None:
    locked = PackImport.objects.select_for_update().filter(pk=job.pk, state=JobState.RUNNING).first()
    if locked is None:  # done or cancelled in the meantime
        return
    pack = _read(locked)
    now = _told(pack, load_pack(pack, dry_run=True, from_elsewhere=True))
    if any(now[name] != locked.report.get(name) for name in ("created", "updated", "kept")):
        raise _OtherPlanError(now)
    done = _told(pack, load_pack(pack, overwrite=locked.overwrite, from_elsewhere=True))
    locked.report, locked.state, locked.content = {**done, "stage": CHECKED}, JobState.DONE, b""
    locked.finished_at = timezone.now()
    locked.save()


def cancel(job: PackImport) -> None:
    """Forget a file that was not brought in."""
    PackImport.objects.filter(pk=job.pk).exclude(state=JobState.DONE).delete()


def _running(public_id: uuid.UUID | str, stage: str) -> PackImport | None:
    running = PackImport.objects.select_related("by").filter(public_id=public_id, state=JobState.RUNNING)
    return running.filter(report__stage=stage).first()


def _read(job: PackImport) -> Pack:
    return read_pack(ZipFiles(bytes(job.content)))


def _told(pack: Pack, report: Report) -> dict[str, Any]:
    """``report`` for JSON: ``created``, ``updated`` and ``kept`` are lists of ``title``, ``name``, ``fields``.

    ``provenance``: what the pack says of its licence and of where it comes from. ``gone``: titles of pages, see ``Report``.
    """
    titles = {item.path: str(item.values.get("title") or item.values.get("name") or "") for item in pack.items()}

    def rows(names: list[str]) -> list[dict[str, Any]]:
        return [
            {"title": titles.get(name.split(" ")[0], ""), "name": name, "fields": report.changes.get(name, [])} for name in names
        ]

    return {
        "title": str(pack.course.values.get("title") or ""),
        "provenance": [str(pack.meta[name])[:LONGEST] for name in PROVENANCE if pack.meta.get(name)],
        "created": rows(report.created),
        "updated": rows(report.updated),
        "kept": rows(report.kept),
        "unchanged": len(report.unchanged),
        "gone": report.gone,
    }


def _back_to_plan(job: PackImport, report: dict[str, Any]) -> None:
    PackImport.objects.filter(pk=job.pk, state=JobState.RUNNING).update(state=JobState.READY, report=report)


def _fail_if_running(job: PackImport) -> None:
    """Whatever stopped the work is raised to the task queue; the author reads that nothing was written."""
    error = _("Something went wrong, and nothing was written. Try again; if it happens again, tell the administrators.")
    running = PackImport.objects.filter(pk=job.pk, state=JobState.RUNNING, report__stage=job.report["stage"])
    running.update(state=JobState.FAILED, error=error)
