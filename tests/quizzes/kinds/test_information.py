"""Something to read between questions."""

import pytest
from playwright.sync_api import expect

from quizzes.kinds import Show, Verdict
from tests.factories.kinds import example
from tests.factories.pictures import make_picture
from tests.quizzes.kinds.asking import CANARY, NOTHING, answer_of, frozen, may_be_drafted, offered, page_after, pages_before, told
from tests.quizzes.kinds.journeys import LOOKS

pytestmark = pytest.mark.django_db


def information(**fields):
    return example("information", **fields)


def test_messages_to_editors():
    assert told(information()) == []
    assert told(information(text="")) == [", text: This field is required."] and may_be_drafted(information(text=""))


def test_the_whole_text_is_shown_as_it_was_written():
    kind, snapshot = frozen(information(text="<p>Look at this:</p><ul><li>one</li><li>two</li></ul>", image=make_picture()))
    shown = kind.shown(snapshot)
    assert shown["lead"] == "<p>Look at this:</p><ul><li>one</li><li>two</li></ul>" and shown["image"]["alt"]


def test_going_on_is_the_answer():
    kind, snapshot = frozen(information())
    assert answer_of(kind, snapshot) == {"read": True} and answer_of(kind, snapshot, draft=True) == {"read": True}
    assert answer_of(kind, snapshot, ("q-read", "x" * 100_000), ("q-choice", "1")) == {"read": True}
    assert not kind.form(kind.shown(snapshot), initial={"read": True}).is_bound


def test_nothing_is_asked_and_nothing_is_counted():
    kind, snapshot = frozen(information())
    assert not kind.asks and not kind.graded
    for given in ({"read": True}, None, {"unexpected": 1}):
        assert (kind.mark(snapshot, given).fraction, kind.mark(snapshot, given).verdict) == (0, Verdict.NOTED)
    assert kind.explain(snapshot, {"read": True}, Show()) is kind.explain(snapshot, {"read": True}, NOTHING) is None
    assert kind.said(snapshot, kind.best_answer(snapshot)) == "read" and kind.said(snapshot, None) == ""


def test_the_explanation_is_for_afterwards_and_there_is_nothing_not_to_know(client_for, learner, site):
    body = information(explanation=f"<p>{CANARY}</p>")
    seen = list(pages_before(client_for(learner), body))
    assert not any(CANARY in page for page in seen) and "I don't know yet" not in seen[0]
    assert CANARY in page_after(client_for(learner), body, {})


def test_translators_get_words_alone(site):
    assert offered(information(text="<p>The next three questions.</p>")) == ["The next three questions."]


# --- In a browser -------------------------------------------------------------------------------------------------------
def go_on(hand):
    expect(hand.page.get_by_text("Imagine a quiet room")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    expect(journeys.by_keyboard(information(), go_on).get_by_text("Nothing was asked here.")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    expect(journeys.without_javascript(information(), go_on).get_by_text("Nothing was asked here.")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(information(), go_on, width, dark, may_be_empty=True)
