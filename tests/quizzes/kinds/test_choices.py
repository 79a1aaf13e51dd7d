"""The kinds with choices in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.factories.kinds import example
from tests.quizzes.kinds.journeys import LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RIGHT = {
    "single_choice": ["Nobody"],
    "multiple_response": ["An adult keeps the passport", "The child owes money for the journey"],
    "true_false": ["False"],
}


def answering(kind):
    def answer(hand):
        for label in RIGHT[kind]:
            hand.choose(hand.page.get_by_label(label))

    return answer


@pytest.mark.parametrize("kind", RIGHT)
def test_by_keyboard_alone(journeys, kind):
    page = journeys.by_keyboard(example(kind), answering(kind))
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.parametrize("kind", RIGHT)
def test_without_javascript_on_a_small_phone(journeys, kind):
    page = journeys.without_javascript(example(kind), answering(kind))
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.parametrize("kind", RIGHT)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, kind, width, dark):
    journeys.axe_clean(example(kind), answering(kind), width, dark)
