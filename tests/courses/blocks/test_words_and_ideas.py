"""A few words, or a short note, from everybody: plain, about nobody, and read by a trainer first."""

import uuid

import pytest

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from quizzes.raw_values import plain_value, problems_of, raw_value
from tests.courses.blocks.editing import AWKWARD, answer, errors_of, offered_to_translators, page_of, told
from tests.factories.practice import example

pytestmark = pytest.mark.django_db
FIRST = {"words": "word1", "ideas": "idea"}
BOTH = pytest.mark.parametrize("name", FIRST)


def test_editor_is_told_what_is_missing() -> None:
    for name in FIRST:
        assert told(name) == []
        assert told(name, prompt="") == [", prompt: This field is required."]


def test_number_of_words_has_bounds() -> None:
    block = LessonBlocks().child_blocks["words"].child_blocks["most"]
    assert (block.field.min_value, block.field.max_value) == (1, 5)
    assert page_of("words", most=1).count('<input type="text"') == 1
    assert page_of("words", most=5).count('<input type="text"') == 5


@BOTH
def test_learner_is_told_before_who_reads_it_and_that_it_stays(name: str) -> None:
    page = page_of(name)
    assert "A trainer reads it before others see it." in page
    assert "It is kept without your name, so you cannot change it or take it back." in page


@BOTH
def test_no_lesson_waits_for_it_unless_its_author_says_so(name: str) -> None:
    assert LessonBlocks().child_blocks[name].get_default()["required"] is False


def test_what_was_written_does_not_stand_in_the_learners_own_state() -> None:
    words = answer("words", {"word1": " a  quiet\troom ", "word2": "time", "word3": "Time"})
    assert (words.state, words.given) == ({"given": True}, ("a quiet room", "Time"))
    idea = answer("ideas", {"idea": "I bring\ntwo cups. "})
    assert (idea.state, idea.given) == ({"given": True}, ("I bring\ntwo cups.",))


@BOTH
@pytest.mark.parametrize("text", ["", "   ", "\u200b\u202e"])
def test_nothing_is_asked_again(name: str, text: str) -> None:
    (message,) = errors_of(name, {FIRST[name]: text})
    assert "leave this for later" in message


@BOTH
def test_too_much_is_asked_again(name: str) -> None:
    most = {"words": 40, "ideas": 300}[name]
    assert errors_of(name, {FIRST[name]: "x" * most}) == []
    assert errors_of(name, {FIRST[name]: "x" * (most + 1)}) == [
        f"This is too long. Write at most {most} characters; you have {most + 1}."
    ]


@BOTH
@pytest.mark.parametrize(
    ("text", "kind"),
    [("ana@example.org", "an e-mail address"), ("0888 123 456", "somebody's number"), ("12.3.2009", "a full date")],
)
def test_details_of_a_person_are_asked_out(name: str, text: str, kind: str) -> None:
    (message,) = errors_of(name, {FIRST[name]: f"Ana {text}"})
    assert message.endswith(f"looks like {kind}. Take it out: nothing here should lead to a real person.")


@BOTH
def test_letters_that_turn_or_hide_text_are_taken_out(name: str) -> None:
    assert answer(name, {FIRST[name]: "Ann\u202egpj.exe\u200b\x07"}).given == ("Anngpj.exe",)
    family = "👩‍👧"
    assert answer(name, {FIRST[name]: family}).given == (family,)


def test_words_come_by_how_often_and_capitals_make_no_other_word() -> None:
    page = page_of("words", {"given": True, "others": [["time", 2], ["Trust", 1], ["trust", 3], ["calm", 2]]})
    assert page.index(">Trust<") < page.index(">calm<") < page.index(">time<")
    assert "4 times" in page and page.count("2 times") == 2


@BOTH
def test_nothing_shown_yet_says_so(name: str) -> None:
    page = page_of(name, {"given": True})
    assert "once a trainer has read them" in page
    assert "<form" not in page


@BOTH
def test_odd_letters_do_no_harm(name: str) -> None:
    page = page_of(name, {"given": True, "others": [[AWKWARD, 1]]}, prompt=AWKWARD)
    assert "<script>" not in page
    assert page.count("100 % %(text)s {{ 1 }}") == 2


@BOTH
def test_translators_get_words_only(lessons: list[LessonPage], name: str) -> None:
    assert len(offered_to_translators(lessons[0], name)) == 2  # heading, prompt


@pytest.mark.parametrize("name", ["poll", "words", "ideas"])
def test_plain_values_of_a_pack_come_back_as_they_were(name: str) -> None:
    block = LessonBlocks().child_blocks[name]
    plain = plain_value(block, example(name)["value"])
    raw = raw_value(block, plain, lambda place, part: uuid.uuid5(uuid.NAMESPACE_URL, f"{place}/{part}"), "lesson", {})
    assert not problems_of(block, raw)
    assert plain_value(block, raw) == plain
