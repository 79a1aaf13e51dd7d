"""A list to tick, for the learner alone."""

import pytest

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, errors_of, offered_to_translators, page_of, told

pytestmark = pytest.mark.django_db


def test_editor_is_told_what_is_missing() -> None:
    assert told("checklist") == []
    assert told("checklist", items=["Call"]) == [", items: The minimum number of items is 2"]


def test_no_lesson_waits_for_it_unless_its_author_says_so() -> None:
    assert LessonBlocks().child_blocks["checklist"].get_default()["required"] is False


def test_ticks_are_kept_as_they_are() -> None:
    some = answer("checklist", {"ticked": ["entry-0", "entry-2"]})
    assert (some.state, some.score, some.done) == ({"ticked": ["entry-0", "entry-2"]}, None, True)
    page = page_of("checklist", some.state)
    assert "Ticked: 2 of 4" in page
    assert page.count("checked") == 2
    assert page.count("<details") == 0, "the list hides after saving"


def test_nothing_needs_a_tick() -> None:
    assert answer("checklist", {}).state == {"ticked": []}
    assert "Ticked: 0 of 4" in page_of("checklist", {"ticked": []})


def test_tick_that_was_not_offered_is_refused() -> None:
    gone = "This list has changed. Tick what you have done, and save once more."
    assert errors_of("checklist", {"ticked": ["entry-9"]}) == [gone]
    assert errors_of("checklist", {"ticked": [AWKWARD]}) == [gone]


@pytest.mark.parametrize("ticked", [None, "entry-0", {"entry-0": True}, [["entry-0"]], ["gone"]])
def test_state_that_does_not_fit_is_an_empty_list(ticked: object) -> None:
    assert "Ticked: 0 of 4" in page_of("checklist", {"ticked": ticked})


def test_list_for_the_next_case_says_so() -> None:
    assert "For my next case" in page_of("checklist")
    assert "For my next case" not in page_of("checklist", for_case=False)


def test_odd_letters_do_no_harm() -> None:
    assert "<script>" not in page_of("checklist", {"ticked": ["entry-0"]}, intro=AWKWARD, items=[AWKWARD, "Call"])


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    assert len(offered_to_translators(lessons[0], "checklist")) == 2 + 4  # heading, introduction, four things
