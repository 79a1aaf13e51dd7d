"""The film with stops in a real browser: it pauses and goes on; without script the list of stops serves."""

import pytest
from playwright.sync_api import Locator, expect

from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.e2e.learner import Pointer
from tests.factories.films import make_captions, make_film
from tests.factories.practice import example

pytestmark = pytest.mark.browser


def film() -> dict:
    return example("video_stops", file=make_film(), captions=make_captions())


def give(hand: Pointer, section: Locator) -> None:
    hand.choose(section.get_by_label("She waits"))
    hand.press(section.get_by_role("button", name="Check", exact=True))


def test_by_keyboard_in_place(journeys: Journeys) -> None:
    journeys.by_keyboard(film(), give, "Silence is an answer, too.")


def test_without_javascript(journeys: Journeys) -> None:
    page = journeys.without_javascript(film(), give, "Silence is an answer, too.")
    expect(page.get_by_text("0:40")).to_be_visible()
    expect(page.get_by_role("button", name="Go on with the film")).to_have_count(0)


def test_film_pauses_at_its_stop_and_goes_on(journeys: Journeys) -> None:
    body = film()
    body["value"]["stops"][0]["value"]["at"] = "0:01"
    page = journeys.new_page(user=journeys.user)
    section = journeys._open(page, body)
    section.locator("video").evaluate("film => film.play()")
    expect(section.get_by_role("heading", name="0:01 How she begins")).to_be_focused()
    assert section.locator("video").evaluate("film => film.paused && film.currentTime >= 1")
    section.get_by_role("button", name="Go on with the film").click()
    expect(section.get_by_role("button", name="Go on with the film")).to_have_count(0)
    section.locator("video").evaluate("film => film.ended || new Promise((done) => film.addEventListener('ended', done))")


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe(journeys: Journeys, width: int, dark: bool) -> None:
    journeys.axe_clean(film(), give, width, dark)
