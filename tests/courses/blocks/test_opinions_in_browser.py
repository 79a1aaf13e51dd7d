"""Practice blocks without a right answer, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from accounts.models import User
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment
from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.practice import example, put_into

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


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_numbers_of_colleagues_are_words_that_fit(journeys: Journeys, width: int, dark: bool) -> None:
    page = journeys.new_page(width=width, dark=dark, user=journeys.user)
    put_into(journeys.lesson, example("decision"))
    journeys.lesson.refresh_from_db()
    piece = pieces_of(journeys.lesson)[0]
    for n in range(10):
        user = User.objects.create_user(f"person-{n}@example.org")
        enrolment = Enrolment.objects.create(user=user, course_key=Enrolment.objects.first().course_key)
        state = {"option": piece.material["options"][n % 2]["id"]}
        place = {"enrolment": enrolment, "lesson_key": journeys.lesson.translation_key, "block_id": piece.ident}
        BlockState.objects.create(**place, kind=piece.name, state=state, done_at=enrolment.started_at)
    page.goto(journeys.lesson.url)
    section = page.locator(f"#p-{piece.ident}")
    decide(Pointer(page), section)
    expect(section.get_by_text("5 of 11").first).to_be_visible()
    expect(section.get_by_text("1 of 11")).to_be_visible()
    journeys.assert_no_violations(page)
    journeys.assert_fits(page)
