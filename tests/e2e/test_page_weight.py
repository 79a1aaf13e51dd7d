"""What a lesson of the starter course weighs on first view: on a train, in a visiting room, with an empty cache.

The page itself counts as the browser received it, headers included. Style sheets, scripts and pictures count compressed
with gzip, as production keeps them ready (``CompressedManifestStaticFilesStorage``). Most browsers take brotli: smaller still.
"""

import gzip

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Response, expect

from courses.models import CoursePage, LessonPage
from tests.browsing import PHONE, NewPage

pytestmark = pytest.mark.browser
AT_MOST = 100_000  # bytes
COMPRESSED = ("text/", "image/svg", "application/javascript", "application/json")


def heaviest_lesson(client: Client) -> str:
    """The address of the longest page among all lessons in all languages, as an enrolled learner gets it."""
    lengths = {lesson.url: len(client.get(lesson.url).content) for lesson in LessonPage.objects.live()}
    return max(lengths, key=lengths.__getitem__)


def weight(response: Response) -> int:
    """Bytes on the wire in production."""
    sizes = response.request.sizes()
    if "/static/" not in response.url:
        return sizes["responseHeadersSize"] + sizes["responseBodySize"]
    body = response.body()
    is_text = response.headers.get("content-type", "").startswith(COMPRESSED)
    return sizes["responseHeadersSize"] + (len(gzip.compress(body)) if is_text else len(body))


def test_the_heaviest_lesson_weighs_at_most_100_kilobytes(new_page: NewPage, site, client_for, learner):
    call_command("import_course", settings.CONTENT_DIR / "recognising", verbosity=0)
    course = CoursePage.objects.get(locale__language_code="en")
    client = client_for(learner)
    client.post(reverse("learning:start", args=[course.translation_key]))
    address = heaviest_lesson(client)

    page, responses = new_page(width=PHONE, user=learner), []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    expect(page.locator("article.lesson")).to_be_visible()
    weights = {response.url: weight(response) for response in responses}
    assert sum(weights.values()) <= AT_MOST, "\n".join(f"{size:7} {url}" for url, size in weights.items())
    assert {"css", "js"} <= {url.rsplit(".", 1)[-1] for url in weights}
