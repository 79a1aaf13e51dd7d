"""Which of several tries counts, and when a quiz is done."""

from decimal import Decimal

import pytest

from quizzes.grading import Try, standing
from quizzes.rules import Rules


def tried(percent, *, mark=60, waiting=False, **rules):
    return Try(Decimal(percent), Decimal(percent) >= mark, mark, waiting, Rules(**rules))


@pytest.mark.parametrize("grading", ["best", "average", "first", "last"])
def test_a_try_that_waits_for_its_marker_does_not_count_yet(grading):
    waiting, marked = tried(0, waiting=True, grading=grading), tried(70, grading=grading)
    for tries in ([waiting, marked], [marked, waiting]):
        assert (standing(tries).percent, standing(tries).passed, standing(tries).tries) == (70, True, 2)
    assert standing([waiting]).percent is None and not standing([waiting]).done


def test_a_pass_is_better_than_more_points_under_a_higher_mark():
    assert standing([tried(70, mark=60), tried(75, mark=80)]).percent == 70


def test_exactly_the_mark_on_average_is_a_pass_and_the_mean_is_rounded_down():
    assert standing([tried(50, grading="average"), tried(70, grading="average")]).passed
    assert standing([tried(p, grading="average") for p in (100, 100, 0)]).percent == Decimal("66.66")


def test_the_latest_try_says_how_all_are_counted():
    assert standing([tried(80, grading="first"), tried(20, grading="last")]).percent == 20


@pytest.mark.parametrize(
    ("completion", "percents", "done"),
    [("pass", [0, 0], False), ("used_up", [0], False), ("used_up", [100], True), ("used_up", [0, 0], True), ("taken", [0], True)],
)
def test_when_a_quiz_of_two_tries_is_done(completion, percents, done):
    assert standing([tried(p, completion=completion, attempts_allowed=2) for p in percents]).done is done


def test_tries_without_a_limit_are_never_used_up():
    assert not standing([tried(0, completion="used_up")] * 9).done
    assert not standing([tried(100, minimum_tries=2)]).done and standing([tried(100, minimum_tries=2)] * 2).done
