"""Trainers let words and ideas through: with the keyboard alone, on a phone, in dark colours."""

import os

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from courses.models import LessonPage
from learning.models import Contribution
from tests.browsing import NewPage
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.browser
LONG = "I say first what I shall not ask today. Then I bring two cups, and the child chooses one of them before we sit down."


def tab_to(page: Page, locator: Locator, most: int = 80) -> None:
    """Press Tab until ``locator`` has the focus."""
    for _n in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_texts_are_shown_by_keyboard(
    new_page: NewPage,
    trainer: User,
    lessons: list[LessonPage],
    assert_no_violations,
    assert_nothing_cut_off,
    width: int,
    dark: bool,
) -> None:
    words, ideas = put_into(lessons[1], example("words"), example("ideas"))
    place = {"lesson_key": lessons[1].translation_key, "language": "en"}
    for text in ("patience", "patience", "time"):
        Contribution.objects.create(**place, block_id=words, kind="words", text=text)
    Contribution.objects.create(**place, block_id=ideas, kind="ideas", text=LONG)
    page = new_page(width=width, dark=dark, user=trainer)

    def look(name: str) -> None:
        if os.environ.get("LOOK"):
            page.screenshot(path=f"{os.environ['LOOK']}/moderation-{name}-{width}.png", full_page=True)
        assert_no_violations(page, "#main")
        assert_nothing_cut_off(page)

    page.goto("/admin/learning/words/")
    look("index")
    tab_to(page, page.get_by_role("link", name=lessons[1].title))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What does a child need from you")).to_be_visible()
    look("waiting")
    tab_to(page, page.get_by_label("patience"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Show the ticked ones"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 texts are shown now.")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Tick all on this page"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("time")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Hide the ticked ones"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    page.reload()  # without the message, whose colours are still coming in
    look("empty")
    page.get_by_role("link", name="Hidden").click()
    expect(page.get_by_role("button", name="Delete the ticked ones for good")).to_be_visible()
    look("hidden")
