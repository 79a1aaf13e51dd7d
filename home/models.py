"""The site's shell: home page, plain pages, and the images and documents of the whole site."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate
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
    """A picture with the declaration that the pictures policy asks for (docs/authoring.md).

    ``shows_person``: None as long as nobody has said, as of a picture that came with a file of questions.
    """

    shows_person = models.BooleanField(_("Does this show a person?"), null=True, help_text=_("Never a child."))
    no_real_person = models.BooleanField(
        _("drawn or modelled, no real person"), default=False, help_text=_("Then nobody has to release it.")
    )
    released_by = models.CharField(
        _("who released it"),
        max_length=200,
        blank=True,
        help_text=_("An adult, in writing. Example: the woman on the picture, letter of 3 May 2026."),
    )
    released_until = models.DateField(
        _("until when"), null=True, blank=True, help_text=_("Leave empty for a release without an end.")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who looked at it")
    )
    reviewed_on = models.DateField(_("looked at on"), null=True, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (
        *Image.admin_form_fields,
        "shows_person",
        "no_real_person",
        "released_by",
        "released_until",
        "credit",
    )

    @property
    def is_released(self) -> bool:
        """Whether nobody real is on it, or somebody released it and the release has not ended."""
        ended = bool(self.released_until and self.released_until < localdate())
        return not self.shows_person or self.no_real_person or (bool(self.released_by.strip()) and not ended)

    @property
    def may_be_shown(self) -> bool:
        """Whether it shows nobody, or somebody who released it and at whom a second person has looked. Not before it is said."""
        return self.shows_person is False or bool(self.shows_person and self.is_released and self.reviewed_on)

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
