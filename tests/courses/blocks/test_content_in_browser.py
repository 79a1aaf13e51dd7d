"""Blocks that ask nothing, in a real browser: keyboard, a phone without JavaScript, axe by day and by night."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from courses.models import LessonPage
from tests.browsing import NewPage
from tests.courses.blocks.journeys import LOOKS
from tests.factories.courses import block
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.browser
NAMES = ["tabs", "terms", "timeline", "chart", "law", "national", "contacts", "roles", "live_activity", "care", "pause"]


def everything() -> list[dict]:
    dots = example("chart")
    dots["value"].update(kind="dots", caption="Dots", takeaway="Dots tell it too.")
    lines = example("chart")
    lines["value"].update(kind="lines", caption="Lines", takeaway="Lines tell it too.")
    return [*[example(name) for name in NAMES], dots, lines]


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(
    new_page: NewPage,
    lessons: list[LessonPage],
    assert_no_violations: Callable[[Page], None],
    assert_fits: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    put_into(lessons[0], *everything())
    page = new_page(width=width, dark=dark)
    page.goto(lessons[0].url)
    assert_no_violations(page)
    assert_fits(page)
    for summary in page.locator(".body summary").all():
        summary.click()
    assert_no_violations(page)
    assert_fits(page)


def test_tabs_by_keyboard(new_page: NewPage, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("tabs"))
    page = new_page()
    page.goto(lessons[0].url)
    first, second = page.get_by_role("tab").all()
    expect(page.get_by_text("best interests")).to_be_visible()
    expect(page.get_by_text("the child's instructions")).to_be_hidden()
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="The lawyer")).to_be_visible()
    expect(page.get_by_text("best interests")).to_be_hidden()
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.emulate_media(media="print")
    expect(page.get_by_text("the child's instructions")).to_be_visible()


@pytest.mark.parametrize("name", ["table", "roles"])
def test_caption_of_a_wide_table_stays_in_sight_on_a_phone(new_page: NewPage, lessons: list[LessonPage], name: str) -> None:
    wide = example(name)
    wide["value"]["caption"] = "Who does what from the first hour to the last talk, and who is told of it"
    put_into(lessons[0], wide)
    page = new_page(width=320)
    page.goto(lessons[0].url)
    region = page.locator(".body").get_by_role("region")
    assert region.evaluate("box => box.scrollWidth > box.clientWidth"), "nothing to scroll: the test sees nothing"
    for place in ("0", "box.scrollWidth"):
        region.evaluate(f"box => {{ box.scrollLeft = {place} }}")
        words, box = region.locator("caption > span").bounding_box(), region.bounding_box()
        assert box["x"] <= words["x"] and words["x"] + words["width"] <= box["x"] + box["width"]


def test_timeline_shows_what_one_actor_does(new_page: NewPage, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("timeline"))
    page = new_page()
    page.goto(lessons[0].url)
    page.get_by_label("Show what one of them does").select_option("Guardian")
    expect(page.get_by_text("First meeting")).to_be_visible()
    expect(page.get_by_text("Somebody notices")).to_be_hidden()
    page.get_by_label("Show what one of them does").select_option("")
    expect(page.get_by_text("Somebody notices")).to_be_visible()


def test_everything_is_there_without_javascript(
    new_page: NewPage, lessons: list[LessonPage], assert_fits: Callable[[Page], None]
) -> None:
    put_into(lessons[0], example("question"), *everything(), block("text", "<p>The end</p>"))
    page = new_page(width=320, javascript=False)
    page.goto(lessons[0].url)
    for words in ["best interests", "the child's instructions", "Somebody notices", "First meeting", "The end"]:
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(page.get_by_label("Show what one of them does")).to_be_hidden()
    assert_fits(page)
