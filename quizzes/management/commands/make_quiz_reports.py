"""``manage.py make_quiz_reports``: make the tables that wait, where no task worker does, and delete those older than a week."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.models import JobState, QuizReport
from quizzes.reports.jobs import forget_old_reports, make_report, name_of, ordered_tables

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Make the tables of results that were ordered and wait, and delete those older than a week. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old_reports()
        waiting = list(ordered_tables().exclude(state=JobState.DONE).order_by("pk"))
        failed = [report for report in waiting if not made(report)]
        self.stdout.write(f"Made {len(waiting) - len(failed)}, deleted {forgotten}.")
        if failed:
            names = ", ".join(f"{report.pk} ({name_of(report.kind, report.quiz_key)})" for report in failed)
            raise CommandError(f"Not made, see the log: {names}.")


def made(report: QuizReport) -> bool:
    """Whether it was made. A table that never can be must not keep the others waiting until it is deleted."""
    try:
        make_report.call(report.pk)
    except Exception:  # whatever is wrong with this one, the next may be well
        logger.exception("The table %s could not be made", report.pk)
        return False
    return True
