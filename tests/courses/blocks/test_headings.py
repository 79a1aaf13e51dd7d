"""Headings within a text and small headings of their own: shown, printed, translated, in packs, and never out of order."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from playwright.sync_api import Page
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from printables import pdf
from printables.documents import draft_of
from quizzes.raw_values import clean_html
from tests.browsing import NewPage
from tests.courses.blocks.journeys import LOOKS
from tests.courses.blocks.test_text_and_media import told_by
from tests.courses.test_hostile_packs import lesson, load, packed
from tests.factories.courses import block
from tests.factories.practice import example, put_into
from tests.printables.reading import failures
from training.groups import HEADED_PROSE, PROSE

pytestmark = pytest.mark.django_db
TEXT = "<p>First words.</p><h3>The first hour</h3><p>Food and rest.</p><h4>If it is night</h4><p>Sleep comes first.</p>"
FRENCH = {"The first hour": "La première heure", "Later": "Plus tard"}
UNDER_NONE = "Put a block “Heading” above this one"


def body_of(client: Client, page: LessonPage, *parts: dict) -> str:
    put_into(page, *parts)
    return client.get(page.url).content.decode().split('<div class="body">')[1]


def published(*parts: dict) -> str:
    """What an editor is told who publishes ``parts``; while it is a draft, nothing."""
    body = LessonBlocks()
    value = body.to_python(list(parts))
    body.clean_deferred(value)
    try:
        body.clean(value)
    except ValidationError as error:
        return told_by(error)
    return ""


def test_a_text_shows_its_headings(client: Client, lessons) -> None:
    html = body_of(client, lessons[0], block("heading", "Arrival"), block("text", TEXT), block("subheading", "Later"))
    assert [level for level in ("h2", "h3", "h4") if f"<{level}>" in html] == ["h2", "h3", "h4"]
    assert "<h3>The first hour</h3>" in html and "<h3>Later</h3>" in html


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([block("heading", "Arrival"), block("text", TEXT), block("subheading", "Later")], ""),
        ([block("text", "<p>Words.</p>")], ""),
        ([block("text", TEXT)], UNDER_NONE),
        ([block("subheading", "Later")], UNDER_NONE),
        ([block("text", TEXT), block("heading", "Arrival")], UNDER_NONE),
        ([block("heading", "Arrival"), block("text", "<h4>Deep</h4><h3>Less</h3>")], "An H4 stands under an H3."),
        ([block("heading", "Arrival"), block("text", '<h4 data-block-key="a1b2c">Deep</h4>')], "An H4 stands under an H3."),
    ],
)
def test_no_level_is_left_out_when_it_is_published(parts: list[dict], told: str) -> None:
    said = published(*parts)
    assert told in said
    assert bool(said) == bool(told)


def test_a_pack_brings_headings_of_a_text_and_no_others(site, client: Client, tmp_path: Path) -> None:
    odd = '<h1>One</h1><h2>Two</h2><h3 onclick="alert(1)" id="x" style="color:red">Three</h3><h4 class="y">Four</h4><h5>Five</h5>'
    callout = {"kind": "tip", "title": "Tip", "text": "<h3>Big</h3><p>Small.</p>"}
    parts = [("heading", "Arrival", "a"), ("text", odd, "b"), ("callout", callout, "c")]
    load(tmp_path, packed(lesson(*({"id": ident, "type": name, "value": value} for name, value, ident in parts))))
    page = LessonPage.objects.get()
    assert page.body[1].value.source == "OneTwo<h3>Three</h3><h4>Four</h4>Five"
    assert page.body[2].value["text"].source == "Big<p>Small.</p>"
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize(("value", "told"), [("<h3>Alone</h3>", UNDER_NONE), ("<h4>Deep</h4>", "An H4 stands under an H3.")])
def test_a_pack_with_headings_out_of_order_is_refused(site, tmp_path: Path, value: str, told: str) -> None:
    with pytest.raises(CommandError) as refused:
        load(tmp_path, packed(lesson({"id": "words", "type": "text", "value": value})))
    assert told in str(refused.value) and "words" in str(refused.value)
    assert not LessonPage.objects.exists()


@pytest.mark.parametrize("features", [HEADED_PROSE, PROSE, ()])
def test_only_what_the_editor_offers_stays(features: list[str]) -> None:
    kept = clean_html("<h3>Three</h3><h4>Four</h4><cite>Five</cite>", features)
    assert kept == ("<h3>Three</h3><h4>Four</h4>Five" if features == HEADED_PROSE else "ThreeFourFive")


def test_headings_go_out_and_come_back_with_a_course(course, lessons, tmp_path: Path) -> None:
    put_into(lessons[0], block("heading", "Arrival"), block("text", TEXT), block("subheading", "Later"))
    call_command("export_course", course.slug, tmp_path / "course.zip", verbosity=0)
    course.delete()
    call_command("import_course", tmp_path / "course.zip", verbosity=0)
    again = LessonPage.objects.get(translation_key=lessons[0].translation_key)
    assert [child.block_type for child in again.body] == ["heading", "text", "subheading"]
    assert again.body[1].value.source == TEXT


def test_a_translation_keeps_the_headings(site, course, lessons) -> None:
    put_into(lessons[0], block("heading", "Arrival"), block("text", TEXT), block("subheading", "Later"))
    page, locale = LessonPage.objects.get(pk=lessons[0].pk), Locale.objects.get(language_code="fr")
    for each in (course, page.get_parent().specific, page):
        source, _created = TranslationSource.update_or_create_from_instance(each)
        Translation.objects.create(source=source, target_locale=locale)
        for segment in StringSegment.objects.filter(source=source, string__data__in=FRENCH):
            StringTranslation.objects.create(
                translation_of=segment.string, locale=locale, context=segment.context, data=FRENCH[segment.string.data]
            )
        source.create_or_update_translation(locale, fallback=True)
    body = page.get_translation(locale).body
    assert "<h3>La première heure</h3><p>Food" in body[1].value.source and "<h4>If it is night</h4>" in body[1].value.source
    assert body[2].value == "Plus tard"


@pytest.mark.program("pdftotext")
def test_headings_stand_on_paper_in_their_order(lessons) -> None:
    put_into(lessons[0], block("heading", "Arrival"), block("text", TEXT), block("subheading", "Later"))
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    assert "<h3>The first hour</h3>" in html and "<h4>If it is night</h4>" in html
    assert failures(pdf.render(html).content) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_no_gap_between_headings(
    new_page: NewPage,
    lessons,
    assert_no_violations: Callable[[Page], None],
    assert_fits: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    parts = [block("text", "<p>Words.</p>"), block("heading", "Arrival"), block("text", TEXT), block("subheading", "Later")]
    put_into(lessons[0], *parts, example("callout"), block("text", TEXT.replace("hour", "day")))
    page = new_page(width=width, dark=dark)
    page.goto(lessons[0].url)
    assert_no_violations(page)
    assert_fits(page)
