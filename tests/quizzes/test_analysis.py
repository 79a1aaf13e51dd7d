"""The formulas of item analysis against numbers that were worked out by hand."""

from math import sqrt

import pytest

from quizzes.analysis import (
    Answers,
    cronbach_alpha,
    hints,
    item_figures,
    reliability,
    showable,
    spread_of,
    tenths,
    told_of,
    variance,
)


def answered(*pairs, times=1, said='{"choice": "a"}', seconds=10):
    """The answers of (share, share of the rest) pairs, each so many ``times``."""
    answers = Answers()
    for share, rest in pairs * times:
        answers.add(said, share, rest, 50.0, seconds)
    return answers


def test_the_variance_divides_by_one_less():
    assert variance([2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx(32 / 7)


def test_mean_median_and_spread_of_results():
    spread = spread_of([20.0, 40.0, 90.0, 50.0])
    assert (spread.n, spread.mean, spread.median) == (4, 50.0, 45.0)
    assert spread.deviation == pytest.approx(sqrt((900 + 100 + 1600 + 0) / 3))


def test_no_results_have_no_mean_and_one_has_no_spread():
    assert spread_of([]).mean is None
    assert spread_of([60.0]).deviation is None


def test_a_full_result_belongs_to_the_last_tenth():
    assert tenths([0, 9.99, 10, 99.99, 100]) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_alpha_of_four_tries_at_three_questions():
    # Variances of the columns: 1/3, 1/3, 1/4; totals 3, 2, 1, 0 with the variance 5/3.
    points = [[1, 1, 1], [1, 1, 0], [0, 0, 0], [0, 0, 0]]
    columns = 1 / 3 + 1 / 3 + 1 / 4
    totals = variance([3, 2, 0, 0])
    assert totals == pytest.approx(2.25)
    assert cronbach_alpha(points) == pytest.approx(3 / 2 * (1 - columns / totals))


def test_questions_that_all_go_the_same_way_measure_one_thing():
    assert cronbach_alpha([[1, 1], [0, 0], [1, 1], [0, 0]]) == pytest.approx(1)


def test_questions_that_have_nothing_to_do_with_each_other_measure_nothing():
    assert cronbach_alpha([[1, 1], [1, 0], [0, 1], [0, 0]]) == pytest.approx(0)


@pytest.mark.parametrize("points", [[], [[1, 0]], [[1], [0]], [[1, 0], [0, 1]]])
def test_without_two_tries_two_questions_and_a_difference_there_is_no_alpha(points):
    assert cronbach_alpha(points) is None


def test_reliability_rests_on_the_tries_with_the_most_common_questions():
    same = [{"a": 1.0, "b": 1.0}, {"a": 0.0, "b": 0.0}] * 15
    other = [{"a": 1.0, "c": 0.0}] * 12
    found = reliability([*other, *same])
    assert (found.questions, found.attempts) == (2, 30)
    assert found.alpha == pytest.approx(1)


def test_reliability_needs_thirty_tries():
    alike = [{"a": 1.0, "b": 1.0}, {"a": 0.0, "b": 0.0}]
    assert reliability([*alike * 14, alike[0]]).alpha is None
    assert reliability(alike * 15).alpha == pytest.approx(1)


def test_facility_is_the_mean_share_and_discrimination_the_correlation_with_the_rest():
    figures = item_figures(answered((1, 0.8), (0, 0.2), (0.5, 0.5), times=10))
    assert figures.answers == 30
    assert figures.facility == pytest.approx(0.5)
    assert figures.discrimination == pytest.approx(1)


def test_discrimination_is_what_pearson_says():
    # x 1 1 0, y 0.9 0.3 0.3: covariance 0.2 / 3, spreads sqrt(2/3) and sqrt(0.24) / sqrt(3): r = 0.2 / sqrt(2/3 * 0.24).
    figures = item_figures(answered((1, 0.9), (1, 0.3), (0, 0.3), times=10))
    assert figures.discrimination == pytest.approx(0.2 / sqrt(2 / 3 * 0.24))


def test_a_question_that_good_people_get_wrong_has_a_negative_discrimination():
    assert item_figures(answered((0, 0.9), (1, 0.1), times=15)).discrimination == pytest.approx(-1)


def test_times_are_of_those_who_answered():
    answers = answered((0, 0.5), times=3, said=None, seconds=0)
    for seconds in (10, 20, 30, 40, 100):
        answers.add("{}", 1.0, 0.5, 50.0, seconds)
    figures = item_figures(answers)
    assert (figures.median_seconds, figures.mean_seconds) == (30, 40)


def test_fewer_than_five_answers_tell_nothing_and_fewer_than_thirty_no_discrimination():
    assert item_figures(answered((1, 0.5), times=4)).facility is None
    figures = item_figures(answered((1, 0.5), (0, 0.1), times=14))
    assert figures.facility == pytest.approx(0.5)
    assert figures.discrimination is None
    ungraded = answered((None, 0), times=3)
    ungraded.add("{}", 1.0, 0.5, 50.0, 10)
    ungraded.add(None, 1.0, 0.5, 50.0, 10)
    assert (item_figures(ungraded).answers, item_figures(ungraded).facility) == (5, None), "of two only is told what they earned"
    assert item_figures(ungraded).median_seconds is None, "nor how long four took"


@pytest.mark.parametrize(
    ("counts", "people", "shown"),
    [
        ([50, 40, 10], 100, {0, 1, 2}),
        ([50, 47, 3], 100, {0}),  # 47 is held back too, or the three could be told from the sum
        ([50, 43, 4, 3], 100, {0, 1}),  # together they are seven
        ([97, 3], 100, set()),
        ([100], 100, {0}),
        ([60, 55, 2], 100, {0, 1}),  # several may be said by one person: nothing follows from the sum
        ([95, 5], 100, {0, 1}),
        ([98, 60], 100, {1}),  # two who did not say the first could be told
    ],
)
def test_no_count_of_fewer_than_five_is_shown_or_follows(counts, people, shown):
    assert showable(counts, people) == shown


def test_what_is_held_back_is_summed_up_where_that_is_enough():
    rows = {("Yes", True, ""): [80.0] * 20, ("No", False, ""): [40.0] * 4, ("Not answered", None, "unanswered"): [10.0] * 3}
    part = told_of("", rows, 27)
    assert [(told.said, told.count, told.mean) for told in part.told] == [("Yes", 20, 80.0)]
    assert part.others == 7
    assert part.held == {"unanswered"}
    few = told_of("", {("Yes", True, ""): [80.0] * 20, ("No", False, ""): [40.0] * 3}, 30)
    assert [told.said for told in few.told] == ["Yes"] and few.others is None, "three are too few to say how many"
    most_first = told_of("", {("A", True, ""): [80.0] * 6, ("B", False, ""): [40.0] * 9}, 15)
    assert [told.said for told in most_first.told] == ["B", "A"]


@pytest.mark.parametrize(
    ("figures", "names"),
    [
        ({"facility": 0.1, "discrimination": 0.4}, ["hard"]),
        ({"facility": 0.99, "discrimination": 0.05}, ["easy", "weak"]),
        ({"facility": 0.5, "discrimination": -0.3}, ["key"]),
        ({"facility": 0.5, "unsure": 0.5, "doubts": 2}, ["unsure", "doubts"]),
        ({"facility": 0.25, "discrimination": 0.2, "unsure": 0.29}, []),
        ({"facility": 0.95, "discrimination": 0}, ["weak"]),
        ({"facility": 0.5, "unsure": 0.3}, ["unsure"]),
        ({}, []),
    ],
)
def test_figures_say_what_to_look_at(figures, names):
    assert hints(**{"facility": None, "discrimination": None, "unsure": None, "doubts": 0, **figures}) == names
