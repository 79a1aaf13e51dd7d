"""``manage.py make_quiz_reports``: make the tables that wait, where no task worker does, and delete those older than a week."""

from typing import Any

from django.core.management.base import BaseCommand

from quizzes.models import JobState
from quizzes.reports.jobs import forget_old_reports, make_report, ordered_tables


class Command(BaseCommand):
    help = "Make the tables of results that were ordered and wait, and delete those older than a week. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old_reports()
        waiting = ordered_tables().exclude(state=JobState.DONE).values_list("pk", flat=True)
        for pk in waiting:
            make_report.call(pk)
        self.stdout.write(f"Made {len(waiting)}, deleted {forgotten}.")
