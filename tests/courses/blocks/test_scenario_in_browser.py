"""The branching scenario in a real browser: by keyboard, without JavaScript, back and forth, and for axe."""

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser


def choose(hand: Pointer, section: Locator, text: str) -> None:
    hand.choose(section.get_by_label(text))
    hand.press(section.get_by_role("button", name="Go on", exact=True))


def to_the_end(hand: Pointer, section: Locator) -> None:
    choose(hand, section, "Begin with everyone")
    expect(section.get_by_role("heading", name="Step 2")).to_be_visible()
    choose(hand, section, "Finish the form together")


def test_by_keyboard_in_place(journeys: Journeys) -> None:
    journeys.by_keyboard(example("scenario"), to_the_end, "Signs of control call for safety measures")


def test_without_javascript(journeys: Journeys) -> None:
    page = journeys.without_javascript(example("scenario"), to_the_end, "Signs of control call for safety measures")
    expect(page.get_by_text("The form can wait.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_back_of_the_browser_shows_the_earlier_step(journeys: Journeys, javascript: bool) -> None:
    page = journeys.new_page(user=journeys.user, javascript=javascript)
    section = journeys._open(page, example("scenario"))
    to_the_end(Pointer(page), section)
    expect(section.get_by_text("A hard ending")).to_be_visible()
    page.go_back()
    expect(section.get_by_role("heading", name="Step 2")).to_be_visible()
    expect(section.get_by_label("Finish the form together")).to_be_visible()
    page.go_forward()
    expect(section.get_by_text("A hard ending")).to_be_visible()
    page.go_back()
    choose(Pointer(page), section, "Stop here")
    expect(section.get_by_text("The man leaves the room.")).to_be_visible()
    expect(section.locator("input:checked")).to_have_count(0)
    section.get_by_role("button", name="Start again").click()
    expect(section.get_by_role("heading", name="Step 1")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe(journeys: Journeys, width: int, dark: bool) -> None:
    journeys.axe_clean(example("scenario"), to_the_end, width, dark, verb="Go on")
