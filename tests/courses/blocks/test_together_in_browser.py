"""Blocks that many fill together, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser


def vote(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_label("About once a month"))
    hand.press(section.get_by_role("button", name="Send my answer", exact=True))


def give_words(hand: Pointer, section: Locator) -> None:
    hand.write(section.get_by_label("Word 1"), "patience")
    hand.write(section.get_by_label("Word 2"), "time")
    hand.press(section.get_by_role("button", name="Send my words", exact=True))


def give_an_idea(hand: Pointer, section: Locator) -> None:
    hand.write(section.get_by_role("textbox"), "I bring two cups and let the child choose one.")
    hand.press(section.get_by_role("button", name="Send my idea", exact=True))


BLOCKS: dict[str, tuple[Callable[[Pointer, Locator], None], str, str]] = {
    "poll": (vote, "Your answer is counted.", "Send my answer"),
    "words": (give_words, "A trainer reads what you sent before others see it.", "Send my words"),
    "ideas": (give_an_idea, "A trainer reads what you sent before others see it.", "Send my idea"),
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
