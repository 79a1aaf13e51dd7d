"""Marks and scores are exact, and never depend on anything but the frozen question and the answer."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quizzes.kinds import KINDS, Mark, Show, Verdict
from quizzes.marking import UNSURE, Score, by_outcome, earns, mark, points_needed, total


def snapshot(kind, right, wrong, **fields):
    choices = [{"id": f"r{n}", "text": "", "correct": True, "feedback": ""} for n in range(right)]
    choices += [{"id": f"w{n}", "text": "", "correct": False, "feedback": ""} for n in range(wrong)]
    return {"kind": kind, "choices": choices, "outcome": "", "review_key": "", **fields}


SINGLE = snapshot("single_choice", 1, 3)
MULTIPLE = snapshot("multiple_response", 3, 2)


@pytest.mark.parametrize(
    ("answer", "fraction", "verdict"),
    [
        ({"choice": "r0"}, 1, Verdict.RIGHT),
        ({"choice": "w0"}, 0, Verdict.WRONG),
        ({"choice": "something else"}, 0, Verdict.WRONG),
        ({}, 0, Verdict.WRONG),
        (UNSURE, 0, Verdict.UNSURE),
        (None, 0, Verdict.UNANSWERED),
    ],
)
def test_single_choice(answer, fraction, verdict):
    result = mark(SINGLE, answer)
    assert (result.fraction, result.verdict) == (fraction, verdict)


@pytest.mark.parametrize(
    ("chosen", "fraction", "verdict"),
    [
        (["r0", "r1", "r2"], Fraction(1), Verdict.RIGHT),
        (["r0", "r1"], Fraction(2, 3), Verdict.PARTLY),
        (["r0", "r1", "w0"], Fraction(1, 3), Verdict.PARTLY),
        (["r0", "w0"], Fraction(0), Verdict.WRONG),
        (["w0", "w1"], Fraction(0), Verdict.WRONG),
        (["r0", "r1", "r2", "w0", "w1"], Fraction(1, 3), Verdict.PARTLY),
        (["r0", "r0", "r0"], Fraction(1, 3), Verdict.PARTLY),
        ([], Fraction(0), Verdict.WRONG),
    ],
)
def test_multiple_response_gives_right_minus_wrong_over_right_and_never_less_than_zero(chosen, fraction, verdict):
    result = mark(MULTIPLE, {"choices": chosen})
    assert (result.fraction, result.verdict) == (fraction, verdict)


def test_shares_that_an_author_set_count_instead_and_may_lie_below_zero():
    chosen = snapshot("multiple_response", 1, 2)
    for choice, credit in zip(chosen["choices"], ("100", "-50", "-100"), strict=True):
        choice["credit"] = credit
    for ids, fraction in ((["r0", "w0"], Fraction(1, 2)), (["w0"], Fraction(-1, 2)), (["w0", "w1"], Fraction(-1))):
        assert mark(chosen, {"choices": ids}).fraction == fraction


def test_the_review_names_the_chosen_and_the_right_choices_and_keeps_the_others_apart():
    details = KINDS["multiple_response"].explain(MULTIPLE, {"choices": ["r1", "w1"]}, Show())
    assert [(c.letter, c.chosen, c.correct) for c in details.telling] == [
        ("B", True, True),
        ("E", True, False),
        ("A", False, True),
        ("C", False, True),
    ]
    assert [c.letter for c in details.others] == ["D"]


def test_points_are_shown_to_the_nearest_hundredth_and_nobody_has_less_than_none_in_all():
    assert earns(Mark(Fraction(2, 3), Verdict.PARTLY), Decimal(1)) == Decimal("0.67")
    assert total([(Mark(Fraction(-2), Verdict.WRONG), Decimal(1)), (Mark(Fraction(1), Verdict.RIGHT), Decimal(1))]).points == 0
    assert total([]).percent == 100 and total([]).passes(100), "a quiz of opinions alone is done by answering"


def test_three_thirds_are_a_whole():
    third = mark(MULTIPLE, {"choices": ["r0"]})
    score = total([(third, Decimal(1))] * 3)
    assert score.points == 1 and score.possible == 3 and score.shown_points == Decimal("1.00")
    assert earns(third, Decimal(1)) == Decimal("0.33") and earns(third, Decimal(2)) == Decimal("0.67")


@pytest.mark.parametrize("pass_mark", [1, 29, 55, 57, 58, 70, 80, 100])
def test_exactly_the_pass_mark_passes_whatever_binary_floats_think(pass_mark):
    assert Score(Fraction(pass_mark, 10), Fraction(10)).passes(pass_mark)
    assert not Score(Fraction(pass_mark, 10) - Fraction(1, 10**9), Fraction(10)).passes(pass_mark)


def test_what_is_shown_never_reaches_a_pass_mark_that_was_missed():
    score = Score(Fraction(79999, 10000), Fraction(10))
    assert not score.passes(80)
    assert score.percent < 80 and score.shown_points < points_needed(Decimal(10), 80, whole=False)


@pytest.mark.parametrize(
    ("possible", "pass_mark", "whole", "needed"),
    [
        (10, 80, True, "8"),
        (8, 80, True, "7"),
        (8, 80, False, "6.4"),
        (3, 60, True, "2"),
        (3, 67, False, "2.01"),
        (7, 100, True, "7"),
    ],
)
def test_points_needed(possible, pass_mark, whole, needed):
    assert points_needed(Decimal(possible), pass_mark, whole=whole) == Decimal(needed)


def test_outcomes_list_the_lessons_of_what_was_not_right_once_each():
    first = snapshot("single_choice", 1, 1, outcome="Know the signs", review_key="lesson-1")
    second = snapshot("single_choice", 1, 1, outcome="Know the law", review_key="lesson-2")
    without = snapshot("single_choice", 1, 1)
    right, wrong = {"choice": "r0"}, {"choice": "w0"}
    parts = [(s, mark(s, a), Decimal(1)) for s, a in [(first, wrong), (second, right), (first, wrong), (without, wrong)]]
    signs, law = by_outcome(parts)
    assert (signs.outcome, signs.is_solid, signs.review_keys) == ("Know the signs", False, ("lesson-1",))
    assert (law.outcome, law.is_solid, law.review_keys) == ("Know the law", True, ())
