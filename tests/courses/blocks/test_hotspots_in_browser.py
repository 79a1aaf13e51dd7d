"""Points on a picture in a real browser."""

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Keyboard, Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser
SEEN = "You have looked at every point."


def look_at_all(hand: Pointer, section: Locator) -> None:
    hand.press(section.get_by_role("button", name="I have looked at all of them"))


def test_by_keyboard_in_place(journeys: Journeys) -> None:
    journeys.by_keyboard(example("hotspots"), look_at_all, SEEN)


def test_number_leads_to_its_note_by_keyboard(journeys: Journeys) -> None:
    page = journeys.new_page(width=320, user=journeys.user)
    section = journeys._open(page, example("hotspots"))
    expect(section.locator(".points__note").first).to_have_css("list-style-type", "decimal")
    Keyboard(page).press(section.get_by_role("link", name="2: A cup for the child"))
    expect(section.locator(".points__note:target")).to_contain_text("A cup for the child")


def test_without_javascript_on_a_phone(journeys: Journeys) -> None:
    journeys.without_javascript(example("hotspots"), look_at_all, SEEN)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, width: int, dark: bool) -> None:
    journeys.axe_clean(example("hotspots"), look_at_all, width, dark, verb="")
