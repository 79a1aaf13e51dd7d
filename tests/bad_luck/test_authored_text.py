"""T10: whatever an author types into whichever field, the page shows it as text; in a real browser nothing of it runs."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.blocks.base import Block
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.blocks import LessonBlocks
from courses.models import CoursePage, LessonPage
from tests.factories.quizzes import make_question, make_quiz, single_choice

from .words import NASTY, SCRIPT, is_harmless

pytestmark = pytest.mark.django_db
VECTORS = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "</textarea></details></video><script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
]
NEEDS_A_FILE = {"image", "video", "audio", "document", "quiz", "hotspots", "hotspot_signs", "video_stops", "shared"}


class Acts(HTMLParser):
    """Collects what would run in a page: planted scripts, handlers, frames and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "srcdoc" or (name.startswith("on") and "alert" in (value or "")):
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction"} and (value or "").strip().lower().startswith(
                ("javascript:", "data:text")
            ):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and data.strip() == "alert(1)":
            self.found.append("script")


def filled(block: Block, text: str):
    """A value of ``block`` with ``text`` in every field in which an author writes words."""
    if isinstance(block, blocks.RichTextBlock):
        return RichText("<p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p>")
    if isinstance(block, blocks.ListBlock):
        return [filled(block.child_block, text)] * 2
    if isinstance(block, ImageBlock | blocks.ChooserBlock | blocks.StaticBlock):
        return None
    if isinstance(block, blocks.StreamBlock):
        return [(name, filled(child, text)) for name, child in list(block.child_blocks.items())[:1]]
    if isinstance(block, blocks.StructBlock):
        return {name: filled(child, text) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.MultipleChoiceBlock):
        return []  # of those whom a block is for: everybody
    if isinstance(block, blocks.ChoiceBlock):
        return next(iter(dict(block.field.choices).keys() - {""}))
    if isinstance(block, blocks.BooleanBlock):
        return True
    if isinstance(block, blocks.IntegerBlock):
        return 7
    if isinstance(block, blocks.DecimalBlock):
        return Decimal("2.5")
    if isinstance(block, blocks.DateBlock):
        return date(2027, 5, 31)
    if isinstance(block, blocks.URLBlock):
        return "https://example.org/"
    assert isinstance(block, blocks.CharBlock | blocks.TextBlock), f"{block} is new: what would an author type into it?"
    return text


def every_block(text: str) -> Iterator[tuple[str, object]]:
    for name, block in LessonBlocks().child_blocks.items():
        if name not in NEEDS_A_FILE:
            yield name, block.to_python(block.get_prep_value(block.normalize(filled(block, text))))


@pytest.fixture
def nasty_lesson(course: CoursePage, lessons: list[LessonPage]):
    """``nasty_lesson(text)``: the course with ``text`` in every field of its pages, its blocks and its quiz."""

    def make(text: str) -> LessonPage:
        for page in [course, *(p.specific for p in Page.objects.descendant_of(course))]:
            page.title = text[:250]
            for name in ("summary", "content_note", "audience", "version_note", "search_description", "seo_title"):
                if hasattr(page, name):
                    setattr(page, name, text[:200])
            if isinstance(page, CoursePage):
                page.outcomes = [("outcome", text)]
            page.save_revision().publish()
        lesson = LessonPage.objects.get(pk=lessons[0].pk)
        lesson.body = list(every_block(text))
        lesson.save_revision().publish()
        return lesson

    return make


def test_what_runs_is_seen():
    for text in (VECTORS[0], VECTORS[1], VECTORS[4], VECTORS[5]):
        assert Acts(f"<p>{text}</p>").found, text


@pytest.mark.parametrize("text", VECTORS)
def test_every_page_shows_it_as_text(client: Client, client_for, holder, administrator, nasty_lesson, course, text: str):
    lesson = nasty_lesson(text)
    learner = client_for(holder)
    learner.post(reverse("learning:start", args=[course.translation_key]))
    pages = [
        (client, lesson.get_url()),
        (client, CoursePage.objects.get(pk=course.pk).get_url()),
        (client, course.get_parent().get_url()),
        (client, reverse("home:search") + "?q=alert"),
        (learner, reverse("learning:my_learning")),
        (learner, reverse("learning:outline", args=[course.translation_key])),
        (client_for(administrator), reverse("learning_report", args=[course.translation_key])),
        (client_for(administrator), reverse("wagtailadmin_explore", args=[course.pk])),
        (client_for(administrator), reverse("wagtailadmin_pages:edit", args=[lesson.pk])),
        (client, "/sitemap.xml"),
    ]
    for browser, url in pages:
        response = browser.get(url)
        assert response.status_code == 200, url
        assert Acts(response.content.decode()).found == [], url


@pytest.mark.parametrize("what", ["emoji", "right to left", "turned round", "invisible", "accents", "lost characters", "null"])
def test_odd_letters_break_no_page(client: Client, nasty_lesson, course, what: str):
    lesson = nasty_lesson(NASTY[what].replace("\x00", ""))
    for url in (lesson.get_url(), CoursePage.objects.get(pk=course.pk).get_url(), course.get_parent().get_url()):
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x"]
)
def test_a_link_in_the_editor_cannot_act(client_for, client, administrator, lessons, href: str):
    """As a changed editor would post it: words, and a link whose address is a script."""
    words = {"text": f"press {SCRIPT}", "type": "unstyled", "depth": 0, "key": "a", "inlineStyleRanges": []}
    link = {"LINK": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": href}}}
    content = {
        "entityMap": {"0": link["LINK"]},
        "blocks": [words | {"entityRanges": [{"key": 0, "offset": 0, "length": 5}]}],
    }
    lesson = lessons[0]
    comments = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    body = streamfield([("text", json.dumps(content))])
    data = nested_form_data({"title": "Lesson", "slug": "lesson", "minutes": "5", "body": body, "comments": comments})
    response = client_for(administrator).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data | {"action-publish": "1"}
    )
    assert response.status_code == 302
    html = client.get(LessonPage.objects.get(pk=lesson.pk).get_url()).content.decode()
    assert "press" in html and is_harmless(html)
    assert href.lower() not in html.lower()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://evil.example/", "//evil.example", "x" * 3000])
def test_a_source_needs_the_address_of_a_page(client_for, administrator, lessons, link: str):
    item = {"items-count": "1", "items-0-value-text": "UN Protocol", "items-0-value-link": link}
    item |= {"items-0-deleted": "", "items-0-order": "0", "items-0-type": "item", "items-0-id": ""}
    comments = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    body = streamfield([("text", rich_text("<p>x</p>")), ("sources", item)])
    data = nested_form_data({"title": "Lesson", "slug": "lesson", "minutes": "5", "body": body, "comments": comments})
    browser = client_for(administrator)
    response = browser.post(reverse("wagtailadmin_pages:edit", args=[lessons[0].pk]), data | {"action-publish": "1"})
    if response.status_code == 302:
        html = Client().get(LessonPage.objects.get(pk=lessons[0].pk).get_url()).content.decode()
        assert link.startswith("ftp:") or f'href="{link}"' not in html
    else:
        assert "valid URL" in response.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_runs_in_a_browser(new_page, nasty_lesson, course, holder, administrator):
    """Learner's pages, the editor, a quiz: no dialog opens, and no policy has to stop anything."""
    opened: list[str] = []
    text = " ".join(VECTORS)[:180]
    lesson = nasty_lesson(text)
    quiz = make_quiz([make_question(single_choice(f"<p>{text}</p>"))], title=text)
    page = new_page(user=holder)
    editor = new_page(user=administrator)
    for window in (page, editor):
        window.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    urls = [lesson.get_url(), course.get_parent().get_url(), CoursePage.objects.get(pk=course.pk).get_url()]
    for url in [*urls, reverse("home:search") + "?q=alert", reverse("quizzes:start", args=[quiz.translation_key])]:
        page.goto(url)
    page.get_by_role("button", name=re.compile("Start")).first.click()
    page.wait_for_load_state("networkidle")
    for url in (reverse("wagtailadmin_explore", args=[course.pk]), reverse("wagtailadmin_pages:edit", args=[lesson.pk])):
        editor.goto(url)
        editor.wait_for_load_state("networkidle")
    assert not opened
