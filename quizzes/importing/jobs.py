"""An import as trainers meet it: a file waits with its report until somebody confirms it, and is then written by a task."""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from quizzes.formats import FORMATS, Format, FormatError, Reading, recognise
from quizzes.models import JobState, QuestionBank, QuestionImport

from .checking import Checked, check
from .planning import decide, report_of
from .writing import write

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
AT_ONCE = 200  # questions that a page may wait for


def read(content: bytes, name: str, format_name: str = "") -> tuple[Format, Reading]:
    """The format of a file (recognised where none is named) and what is in it.

    Raises FormatError, also where the file is empty or larger than ``LARGEST``.
    """
    if not content.strip():
        raise FormatError(_("The file is empty."))
    if len(content) > LARGEST:
        raise FormatError(_("The file is larger than %(size)d MB. Split it and try again.") % {"size": LARGEST // MEGABYTE})
    file_format = FORMATS[format_name] if format_name else recognise(content, name)
    return file_format, file_format.read(content, name)


def open_import(
    *,
    by: Any,
    bank: QuestionBank | None,
    new_bank: str,
    name: str,
    content: bytes,
    format_name: str,
    language: str,
    publish: bool,
) -> QuestionImport:
    """Keep ``content`` until it is confirmed or cancelled. Its check follows: see ``check_file``.

    ``new_bank``: the name of the bank to make when the file is brought in, where there is no ``bank`` yet.
    """
    options = {"language": language, "publish": publish}
    return QuestionImport.objects.create(
        by=by,
        bank=bank,
        new_bank="" if bank else new_bank,
        file_name=name[-255:],
        format=format_name,
        content=content,
        state=JobState.RUNNING,
        report={"options": options, "stage": "check"},
    )


def check_file(public_id: uuid.UUID | str) -> None:
    """Fill in the report of an import that waits for its check; doing it twice does no harm."""
    job = QuestionImport.objects.select_related("bank", "by").filter(public_id=public_id, state=JobState.RUNNING).first()
    if job is None or job.report.get("stage") != "check":
        return
    try:
        with override(job.by.language or settings.LANGUAGE_CODE):
            items, reading = _checked(job)
            job.report = {**job.report, **report_of(decide(items, job.bank), reading.notes), "stage": "checked"}
            job.state = JobState.READY
            job.save(update_fields=["report", "state"])
    finally:
        _fail_if_running(job)


def _checked(job: QuestionImport) -> tuple[list[Checked], Reading]:
    _format, reading = read(bytes(job.content), job.file_name, job.format)
    rows = QuestionImport.objects.filter(pk=job.pk)
    rows.update(done=0, total=len(reading.items))
    locale = Locale.objects.get(language_code=job.report["options"]["language"])
    return check(reading.items, locale, lambda done: rows.update(done=done)), reading


def start(job: QuestionImport) -> None:
    """Set ``job`` to work: it is confirmed, or tried again after it failed. The task is up to the caller; it may run twice."""
    waiting = QuestionImport.objects.filter(pk=job.pk, state__in=[JobState.READY, JobState.FAILED])
    waiting.update(state=JobState.RUNNING, done=0, error="")


def bring_in(public_id: uuid.UUID | str) -> None:
    """Check once more, then write everything in one transaction; whoever comes second finds it done."""
    job = QuestionImport.objects.select_related("bank", "by").filter(public_id=public_id, state=JobState.RUNNING).first()
    if job is None or job.report.get("stage") != "checked":
        return
    try:
        with override(job.by.language or settings.LANGUAGE_CODE):
            items, reading = _checked(job)
            _write(job, items, reading)
    finally:
        _fail_if_running(job)


@transaction.atomic
def _write(job: QuestionImport, items: list[Checked], reading: Reading) -> None:
    locked = QuestionImport.objects.select_for_update().filter(pk=job.pk, state=JobState.RUNNING).first()
    if locked is None:  # done or cancelled in the meantime
        return
    locked.bank = locked.bank or _bank_called(locked.new_bank)
    decisions = write(items, locked.bank, job.by, publish=job.report["options"]["publish"])
    locked.report = {**locked.report, **report_of(decisions, reading.notes)}
    locked.state, locked.content, locked.done = JobState.DONE, b"", locked.total
    locked.finished_at = timezone.now()
    locked.save()


def _bank_called(name: str) -> QuestionBank:
    """The bank ``name``, made now unless somebody made it meanwhile."""
    return QuestionBank.objects.get_or_create(name=name, defaults={"slug": free_slug(name)})[0]


def free_slug(name: str) -> str:
    """A short name for a bank that no other one has."""
    stem = slugify(name)[:90] or "bank"
    taken = set(QuestionBank.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _fail_if_running(job: QuestionImport) -> None:
    """Whatever stopped the work is raised to the task queue; the trainer reads that nothing was written."""
    error = _("Something went wrong, and nothing was written. Try again; if it happens again, tell the administrators.")
    running = QuestionImport.objects.filter(pk=job.pk, state=JobState.RUNNING, report__stage=job.report["stage"])
    running.update(state=JobState.FAILED, error=error)


@transaction.atomic
def cancel(job: QuestionImport) -> None:
    """Forget a file that was not brought in."""
    locked = QuestionImport.objects.select_for_update().filter(pk=job.pk).exclude(state=JobState.DONE).first()
    if locked is not None:
        locked.delete()
