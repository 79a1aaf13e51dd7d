"""Flashcards: what is not known yet comes back."""

import re

import pytest

from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, block_of, errors_of, material_of, offered_to_translators, page_of, told

pytestmark = pytest.mark.django_db
KNEW, NOT_YET = "knew", "not_yet"


def fronts(state: dict | None, **changed: object) -> list[str]:
    """The cards that a learner with ``state`` is asked to go through."""
    form = block_of("flashcards").form(material_of("flashcards", **changed), state, prefix="b")
    return [card["front"] for card, _field in form.rows]


def test_editor_is_told_what_is_missing() -> None:
    assert told("flashcards") == []
    assert told("flashcards", cards=[{"front": "A", "back": "B"}]) == [", cards: The minimum number of items is 2"]
    twice = [{"front": "Guardian", "back": "B"}, {"front": "Guardian", "back": "C"}]
    assert told("flashcards", cards=twice) == [", cards: “Guardian” stands here twice. Change one or take it out."]


def test_cards_that_were_not_known_come_back() -> None:
    first = answer("flashcards", {"entry-0": KNEW, "entry-1": NOT_YET, "entry-2": NOT_YET})
    assert (first.done, first.score) == (True, None)
    assert fronts(first.state) == ["Best interests", "Presumption of age"]
    page = page_of("flashcards", first.state)
    assert "You know 1 of 3 cards" in page
    assert "2 cards come back: not yet." in page
    second = answer("flashcards", {"entry-1": KNEW}, first.state)
    assert fronts(second.state) == ["Presumption of age"]


def test_pile_that_is_known_can_be_gone_through_again() -> None:
    all_known = answer("flashcards", dict.fromkeys(["entry-0", "entry-1", "entry-2"], KNEW)).state
    assert "Go through all cards again" in page_of("flashcards", all_known)
    assert len(fronts(all_known)) == 3
    assert fronts(answer("flashcards", {"entry-2": NOT_YET}, all_known).state) == ["Presumption of age"]


def test_card_of_which_nothing_was_said_stays_and_the_block_is_not_done() -> None:
    some = answer("flashcards", {"entry-0": KNEW})
    assert not some.done
    assert fronts(some.state) == ["Best interests", "Presumption of age"]
    assert "2 cards are still to be looked at." in page_of("flashcards", some.state)
    assert answer("flashcards", {"entry-1": NOT_YET, "entry-2": NOT_YET}, some.state).done


def test_pile_that_is_sent_twice_or_from_an_older_page_is_no_mistake() -> None:
    once = answer("flashcards", {"entry-0": KNEW})
    twice = answer("flashcards", {"entry-0": KNEW}, once.state)
    assert twice.state == once.state and fronts(twice.state) == ["Best interests", "Presumption of age"]
    late = answer("flashcards", {"entry-0": NOT_YET, "entry-1": KNEW}, once.state)
    assert late.state["cards"] == {"entry-0": NOT_YET, "entry-1": KNEW}


TEN = [{"front": f"Word {n}", "back": f"Meaning {n}"} for n in range(10)]
WRITTEN = [card["front"] for card in TEN]


def test_cards_come_as_written_unless_they_are_to_be_mixed() -> None:
    assert fronts(None, cards=TEN) == WRITTEN
    some = answer("flashcards", {"entry-3": KNEW}, cards=TEN).state
    assert some == {"cards": {"entry-3": KNEW}} and fronts(some, cards=TEN) == [word for word in WRITTEN if word != "Word 3"]


def test_mixed_cards_keep_their_order_within_a_try_and_have_another_in_the_next() -> None:
    mixed = {"cards": TEN, "shuffle": True}
    first = fronts(None, **mixed)
    assert first == fronts(None, **mixed) != WRITTEN and sorted(first) == WRITTEN
    assert errors_of("flashcards", {}, **mixed)
    all_known = answer("flashcards", dict.fromkeys([f"entry-{n}" for n in range(10)], KNEW), **mixed)
    second = fronts(all_known.state, **mixed)
    assert all_known.done and second == fronts(all_known.state, **mixed) != first and sorted(second) == WRITTEN
    third = fronts(answer("flashcards", {"entry-0": NOT_YET}, all_known.state, **mixed).state, **mixed)
    assert third == ["Word 0"]


def test_everybody_begins_with_the_same_mixed_pile_and_it_is_the_one_that_is_kept() -> None:
    wanted = fronts(None, cards=TEN, shuffle=True)
    for _reader in range(3):
        assert re.findall(r"Word \d(?=</span>)", page_of("flashcards", cards=TEN, shuffle=True)) == wanted


@pytest.mark.parametrize("tries", [None, "x", [], -1, 10**400, 1.5])
def test_odd_numbers_of_tries_do_no_harm(tries: object) -> None:
    assert sorted(fronts({"cards": {}, "tries": tries}, cards=TEN, shuffle=True)) == WRITTEN
    answer("flashcards", {"entry-0": KNEW}, {"cards": {}, "tries": tries}, cards=TEN, shuffle=True)


def test_nothing_said_at_all_is_asked_for() -> None:
    assert errors_of("flashcards", {}) == ["Open at least one card and say whether you knew it."]
    assert errors_of("flashcards", {"entry-9": KNEW}) == ["Open at least one card and say whether you knew it."]


def test_word_that_was_not_offered_is_refused() -> None:
    assert len(errors_of("flashcards", {"entry-0": AWKWARD})) == 1


@pytest.mark.parametrize("cards", [None, [], "x", {"entry-0": ["knew"]}, {"gone": "knew"}, {"entry-0": {"a": 1}}])
def test_states_that_do_not_fit_are_an_untouched_pile(cards: object) -> None:
    assert len(fronts({"cards": cards})) == 3
    assert "You know 0 of 3 cards" in page_of("flashcards", {"cards": cards})


def test_odd_letters_do_no_harm() -> None:
    cards = [{"front": AWKWARD, "back": AWKWARD}, {"front": "A", "back": "B"}]
    page = page_of("flashcards", intro=AWKWARD, cards=cards)
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 4  # introduction, front, name of its group, back


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    offered = offered_to_translators(lessons[0], "flashcards")
    assert "Best interests" in offered
    assert len(offered) == 2 + 3 * 2  # heading and introduction; each card with its back
