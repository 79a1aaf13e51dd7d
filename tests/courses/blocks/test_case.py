"""Case study: an expert's view that is folded, open, or waits for words of the reader's own, which go nowhere."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from printables.documents import draft_of
from tests.browsing import NewPage
from tests.courses.blocks.editing import offered_to_translators
from tests.courses.blocks.journeys import LOOKS
from tests.factories.practice import example, put_into

OWN, EXPERT = "Your own thoughts", "What an expert would say"


def shown(client: Client, lesson: LessonPage, **changed: str) -> str:
    body = example("case", **changed)
    if not changed:
        del body["value"]["notes_shown"]
    put_into(lesson, body)
    return client.get(lesson.url).content.decode()


def test_a_case_from_before_reads_as_it_did(client: Client, lessons: list[LessonPage]) -> None:
    html = shown(client, lessons[0])
    assert EXPERT in html and OWN not in html and '<details class="details case__wide"><summary>' in html
    assert shown(client, lessons[0], notes_shown="folded").count(OWN) == 0


def test_an_author_may_show_the_expert_at_once(client: Client, lessons: list[LessonPage]) -> None:
    html = shown(client, lessons[0], notes_shown="open")
    assert '<details class="details case__wide" open>' in html and OWN not in html


def test_own_words_have_no_way_out_of_the_page(client: Client, lessons: list[LessonPage]) -> None:
    html = shown(client, lessons[0], notes_shown="after")
    field = html[html.index("<textarea") : html.index("</textarea>")]
    assert OWN in html and "name=" not in field and 'autocomplete="off"' in field
    before = html[: html.index("<textarea")]
    assert before.count("<form") == before.count("</form>")


def test_two_cases_of_a_lesson_have_fields_of_their_own(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("case", notes_shown="after"), example("case", notes_shown="after"))
    html = client.get(lessons[0].url).content.decode()
    ids = {line.split('"')[0] for line in html.split('<textarea id="')[1:]}
    assert len(ids) == 2 and all(f'for="{ident}"' in html for ident in ids)


def test_on_paper_the_expert_waits_for_nobody(lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("case", notes_shown="after"))
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    assert "form a cluster" in html and OWN not in html and "gone when you leave" not in html


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    offered = offered_to_translators(lessons[0], "case", notes_shown="after")
    assert "Which signs belong together?" in offered and "after" not in offered


def test_the_choice_may_be_left_out_by_packs_and_drafts(db) -> None:
    block = LessonBlocks().child_blocks["case"]
    block.clean(block.to_python({**example("case")["value"], "notes_shown": ""}))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_the_expert_is_read_after_own_words(
    new_page: NewPage,
    lessons: list[LessonPage],
    assert_no_violations: Callable[[Page], None],
    assert_fits: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    put_into(lessons[0], example("case", notes_shown="after"))
    page = new_page(width=width, dark=dark)
    page.goto(lessons[0].url)
    expect(page.get_by_text(EXPERT, exact=True)).to_be_hidden()
    page.get_by_label(OWN).focus()
    page.keyboard.type("He is not free to go.")
    expect(page.get_by_text(EXPERT, exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("form a cluster")).to_be_visible()
    assert_no_violations(page)
    assert_fits(page)


@pytest.mark.browser
def test_the_expert_waits_without_javascript_too(new_page: NewPage, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("case", notes_shown="after"))
    page = new_page(width=320, javascript=False)
    page.goto(lessons[0].url)
    expect(page.get_by_text(EXPERT, exact=True)).to_be_hidden()
    page.get_by_label(OWN).fill("He is not free to go.")
    page.get_by_text(EXPERT, exact=True).click()
    expect(page.get_by_text("form a cluster")).to_be_visible()
