"""The verbs that write printables. Each may be repeated: the second time finds it done."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from .documents import Draft
from .models import STUCK, Printable, State
from .tasks import make_printable

KEPT = timedelta(days=30)  # after somebody last asked for it


def order(draft: Draft, page_key: UUID) -> Printable:
    """The file of ``draft``: the one that there is, however often it is asked for, or a new one that a task makes.

    One that failed is tried again. Files that nobody asks for any more go.
    """
    forget_old_printables()
    facts = {name: getattr(draft, name) for name in ("kind", "title", "language")}
    printable, created = Printable.objects.get_or_create(
        fingerprint=draft.fingerprint, defaults={**facts, "page_key": page_key, "source": draft.html}
    )
    if created:
        make_printable.enqueue(printable.pk)
    else:
        Printable.objects.filter(pk=printable.pk).update(asked_at=timezone.now())
        try_again(printable)
    printable.refresh_from_db()
    return printable


def try_again(printable: Printable) -> bool:
    """Set a file to work that failed, or whose worker has gone; False for one that is ready or on its way."""
    now = timezone.now()
    rows = Printable.objects.filter(pk=printable.pk)
    failed = rows.filter(state=State.FAILED)
    stuck = rows.filter(state__in=[State.QUEUED, State.WORKING], begun_at__lt=now - STUCK)
    if not (failed | stuck).update(state=State.QUEUED, begun_at=now):
        return False
    make_printable.enqueue(printable.pk)
    return True


def asked_for(printable: Printable) -> None:
    """Somebody took the file along, so it stays for another while."""
    Printable.objects.filter(pk=printable.pk).update(asked_at=timezone.now())


def forget_old_printables() -> int:
    """Delete the files that nobody has asked for in a month; how many."""
    deleted, _by_model = Printable.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    return deleted
