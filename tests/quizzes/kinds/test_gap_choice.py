"""Gaps with drop-downs: what editors are told, what is frozen and shown, marking, and the journeys in a browser."""

from fractions import Fraction
from random import Random
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show
from quizzes.kinds.gaps import cut
from tests.factories.kinds import example
from tests.factories.quizzes import choice
from tests.quizzes.kinds.asking import NOTHING, answer_in, only
from tests.quizzes.kinds.examples import drafted, explained, form_of, marked, problems, snapshot_of
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["gap_choice"]
PASSAGE = "<p>A child is anyone under [1].</p><ul><li>Consent <b>[2]</b>, says [the] law of [2003].</li></ul>"
AGES = [choice("18", True, "Everywhere."), choice("16", feedback="Not here."), choice("9")]
WORTH = [choice("counts", feedback="Never."), choice("does not count", True, "Right.")]
GAPS = [{"choices": AGES}, {"choices": WORTH}]


def asked(shuffle=None, **fields):
    return snapshot_of("gap_choice", shuffle, **{"passage": PASSAGE, "gaps": GAPS, **fields})


def told(**fields):
    return problems("gap_choice", **{"passage": PASSAGE, "gaps": GAPS, **fields})


def ids(snapshot, *texts):
    """The answer that chooses ``texts`` in the gaps; "" leaves one empty."""
    given = {
        gap["id"]: next(one["id"] for one in gap["choices"] if one["text"] == text)
        for gap, text in zip(snapshot["gaps"], texts, strict=True)
        if text
    }
    return {"gaps": given}


def posted(answer, prefix="q"):
    return urlencode({f"{prefix}-gap-{gap}": one for gap, one in answer["gaps"].items()})


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("<p>Under [1].</p>", "The passage has no [2]"),
        ("<p>Under [1] and [1] and [2].</p>", "[1] stands more than once"),
        ("<p>Under [2] and [1].</p>", "not in order"),
        ("<p>Under [1] and [2] and [3].</p>", "The passage has [3], but there is no such gap"),
        ("<p>Under [0] and [1] and [2].</p>", "The passage has [0], but there is no such gap"),
        ("<p>Under [<b>1</b>] and [2].</p>", "The passage has no [1]"),
        ('<p>Under <a href="https://example.org/">[1]</a> and [2].</p>', "A gap cannot stand in a link"),
        ('<p>Under <a href="https://example.org/[1]">law</a> and [2].</p>', "The passage has no [1]"),
    ],
)
def test_an_editor_is_told_what_is_wrong_with_the_passage(passage, message):
    (problem,) = told(passage=passage)
    assert message in problem


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ([choice("18", True)], "Write at least two choices for this gap."),
        ([choice("18"), choice("16")], "Tick the right choice for this gap."),
        ([choice("18", True), choice("16", True)], "Only one choice may be right in a gap."),
    ],
)
def test_an_editor_is_told_what_is_wrong_with_a_gap(choices, message):
    assert told(gaps=[GAPS[0], {"choices": choices}]) == [message]


def test_a_good_question_is_saved_and_a_draft_may_be_unfinished():
    assert told() == []
    assert told(gaps=[]) == ["Add at least one gap."]
    assert len(drafted("gap_choice", passage="<p>Under [1] [1]</p>", gaps=[{"choices": [choice("18")]}])["gaps"]) == 1


def test_a_draft_with_a_broken_passage_can_be_looked_at():
    """Each gap is asked once, whatever happened to the passage; a translation may have lost a sign."""
    snapshot = asked(passage="<p>Under [1] and [1] and [7].</p>")
    html = KIND.shown(snapshot)["pieces"]
    assert [piece["gap"] for piece in html if piece["gap"]] == [gap["id"] for gap in snapshot["gaps"]]
    assert "and [1] and [7]" in html[1]["html"]
    assert marked(snapshot, KIND.best_answer(snapshot)) == 1
    nothing = asked(passage="", gaps=[])
    assert KIND.best_answer(nothing) == {"gaps": {}} and marked(nothing, {"gaps": {}}) == 0 and explained(nothing, None)


def test_the_passage_is_cut_at_its_markers_and_nowhere_else():
    pieces = cut('<p>a [1], <a href="x[2]">b</a> [2].</p>', [{"id": "g"}, {"id": "h"}])
    assert [(p["html"], p["gap"], p["after"]) for p in pieces] == [
        ("<p>a ", "g", ","),
        (' <a href="x[2]">b</a> ', "h", "."),
        ("</p>", "", ""),
    ]


def test_choices_stand_in_an_order_that_tells_nothing():
    snapshot = asked()
    assert [one["text"] for one in snapshot["gaps"][0]["choices"]] == ["9", "16", "18"]
    assert [one["text"] for one in snapshot["gaps"][1]["choices"]] == ["counts", "does not count"]
    orders = {tuple(one["text"] for one in asked(Random(seed))["gaps"][0]["choices"]) for seed in range(20)}
    assert len(orders) > 2
    huge = asked(gaps=[{"choices": [choice("9" * 5_000, True), choice("³ 1"), choice("")]}, GAPS[1]])
    assert len(huge["gaps"][0]["choices"]) == 3


def test_gaps_and_choices_are_known_by_the_ids_of_their_list_items():
    body = example("gap_choice", passage=PASSAGE, gaps=GAPS)
    snapshot = {"kind": "gap_choice", **KIND.snapshot(KIND.block().to_python(body["value"]), Random(1))}
    items = {item["id"]: {one["id"] for one in item["value"]["choices"]} for item in body["value"]["gaps"]}
    assert {gap["id"]: {one["id"] for one in gap["choices"]} for gap in snapshot["gaps"]} == items


def test_a_whole_answer_comes_back_as_it_was_given():
    snapshot = asked()
    answer = ids(snapshot, "16", "does not count")
    assert answer_in(form_of(snapshot, posted(answer))) == answer
    assert str(form_of(snapshot, initial=answer).as_p()).count("selected") == 2
    assert answer_in(form_of(snapshot, posted(answer, "p2"), prefix="p2")) == answer
    assert answer_in(form_of(snapshot, posted(answer), draft=True)) == answer


def test_an_unfinished_answer_says_which_gap_is_empty_and_is_kept_as_a_draft():
    snapshot = asked()
    half = ids(snapshot, "", "counts")
    form = form_of(snapshot, posted(half))
    assert not form.is_valid()
    assert form.errors == {f"gap-{snapshot['gaps'][0]['id']}": ["Choose an answer for gap 1."]}
    assert answer_in(form_of(snapshot, posted(half), draft=True)) == half
    assert answer_in(form_of(snapshot, "", draft=True)) is None
    assert list(form_of(snapshot, "").errors.values()) == [["Choose an answer for gap 1."], ["Choose an answer for gap 2."]]


@pytest.mark.parametrize("draft", [False, True])
def test_only_what_was_offered_in_that_gap_can_be_chosen(draft):
    snapshot = asked()
    first, second = snapshot["gaps"]
    swapped = {"gaps": {first["id"]: second["choices"][0]["id"], second["id"]: "x" * 100_000}}
    form = form_of(snapshot, posted(swapped), draft=draft)
    assert list(form.errors.values()) == [["Choose an answer for gap 1."], ["Choose an answer for gap 2."]]


@pytest.mark.parametrize(
    ("first", "second", "fraction"),
    [
        ("18", "does not count", Fraction(1)),
        ("18", "counts", Fraction(1, 2)),
        ("16", "does not count", Fraction(1, 2)),
        ("18", "", Fraction(1, 2)),
        ("9", "counts", Fraction(0)),
        ("", "", Fraction(0)),
    ],
)
def test_each_gap_earns_its_equal_part(first, second, fraction):
    snapshot = asked()
    assert marked(snapshot, ids(snapshot, first, second)) == fraction


def test_a_choice_may_earn_a_share_of_its_own():
    nearly = [choice("18", True), {**choice("16"), "credit": "33.33333"}, {**choice("9"), "credit": "-100"}]
    snapshot = asked(gaps=[{"choices": nearly}, {"choices": WORTH}])
    assert marked(snapshot, ids(snapshot, "16", "")) == Fraction(1, 6)
    assert marked(snapshot, ids(snapshot, "9", "")) == Fraction(-1, 2)


@pytest.mark.parametrize(
    "answer", [None, {}, {"gaps": None}, {"gaps": []}, {"gaps": {"invented": "x"}}, {"gaps": {"a": ["b"]}}, []]
)
def test_an_answer_that_makes_no_sense_is_wrong_and_raises_nothing(answer):
    snapshot = asked()
    assert marked(snapshot, answer) == 0
    assert [(part.said, part.right) for part in KIND.parts(snapshot, answer)] == [("", False), ("", False)]
    assert KIND.said(snapshot, answer) == "" and explained(snapshot, answer, Show())


def test_what_was_said_reads_as_words():
    snapshot = asked()
    answer = ids(snapshot, "18", "counts")
    assert [(p.asked, p.said, p.right) for p in KIND.parts(snapshot, answer)] == [
        ("Gap 1", "18", True),
        ("Gap 2", "counts", False),
    ]
    assert KIND.said(snapshot, answer) == "Gap 1: 18; Gap 2: counts"


def test_each_flag_shows_its_own_words():
    snapshot = asked()
    answer = ids(snapshot, "16", "does not count")

    def rows(show):
        return [(p.said, p.right, p.expected, p.feedback) for p in explained(snapshot, answer, show).parts]

    assert rows(NOTHING) == [("16", None, "", ""), ("does not count", None, "", "")]
    assert rows(only("verdict")) == [("16", False, "", ""), ("does not count", True, "", "")]
    assert rows(only("feedback")) == [("16", None, "", "Not here."), ("does not count", None, "", "Right.")]
    assert rows(only("right_answer")) == [("16", None, "18", ""), ("does not count", None, "does not count", "")]
    assert rows(Show()) == [("16", False, "18", "Not here."), ("does not count", True, "", "Right.")]
    empty = explained(snapshot, ids(snapshot, "", "counts"), Show()).parts[0]
    assert (empty.said, empty.expected, empty.feedback) == ("", "18", "Everywhere.")
    assert explained(snapshot, None, only("feedback")).parts[0].feedback == ""


def test_the_passage_of_the_review_holds_what_was_chosen():
    snapshot = asked()
    pieces = explained(snapshot, ids(snapshot, "16", "")).pieces
    assert [(piece["html"], name, said) for piece, name, said in pieces][:2] == [
        ("<p>A child is anyone under ", "Gap 1", "16"),
        ("</p><ul><li>Consent <b>", "Gap 2", ""),
    ]


def test_what_is_shown_before_marking_is_the_same_whatever_is_right():
    snapshot = asked(explanation="<p>secret</p>", hints=["secret"], when_right="secret", when_wrong="secret")
    shown = KIND.shown(snapshot)
    assert "secret" not in str(shown) and "Everywhere." not in str(shown) and "correct" not in str(shown)
    for gap in snapshot["gaps"]:
        for one in gap["choices"]:
            one.update(correct=not one["correct"], feedback="other", credit="50")
    assert KIND.shown(snapshot) == shown


def answer_by_hand(hand):
    hand.pick(hand.page.get_by_label("Gap 1"), "understands well")
    hand.pick(hand.page.get_by_label("Gap 2"), "trained and independent")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("gap_choice"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("gap_choice"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(example("gap_choice"), answer_by_hand, width, dark)
