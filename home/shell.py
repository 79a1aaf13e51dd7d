"""What surrounds every page: the place of the reader, the links of header and footer, this page in the other languages.

Links and translations come from the cache; ``receivers`` forgets them when a page or quiz is published, moved or taken away.
"""

import uuid
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from wagtail.models import Page

from countries.reader import country_of
from courses.models import CourseIndexPage
from quizzes.models import Quiz
from training.places import DEFAULT_EXIT_URL, EXIT_URLS, Country

from .models import StandardPage

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
GENERATION = "shell:generation"
# Where processes do not share a cache, one does not hear of what another published; a short memory makes up for it.
CACHE_SECONDS = 300 if settings.SHARED_CACHE else 30
BELOW_HOME = 3  # depth in the tree: root, home page, the pages of header and footer


class LanguageLink(NamedTuple):
    code: str
    name: str
    url: str
    is_current: bool


def forget_links() -> None:
    """Make every cached link stale at once."""
    cache.set(GENERATION, uuid.uuid4().hex, None)


def remembered(key: str, read):
    """``read()`` from the cache, or stored there. Three languages' worth of small lists; see ``forget_links``."""
    return cache.get_or_set(f"shell:{cache.get(GENERATION, '')}:{key}", read, CACHE_SECONDS)


def home_url(language: str) -> str:
    with override(language):
        return reverse("wagtail_serve", args=[""])


class Shell:
    """Read by templates, attribute by attribute. Survives requests without user, session or resolved address."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.site_name = settings.SITE_NAME

    @classmethod
    def of(cls, request: HttpRequest) -> "Shell":
        """The one shell of this request, however many templates are rendered for it."""
        if not hasattr(request, "shell"):
            request.shell = cls(request)
        return request.shell

    # --- The reader's place -----------------------------------------------------------------------------------------
    @cached_property
    def theme(self) -> str:
        """ "light" or "dark"; empty when the reader's system decides."""
        theme = self.request.COOKIES.get(THEME_COOKIE, "")
        return theme if theme in THEMES else ""

    @cached_property
    def country(self) -> str:
        """Code of the reader's country, see ``countries.reader``."""
        return country_of(self.request)

    @property
    def country_name(self) -> str:
        return str(Country(self.country).label) if self.country else ""

    @property
    def exit_url(self) -> str:
        """Where "Leave this site" ends: a page that needs no explaining in the reader's country."""
        return EXIT_URLS.get(self.country, DEFAULT_EXIT_URL)

    # --- Links ------------------------------------------------------------------------------------------------------
    @property
    def home_url(self) -> str:
        return home_url(get_language())

    @property
    def courses_url(self) -> str:
        return self._links["courses"]

    @property
    def footer_links(self) -> list[tuple[str, str]]:
        """Title and address of the text pages right under the home page, in the order editors gave them."""
        return self._links["footer"]

    @property
    def quizzes_url(self) -> str:
        """The list of quizzes; empty for visitors while no quiz can be taken without an account."""
        user = getattr(self.request, "user", None)
        signed_in = user is not None and user.is_authenticated
        return reverse("quizzes:catalogue") if signed_in or self._links["practice"] else ""

    @cached_property
    def _links(self) -> dict:
        language = get_language()
        return remembered(f"links:{language}", lambda: self._read_links(language))

    def _read_links(self, language: str) -> dict:
        pages = Page.objects.live().filter(depth=BELOW_HOME, locale__language_code=language)
        pages = pages.type(CourseIndexPage, StandardPage).select_related("content_type").order_by("path")
        by_kind = {CourseIndexPage: [], StandardPage: []}
        for page in pages:
            if url := page.get_url(self.request):
                by_kind[page.specific_class].append((page.title, url))
        return {
            "courses": by_kind[CourseIndexPage][0][1] if by_kind[CourseIndexPage] else "",
            "footer": by_kind[StandardPage],
            "practice": Quiz.objects.filter(live=True, open_to_all=True).exists(),
        }

    # --- This page in other languages ---------------------------------------------------------------------------------
    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """Language code and address of this page in every language in which it exists."""
        page = getattr(self.request, "shown_page", None)
        if page is not None:
            found = remembered(f"page:{page.translation_key}", lambda: self._read_translations(page))
        else:
            found = self._translated_views()
        return [(code, found[code]) for code, _name in settings.LANGUAGES if code in found]

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Every language of the site. Where this page does not exist in it, the link leads to the page that says so."""
        found, current = dict(self.alternates), get_language()
        return [
            LanguageLink(code, name, found.get(code) or self._elsewhere(code), code == current)
            for code, name in settings.LANGUAGES
        ]

    def _read_translations(self, page: Page) -> dict[str, str]:
        translations = page.get_translations(inclusive=True).live().select_related("locale")
        addresses = {t.locale.language_code: t.get_url(self.request) for t in translations}
        return {code: url for code, url in addresses.items() if url}

    def _translated_views(self) -> dict[str, str]:
        match = self.request.resolver_match
        if match is None or match.url_name == "wagtail_serve":  # an error page, or a preview
            return {}
        path = self.request.get_full_path()
        return {code: translate_url(path, code) for code, _name in settings.LANGUAGES}

    def _elsewhere(self, code: str) -> str:
        if getattr(self.request, "shown_page", None) is None:
            return home_url(code)
        with override(code):
            return f"{reverse('home:place')}?{urlencode({'next': self.request.get_full_path()})}"
