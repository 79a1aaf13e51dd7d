"""What a learner does in a browser, step by step, in any language: with a pointer, or with the keyboard alone."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from quizzes.kinds import KINDS
from quizzes.models import Attempt
from tests.factories.quizzes import best_answer, wrong_answer

FACTORY_PASSWORD = "correct horse battery"  # of everybody whom a fixture makes
PASSWORD = "many calm words in a row"
QUESTION = re.compile(r"/attempts/([^/]+)/\d+/$")
MOST_TABS = 80  # that a reader has to press to get anywhere on one page


@dataclass
class Pointer:
    """A finger or a mouse."""

    page: Page

    def press(self, target: Locator) -> None:
        target.click()

    def choose(self, target: Locator) -> None:
        target.check()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def pick(self, target: Locator, label: str) -> None:
        """Choose the option that reads ``label`` in a select element."""
        target.select_option(label=label)


class Keyboard(Pointer):
    """Tab to reach something, Enter to press it, Space to choose, arrows inside a group of radio buttons, letters in a list."""

    def press(self, target: Locator) -> None:
        self._tab_to(target)
        self.page.keyboard.press("Enter")

    def choose(self, target: Locator) -> None:
        group = target.evaluate("e => e.type === 'radio' ? e.name : ''")
        if not group:
            self._tab_to(target)
            self.page.keyboard.press("Space")
            return
        self._tab_until(target, "(e) => document.activeElement.type === 'radio' && document.activeElement.name === e.name")
        for _step in range(target.evaluate("e => document.getElementsByName(e.name).length")):
            if target.evaluate("e => e === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def write(self, target: Locator, text: str) -> None:
        self._tab_to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def pick(self, target: Locator, label: str) -> None:
        self._tab_to(target)
        self.page.keyboard.type(label)
        expect(target.locator("option:checked")).to_have_text(label)

    def _tab_to(self, target: Locator) -> None:
        self._tab_until(target, "e => e === document.activeElement")

    def _tab_until(self, target: Locator, reached: str) -> None:
        for _step in range(MOST_TABS):
            if target.evaluate(reached):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target} on {self.page.url}")


class Learner:
    """Somebody at ``page`` who reads ``language``; every step ends on the page that it should lead to."""

    def __init__(self, page: Page, language: str = "en", hand: type[Pointer] = Pointer) -> None:
        self.page, self.language, self.hand = page, language, hand(page)
        self.main = page.get_by_role("main")

    def say(self, text: str) -> str:
        """``text`` of the interface as this person reads it."""
        with override(self.language):
            return gettext(text)

    def press(self, text: str) -> None:
        self.hand.press(self.main.get_by_role("button", name=self.say(text), exact=True))

    def follow(self, text: str) -> None:
        self.hand.press(self.main.get_by_role("link", name=self.say(text), exact=True))

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sign_up_from(self, course_url: str, email: str) -> None:
        """From the course page to its first lesson: two pages to fill in, then the lesson itself."""
        self.page.goto(course_url)
        self.press("Start the course")
        self.sees(self.say("Create your account"))
        self.hand.write(self.main.get_by_label(self.say("E-mail address")), email)
        self.hand.write(self.main.get_by_label(self.say("Password"), exact=True), PASSWORD)
        self.press("Continue")
        self.sees(self.say("About you"))
        self.hand.choose(self.main.get_by_label(self.say("Belgium"), exact=True))
        self.hand.choose(self.main.get_by_label(self.say("Guardian"), exact=True))
        self.press("Continue")

    def practise(self) -> None:
        """Say "I don't know yet" to each question of the lesson that is still open. What is for oneself may stay empty."""
        unsure = self.page.get_by_role("button", name=self.say("I don't know yet"), exact=True)
        still_open = self.main.locator("section.practice:not(:has(.practice__feedback))").filter(has=unsure)
        for left in range(still_open.count() - 1, -1, -1):
            self.hand.press(still_open.first.get_by_role("button", name=self.say("I don't know yet"), exact=True))
            expect(still_open).to_have_count(left)

    def finish_lesson(self) -> None:
        self.press("Mark as done and continue")

    def open_quiz(self) -> None:
        self.follow("Go to the quiz")
        self.press("Start")

    def answer_quiz(self, rightly: bool) -> None:
        """Answer every question of the open attempt and hand it in."""
        attempt = self.open_attempt()
        for position in range(attempt.resume_page(), attempt.length + 1):
            self.answer_question(attempt, position, rightly)
        self.sees(self.say("Check your answers"))
        self.press("Hand in")
        self.sees(self.say("You have passed" if rightly else "Not yet passed"))

    def open_attempt(self) -> Attempt:
        """The attempt of the question that is asked now."""
        expect(self.page).to_have_url(QUESTION)
        return Attempt.objects.get(public_id=QUESTION.search(self.page.url)[1])

    def answer_question(self, attempt: Attempt, position: int, rightly: bool = True) -> None:
        expect(self.page).to_have_url(re.compile(rf"/{position}/$"))
        snapshot = attempt.responses.get(position=position).snapshot
        kind = KINDS[snapshot["kind"]]
        answer = (best_answer if rightly else wrong_answer)(attempt, position)
        for field in kind.form(kind.shown(snapshot), initial=answer):
            self.give(self.main.locator(f'[name="{field.html_name}"]'), field.value())
        self.press("Continue")

    def give(self, controls: Locator, value: Any) -> None:
        """Fill in the controls of one name. Where nothing is right, as on a scale, take the first."""
        what = controls.first.evaluate("e => e.tagName === 'SELECT' ? 'list' : e.type")
        if what == "list":
            self.hand.pick(controls, controls.locator(f'option[value="{value}"]').inner_text())
        elif what == "radio" and value is None:
            self.hand.choose(controls.first)
        elif what in {"radio", "checkbox"}:
            for chosen in value if isinstance(value, list) else [value] if value else []:
                self.hand.choose(self.main.locator(f'input[name="{controls.first.get_attribute("name")}"][value="{chosen}"]'))
        else:
            self.hand.write(controls, str(value))


def sign_in(page: Page, email: str) -> None:
    """On the sign-in page, where whoever wants something is sent first."""
    main = page.get_by_role("main")
    main.get_by_label("E-mail address").fill(email)
    main.get_by_label("Password", exact=True).fill(FACTORY_PASSWORD)
    main.get_by_role("button", name="Sign in", exact=True).click()
