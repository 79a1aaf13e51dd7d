"""Where readers find themselves after an answer: at what is new, in sight, with the rest of the lesson opened below."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import CoursePage, LessonPage
from learning.models import Enrolment
from tests.browsing import NewPage
from tests.factories.courses import block
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.browser
GATE = block("gate", None)


@pytest.fixture(params=["visitor", "learner"])
def reader(request: pytest.FixtureRequest, learner: User, course: CoursePage) -> User | None:
    if request.param == "visitor":
        return None
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return learner


def test_answer_without_script_leads_to_what_is_new(new_page: NewPage, reader: User | None, lessons: list[LessonPage]) -> None:
    *_pauses, decision, _after, _end = put_into(
        lessons[0], *(example("pause") for _ in range(6)), example("decision"), example("pause"), example("scenario")
    )
    page = new_page(width=320, javascript=False, user=reader)
    page.goto(lessons[0].url)
    section = page.locator(f"#p-{decision}")
    verb = section.get_by_role("button", name="Choose, and compare")

    verb.click()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(section.get_by_role("heading", name="There is a problem")).to_be_in_viewport(ratio=1)
    assert page.locator(".error-summary").count() == 1

    section.locator("label").first.click()
    verb.click()
    expect(section.get_by_role("heading", name="What an expert would say")).to_be_in_viewport(ratio=1)


def test_language_can_be_changed_on_a_page_that_an_answer_led_to(new_page: NewPage, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("checklist"))
    page = new_page(width=320, javascript=False)
    page.goto(lessons[0].url)
    page.get_by_role("button", name="Save my list").click()
    page.locator(".site-menu summary").click()
    page.get_by_role("link", name="Language and country").first.click()
    page.locator("main form label", has_text="Belgium").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Save my list")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_gate_opens_in_place(
    new_page: NewPage, reader: User | None, lessons: list[LessonPage], assert_no_violations, assert_fits, width: int, dark: bool
) -> None:
    first, _gate, _pause, ordering, _second, _timeline = put_into(
        lessons[0], example("checklist"), GATE, example("pause"), example("ordering"), GATE, example("timeline")
    )
    page = new_page(width=width, dark=dark, user=reader)
    page.goto(lessons[0].url)
    page.evaluate("window.stayed = true")
    assert page.locator(".pause").count() == 0

    page.get_by_role("button", name="Save my list").click()
    expect(page.locator(f"#p-{first} [data-focus]")).to_be_focused()
    expect(page.locator(".pause")).to_be_visible()
    expect(page.locator(".gate")).to_have_count(1)
    _checked(page, assert_no_violations, assert_fits)

    steps = page.locator(f"#p-{ordering}")
    _put_in_order(page, ordering)
    expect(page.locator("[data-timeline] select")).to_be_visible()
    expect(page.locator(".gate")).to_have_count(0)
    assert page.evaluate("window.stayed"), "the whole page was loaded again"
    assert page.evaluate("[...document.querySelectorAll('.block')].every((one) => one.parentElement.className === 'body')")
    _checked(page, assert_no_violations, assert_fits)

    steps.get_by_text("Try again").click()
    expect(steps.locator(".pick__moves button").first).to_be_visible()
    page.get_by_role("button", name="Save my list").click()  # once more: what stands below is left alone
    expect(page.locator(f"#p-{first} [data-focus]")).to_be_focused()
    expect(page.locator(".pause")).to_have_count(1)
    expect(steps.get_by_text("Try again")).to_be_visible()


def _put_in_order(page: Page, ordering: str) -> None:
    """By the buttons, which a block that came later has too: one press gives every step its number."""
    page.locator(f"#p-{ordering} .pick__moves button").last.click()
    page.locator(f"#p-{ordering}").get_by_role("button", name="Check").click()


def _checked(page: Page, assert_no_violations, assert_fits) -> None:
    assert_no_violations(page)
    assert_fits(page)
