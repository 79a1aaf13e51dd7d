"""A draw asks every outcome, never the same question twice, and another set each time."""

from collections import namedtuple
from random import Random

import pytest

from quizzes.drawing import draw

Entry = namedtuple("Entry", "number outcome")
POOL = [Entry(n, ["signs", "law", "rights", ""][n % 4]) for n in range(20)]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("wanted", [3, 5, 19])
def test_every_outcome_is_asked(seed, wanted):
    drawn = draw(POOL, wanted, Random(seed), shuffle=True)
    assert len(set(drawn)) == wanted
    assert {"signs", "law", "rights"} <= {entry.outcome for entry in drawn}


@pytest.mark.parametrize("seed", range(20))
def test_with_fewer_questions_than_outcomes_each_question_asks_another_outcome(seed):
    drawn = draw(POOL, 2, Random(seed), shuffle=False)
    assert len({entry.outcome for entry in drawn} - {""}) == 2


def test_with_fewer_questions_than_outcomes_each_outcome_has_its_turn():
    assert {entry.outcome for seed in range(60) for entry in draw(POOL, 1, Random(seed), shuffle=False)} >= {
        "signs",
        "law",
        "rights",
    }


def test_a_rare_outcome_is_always_there():
    pool = [*[Entry(n, "common") for n in range(50)], Entry(50, "rare")]
    assert all(Entry(50, "rare") in draw(pool, 4, Random(seed), shuffle=True) for seed in range(50))


def test_all_questions_when_none_or_too_many_are_wanted():
    assert draw(POOL, 0, Random(1), shuffle=False) == POOL
    assert draw(POOL, 99, Random(1), shuffle=False) == POOL
    assert draw([], 5, Random(1), shuffle=True) == []


def test_order_is_kept_or_changed_as_told():
    kept = draw(POOL, 6, Random(3), shuffle=False)
    assert kept == sorted(kept)
    assert {tuple(draw(POOL, 0, Random(seed), shuffle=True)) for seed in range(5)} != {tuple(POOL)}


def test_chance_reaches_every_question():
    assert {entry for seed in range(200) for entry in draw(POOL, 4, Random(seed), shuffle=True)} == set(POOL)
