"""Practice blocks that are questions. Their kinds are walked through in tests/quizzes/kinds, the way of a lesson here."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser


def sort_cards(hand: Pointer, section: Locator) -> None:
    for row in section.locator("fieldset.pick").all():
        hand.choose(row.get_by_label("It depends"))
    hand.press(section.get_by_role("button", name="Check", exact=True))


def order_steps(hand: Pointer, section: Locator) -> None:
    for place, field in enumerate(section.locator("select").all(), start=1):
        hand.pick(field, str(place))
    hand.press(section.get_by_role("button", name="Check", exact=True))


def choose_one(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_label("Nobody"))
    hand.press(section.get_by_role("button", name="Check", exact=True))


def mark_phrases(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_role("checkbox").first)
    hand.press(section.get_by_role("button", name="Check", exact=True))


BLOCKS: dict[str, tuple[Callable[[Pointer, Locator], None], str]] = {
    "card_sort": (sort_cards, "Being watched is a sign of control."),
    "ordering": (order_steps, "Safety and immediate needs come first."),
    "question": (choose_one, "Your answer, and a right one"),
    "annotate": (mark_phrases, "Why"),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_by_keyboard_in_place(journeys: Journeys, name: str) -> None:
    journeys.by_keyboard(example(name), *BLOCKS[name])


@pytest.mark.parametrize("name", BLOCKS)
def test_without_javascript_on_a_phone(journeys: Journeys, name: str) -> None:
    journeys.without_javascript(example(name), *BLOCKS[name])


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, name: str, width: int, dark: bool) -> None:
    journeys.axe_clean(example(name), BLOCKS[name][0], width, dark)


def test_answer_survives_a_lost_connection(journeys: Journeys) -> None:
    page = journeys.new_page(user=journeys.user)
    section = journeys._open(page, example("question"))
    section.get_by_label("Nobody").check()
    page.context.set_offline(True)
    section.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("No connection. Your answers are still here.")).to_be_visible()
    expect(section.get_by_label("Nobody")).to_be_checked()
    page.context.set_offline(False)
    section.get_by_role("button", name="Check", exact=True).click()
    expect(section.get_by_text("Your answer, and a right one")).to_be_visible()
