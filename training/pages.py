"""What every page of the site has, whatever its subject."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class SitePage(Page):
    """Abstract base of all pages: one summary for cards, search results and search engines; quiet promote tab."""

    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]),
    ]

    class Meta:
        abstract = True

    @property
    def in_language(self) -> models.QuerySet:
        """This page's live translations."""
        return self.get_translations(inclusive=True).live()
