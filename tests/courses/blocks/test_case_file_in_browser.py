"""The case file in a real browser: by keyboard, without JavaScript, and for axe."""

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser


def give(hand: Pointer, section: Locator, text: str) -> None:
    hand.choose(section.get_by_label(text, exact=True))
    hand.press(section.get_by_role("button", name="Check", exact=True))


def read_it(hand: Pointer, section: Locator) -> None:
    give(hand, section, "As an adult, since she says so")
    expect(section.get_by_text("Think of what a mistake")).to_be_visible()
    give(hand, section, "As a child")
    expect(section.get_by_text("You still owe me")).to_be_visible()
    give(hand, section, "A debt, and somebody who gives orders")
    expect(section.get_by_text("The file is read")).to_be_visible()


def one_wrong(hand: Pointer, section: Locator) -> None:
    give(hand, section, "As an adult, since she says so")


def test_by_keyboard_in_place(journeys: Journeys) -> None:
    journeys.by_keyboard(example("case_file"), read_it, "No single paper proves anything.")


def test_without_javascript(journeys: Journeys) -> None:
    page = journeys.without_javascript(example("case_file"), read_it, "No single paper proves anything.")
    page.get_by_role("link", name="Open the whole file").click()
    expect(page.get_by_text("What does the message add?")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe(journeys: Journeys, width: int, dark: bool) -> None:
    journeys.axe_clean(example("case_file"), one_wrong if dark else read_it, width, dark)
