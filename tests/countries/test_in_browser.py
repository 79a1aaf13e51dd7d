"""In a real browser: looking at another country by keyboard and without JavaScript, axe by day and by night."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import LessonPage
from tests.browsing import NewPage
from tests.courses.blocks.journeys import LOOKS
from tests.factories.countries import EntryFactory, make_contact
from tests.factories.courses import block
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.browser


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    """Long enough that one has to come back to the box."""
    EntryFactory(law="Guardianship Act, art. 3", link="https://example.org/act", source="Example Office, 2026")
    EntryFactory(country="DE", language="de", state="confirmed", checked_on=localdate(), review_by=date(2026, 1, 1))
    make_contact("Child line", languages="fr, nl", link="https://example.org/a-rather-long-address-of-a-page-that-helps")
    make_contact("German line", country="DE", confirmed=True, checked_on=date(2026, 1, 5), words={"de": {"hours": "immer"}})
    much = block("text", "<p>A guardian speaks for the child.</p>" * 40)
    put_into(lessons[0], much, example("national"), example("contacts", kind="helpline"), much)
    return lessons[0]


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(
    new_page: NewPage,
    learner: User,
    lesson: LessonPage,
    assert_no_violations: Callable[[Page], None],
    assert_fits: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    page = new_page(width=width, dark=dark, user=learner)
    for address in (lesson.url, f"{lesson.url}?country=DE", f"{lesson.url}?country=TR"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('.look-at').forEach((part) => { part.open = true; })")
        assert_no_violations(page)
        assert_fits(page)


def test_another_country_by_keyboard_on_a_phone_without_javascript(
    new_page: NewPage, learner: User, lesson: LessonPage, assert_fits: Callable[[Page], None]
) -> None:
    page = new_page(width=320, javascript=False, user=learner)
    page.goto(lesson.url)
    box, national = page.locator(".block--national"), lesson.body[1].id
    expect(box.get_by_text("Rule of BE")).to_be_visible()
    box.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(box.get_by_label("Country")).to_be_focused()
    page.keyboard.type("Ger")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**?country=DE#b-{national}")
    expect(box.get_by_text("Rule of DE")).to_be_in_viewport()
    expect(box.get_by_text("Yours is Belgium.")).to_be_visible()
    expect(page.locator(".block--contacts").get_by_text("German line")).to_be_visible()
    assert_fits(page)
    box.get_by_label("Country").select_option("")
    box.get_by_role("button", name="Show").click()
    expect(box.get_by_text("Rule of BE")).to_be_in_viewport()
