"""Dragging with a mouse and with a finger: it only sets the fields, which are saved as if they had been filled in by hand."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from quizzes.services import start_attempt
from tests.factories.kinds import example
from tests.factories.quizzes import make_question, make_quiz, question_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = "All answers on this page are saved."
CARDS = {
    "She must bring home a fixed sum each day": "A reason to look closer",
    "She speaks with a foreign accent": "Tells little by itself",
    "She has a new phone": "It depends",
}
STEPS = ["First", "Second", "Third", "Fourth"]
Point = tuple[float, float]


def middle(target: Locator) -> Point:
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@dataclass
class Mouse:
    page: Page

    def down(self, at: Point) -> None:
        self.page.mouse.move(*at)
        self.page.mouse.down()

    def move(self, at: Point) -> None:
        self.page.mouse.move(*at, steps=4)

    def up(self) -> None:
        self.page.mouse.up()


@dataclass
class Finger:
    page: Page

    def __post_init__(self) -> None:
        self.session: CDPSession = self.page.context.new_cdp_session(self.page)

    def _touch(self, kind: str, *points: Point) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def down(self, at: Point) -> None:
        self.at = at
        self._touch("touchStart", at)

    def move(self, at: Point) -> None:
        (x, y), (end_x, end_y) = self.at, at
        for n in range(1, 5):
            self._touch("touchMove", (x + (end_x - x) * n / 4, y + (end_y - y) * n / 4))
        self.at = at

    def up(self) -> None:
        self._touch("touchEnd")

    def lose(self) -> None:
        """What happens when a call comes in."""
        self._touch("touchCancel")


HANDS = [(Mouse, 1280), (Finger, 360)]


def row(page: Page, words: str) -> Locator:
    return page.locator(".pick").filter(has=page.locator(".pick__thing", has_text=words))


def lift(page: Page, hand: Mouse | Finger, words: str) -> None:
    """Take ``words`` by its handle, a little way."""
    handle = row(page, words).locator(".pick__handle")
    handle.scroll_into_view_if_needed()
    x, y = middle(handle)
    hand.down((x, y))
    hand.move((x + 12, y + 3))
    expect(page.locator(".carried")).to_have_text(words)


def into(page: Page, hand: Mouse | Finger, words: str, box: str) -> None:
    lift(page, hand, words)
    target = page.locator(".boxes__box", has_text=box)
    hand.move(middle(target))
    expect(target).to_have_attribute("data-over", "")
    hand.up()
    expect(page.locator(".boxes, .carried")).to_have_count(0)


def above(page: Page, hand: Mouse | Finger, words: str, other: str) -> None:
    """Drag the step ``words`` to the upper end of the step ``other``."""
    lift(page, hand, words)
    box = row(page, other).bounding_box()
    hand.move((box["x"] + 20, box["y"] + 4))
    hand.up()
    expect(page.locator(".carried")).to_have_count(0)


def places(page: Page) -> dict[str, str]:
    """What is chosen for each thing that has anything chosen."""
    script = """rows => rows.map(row => {
        const choice = row.querySelector('select')?.selectedOptions[0] ?? row.querySelector('input:checked')?.labels[0];
        return [row.querySelector('.pick__thing').textContent, choice?.textContent];
    })"""
    return {words: chosen for words, chosen in page.locator(".pick").evaluate_all(script) if chosen not in {None, "Choose"}}


@pytest.fixture
def asked(new_page, learner, site):
    """``asked(body, width=1280, height=1400)``: the page of a question, and its attempt."""

    def ask(body, width=1280, height=1400):
        attempt = start_attempt(user=learner, quiz=make_quiz([make_question(body)]))
        page = new_page(user=learner)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(question_url(attempt, 1))
        return page, attempt

    return ask


def ordering():
    return example("ordering", steps=[{"text": text, "feedback": ""} for text in STEPS])


def seen(page: Page) -> list[str]:
    return page.locator(".picks .pick__thing").all_inner_texts()


def stored(page: Page, attempt) -> dict | None:
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    return attempt.responses.get(position=1).answer


@pytest.mark.parametrize(("pointer", "width"), HANDS)
def test_steps_are_put_in_order_and_stored(asked, pointer, width):
    page, attempt = asked(ordering(), width=width)
    hand = pointer(page)
    for place, step in enumerate(STEPS):
        if seen(page)[place] != step:
            above(page, hand, step, seen(page)[place])
    assert seen(page) == STEPS
    assert places(page) == {step: str(n) for n, step in enumerate(STEPS, start=1)}
    snapshot = attempt.responses.get(position=1).snapshot
    assert stored(page, attempt) == {"order": snapshot["order"]}


@pytest.mark.parametrize(("pointer", "width"), HANDS)
def test_cards_go_into_boxes_and_are_stored(asked, pointer, width):
    page, attempt = asked(example("categorise"), width=width)
    hand = pointer(page)
    for card, box in CARDS.items():
        into(page, hand, card, box)
    assert places(page) == CARDS
    snapshot = attempt.responses.get(position=1).snapshot
    chosen = {card["id"]: card["box"] for card in snapshot["cards"] if card["text"] in CARDS}
    assert stored(page, attempt) == {"cards": chosen}


def test_what_fits_is_dragged_onto_a_line(asked):
    page, attempt = asked(example("matching"))
    into(page, Mouse(page), "Time to recover and reflect", "Article 13")
    page.get_by_label("The age is uncertain").select_option(label=option(page, "Article 10"))
    chosen = {words: text.partition(" ")[2] for words, text in places(page).items()}
    assert chosen == {"Time to recover and reflect": "Article 13", "The age is uncertain: presume a child": "Article 10"}
    assert len(stored(page, attempt)["pairs"]) == 2


def option(page: Page, words: str) -> str:
    return page.locator(".pick option", has_text=words).first.inner_text()


def test_a_drag_that_is_given_up_changes_nothing(asked):
    page, _attempt = asked(ordering())
    finger, before = Finger(page), seen(page)
    for give_up in (finger.lose, lambda: page.keyboard.press("Escape")):
        lift(page, finger, before[3])
        finger.move(middle(row(page, before[0])))
        expect(page.locator(".picks .pick__thing").first).not_to_have_text(before[0])
        give_up()
        expect(page.locator(".carried")).to_have_count(0)
        assert seen(page) == before and places(page) == {}
    finger.up()

    page, _attempt = asked(example("categorise"))
    mouse = Mouse(page)
    lift(page, mouse, "She has a new phone")
    mouse.move(middle(page.get_by_role("heading", level=1)))
    mouse.up()
    expect(page.locator(".boxes")).to_have_count(0)
    assert places(page) == {}


def test_the_page_moves_along_when_a_step_is_dragged_to_its_end(asked):
    page, _attempt = asked(ordering(), width=360, height=600)
    mouse, top = Mouse(page), seen(page)[0]
    lift(page, mouse, seen(page)[3])
    mouse.move((100, 5))
    expect(row(page, top)).to_be_in_viewport()
    mouse.up()
    assert places(page)[top] == "2"


def test_the_handles_are_for_pointers_alone(asked, assert_no_violations, assert_fits):
    page, _attempt = asked(example("categorise"), width=320)
    handles = page.locator(".pick__handle")
    expect(handles).to_have_count(4)
    assert handles.evaluate_all("all => all.every(each => each.ariaHidden === 'true' && each.tabIndex < 0)")
    assert_no_violations(page)
    assert_fits(page)
