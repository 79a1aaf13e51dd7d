"""``manage.py send_follow_ups``: the mails that learners asked for, to come back to what they wrote."""

from typing import Any

from django.core.management.base import BaseCommand

from learning import follow_ups


class Command(BaseCommand):
    help = "Send learners the one mail that they asked for about a reflection, when its day has come. For once a day."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{follow_ups.send_due()} sent")
