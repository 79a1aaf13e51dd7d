"""robots.txt, sitemap.xml and security.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from tests.factories.home import StandardPageFactory


def test_crawlers_are_kept_from_personal_pages_in_every_language(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    for code, _name in settings.LANGUAGES:
        for part in ("accounts", "learn", "quizzes", "certificates", "verify"):
            assert f"Disallow: /{code}/{part}/" in lines
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


def test_the_sitemap_lists_public_pages_and_nothing_personal(client, course, lessons, site):
    StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")
    StandardPageFactory(parent=site.home, title="Draft", slug="draft-page", live=False)

    response = client.get("/sitemap.xml")

    xml = response.content.decode()
    assert response.headers["Content-Type"].startswith("application/xml")
    for address in ("/en/", "/fr/", "/bg/", "/en/courses/", course.url, "/en/privacy/"):
        assert f"{address}</loc>" in xml
    for hidden in ("certificate", "verify", "draft-page", "accounts", "learn", lessons[0].url):
        assert hidden not in xml


def test_security_txt_tells_whom_to_write_and_is_not_expired(client, settings, db):
    settings.SECURITY_CONTACT = "mailto:report@example.org"

    response = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:report@example.org"
    assert timezone.now() < parse_datetime(fields["Expires"]) < datetime.now(UTC) + timedelta(days=365)
