"""Memory: pairs of words and meanings. The cards that script lays over the lists are in test_cards_in_browser.py."""

import re

import pytest

from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, errors_of, material_of, offered_to_translators, page_of, told

pytestmark = pytest.mark.django_db
RIGHT = {str(number): f"entry-{number - 1}" for number in range(1, 5)}


def test_editor_is_told_what_is_missing() -> None:
    assert told("memory") == []
    pairs = [{"term": f"Word {n}", "meaning": f"Meaning {n}"} for n in range(3)]
    assert told("memory", pairs=pairs) == [", pairs: The minimum number of items is 4"]
    pairs.append({"term": "Word 3", "meaning": "Meaning 0"})
    assert told("memory", pairs=pairs) == [", pairs: “Meaning 0” stands here twice. Nobody can tell the two apart: change one."]


def test_right_pairs_are_told_and_nothing_is_scored() -> None:
    right = answer("memory", RIGHT)
    assert (right.done, right.score) == (True, None)
    page = page_of("memory", right.state)
    assert page.count("Your answer:") == 4
    assert "Fits:" not in page


def test_crossed_pair_reads_what_fits() -> None:
    crossed = answer("memory", {**RIGHT, "1": "entry-1", "2": "entry-0"})
    page = page_of("memory", crossed.state)
    assert page.count("Fits:") == 2
    assert "Partly right" in page


def test_nothing_tells_which_belong_together() -> None:
    page = page_of("memory")
    values = re.findall(r'<option value="(entry-\d)"', page)[:4]
    assert sorted(values) == ["entry-0", "entry-1", "entry-2", "entry-3"]
    assert values != sorted(values), "meanings stand in the order of the words"
    names = re.findall(r'<select name="([^"]+)"', page)
    assert names == [f"b00000000-{number}" for number in range(1, 5)]


def test_every_word_needs_a_meaning_that_was_offered() -> None:
    assert errors_of("memory", {**RIGHT, "2": ""}) == ["Choose what fits “Trafficking”."]
    assert len(errors_of("memory", {})) == 4
    assert len(errors_of("memory", {**RIGHT, "3": AWKWARD})) == 1


@pytest.mark.parametrize("answered", [None, [], {"pairs": ["entry-0"]}, {"pairs": {"gone": "entry-0", "entry-0": 3}}])
def test_state_that_does_not_fit_does_no_harm(answered: object) -> None:
    page_of("memory", {"kind": "matching", "answer": answered})
    page_of("memory", {"kind": "ordering", "answer": answered})


def test_odd_letters_do_no_harm() -> None:
    pairs = [{"term": f"{AWKWARD[:50]} {n}", "meaning": f"{AWKWARD} {n}"} for n in range(4)]
    page = page_of("memory", answer("memory", RIGHT, pairs=pairs).state, intro=AWKWARD, pairs=pairs)
    assert "<script>" not in page


def test_long_meanings_stand_in_full_above_the_lists() -> None:
    assert "picks__options" in page_of("memory")
    short = [{"term": f"Word {n}", "meaning": f"Meaning {n}"} for n in range(4)]
    assert "picks__options" not in page_of("memory", pairs=short)


def test_same_block_is_mixed_in_the_same_way() -> None:
    assert material_of("memory") == material_of("memory")


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    offered = offered_to_translators(lessons[0], "memory")
    assert {"Find the pairs", "Smuggling", "An act with the purpose of exploitation"} <= offered
    assert len(offered) == 1 + 4 * 2
