"""Work that must not hold up a page. Every task may run twice."""

import logging

from django_tasks import task

from . import pdf
from .models import Kind, Printable, State

logger = logging.getLogger(__name__)
MOST_PAGES = {Kind.HANDOUT: 4}


@task()
def make_printable(pk: int) -> None:
    """Draw the file of the row ``pk``. A finished one is left alone; one that was interrupted is begun anew."""
    printable = Printable.objects.filter(pk=pk).exclude(state=State.READY).first()
    if printable is None:
        return
    rows = Printable.objects.filter(pk=pk).exclude(state=State.READY)
    rows.update(state=State.WORKING)
    changes = {"state": State.FAILED}
    try:
        sheets = pdf.render(printable.source, most_pages=MOST_PAGES.get(printable.kind, 0))
        size, pages = len(sheets.content), sheets.pages
        changes = {"state": State.READY, "pdf": sheets.content, "size": size, "pages": pages, "source": ""}
    except pdf.PdfNotMade:
        logger.exception("The printable %s could not be made", printable.public_id)
    finally:  # whatever else went wrong is logged by the worker; the page must not wait for ever
        rows.update(**changes)
