"""What search engines and security researchers look for at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.models import CourseIndexPage, CoursePage

from .models import HomePage, StandardPage

PERSONAL = ("accounts", "learn", "quizzes", "certificates", "verify", "search", "settings", "leave")
SECURITY_TXT_DAYS = 180  # RFC 9116 wants less than a year


class PublicPages(Sitemap):
    """Pages that everyone may read from beginning to end. Lessons are for who is enrolled; certificates are nobody else's."""

    protocol = settings.SITE_URL.partition(":")[0]

    def items(self):
        kinds = (HomePage, StandardPage, CourseIndexPage, CoursePage)
        pages = Page.objects.live().public().type(*kinds).order_by("path")
        return [page for page in pages if page.get_url()]

    def location(self, page: Page) -> str:
        return page.get_url()

    def lastmod(self, page: Page):
        return page.last_published_at


def _lines(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keeps crawlers from personal pages in every language, and from the editor."""
    languages = [code for code, _name in settings.LANGUAGES]
    closed = [f"Disallow: /{code}/{name}/" for code in languages for name in PERSONAL]
    return _lines(
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /documents/",
        "Disallow: /v/",
        "Disallow: /leave/",
        *closed,
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    )


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a hole."""
    expires = (timezone.now() + timedelta(days=SECURITY_TXT_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    return _lines(
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    )
