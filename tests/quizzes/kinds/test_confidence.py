"""A scale from 1 on which learners say how sure they are."""

import json

import pytest
from playwright.sync_api import expect

from quizzes.kinds import Show, Verdict
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import (
    CANARY,
    NOTHING,
    answer_of,
    errors_of,
    frozen,
    may_be_drafted,
    offered,
    page_after,
    pages_before,
    told,
)
from tests.quizzes.kinds.journeys import LOOKS

pytestmark = pytest.mark.django_db


def confidence(**fields):
    return example("confidence", **fields)


def test_messages_to_editors():
    assert told(confidence()) == [] and told(confidence(steps=3)) == [] and told(confidence(steps=7)) == []
    for steps in (2, 8, None):
        [problem] = told(confidence(steps=steps))
        assert problem.startswith(", steps: ")
    assert told(confidence(low="")) == [", low: This field is required."]
    assert may_be_drafted(confidence(low="", steps=None))


def test_a_draft_without_steps_can_be_previewed():
    kind, snapshot = frozen(confidence(steps=None))
    assert len(kind.form(kind.shown(snapshot)).rows) == 5


@pytest.mark.parametrize("steps", [3, 7])
def test_form_keeps_a_step_of_the_scale_and_no_other(steps):
    kind, snapshot = frozen(confidence(steps=steps))
    assert json.loads(json.dumps(snapshot)) == snapshot
    assert answer_of(kind, snapshot, ("q-level", str(steps))) == {"level": steps}
    for invented in (str(steps + 1), "0", "-1", "2.5", "two", "1" * 100_000):
        assert "Choose a step" in errors_of(kind, snapshot, ("q-level", invented))[0]
    assert errors_of(kind, snapshot) == ["Choose a step of the scale. If you cannot say, press “I don't know yet”."]
    assert answer_of(kind, snapshot, draft=True) is None
    assert answer_of(kind, snapshot, ("p-level", "2"), draft=True, prefix="p") == {"level": 2}
    again = str(kind.form(kind.shown(snapshot), initial={"level": 2})["level"])
    assert again.count("checked") == 1 and 'value="2"' in again.split("checked")[0].rsplit("<input", 1)[1]


def test_both_ends_are_in_words():
    kind, snapshot = frozen(confidence(steps=3))
    assert [(level, words) for level, words, _control in kind.form(kind.shown(snapshot)).rows] == [
        (1, "not sure at all"), (2, ""), (3, "completely sure")]  # fmt: skip


def test_nothing_is_right_and_nothing_is_counted():
    kind, snapshot = frozen(confidence())
    assert not kind.graded and kind.best_answer(snapshot) is None
    for given in ({"level": 5}, {"level": "tampered"}, None):
        assert (kind.mark(snapshot, given).fraction, kind.mark(snapshot, given).verdict) == (0, Verdict.NOTED)
    assert [part.said for part in kind.explain(snapshot, {"level": 2}, Show())] == ["2 of 5"]
    assert kind.explain(snapshot, {"level": 2}, NOTHING) == kind.explain(snapshot, {"level": 2}, Show())
    assert kind.said(snapshot, {"level": 5}) == "5 of 5 (completely sure)" and kind.said(snapshot, None) == ""
    assert [part.right for part in kind.parts(snapshot, {"level": 1})] == [None]


def test_the_explanation_is_for_afterwards(client_for, learner, site):
    body = confidence(explanation=f"<p>{CANARY}</p>")
    seen = list(pages_before(client_for(learner), body, {"q-level": "4"}, {"q-level": "9"}))
    assert not any(CANARY in page for page in seen) and "There is no right answer here." in seen[0]
    after = page_after(client_for(learner), body, {"q-level": "4"})
    assert CANARY in after and "4 of 5" in after and "Noted: nothing here is right or wrong" in after


def test_translators_get_words_alone(site):
    texts = offered(confidence())
    assert {"not sure at all", "completely sure"} <= set(texts) and not {text for text in texts if text.isdigit()}


# --- In a browser -------------------------------------------------------------------------------------------------------
def choose(hand):
    hand.choose(hand.page.get_by_role("radio", name="5 – completely sure"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(confidence(), choose)
    expect(page.get_by_text("5 of 5 (completely sure)")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    def answer(hand):
        hand.choose(hand.page.get_by_role("radio", name="1 – not sure at all"))

    body = confidence(steps=7, high="sure enough to explain it to a colleague tomorrow")
    page = journeys.without_javascript(body, answer)
    expect(page.get_by_text("1 of 7 (not sure at all)")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(confidence(), choose, width, dark)
