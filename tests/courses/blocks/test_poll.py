"""A poll: what all answered, from five on, and never who."""

import pytest

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, errors_of, offered_to_translators, page_of, told

pytestmark = pytest.mark.django_db
CHOICES = [f"entry-{n}" for n in range(4)]


def totals(*counts: int, **changed: object) -> str:
    others = [[choice, n] for choice, n in zip(CHOICES, counts, strict=False)]
    return page_of("poll", {"given": True, "others": others}, **changed)


def test_editor_is_told_what_is_missing() -> None:
    assert told("poll") == []
    assert told("poll", choices=["Yes"]) == [", choices: The minimum number of items is 2"]
    assert told("poll", choices=["Yes", " Yes "]) == [", choices: “Yes” stands here twice. Change one or take it out."]
    assert told("poll", question="") == [", question: This field is required."]


def test_no_lesson_waits_for_it_unless_its_author_says_so() -> None:
    assert LessonBlocks().child_blocks["poll"].get_default()["required"] is False


def test_learner_is_told_before_that_nothing_can_be_taken_back() -> None:
    assert "Your answer is kept without your name, so you cannot change it or take it back." in page_of("poll")


def test_what_was_chosen_does_not_stand_in_the_learners_own_state() -> None:
    answered = answer("poll", {"choice": "entry-1"})
    assert (answered.state, answered.given, answered.score) == ({"given": True}, ("entry-1",), None)


@pytest.mark.parametrize("sent", [{}, {"choice": ""}, {"choice": "entry-9"}, {"choice": AWKWARD}, {"choice": ["a", "b"]}])
def test_anything_else_is_asked_again(sent: dict[str, str]) -> None:
    assert errors_of("poll", sent) == ["Choose what fits you best."]


def test_totals_show_from_five_answers_on() -> None:
    four, five = totals(1, 3), totals(2, 3)
    assert "1 of 4" not in four and "3 of 4" not in four
    assert "once five people have answered" in four
    assert "What 5 people answered" in five
    assert five.index("2 of 5") < five.index("3 of 5") < five.index("0 of 5")


def test_author_may_leave_totals_out() -> None:
    page = totals(20, 30, show_totals=False)
    assert "20" not in page
    assert "five people" not in page
    assert "Your answer is counted." in page


def test_nothing_is_asked_twice() -> None:
    assert "<form" in page_of("poll")
    assert "<form" not in totals(2, 3)


def test_choice_that_is_no_more_is_counted_no_more() -> None:
    page = page_of("poll", {"given": True, "others": [["gone", 50], ["entry-0", 5]]})
    assert "What 5 people answered" in page


def test_odd_letters_do_no_harm() -> None:
    page = totals(5, choices=[AWKWARD, "Wait"], question=AWKWARD)
    assert "<script>" not in page
    assert "100 % %(text)s {{ 1 }}" in page


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    assert len(offered_to_translators(lessons[0], "poll")) == 2 + 4  # heading, question, four choices
