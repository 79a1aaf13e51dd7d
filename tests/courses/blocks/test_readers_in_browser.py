"""A block with a content note in a real browser: calm, and one step past it."""

import pytest
from playwright.sync_api import expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.browser
NOTE = "Somebody tells of violence at work."
BODY = {"content_note": NOTE, "for_countries": ["BE"]}


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, width: int, dark: bool) -> None:
    page = journeys.new_page(width=width, dark=dark, user=journeys.user)
    put_into(journeys.lesson, example("case", **BODY), example("confidence", **BODY), example("key_message"))
    page.goto(journeys.lesson.url)
    expect(page.get_by_text(NOTE)).to_have_count(2)
    journeys.assert_no_violations(page)
    journeys.assert_fits(page)


def test_link_leads_past_the_block_by_keyboard(journeys: Journeys) -> None:
    page = journeys.new_page(user=journeys.user)
    put_into(journeys.lesson, example("case", **BODY), example("checklist"))
    page.goto(journeys.lesson.url)
    page.get_by_role("link", name="You can skip this part.").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox").first).to_be_focused()


def test_without_javascript_on_a_small_phone(journeys: Journeys) -> None:
    page = journeys.new_page(width=320, user=journeys.user, javascript=False)
    first, second = put_into(journeys.lesson, example("case", **BODY), example("key_message"))
    page.goto(journeys.lesson.url)
    journeys.assert_fits(page)
    page.get_by_role("link", name="You can skip this part.").click()
    assert page.url.endswith(f"#e-{first}")
    expect(page.locator(f"#b-{second}")).to_be_in_viewport()
