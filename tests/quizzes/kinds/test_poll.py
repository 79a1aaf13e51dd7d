"""An opinion poll: one choice or several, none of them right."""

import json
from random import Random

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


def poll(*choices, **fields):
    return example("poll", choices=[{"text": text} for text in choices or ("Weekly", "Monthly", "Never")], **fields)


def test_messages_to_editors():
    assert told(poll()) == []
    assert told(poll("Only one")) == [", choices: Write at least two choices."]
    assert may_be_drafted(poll("Only one"))


def test_choices_are_shuffled_and_keep_their_ids():
    kind, straight = frozen(poll())
    shuffled = [frozen(poll(), Random(seed))[1] for seed in range(6)]
    assert len({tuple(choice["text"] for choice in other["choices"]) for other in shuffled}) > 1
    assert [choice["letter"] for choice in kind.shown(straight)["choices"]] == ["A", "B", "C"]
    assert json.loads(json.dumps(straight)) == straight


@pytest.mark.parametrize("several", [False, True])
def test_form_keeps_what_was_chosen(several):
    kind, snapshot = frozen(poll(several=several))
    first, _second, third = (choice["id"] for choice in snapshot["choices"])
    assert answer_of(kind, snapshot, ("q-choice", third)) == {"choices": [third]}
    assert errors_of(kind, snapshot) == ["Choose what fits you. If you cannot say, press “I don't know yet”."]
    assert errors_of(kind, snapshot, ("q-choice", "x" * 100_000))
    assert answer_of(kind, snapshot, draft=True) is None
    form = kind.form(kind.shown(snapshot), initial={"choices": [third]}, prefix="p")
    assert str(form["choice"]).count("checked") == 1 and 'name="p-choice"' in str(form["choice"])
    if several:
        assert answer_of(kind, snapshot, ("q-choice", third), ("q-choice", first)) == {"choices": sorted([first, third])}


def test_nothing_is_right_and_nothing_is_counted():
    kind, snapshot = frozen(poll())
    answer = {"choices": [snapshot["choices"][0]["id"]]}
    assert not kind.graded and not kind.partial and kind.best_answer(snapshot) is None
    for given in (answer, None, {"choices": ["unknown"]}):
        assert (kind.mark(snapshot, given).fraction, kind.mark(snapshot, given).verdict) == (0, Verdict.NOTED)
    assert [(part.said, part.right) for part in kind.explain(snapshot, answer, Show())] == [("Weekly", None)]
    assert kind.explain(snapshot, answer, NOTHING) == kind.explain(snapshot, answer, Show())
    assert [(part.asked, part.said, part.right) for part in kind.parts(snapshot, None)] == [("", "", None)]
    both = {"choices": [choice["id"] for choice in snapshot["choices"][:2]]}
    assert kind.said(snapshot, both) == "Weekly; Monthly"


def test_learners_know_that_nothing_is_right_and_read_the_explanation_afterwards(client_for, learner, site):
    body = poll(explanation=f"<p>{CANARY}</p>")
    first = body["value"]["choices"][0]["id"]
    seen = list(pages_before(client_for(learner), body, {"q-choice": first}))
    assert not any(CANARY in page for page in seen) and "There is no right answer here." in seen[0]
    after = page_after(client_for(learner), body, {"q-choice": first})
    assert CANARY in after and "Noted: nothing here is right or wrong" in after and "Weekly" in after
    many = next(iter(pages_before(client_for(learner), poll(several=True))))
    assert 'type="checkbox"' in many and "Choose as many as fit you." in many


def test_translators_get_words_alone(site):
    texts = offered(poll(several=True))
    assert {"Weekly", "Monthly", "Never"} <= set(texts) and "True" not in texts


# --- In a browser -------------------------------------------------------------------------------------------------------
def choose(*names):
    def answer(hand):
        for name in names:
            hand.choose(hand.page.get_by_label(name))

    return answer


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("several", [False, True])
def test_by_keyboard_alone(journeys, several):
    page = journeys.by_keyboard(poll(several=several), choose("Weekly", "Never") if several else choose("Never"))
    expect(page.get_by_text("Never", exact=True)).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(poll(), choose("Monthly"))
    expect(page.get_by_text("Monthly", exact=True)).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(poll(), choose("Monthly"), width, dark)
