"""The site's shell: home page, plain pages, and the images and documents of the whole site."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, SourceImageIOError
from wagtail.search import index

from training.blocks import BasicBlocks
from training.pages import SitePage

logger = logging.getLogger(__name__)


@contextmanager
def _unreadable_as_missing() -> Iterator[None]:
    """A damaged picture, or no room for its sizes: the page shows the text in its place, as Wagtail does for a missing file."""
    try:
        yield
    except OSError as error:
        logger.exception("A picture cannot be shown")
        raise SourceImageIOError(str(error)) from error


class SiteImage(AbstractImage):
    """A picture with the declaration that the pictures policy asks for (docs/authoring.md)."""

    shows_person = models.BooleanField(
        _("shows a person"),
        default=False,
        help_text=_("Never a child. An adult only with a written release, and after a second person has looked."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "shows_person", "credit")

    def create_rendition(self, filter: Filter) -> "SiteRendition":
        with _unreadable_as_missing():
            return super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> "dict[Filter, SiteRendition]":
        with _unreadable_as_missing():
            return super().create_renditions(*filters)

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="site_rendition_once")]


class SiteDocument(AbstractDocument):
    """A file for download, in a language."""

    language = models.CharField(_("language of the file"), max_length=10, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class HomePage(SitePage):
    """The front door: what this is, and two ways in."""

    purpose = models.CharField(_("purpose in one sentence"), max_length=200, blank=True)
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    content_panels = [*SitePage.content_panels, FieldPanel("purpose"), FieldPanel("intro")]
    search_fields = [*SitePage.search_fields, index.SearchField("purpose"), index.SearchField("intro")]
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = None
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")


class StandardPage(SitePage):
    """A page of text: accessibility statement, privacy, about."""

    body = StreamField(BasicBlocks(), blank=True, verbose_name=_("content"))

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body"), index.AutocompleteField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("information page")
