"""Flashcards and memory in a real browser; cards of memory by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser
PAIRS = {
    "Smuggling": "Helping someone to cross a border for money",
    "Trafficking": "An act with the purpose of exploitation",
    "Debt bondage": "Working off a debt that never ends",
    "Referral": "Passing a case to the service that can help",
}


def go_through_cards(hand: Pointer, section: Locator) -> None:
    for place, card in enumerate(section.locator("details.flashcard").all()):
        if card.get_attribute("open") is None:  # an error opens its card
            hand.press(card.locator("summary"))
        hand.choose(card.get_by_label("Not yet" if place else "I knew it"))
    hand.press(section.get_by_role("button", name="Save my pile", exact=True))


def choose_from_lists(hand: Pointer, section: Locator) -> None:
    if not section.get_by_label("Smuggling", exact=True).is_visible():  # an error opens the lists
        hand.press(section.get_by_text("Choose from lists"))
    for word, meaning in PAIRS.items():
        field = section.get_by_label(word, exact=True)
        hand.pick(field, field.locator("option", has_text=meaning).inner_text())
    hand.press(section.get_by_role("button", name="Check", exact=True))


def look_at_all(hand: Pointer, section: Locator) -> dict[str, Locator]:
    """Turn over one card after the other and back again; returns the cards by what they say."""
    found = {}
    for card in section.locator(".memory__card").all():
        hand.press(card)
        found[card.inner_text()] = card
        hand.press(card)
    return found


def keep(hand: Pointer, section: Locator, *cards: Locator) -> None:
    for card in cards:
        hand.press(card)
    expect(section.get_by_role("button", name="Yes, keep them together")).to_be_focused()
    hand.press(section.get_by_role("button", name="Yes, keep them together"))


def find_pairs(hand: Pointer, section: Locator) -> None:
    found = look_at_all(hand, section)
    for word, meaning in PAIRS.items():
        keep(hand, section, found[word], found[meaning])
    expect(section.get_by_text("Every card has its pair.")).to_be_visible()
    hand.press(section.get_by_role("button", name="Check", exact=True))


BLOCKS: dict[str, tuple[Callable[[Pointer, Locator], None], str, str]] = {
    "flashcards": (go_through_cards, "You know 1 of 3 cards", "Save my pile"),
    "memory": (choose_from_lists, "Right", "Check"),
}


@pytest.mark.parametrize(
    ("name", "act"), [("flashcards", go_through_cards), ("memory", find_pairs)], ids=["flashcards", "memory"]
)
def test_by_keyboard_in_place(journeys: Journeys, name: str, act: Callable) -> None:
    journeys.by_keyboard(example(name), act, BLOCKS[name][1])


@pytest.mark.parametrize("name", BLOCKS)
def test_without_javascript_on_a_phone(journeys: Journeys, name: str) -> None:
    journeys.without_javascript(example(name), *BLOCKS[name][:2])


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, name: str, width: int, dark: bool) -> None:
    journeys.axe_clean(example(name), BLOCKS[name][0], width, dark, verb=BLOCKS[name][2])


def test_cards_only_set_the_lists_and_can_be_parted(journeys: Journeys, assert_no_violations, assert_fits) -> None:
    page = journeys.new_page(width=320, user=journeys.user)
    section = journeys._open(page, example("memory"))
    hand, kept = Pointer(page), section.locator("[data-state=kept]")
    field = section.get_by_label("Referral", exact=True)
    found = look_at_all(hand, section)
    expect(field).not_to_be_visible()
    keep(hand, section, found[PAIRS["Referral"]], found["Referral"])
    expect(kept).to_have_count(2)
    expect(field.locator("option:checked")).to_contain_text(PAIRS["Referral"])
    assert_no_violations(page)
    assert_fits(page)
    hand.press(kept.first)
    expect(kept).to_have_count(0)
    expect(field).to_have_value("")


def test_two_words_are_no_pair(journeys: Journeys) -> None:
    page = journeys.new_page(user=journeys.user)
    section = journeys._open(page, example("memory"))
    found = look_at_all(Pointer(page), section)
    found["Referral"].click()
    found["Smuggling"].click()
    expect(section.get_by_text("These are two words.")).to_be_visible()
    expect(section.locator(".memory__question")).not_to_be_visible()
    found["Trafficking"].click()
    expect(section.locator("[data-state=open]")).to_have_count(1)
