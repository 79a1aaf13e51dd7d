"""Practice blocks without a right answer, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser


def say_how_sure(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_label("Fairly sure"))
    hand.press(section.get_by_role("button", name="Save my answer", exact=True))


def decide(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_label("Take the phone away"))
    hand.press(section.get_by_role("button", name="Choose, and compare", exact=True))


BLOCKS: dict[str, tuple[Callable[[Pointer, Locator], None], str, str]] = {
    "confidence": (say_how_sure, "You said: Fairly sure", "Save my answer"),
    "decision": (decide, "What an expert would say", "Choose, and compare"),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_by_keyboard_in_place(journeys: Journeys, name: str) -> None:
    journeys.by_keyboard(example(name), *BLOCKS[name][:2])


@pytest.mark.parametrize("name", BLOCKS)
def test_without_javascript_on_a_phone(journeys: Journeys, name: str) -> None:
    journeys.without_javascript(example(name), *BLOCKS[name][:2])


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, name: str, width: int, dark: bool) -> None:
    journeys.axe_clean(example(name), BLOCKS[name][0], width, dark, verb=BLOCKS[name][2])
