"""``manage.py make_printables``: make the files for paper that wait, where no task worker does, and delete old ones."""

from typing import Any

from django.core.management.base import BaseCommand

from printables.models import Printable, State
from printables.services import forget_old_printables
from printables.tasks import make_printable


class Command(BaseCommand):
    help = "Make the files for paper that were ordered and wait, and delete those nobody asked for in a month. Safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old_printables()
        waiting = Printable.objects.filter(state__in=[State.QUEUED, State.WORKING]).values_list("pk", flat=True)
        for pk in waiting:
            make_printable.call(pk)
        self.stdout.write(f"Made {len(waiting)}, deleted {forgotten}.")
