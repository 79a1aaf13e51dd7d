"""The journeys in a real browser that every practice block is taken through. Ask for the fixture ``journeys``.

``answer(hand, section)`` is what a block's own test brings: it answers in ``section`` with the steps of
``tests.e2e.learner.Pointer`` only, so that it serves a pointer and the keyboard alike, and presses the button itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from courses.models import CoursePage, LessonPage
from learning.models import Enrolment
from tests.browsing import NewPage
from tests.e2e.learner import Keyboard, Pointer
from tests.factories.practice import put_into

LOOKS = [(320, False), (320, True), (1280, False), (1280, True)]  # width in pixels, dark
Answer = Callable[[Pointer, Locator], None]


@dataclass
class Journeys:
    new_page: NewPage
    user: User
    lesson: LessonPage
    assert_no_violations: Callable[[Page], None]
    assert_fits: Callable[[Page], None]

    def by_keyboard(self, body: dict[str, Any], answer: Answer, told: str) -> Page:
        """Answer with keys alone. The block changes in place, ``told`` is read, and the focus is on what is new."""
        page = self.new_page(user=self.user)
        section = self._open(page, body)
        page.evaluate("window.stayed = true")
        answer(Keyboard(page), section)
        expect(section.get_by_text(told).first).to_be_visible()
        assert page.evaluate("window.stayed"), "the whole page was loaded again"
        expect(section.locator("[data-focus]").first).to_be_focused()
        return page

    def without_javascript(self, body: dict[str, Any], answer: Answer, told: str) -> Page:
        """The same on a small phone without JavaScript, and after a reload; nothing is wider than the window."""
        page = self.new_page(width=320, user=self.user, javascript=False)
        section = self._open(page, body)
        self.assert_fits(page)
        answer(Pointer(page), section)
        expect(section.get_by_text(told).first).to_be_visible()
        self.assert_fits(page)
        page.goto(self.lesson.url)
        expect(section.get_by_text(told).first).to_be_visible()
        return page

    def axe_clean(self, body: dict[str, Any], answer: Answer, width: int, dark: bool, *, verb: str = "Check") -> None:
        """The block, its errors and its feedback have no violations and fit. ``verb``: empty where nothing can be missing."""
        page = self.new_page(width=width, dark=dark, user=self.user)
        section = self._open(page, body)
        self._check(page)
        if verb:
            section.get_by_role("button", name=verb, exact=True).click()
            expect(section.locator(".error-summary")).to_be_focused()
            self._check(page)
        answer(Pointer(page), section)
        expect(section.locator(".practice__feedback")).to_be_visible()
        self._check(page)

    def _open(self, page: Page, body: dict[str, Any]) -> Locator:
        put_into(self.lesson, body)
        page.goto(self.lesson.url)
        return page.locator(f"#p-{body['id']}")

    def _check(self, page: Page) -> None:
        self.assert_no_violations(page)
        self.assert_fits(page)


@pytest.fixture
def journeys(
    new_page: NewPage,
    learner: User,
    course: CoursePage,
    lessons: list[LessonPage],
    assert_no_violations: Callable[[Page], None],
    assert_fits: Callable[[Page], None],
) -> Journeys:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return Journeys(new_page, learner, lessons[0], assert_no_violations, assert_fits)
