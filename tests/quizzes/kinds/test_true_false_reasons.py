"""True or false with the reason asked; without reasons nothing of it is seen."""

from fractions import Fraction
from random import Random

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from tests.factories.kinds import example
from tests.factories.quizzes import make_question, make_quiz, result_url, take_quiz, true_false
from tests.quizzes.kinds.asking import (
    ALL,
    AWKWARD,
    NOTHING,
    answer_in,
    every_page,
    form_of,
    looks_the_same,
    may_be_drafted,
    messages_of,
    offered,
    only,
    snapshot_of,
)
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["true_false"]


def reason(text, correct=False, feedback="", credit=None):
    return {"text": text, "correct": correct, "feedback": feedback, "credit": credit}


REASONS = [reason("Act and purpose", True, "Yes."), reason("Consent", feedback="No."), reason("Nearly", credit=50)]


def asking_why(*reasons, **fields):
    return example("true_false", reasons=list(reasons or REASONS), **fields)


@pytest.fixture
def snapshot():
    return snapshot_of(asking_why())


def answering(snapshot, judgement=None, why=None):
    ids = {reason["text"]: reason["id"] for reason in snapshot["reasons"]}
    return ({"choice": judgement} if judgement else {}) | ({"reason": ids.get(why, why)} if why else {})


# --- Editing ----------------------------------------------------------------------------------------------------------
def test_an_editor_is_told_what_to_do():
    assert messages_of(asking_why(reason("One", True))) == {"reasons": ["Write at least two reasons, or none."]}
    one_right = {"reasons": ["Tick the one reason that is right."]}
    assert messages_of(asking_why(reason("One"), reason("Two"))) == one_right
    assert messages_of(asking_why(reason("One", True), reason("Two", True))) == one_right


def test_a_draft_may_be_unfinished():
    assert may_be_drafted(asking_why(reason("")))


@pytest.mark.django_db
def test_translators_get_the_words_and_nothing_else():
    words = {"text": "<p>W text</p>", "explanation": "<p>W why</p>", "feedback_true": "W t", "feedback_false": "W f"}
    texts = offered(asking_why(reason("W 1", True, "W 2"), reason("W 3", feedback="W 4"), **words))
    assert len(texts) == 8 and all(text.startswith("W ") for text in texts)


# --- Freezing and showing ---------------------------------------------------------------------------------------------
def test_reasons_are_shuffled_and_judgements_never():
    body = asking_why()
    frozen = [snapshot_of(body, Random(seed)) for seed in range(20)]
    assert len({tuple(reason["id"] for reason in one["reasons"]) for one in frozen}) > 3
    assert {tuple(choice["id"] for choice in one["choices"]) for one in frozen} == {("true", "false")}
    assert all(KIND.mark(one, KIND.best_answer(snapshot_of(body))).fraction == 1 for one in frozen)


@pytest.mark.django_db
def test_no_byte_of_a_page_depends_on_what_is_right(client_for, learner, site):
    def turn(frozen):
        for one in [*frozen["choices"], *frozen["reasons"]]:
            one["correct"], one["feedback"] = not one["correct"], "something else"

    assert looks_the_same(client_for(learner), asking_why(), turn)


# --- Answering --------------------------------------------------------------------------------------------------------
def test_a_whole_answer_is_kept_and_shown_again(snapshot):
    answer = answering(snapshot, "true", "Consent")
    assert answer_in(form_of(snapshot, answer)) == answer
    again = form_of(snapshot, initial=answer, prefix="q7")
    assert {field.html_name: field.value() for field in again} == {f"q7-{name}": value for name, value in answer.items()}


def test_each_half_has_an_error_of_its_own_and_a_draft_keeps_either(snapshot):
    why = answering(snapshot, why="Consent")
    assert form_of(snapshot, why).errors == {
        "choice": ["Choose “True” or “False”. If you do not know it, press “I don't know yet”."]
    }
    assert form_of(snapshot, {"choice": "true"}).errors == {"reason": ["Choose the reason for your answer."]}
    for half in (why, {"choice": "true"}):
        assert answer_in(form_of(snapshot, half, draft=True)) == half
    assert answer_in(form_of(snapshot, {}, draft=True)) is None


@pytest.mark.parametrize("draft", [True, False])
def test_what_was_never_offered_is_refused(snapshot, draft):
    assert list(form_of(snapshot, {"choice": "true", "reason": "true"}, draft=draft).errors) == ["reason"]
    assert list(form_of(snapshot, answering(snapshot, "maybe", "Consent"), draft=draft).errors) == ["choice"]


def test_the_last_of_two_posted_values_counts(snapshot):
    answer = answering(snapshot, "false", "Consent")
    doubled = {"choice": ["true", "false"], "reason": [answering(snapshot, why="Nearly")["reason"], answer["reason"]]}
    assert answer_in(form_of(snapshot, doubled)) == answer


# --- Marking ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("judgement", "why", "fraction", "verdict"),
    [
        ("false", "Act and purpose", Fraction(1), "right"),
        ("false", "Consent", Fraction(1, 2), "partly"),
        ("false", "Nearly", Fraction(3, 4), "partly"),
        ("false", None, Fraction(1, 2), "partly"),
        ("true", "Act and purpose", Fraction(0), "wrong"),
        (None, "Act and purpose", Fraction(0), "wrong"),
        ("false", "invented", Fraction(1, 2), "partly"),
    ],
)
def test_half_for_the_judgement_and_half_for_the_reason(snapshot, judgement, why, fraction, verdict):
    mark = KIND.mark(snapshot, answering(snapshot, judgement, why))
    assert (mark.fraction, mark.verdict) == (fraction, verdict)


@pytest.mark.parametrize("answer", [None, {}, [], "x", {"choice": ["false"]}, {"choice": {}, "reason": []}, {"pairs": {}}])
def test_nonsense_earns_nothing_and_breaks_nothing(snapshot, answer):
    assert KIND.mark(snapshot, answer).fraction == 0
    assert KIND.said(snapshot, answer) == "" and KIND.explain(snapshot, answer, ALL).reason


def test_an_answer_in_words(snapshot):
    assert KIND.said(snapshot, answering(snapshot, "true", "Consent")) == "True; Reason: Consent"
    parts = KIND.parts(snapshot, answering(snapshot, "false", None))
    assert [(part.asked, part.said, part.right) for part in parts] == [("", "False", True), ("Reason", "", False)]


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "needed"), [(true_false, "You needed 1."), (asking_why, "You needed 0.8.")])
def test_half_points_are_spoken_of_only_where_there_are_any(client_for, learner, site, body, needed):
    attempt = take_quiz(learner, make_quiz([make_question(body())]))
    assert needed in client_for(learner).get(result_url(attempt)).content.decode()


# --- Explaining -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("show", "chosen", "others"),
    [
        (ALL, (False, "No."), {"Act and purpose": (True, "Yes."), "Nearly": (False, "")}),
        (NOTHING, (None, ""), {"Act and purpose": (None, ""), "Nearly": (None, "")}),
        (only("verdict"), (False, ""), {"Act and purpose": (None, ""), "Nearly": (None, "")}),
        (only("feedback"), (None, "No."), {"Act and purpose": (None, ""), "Nearly": (None, "")}),
        (only("right_answer"), (False, ""), {"Act and purpose": (True, ""), "Nearly": (False, "")}),
    ],
)
def test_only_what_may_be_shown_is_explained(snapshot, show, chosen, others):
    review = KIND.explain(snapshot, answering(snapshot, "true", "Consent"), show).reason
    rows = {row.text: (row.correct, row.feedback) for row in (*review.telling, *review.others)}
    assert rows == {"Consent": chosen, **others} and review.telling[0].text == "Consent"


@pytest.mark.django_db
def test_awkward_text_is_shown_and_never_run(client_for, learner, site):
    body = asking_why(reason(AWKWARD, True, AWKWARD), reason(f"{AWKWARD} 2", feedback=AWKWARD))
    frozen = snapshot_of(body)
    data = {f"q-{name}": value for name, value in KIND.best_answer(frozen).items()}
    for page in every_page(client_for(learner), body, data):
        assert "<script>alert" not in page and "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &quot;Ğışİ&quot; Дете" in page


# --- Without reasons --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_without_reasons_nobody_reads_of_any(client_for, learner, site):
    for page in every_page(client_for(learner), example("true_false"), {"q-choice": "false"}):
        assert "half of the points" not in page and "Why?" not in page
    assert KIND.explain(snapshot_of(example("true_false")), {"choice": "true"}, ALL).reason is None


def test_each_judgement_has_its_own_feedback():
    snapshot = snapshot_of(example("true_false", feedback_true="No border is needed.", feedback_false="Right."))
    for judgement, feedback in (("true", "No border is needed."), ("false", "Right.")):
        (row,) = (row for row in KIND.explain(snapshot, {"choice": judgement}, only("feedback")).judgement.telling)
        assert row.feedback == feedback


def test_a_question_frozen_before_there_were_reasons_is_marked_as_it_was():
    old = snapshot_of(example("true_false"))
    del old["reasons"]
    assert KIND.mark(old, {"choice": "false"}).fraction == 1 and KIND.mark(old, {"choice": "true"}).fraction == 0
    assert KIND.shown(old)["reasons"] == [] and KIND.best_answer(old) == {"choice": "false"}


# --- In a browser -----------------------------------------------------------------------------------------------------
def answer_rightly(hand):
    hand.choose(hand.page.get_by_label("False"))
    hand.choose(hand.page.get_by_label("Act and purpose"))


def answer_half(hand):
    hand.choose(hand.page.get_by_label("False"))
    hand.choose(hand.page.get_by_label("Consent"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(asking_why(), answer_rightly)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(asking_why(), answer_rightly)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(asking_why(), answer_half, width, dark)
