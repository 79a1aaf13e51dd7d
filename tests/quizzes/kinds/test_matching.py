"""Matching: what an editor may save, what a learner sees and posts, how it is marked and explained."""

import re
from fractions import Fraction
from random import Random

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from tests.factories.kinds import example
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

KIND = KINDS["matching"]
PAIRS = [
    {"left": "Age in doubt", "right": "Article 10", "feedback": "Protect first."},
    {"left": "Time to recover", "right": "Article 13", "feedback": "30 days."},
    {"left": "A guardian", "right": "Article 10", "feedback": "At once."},
]


def pair(left, right, feedback=""):
    return {"left": left, "right": right, "feedback": feedback}


def matching(pairs=PAIRS, distractors=("Article 14",), **fields):
    return example("matching", pairs=list(pairs), distractors=list(distractors), **fields)


@pytest.fixture
def snapshot():
    return snapshot_of(matching())


def ids(snapshot):
    """The ids of the left and of the right sides by their texts."""
    return {x["text"]: x["id"] for x in snapshot["lefts"]}, {x["text"]: x["id"] for x in snapshot["rights"]}


def answering(snapshot, *rights):
    """An answer that gives the left sides of PAIRS these right sides, None for none."""
    left, right = ids(snapshot)
    return {"pairs": {left[p["left"]]: right[text] for p, text in zip(PAIRS, rights, strict=True) if text}}


# --- Editing ----------------------------------------------------------------------------------------------------------
def test_an_editor_is_told_what_to_do():
    assert messages_of(matching([pair("One", "1")])) == {"pairs": ["Write two to twelve pairs."]}
    assert messages_of(matching([pair(f"L{n}", f"R{n}") for n in range(13)])) == {"pairs": ["Write two to twelve pairs."]}
    assert messages_of(matching([pair("One", "1"), pair("One ", "2")])) == {
        "pairs": ["“One” stands on the left twice. Nobody can tell the two apart: change one."]
    }
    assert messages_of(matching([pair("One", "1"), pair("Two", "1")], [])) == {
        "pairs": ["There is only one right side to choose. Write another pair, or a further right side."]
    }
    assert messages_of(matching([pair("One", "1"), pair("Two", "100 % (s)")], ["100 % (s)"])) == {
        "distractors": ["“100 % (s)” fits one of the pairs. Take it out here."]
    }


def test_a_draft_may_be_unfinished():
    assert may_be_drafted(matching([pair("One", "")]))


@pytest.mark.django_db
def test_translators_get_the_words_and_nothing_else():
    words = {"text": "<p>W text</p>", "explanation": "<p>W why</p>"}
    texts = offered(matching([pair("W 1", "W 2", "W 3"), pair("W 4", "W 5", "W 6")], ["W 7"], **words))
    assert len(texts) == 9 and all(text.startswith("W ") for text in texts)


# --- Freezing and showing ---------------------------------------------------------------------------------------------
def test_equal_right_sides_are_one_choice(snapshot):
    assert sorted(right["text"] for right in snapshot["rights"]) == ["Article 10", "Article 13", "Article 14"]


def test_the_order_of_the_right_sides_says_nothing_with_or_without_shuffling():
    body = matching()
    for chance in (None, Random(1), Random(2)):
        frozen = snapshot_of(body, chance)
        assert KIND.mark(frozen, KIND.best_answer(snapshot_of(body))).fraction == 1
    orders = {tuple(r["id"] for r in snapshot_of(body, Random(seed))["rights"]) for seed in range(20)}
    assert len(orders) > 1
    plain = snapshot_of(body)["rights"]
    assert [right["id"] for right in plain] == sorted(right["id"] for right in plain)


@pytest.mark.django_db
def test_no_byte_of_a_page_depends_on_what_is_right(client_for, learner, site):
    def turn(frozen):
        rights = [left["right"] for left in frozen["lefts"]]
        for left, right in zip(frozen["lefts"], rights[1:] + rights[:1], strict=True):
            left["right"], left["feedback"] = right, "something else"

    assert looks_the_same(client_for(learner), matching(), turn)


@pytest.mark.django_db
def test_the_page_never_names_a_left_side_by_the_id_that_its_right_side_has(client_for, learner, site):
    page = next(every_page(client_for(learner), example("matching"), {}))
    options = re.findall(r'<option value="([^"]{36})"', page)
    assert options and all(page.count(value) == 3 for value in options)  # once in each of the three lists, and nowhere else
    assert re.findall(r'<select name="([^"]+)"', page) == ["q-1", "q-2", "q-3"]


# --- Answering --------------------------------------------------------------------------------------------------------
def fields_of(snapshot, answer):
    names = {left["id"]: str(n) for n, left in enumerate(snapshot["lefts"], start=1)}
    return {names[left]: right for left, right in answer["pairs"].items()}


def test_a_whole_answer_is_kept_and_shown_again(snapshot):
    answer = answering(snapshot, "Article 10", "Article 14", "Article 14")
    assert answer_in(form_of(snapshot, fields_of(snapshot, answer))) == answer
    again = form_of(snapshot, initial=answer, prefix="q7")
    assert {field.html_name: field.value() for field in again} == {
        f"q7-{name}": value for name, value in fields_of(snapshot, answer).items()
    }
    assert all(field.auto_id.startswith("id_q7-") for field in again)


def test_an_unfinished_answer_says_what_to_do_and_a_draft_keeps_it(snapshot):
    answer = answering(snapshot, "Article 10", None, "Article 13")
    form = form_of(snapshot, fields_of(snapshot, answer))
    assert list(form.errors.values()) == [["Choose what fits “Time to recover”."]]
    assert answer_in(form_of(snapshot, fields_of(snapshot, answer), draft=True)) == answer
    assert answer_in(form_of(snapshot, {}, draft=True)) is None


@pytest.mark.parametrize("draft", [True, False])
def test_what_was_never_offered_is_refused(snapshot, draft):
    right = list(ids(snapshot)[1].values())
    form = form_of(snapshot, {"1": "invented", "2": right[0], "3": right[0]}, draft=draft)
    assert list(form.errors) == ["1"] and "Choose what fits" in form.errors["1"][0]


def test_the_last_of_two_posted_values_counts(snapshot):
    a, b, _c = ids(snapshot)[1].values()
    pairs = answer_in(form_of(snapshot, {"1": [a, b], "2": a, "3": a}))["pairs"]
    assert list(pairs.values()) == [b, a, a]


# --- Marking ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rights", "fraction", "verdict"),
    [
        (("Article 10", "Article 13", "Article 10"), Fraction(1), "right"),
        (("Article 10", "Article 14", "Article 10"), Fraction(2, 3), "partly"),
        (("Article 13", "Article 13", "Article 13"), Fraction(1, 3), "partly"),
        (("Article 10", None, None), Fraction(1, 3), "partly"),
        (("Article 14", "Article 10", "Article 13"), Fraction(0), "wrong"),
    ],
)
def test_every_pair_earns_its_share(snapshot, rights, fraction, verdict):
    mark = KIND.mark(snapshot, answering(snapshot, *rights))
    assert (mark.fraction, mark.verdict) == (fraction, verdict)


@pytest.mark.parametrize(
    "answer", [None, {}, [], "x", {"pairs": []}, {"pairs": {"a": ["b"]}}, {"pairs": {"a": "b"}}, {"order": []}]
)
def test_nonsense_earns_nothing_and_breaks_nothing(snapshot, answer):
    assert KIND.mark(snapshot, answer).fraction == 0
    assert KIND.said(snapshot, answer) == "" and len(KIND.explain(snapshot, answer, ALL)) == 3
    assert not any(field.value() for field in form_of(snapshot, initial=answer))


def test_the_id_of_either_of_two_equal_right_sides_counts(snapshot):
    left, _right = ids(snapshot)
    third = left["A guardian"]
    assert KIND.mark(snapshot, {"pairs": {third: third}}).fraction == Fraction(1, 3)


def test_an_answer_in_words(snapshot):
    answer = answering(snapshot, "Article 10", None, "Article 13")
    assert KIND.said(snapshot, answer) == "Age in doubt: Article 10; A guardian: Article 13"
    assert [(p.asked, p.said, p.right) for p in KIND.parts(snapshot, answer)] == [
        ("Age in doubt", "Article 10", True),
        ("Time to recover", "", False),
        ("A guardian", "Article 13", False),
    ]


# --- Explaining -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("show", "right_row", "wrong_row"),
    [
        (ALL, (True, "", "Protect first."), (False, "Article 13", "30 days.")),
        (NOTHING, (None, "", ""), (None, "", "")),
        (only("verdict"), (True, "", ""), (False, "", "")),
        (only("feedback"), (None, "", ""), (None, "", "")),
        (only("verdict", "feedback"), (True, "", "Protect first."), (False, "", "")),
        (only("right_answer"), (None, "Article 10", ""), (None, "Article 13", "")),
        (only("right_answer", "feedback"), (None, "Article 10", "Protect first."), (None, "Article 13", "30 days.")),
    ],
)
def test_only_what_may_be_shown_is_explained(snapshot, show, right_row, wrong_row):
    rows = KIND.explain(snapshot, answering(snapshot, "Article 10", "Article 14", None), show)
    assert [(row.right, row.expected, row.feedback) for row in rows[:2]] == [right_row, wrong_row]
    assert [row.said for row in rows] == ["Article 10", "Article 14", ""]


@pytest.mark.django_db
def test_awkward_text_is_shown_and_never_run(client_for, learner, site):
    body = matching([pair(f"{AWKWARD} {n}", f"{AWKWARD} right {n}", AWKWARD) for n in range(2)], [AWKWARD])
    shown = snapshot_of(body)
    data = {f"q-{name}": value for name, value in fields_of(shown, KIND.best_answer(shown)).items()}
    for page in every_page(client_for(learner), body, data):
        assert "<script>alert" not in page and "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &quot;Ğışİ&quot; Дете" in page


def test_the_rule_is_told_in_plain_words():
    assert KIND.partial and "Each right pair earns the same part of the points" in str(KIND.instruction)


# --- In a browser -----------------------------------------------------------------------------------------------------
RIGHT = {
    "The age is uncertain: presume a child": "Article 10",
    "Time to recover and reflect": "Article 13",
    "No punishment for what the child was compelled to do": "Article 26",
}


def answer_example(hand):
    for left, right in RIGHT.items():
        chosen = hand.page.get_by_label(left, exact=True)
        label = next(text for text in chosen.locator("option").all_inner_texts() if text.endswith(right))
        hand.pick(chosen, label)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("matching"), answer_example)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("matching"), answer_example)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    long = "A very long right side that no closed list on a phone can show in full"
    journeys.axe_clean(matching([pair("Age in doubt", long), pair("A guardian", "Short")]), answer_anything, width, dark)


def answer_anything(hand):
    for chosen in hand.page.locator("main select").all():
        hand.pick(chosen, chosen.locator("option").nth(1).inner_text())
