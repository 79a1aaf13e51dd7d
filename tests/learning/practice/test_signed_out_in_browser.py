"""Somebody writes for long without a script, is signed out meanwhile, and loses nothing of it."""

import os

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import LessonPage
from learning.models import BlockState, Enrolment
from tests.browsing import NewPage
from tests.factories.accounts import PASSWORD
from tests.factories.practice import example, put_into

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "First I tell her who I am.\nThen I ask what she needs today."


@pytest.fixture
def lesson(learner: User, course, lessons: list[LessonPage]) -> LessonPage:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    put_into(lessons[1], example("reflection"))
    return lessons[1]


def send_signed_out(page: Page, lesson: LessonPage) -> None:
    """Write, and send it as a browser without scripts does, after the sign-in has ended."""
    page.goto(lesson.url)
    page.get_by_role("textbox").fill(TEXT)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    if page.evaluate("typeof window.htmx") == "undefined":
        page.get_by_role("button", name="Save for myself").click()
    else:
        page.locator(".practice__form").evaluate("form => form.submit()")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("Your answer is still here.")
    expect(page.get_by_role("textbox")).to_have_value(TEXT)


def test_text_is_sent_again_after_signing_in_beside_it(new_page: NewPage, learner: User, lesson: LessonPage) -> None:
    page = new_page(width=360, javascript=False, user=learner)
    send_signed_out(page, lesson)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in (new tab)").click()
    beside = opened.value
    beside.get_by_label("E-mail address").fill(learner.email)
    beside.get_by_label("Password", exact=True).fill(PASSWORD)
    beside.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(beside.get_by_role("main").get_by_role("button", name="Sign in", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Save for myself").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The page was open too long")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Kept for you")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Then I ask what she needs today.")
    assert BlockState.objects.get().state["text"].splitlines() == TEXT.splitlines()


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_page_can_be_read_by_everyone(
    new_page: NewPage, learner: User, lesson: LessonPage, assert_no_violations, assert_fits, width: int, dark: bool
) -> None:
    page = new_page(width=width, dark=dark, user=learner)
    send_signed_out(page, lesson)
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/signed-out-{width}.png", full_page=True)
    assert_no_violations(page)
    assert_fits(page)
