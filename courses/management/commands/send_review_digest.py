"""``manage.py send_review_digest``: one mail a day to those for whom a review, a decision or a comment is new."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.reviewing.digest import send_digests


class Command(BaseCommand):
    help = "Tell reviewers what waits for them, and authors what became of their pages. For once a day; sends nothing twice."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{send_digests()} sent")
