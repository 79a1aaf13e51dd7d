"""What learners keep for themselves, in a real browser: a list to tick, a text, the journal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Keyboard, Pointer
from tests.factories.practice import example

pytestmark = pytest.mark.browser
TEXT = "Next time I plan ten minutes more."


def tick(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_label("Plan a break"))
    hand.press(section.get_by_role("button", name="Save my list", exact=True))


def write(hand: Pointer, section: Locator) -> None:
    hand.write(section.get_by_role("textbox"), TEXT)
    hand.press(section.get_by_role("button", name="Save for myself", exact=True))


BLOCKS: dict[str, tuple[Callable[[Pointer, Locator], None], str, str]] = {
    "checklist": (tick, "Ticked: 1 of 4", ""),
    "reflection": (write, "What you wrote", "Save for myself"),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_by_keyboard_in_place(journeys: Journeys, name: str) -> None:
    journeys.by_keyboard(example(name), *BLOCKS[name][:2])


@pytest.mark.parametrize("name", BLOCKS)
def test_without_javascript_on_a_phone(journeys: Journeys, name: str) -> None:
    page = journeys.without_javascript(example(name), *BLOCKS[name][:2])
    expect(page.get_by_role("button", name="Print")).to_have_count(0)


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, name: str, width: int, dark: bool) -> None:
    journeys.axe_clean(example(name), BLOCKS[name][0], width, dark, verb=BLOCKS[name][2])


def test_text_is_deleted_in_the_lesson_by_keyboard(journeys: Journeys) -> None:
    page = journeys.by_keyboard(example("reflection"), write, TEXT)
    hand = Keyboard(page)
    hand.press(page.get_by_text("Change or delete it"))
    hand.press(page.get_by_text("Delete what you wrote"))
    hand.press(page.get_by_role("button", name="Delete for good"))
    expect(page.get_by_role("heading", name="You have deleted what you wrote here")).to_be_focused()


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_journal_reads_well_and_deletes(journeys: Journeys, width: int, dark: bool) -> None:
    page = journeys.new_page(width=width, dark=dark, user=journeys.user)
    write(Pointer(page), journeys._open(page, example("reflection")))
    page.get_by_role("link", name="My journal").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.locator(".journal__delete > summary").click()
    journeys._check(page)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Nothing is written here yet.")).to_be_visible()
    journeys._check(page)


def test_print_button_prints_its_own_block_alone(journeys: Journeys) -> None:
    page = journeys.new_page(user=journeys.user)
    section = journeys._open(page, example("checklist"))
    page.evaluate("() => { window.print = () => { window.printed = document.querySelector('[data-printed]').id; }; }")
    section.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == section.get_attribute("id")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).not_to_be_visible()
    expect(section.get_by_label("Plan a break")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
