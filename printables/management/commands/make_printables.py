"""``manage.py make_printables``: make the files for paper that wait, where no task worker does, and delete old ones."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from printables.models import Printable, State
from printables.services import forget_old_printables
from printables.tasks import make_printable

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Make the files for paper that were ordered and wait, and delete those nobody asked for in a month. Safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old_printables()
        waiting = Printable.objects.filter(state__in=[State.QUEUED, State.WORKING]).order_by("pk").defer("source", "pdf")
        failed = [printable for printable in waiting if not made(printable)]
        self.stdout.write(f"Made {len(waiting) - len(failed)}, deleted {forgotten}.")
        if failed:
            names = ", ".join(f"{printable.public_id} ({printable.title})" for printable in failed)
            raise CommandError(f"Not made, see the log: {names}.")


def made(printable: Printable) -> bool:
    """Whether it was made. What is wrong with it keeps no other one waiting."""
    try:
        make_printable.call(printable.pk)
    except Exception:  # the task has logged what it expects to go wrong
        logger.exception("The printable %s could not be made", printable.public_id)
    return Printable.objects.filter(pk=printable.pk, state=State.READY).exists()
