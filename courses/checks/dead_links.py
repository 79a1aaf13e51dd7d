"""Links that lead nowhere: to pages and files that are gone, and to addresses that the nightly look found broken."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from courses.linking.gathering import Found, links_of
from courses.linking.models import Link, broken

from .findings import Finding


def dead_links(thing: Model) -> Iterator[Finding]:
    """No query without links, else one for each kind of link."""
    links = list(dict.fromkeys(links_of(thing)))
    yield from _lost([link for link in links if link.kind == "page"])
    yield from _without_file([link for link in links if link.kind == "document"])
    yield from _broken([link for link in links if link.kind == "web"])


def _lost(links: list[Found]) -> Iterator[Finding]:
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=[link.target for link in links])} if links else {}
    for link in links:
        if link.target not in pages:
            yield Finding(_("A link leads to a page that is gone. Choose another page, or take the link out."), link.block)
        elif not pages[link.target].live:
            said = _("A link leads to “%(title)s”, which is not published. Readers get an error.")
            yield Finding(said % {"title": pages[link.target].draft_title}, link.block)


def _without_file(links: list[Found]) -> Iterator[Finding]:
    files = get_document_model().objects.filter(pk__in=[link.target for link in links]).values_list("pk", flat=True)
    known = {str(pk) for pk in files} if links else set()
    for link in links:
        if link.target not in known:
            yield Finding(_("A link leads to a file that is gone. Choose another file, or take the link out."), link.block)


def _broken(links: list[Found]) -> Iterator[Finding]:
    addresses = {link.target.partition("#")[0] for link in links}
    found = {link.url: link for link in Link.objects.filter(broken(), url__in=addresses)} if links else {}
    for link in links:
        looked_at = found.get(link.target.partition("#")[0])
        if looked_at:
            said = _("The link %(address)s %(state)s (looked at on %(day)s). Find another address, or take it out.")
            day = date_format(localtime(looked_at.checked_at), "DATE_FORMAT")
            values = {"address": link.target, "state": looked_at.get_state_display(), "day": day}
            yield Finding(said % values, link.block)
