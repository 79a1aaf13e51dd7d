"""The first course as it comes with the product, from its first lesson to its end: by keyboard alone, and without JavaScript."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from courses.models import CoursePage
from learning.models import Enrolment
from tests.browsing import DESKTOP, NewPage
from tests.e2e.learner import Keyboard, Learner, Pointer

pytestmark = pytest.mark.browser
CONTENT = Path(__file__).parents[2] / "content"
MOST_ACTS = 60  # in one lesson
HEAVIEST_PAGE = 100 * 1024  # bytes of HTML
NO_FIELDS = ["BUTTON", "FIELDSET", "OUTPUT"]
FIELDS = """(form, others) => [...new Set([...form.elements]
    .filter(e => e.name && !e.disabled && e.type !== 'hidden' && !others.includes(e.tagName)).map(e => e.name))]"""


class Finisher(Learner):
    """Answers whatever a lesson asks, whatever it is: what counts is that it can be answered at all."""

    def __init__(self, page: Page, hand: type[Pointer], assert_fits: Callable[[Page], None], **how: str) -> None:
        super().__init__(page, hand=hand, **how)
        self.assert_fits, self.tries = assert_fits, Counter()

    def finish(self, title: str) -> list[str]:
        """Lesson after lesson, until the course is done. Returns the titles of the lessons."""
        seen = []
        expect(self.page.locator("article.lesson")).to_be_visible()
        while self.page.locator("article.lesson").count():
            seen.append(self.page.get_by_role("heading", level=1).inner_text())
            assert len(set(seen)) == len(seen), f"{seen[-1]} comes back"
            self.lesson()
            expect(self.page.get_by_role("heading", level=1)).not_to_have_text(seen[-1])
        self.sees(title)
        return seen

    def lesson(self) -> None:
        self.assert_fits(self.page)
        assert len(self.page.content().encode()) <= HEAVIEST_PAGE, self.page.url
        missing = self.page.locator("#missing li")
        for _act in range(MOST_ACTS):
            if not missing.count():
                break
            address = missing.first.get_by_role("link").get_attribute("href")
            if address.startswith("#"):
                self.activity(address.removeprefix("#b-"))
            else:
                self.quiz()
        self.finish_lesson()

    def quiz(self) -> None:
        self.open_quiz()
        self.answer_quiz(rightly=True)
        self.assert_fits(self.page)
        self.follow("Back to the lesson")

    def activity(self, ident: str) -> None:
        """Give some answer, another one each time."""
        section = self.page.locator(f"#b-{ident}")
        form = section.locator("form.practice__form")
        self.open(section.locator("details.practice__again:not([open]) > summary"))
        self.open(form.locator("details:not([open]) > summary"))
        for place, name in enumerate(form.evaluate(FIELDS, NO_FIELDS)):
            self.fill(form.locator(f'[name="{name}"]'), place)
        self.tries[ident] += 1
        button = form.locator("button.button--primary").first
        if isinstance(self.hand, Keyboard):
            with self.page.expect_response(lambda response: f"/b/{ident}/" in response.url):
                self.hand.press(button)
            expect(section.locator("[data-focus]").first).to_be_focused()
        else:
            self.hand.press(button)
        expect(section.locator(".error-summary")).to_have_count(0)

    def open(self, summaries: Locator) -> None:
        for _one in range(summaries.count()):
            self.hand.press(summaries.first)

    def fill(self, controls: Locator, place: int) -> None:
        """The controls of one name, the ``place``-th of its form."""
        kind = controls.first.evaluate("e => e.tagName === 'SELECT' ? 'list' : e.type")
        if kind == "list":
            labels = controls.locator('option:not([value=""])').all_inner_texts()
            self.hand.pick(controls, labels[place % len(labels)])
        elif kind == "radio":
            section = controls.first.evaluate("e => e.closest('.block').id.slice(2)")
            self.hand.choose(controls.nth(self.tries[section] % controls.count()))
        elif kind == "checkbox":
            self.hand.choose(controls.first)
        else:
            self.hand.write(controls, "7" if kind == "number" else "One calm word")


@pytest.fixture
def course(site) -> CoursePage:
    call_command("import_course", str(CONTENT / "recognising"), verbosity=0)
    return CoursePage.objects.get(slug="recognising", locale__language_code="en")


WAYS = [
    pytest.param({"width": 320, "javascript": False}, Pointer, id="without-javascript"),
    pytest.param({"width": DESKTOP}, Keyboard, id="keyboard"),
]


@pytest.mark.parametrize(("window", "hand"), WAYS)
def test_a_learner_finishes_the_course(
    new_page: NewPage, course: CoursePage, learner, assert_fits: Callable[[Page], None], window: dict, hand: type[Pointer]
) -> None:
    page = new_page(**window, user=learner)
    person = Finisher(page, hand, assert_fits)
    page.goto(course.url)
    person.press("Start the course")
    lessons = person.finish(course.title)
    assert len(lessons) == sum(module.get_children().live().count() for module in course.get_children().live())
    expect(person.main).to_contain_text("You have finished the course. Well done.")
    assert Enrolment.objects.get(user=learner).completed_at
