"""A text of one's own: how long it may be, what is known beforehand, and that it waits for a person."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show, Verdict
from quizzes.kinds.essay import LONGEST, WHOLE, fraction_of
from quizzes.marking import mark
from tests.factories.kinds import example
from tests.factories.quizzes import start_url
from tests.quizzes.kinds.asking import (
    CANARY,
    answer_of,
    errors_of,
    frozen,
    looks_the_same,
    may_be_drafted,
    offered,
    only,
    page_after,
    pages_before,
    told,
)
from tests.quizzes.kinds.journeys import LOOKS, quiz_of

pytestmark = pytest.mark.django_db
TEXT = "She said that she must leave at six. I told a colleague at once."


def essay(**fields):
    return example("essay", **{"words_from": 5, "words_to": 30, **fields})


def test_messages_to_editors():
    assert told(essay()) == []
    assert told(essay(words_from=None, words_to=None, rubric=[])) == []
    swapped = essay(words_from=50, words_to=10)
    [problem] = told(swapped)
    assert problem == ", words_to: The most words are fewer than the fewest. Swap the two numbers, or leave one empty."
    assert may_be_drafted(swapped)
    [problem] = told(essay(rubric=[{"name": "Clear", "description": "", "points": 0}]))
    assert problem.startswith(", rubric 1, points: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Write your answer. If you do not know it, press “I don't know yet”."),
        (" \r\n\t ", "Write your answer. If you do not know it, press “I don't know yet”."),
        ("Only four words here", "Write at least 5 words. You have 4."),
        ("word " * 31, "Write at most 30 words. You have 31."),
        ("x" * (LONGEST + 1), "Shorten your answer to at most 50000 characters. It has 50001 now."),
        ("five words and a \x00", "Null characters are not allowed."),
    ],
)
def test_messages_to_learners(text, message):
    kind, snapshot = frozen(essay())
    assert errors_of(kind, snapshot, ("q-text", text)) == [message]


def test_one_word_is_one_word():
    kind, snapshot = frozen(essay(words_from=2, words_to=None))
    assert errors_of(kind, snapshot, ("q-text", "One")) == ["Write at least 2 words. You have 1."]
    kind, snapshot = frozen(essay(words_from=None, words_to=1))
    assert errors_of(kind, snapshot, ("q-text", "Now two")) == ["Write at most 1 word. You have 2."]


def test_the_fewest_and_the_most_words_are_allowed():
    kind, snapshot = frozen(essay())
    for words in (5, 30):
        assert answer_of(kind, snapshot, ("q-text", "word " * words))["text"].count("word") == words


def test_a_text_is_kept_as_it_was_written():
    kind, snapshot = frozen(essay())
    text = "  Първо: слушам я.\r\n\r\n<b>Not mark-up</b> & İstanbul\n"
    assert answer_of(kind, snapshot, ("q-text", text)) == {"text": "Първо: слушам я.\n\n<b>Not mark-up</b> & İstanbul"}
    assert TEXT in str(kind.form(kind.shown(snapshot), initial={"text": TEXT})["text"])
    assert answer_of(kind, snapshot, ("q2-text", TEXT), prefix="q2") == {"text": TEXT}


def test_a_draft_keeps_any_length():
    kind, snapshot = frozen(essay())
    assert answer_of(kind, snapshot, ("q-text", "Too short"), draft=True) == {"text": "Too short"}
    assert answer_of(kind, snapshot, ("q-text", "long " * 500), draft=True)["text"].count("long") == 500
    assert answer_of(kind, snapshot, draft=True) is None


def test_what_stands_in_the_field_at_first_is_not_an_answer():
    kind, snapshot = frozen(essay(start="Dear colleague,\nI met a child today", words_from=None))
    assert "Dear colleague," in str(kind.form(kind.shown(snapshot))["text"])
    untouched = ("q-text", "Dear colleague,\r\nI met a child today ")
    assert "Write your answer." in errors_of(kind, snapshot, untouched)[0]
    assert answer_of(kind, snapshot, untouched, draft=True) is None
    assert answer_of(kind, snapshot, ("q-text", "Dear colleague,\r\nI met a child today. Nothing else.")) is not None


def test_a_text_waits_and_nothing_does_not():
    kind, snapshot = frozen(essay())
    assert kind.by_hand and kind.graded and kind.best_answer(snapshot) is None
    assert (kind.mark(snapshot, {"text": TEXT}).fraction, kind.mark(snapshot, {"text": TEXT}).verdict) == (0, Verdict.WAITING)
    for nothing in (None, {}, {"text": ""}, {"text": ["tampered"]}):
        assert kind.mark(snapshot, nothing).verdict == Verdict.UNANSWERED
    assert mark(snapshot, {"unsure": True}).verdict == Verdict.UNSURE


def test_points_of_a_marker_become_a_share():
    _kind, snapshot = frozen(essay())
    first, second = (item["id"] for item in snapshot["rubric"])
    assert fraction_of(snapshot, {first: 2, second: 1}) == 1
    assert fraction_of(snapshot, {first: 1, second: 0}) == Fraction(1, 3)
    assert fraction_of(snapshot, {first: 0.5, second: 0}) == Fraction(1, 6)
    for wrong in ({first: 2}, {first: 2, second: 2}, {first: -1, second: 0}, {first: 1, second: 1, "else": 1}, {}):
        with pytest.raises(ValueError, match=r"."):
            fraction_of(snapshot, wrong)


def test_without_a_rubric_a_marker_gives_per_cent():
    _kind, snapshot = frozen(essay(rubric=[]))
    assert fraction_of(snapshot, {WHOLE: 100}) == 1 and fraction_of(snapshot, {WHOLE: 0}) == 0
    assert fraction_of(snapshot, {WHOLE: 33.33333}) == Fraction(1, 3)
    with pytest.raises(ValueError, match="between"):
        fraction_of(snapshot, {WHOLE: 101})


def test_what_is_told_afterwards():
    kind, snapshot = frozen(essay(marker_notes=f"<p>{CANARY}</p>"))
    everything = kind.explain(snapshot, {"text": TEXT}, Show())
    assert (everything.text, everything.words) == (TEXT, 14)
    assert "<p>At five she said" in everything.model_answer and everything.criteria[0]["description"] == "Her words, the time."
    little = kind.explain(snapshot, {"text": TEXT}, only("verdict", "points", "feedback", "explanation"))
    assert little.text == TEXT and little.model_answer == "" and not any(item["description"] for item in little.criteria)
    assert CANARY not in repr(everything)
    assert kind.said(snapshot, {"text": "One\n\ntwo"}) == "One two" and kind.said(snapshot, None) == ""


def test_learners_know_beforehand_what_is_looked_for_and_nothing_more(client_for, learner, site):
    body = essay(
        rubric=[{"name": "Says what was seen", "description": f"{CANARY} earns", "points": 2}],
        model_answer=f"<p>{CANARY} model</p>", marker_notes="<p>for-markers-only</p>",
        explanation=f"<p>{CANARY} why</p>", hints=[f"{CANARY} hint"],
    )  # fmt: skip
    seen = list(pages_before(client_for(learner), body, {"q-text": "short"}, {"q-text": TEXT}))
    assert not any(CANARY in page or "for-markers-only" in page for page in seen)
    assert all(words in seen[0] for words in ("Says what was seen", "2 points", "Write 5 to 30 words.", "a real child"))
    after = page_after(client_for(learner), body, {"q-text": TEXT})
    assert after.count(CANARY) == 3 and "for-markers-only" not in after and TEXT in after

    def change(snapshot):
        snapshot |= {"model_answer": "<p>Another</p>", "marker_notes": "", "explanation": ""}
        snapshot["rubric"][0]["description"] = "Another"

    assert looks_the_same(client_for(learner), body, change, {"q-text": "short"})


def test_mark_up_in_a_text_stays_text(client_for, learner, site):
    page = page_after(client_for(learner), essay(), {"q-text": "<script>alert(1)</script> is what she typed, word for word."})
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_translators_get_words_alone(site):
    texts = offered(essay(start="Dear colleague", marker_notes="<p>Be kind.</p>"))
    assert {"Dear colleague", "Be kind.", "Names a safe next step", "Her words, the time."} <= set(texts)
    assert not {text for text in texts if text.isdigit()}


def test_the_instruction_says_that_a_person_marks_it():
    assert "A person reads and marks your text" in str(KINDS["essay"].instruction)


# --- In a browser -------------------------------------------------------------------------------------------------------
def write(hand):
    hand.write(hand.page.get_by_role("textbox", name="What do you write"), TEXT)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(essay(), write)
    expect(page.get_by_role("heading", name="Waiting to be marked")).to_be_visible()
    expect(page.get_by_text(TEXT)).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(essay(), write)
    expect(page.get_by_role("heading", name="Waiting to be marked")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(essay(), write, width, dark)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_words_are_counted_while_one_writes(new_page, learner, site):
    page = new_page(user=learner)
    page.goto(start_url(quiz_of(essay())))
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Words so far: 0")).to_be_visible()
    page.get_by_role("textbox").fill("Three small words")
    expect(page.get_by_text("Words so far: 3")).to_be_visible()
