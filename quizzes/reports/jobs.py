"""Tables that take longer than a page may: a record, a task that fills it, a file that waits a week."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from accounts.models import User
from quizzes.models import Attempt, JobState, Quiz, QuizReport
from training.spreadsheets import csv_content, xlsx_content

from .answers import answers_table
from .items import analyse, items_table
from .results import results_table
from .scope import Scope, Wanted

AT_ONCE = 1000  # attempts; a table of more is made by a task
KEPT = timedelta(days=7)
STEP = 500  # rows between two notes of progress
FORMATS = ("csv", "xlsx")
TABLES = ("results", "answers", "items")
Rows = Iterator[list[Any]]


def ordered_tables() -> QuerySet[QuizReport]:
    """The tables, made or not, without their content. Corrections are kept in the same place and are none."""
    return QuizReport.objects.defer("content").filter(kind__in=TABLES)


def attempts_for(kind: str, quiz_key: UUID, parameters: Mapping[str, Any]) -> QuerySet[Attempt]:
    """The attempts that a table of ``kind``, one of ``TABLES``, is about."""
    if kind == "items":
        return Attempt.objects.counting().filter(quiz_key=quiz_key).order_by()
    attempts = Scope.of(parameters["organisations"]).attempts(quiz_key)
    if kind == "answers":
        return attempts.counting().order_by()
    wanted = Wanted.of(parameters["wanted"])
    return wanted.sort(wanted.narrow(attempts))


def table_of(kind: str, quiz_key: UUID, parameters: Mapping[str, Any]) -> Rows:
    """The rows of a table, headings first, in the language that is active."""
    if kind == "items":
        return items_table(analyse(quiz_key))
    return {"results": results_table, "answers": answers_table}[kind](attempts_for(kind, quiz_key, parameters))


def content_of(rows: Iterable[list[Any]], name: str, file_format: str) -> bytes:
    return csv_content(rows) if file_format == "csv" else xlsx_content(name, rows)


def name_of(kind: str, quiz_key: UUID) -> str:
    """The name of a download, without its ending."""
    quiz = Quiz.objects.filter(translation_key=quiz_key).order_by("pk").first()
    return f"{slugify(quiz.title if quiz else '')[:50] or 'quiz'}-{kind}"


def order_report(*, by: User, quiz_key: UUID, kind: str, file_format: str, parameters: dict[str, Any], total: int) -> QuizReport:
    """Note that ``by`` wants a table, and have it made. Reports that are too old go."""
    forget_old_reports()
    report = QuizReport.objects.create(
        by=by, quiz_key=quiz_key, kind=kind, format=file_format, parameters=parameters, total=total
    )
    make_report.enqueue(report.pk)
    report.refresh_from_db()
    return report


@task()
def make_report(pk: int) -> None:
    """Fill the report ``pk``. Run again it does nothing to a finished one, and begins anew with one that was interrupted."""
    report = ordered_tables().exclude(state=JobState.DONE).filter(pk=pk).first()
    if report is None:
        return
    reports = QuizReport.objects.filter(pk=pk)
    reports.update(state=JobState.RUNNING, done=0, error="")
    changes: dict[str, Any] = {"state": JobState.FAILED}
    try:
        with override(report.parameters["language"]):
            rows = table_of(report.kind, report.quiz_key, report.parameters)
            content = content_of(_noting(rows, pk), name_of(report.kind, report.quiz_key), report.format)
        changes = {"state": JobState.DONE, "done": report.total, "content": content}
    finally:  # whatever went wrong is logged by the worker; the page must not wait for ever
        reports.update(finished_at=timezone.now(), **changes)


def _noting(rows: Rows, pk: int) -> Rows:
    for number, row in enumerate(rows):
        if number % STEP == STEP - 1:
            QuizReport.objects.filter(pk=pk).update(done=number)
        yield row


def forget_old_reports() -> int:
    """Delete what was ordered more than a week ago; how many."""
    deleted, _by_model = QuizReport.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted


def in_words(report: QuizReport) -> str:
    """How far it is."""
    if report.state == JobState.RUNNING:
        return _("%(done)d of %(total)d rows are written.") % {"done": report.done, "total": report.total}
    return _("It waits for its turn.")
