"""What every page of the site has, whatever its subject."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class SitePage(Page):
    """Abstract base of all pages: one summary for cards, search results and search engines; quiet promote tab."""

    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]),
    ]

    class Meta:
        abstract = True
