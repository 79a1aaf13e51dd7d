"""``manage.py close_attempts``: close what the clock has ended, and forget what visitors practised. For a timer, each minute."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes.models import Attempt
from quizzes.services import settle

PRACTICE_IS_KEPT = timedelta(days=3)


class Command(BaseCommand):
    help = "Close attempts whose time is over, and delete the practice of visitors after three days. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        closed = sum(not settle(attempt=attempt, now=now).is_open for attempt in Attempt.objects.overdue(now).iterator())
        old = Attempt.objects.filter(user__isnull=True, started_at__lt=now - PRACTICE_IS_KEPT)
        forgotten = old.count()
        old.delete()
        self.stdout.write(f"Closed {closed}, forgot {forgotten}.")
