"""The journeys in a real browser that every kind of question is taken through. Ask for the fixture ``journeys``.

``answer(hand)`` is what a kind's own test brings: it answers the question on ``hand.page`` with the steps of
``tests.e2e.learner.Pointer`` only, so that it serves a pointer and the keyboard alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from quizzes.models import Quiz
from tests.browsing import NewPage
from tests.e2e.learner import MOST_TABS, Keyboard, Learner, Pointer
from tests.factories.quizzes import make_question, make_quiz, start_url

LOOKS = [(320, False), (320, True), (1280, False), (1280, True)]  # width in pixels, dark
Body = dict[str, Any]  # the raw block of a question, for example from tests.factories.kinds.example
Answer = Callable[[Pointer], None]

FOCUS_IS_SEEN = """() => {
  for (let e = document.activeElement; e && e.id !== "main"; e = e.parentElement) {
    const style = getComputedStyle(e);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true;
  }
  return false;
}"""
FOCUS_IS_IN_MAIN = "() => document.activeElement !== null && document.activeElement.closest('#main') !== null"


def quiz_of(body: Body, **fields: Any) -> Quiz:
    return make_quiz([make_question(body)], title="One question", **fields)


def explaining_each(body: Body) -> Quiz:
    """A quiz that explains each answer at once."""
    return quiz_of(body, behaviour="immediate")


def walk(page: Page) -> None:
    """Tab through the main part of the page and back: each stop shows its focus, and nothing keeps it."""
    page.locator("#main").focus()
    for key in ("Tab", "Shift+Tab"):
        for _step in range(MOST_TABS):
            page.keyboard.press(key)
            if not page.evaluate(FOCUS_IS_IN_MAIN) or page.evaluate("document.activeElement.id === 'main'"):
                break
            focused = page.evaluate("document.activeElement.outerHTML")
            assert page.evaluate(FOCUS_IS_SEEN), f"no visible focus: {focused}"
        else:
            raise AssertionError(f"{key} does not lead out of {page.url}")
    page.locator("#main").focus()


@dataclass
class Journeys:
    new_page: NewPage
    user: User
    assert_no_violations: Callable[[Page], None]
    assert_fits: Callable[[Page], None]

    def by_keyboard(self, body: Body, answer: Answer) -> Page:
        """From Start to the review with keys alone. Returns the page of the result."""
        learner = self._begin(self.new_page(user=self.user), quiz_of(body), Keyboard)
        walk(learner.page)
        return self._finish(learner, answer)

    def without_javascript(self, body: Body, answer: Answer) -> Page:
        """The same on a small phone without JavaScript; nothing is wider than the window. Returns the page of the result."""
        page = self.new_page(width=320, user=self.user, javascript=False)
        learner = self._begin(page, quiz_of(body), Pointer)
        self.assert_fits(page)
        result = self._finish(learner, answer)
        self.assert_fits(result)
        return result

    def axe_clean(self, body: Body, answer: Answer, width: int, dark: bool, *, may_be_empty: bool = False) -> None:
        """The question, its errors, its feedback and its review have no violations and fit.

        ``may_be_empty``: a kind that accepts Continue without anything chosen, so that there is no error to see.
        """
        page = self.new_page(width=width, dark=dark, user=self.user)
        learner = self._begin(page, explaining_each(body), Pointer)
        self._check(page)
        if not may_be_empty:
            learner.press("Continue")
            expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
            self._check(page)
        if learner.main.get_by_role("button", name="I don't know yet", exact=True).count():
            learner.press("I don't know yet")
        else:  # nothing is asked, or each part of the form says it for itself
            answer(learner.hand)
            learner.press("Continue")
        self._check(page)

        learner = self._begin(page, quiz_of(body), Pointer)
        self._check(self._finish(learner, answer))

    def _begin(self, page: Page, quiz: Quiz, hand: type[Pointer]) -> Learner:
        page.goto(start_url(quiz))
        learner = Learner(page, hand=hand)
        learner.press("Start")
        learner.sees("Question 1 of 1")
        return learner

    def _finish(self, learner: Learner, answer: Answer) -> Page:
        answer(learner.hand)
        learner.press("Continue")
        learner.sees("Check your answers")
        learner.press("Hand in")
        expect(learner.page.get_by_role("heading", name="Your answers", exact=True)).to_be_visible()
        return learner.page

    def _check(self, page: Page) -> None:
        self.assert_no_violations(page)
        self.assert_fits(page)
