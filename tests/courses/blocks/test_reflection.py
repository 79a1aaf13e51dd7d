"""A question to think about. What is written is read by its writer alone: see also tests/learning/test_journal.py."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, block_of, errors_of, material_of, offered_to_translators, page_of, told

pytestmark = pytest.mark.django_db
WARNING = "Do not write names or details that identify a real child."


def test_editor_is_told_what_is_missing() -> None:
    assert told("reflection") == []
    assert told("reflection", prompt="") == [", prompt: This field is required."]


def test_no_lesson_waits_for_it_unless_its_author_says_so() -> None:
    assert LessonBlocks().child_blocks["reflection"].get_default()["required"] is False


def test_warning_stands_above_every_text_and_no_author_can_take_it_out() -> None:
    assert WARNING in page_of("reflection")
    assert WARNING in page_of("reflection", {"text": "Mine"})
    assert not {"warning", "help_text"} & set(block_of("reflection").child_blocks)


def test_text_is_kept_with_its_question_and_the_day_to_look_again() -> None:
    kept = answer("reflection", {"text": "First line\nSecond <b>line</b>"})
    again_on = (timezone.localdate() + timedelta(days=30)).isoformat()
    prompt = material_of("reflection")["prompt"]
    assert kept.state == {"text": "First line\nSecond <b>line</b>", "prompt": prompt, "again_on": again_on}
    assert (kept.done, kept.score) == (True, None)
    page = page_of("reflection", kept.state)
    assert "<p>First line<br>Second &lt;b&gt;line&lt;/b&gt;</p>" in page
    assert "Look at it again from" in page


def test_nothing_to_look_at_again_where_the_author_wants_none() -> None:
    kept = answer("reflection", {"text": "Mine"}, follow_up_days=0)
    assert "Look at it again" not in page_of("reflection", kept.state, follow_up_days=0)


def test_empty_and_endless_texts_are_refused_in_words() -> None:
    for nothing in [{}, {"text": ""}, {"text": "  \n "}]:
        assert errors_of("reflection", nothing) == ["Write a few words, or leave this for later."]
    (message,) = errors_of("reflection", {"text": "a" * 5001})
    assert message == "This is too long. Write at most 5000 characters; you have 5001."
    assert errors_of("reflection", {"text": "a\x00b"}) == ["Null characters are not allowed."]


def test_deleting_leaves_nothing_of_the_text_even_when_some_was_typed() -> None:
    before = answer("reflection", {"text": "Mine"}).state
    after = answer("reflection", {"act": "delete", "text": "Typed since"}, before)
    assert after.state == {"deleted": True}
    page = page_of("reflection", after.state)
    assert "You have deleted what you wrote here" in page
    assert "Mine" not in page


@pytest.mark.parametrize("state", [{"text": 3}, {"text": None, "again_on": 7}, {"text": "a", "again_on": "2026-13-45"}, {"x": 1}])
def test_state_that_does_not_fit_does_no_harm(state: dict) -> None:
    page_of("reflection", state)


def test_odd_letters_do_no_harm() -> None:
    page = page_of("reflection", {"text": AWKWARD}, prompt=AWKWARD, hint=AWKWARD)
    assert "<script>" not in page


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    assert offered_to_translators(lessons[0], "reflection") == {
        "Pause and think",
        "Which of these signs have you met in your own work, and what did you do then?",
        "Two or three sentences are enough.",
    }
