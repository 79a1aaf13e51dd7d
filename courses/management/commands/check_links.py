"""``manage.py check_links``: look whether what live lessons link to still answers."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.linking.models import Link
from courses.linking.nightly import check_links


class Command(BaseCommand):
    help = "Look at every address that live lessons link to. For once a night; authors find the result in the editor."

    def handle(self, **options: Any) -> None:
        counted = check_links()
        for state in Link.State:
            self.stdout.write(f"{state.value}: {counted[state]}")
