"""Aiken: one right choice of several; whatever is wrong is named with its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.aiken import FORMAT
from quizzes.formats.base import FormatError, Item, State
from quizzes.formats.shapes import choice, filled
from quizzes.formats.text_files import derived, paragraph
from tests.quizzes.formats import strategies as some

SAMPLE = Path(__file__).parent / "samples" / "trainer.aiken.txt"


def read(text: str) -> list[Item]:
    return FORMAT.read(text.encode(), "a.txt").items


def test_sample_arrives_but_for_what_is_named_by_line():
    items = FORMAT.read(SAMPLE.read_bytes(), SAMPLE.name).items
    assert [(item.place, item.state) for item in items] == [
        ("line 1", State.READY),
        ("line 7", State.READY),
        ("line 12", State.REFUSED),
        ("line 15", State.REFUSED),
        ("line 19", State.REFUSED),
        ("line 22", State.READY),
    ]
    assert [note.place for item in items for note in item.notes] == ["line 12", "line 18", "line 19"]
    assert "“D”" in items[3].notes[0].reason
    assert [row["correct"] for row in items[0].value["choices"]] == [False, True, False]
    assert items[1].value["text"] == "<p>Настойникът говори с детето. Кой превежда?</p>"
    assert items[5].value["choices"][1] == choice("On beş", correct=True)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ANSWER: A", ["line 1", "line 1"]),
        ("Q?\nA. x\nA. y\nANSWER: A", ["line 3"]),
        ("Q?\nA. x\nB.\nANSWER: A", ["line 3"]),
        ("Q?\nA. x\nB. y\nANSWER:", ["line 4"]),
        ("Q?\nA. x\nB. y\nANSWER: A, B", ["line 4"]),
        ("Q?\nA. x\nB. y", ["line 1"]),
        ("Q?\nANSWER: A", ["line 1"]),
    ],
)
def test_what_is_wrong_is_named(text, places):
    [item] = read(text)
    assert item.state == State.REFUSED
    assert [note.place for note in item.notes] == places


def test_question_on_two_lines_and_answer_in_small_letters():
    [item] = read("A case.\nWhat now?\nA. x\nB. y\nAnswer: b)")
    assert item.value["text"] == "<p>A case.<br>What now?</p>"
    assert item.value["choices"][1]["correct"]


def test_second_reading_finds_the_same_references():
    text = "Q?\nA. x\nB. y\nANSWER: A\n" * 2
    first, second = (item.reference for item in read(text))
    assert second == f"{first}#2"
    assert [item.reference for item in read(text)] == [first, second]


@settings(deadline=None)
@given(st.binary() | st.text("AaBb.):\n WERSNX").map(str.encode))
def test_any_bytes_give_a_reading_or_a_plain_refusal(content):
    try:
        reading = FORMAT.read(content, "a.txt")
    except FormatError:
        return
    assert all(item.notes for item in reading.items if item.state == State.REFUSED)
    FORMAT.write([item for item in reading.items if item.state != State.REFUSED])


@settings(max_examples=50, deadline=None)
@given(some.said, st.lists(some.said, min_size=2, max_size=5))
def test_what_aiken_can_say_comes_back_and_the_rest_is_named(text, choices):
    rows = [choice(words, correct=number == 1) for number, words in enumerate(choices)]
    value = filled("single_choice", text=paragraph(text), choices=rows)
    item = Item("", derived("single_choice", value["text"]), "single_choice", value)
    writing = FORMAT.write([item])
    back = FORMAT.read(writing.content, "a.txt").items
    assert writing.notes or [(one.value, one.reference) for one in back] == [(value, item.reference)]


def test_other_kinds_and_feedback_are_named():
    essay = Item("1", "e", "essay", filled("essay", text="<p>E?</p>"))
    rows = [choice("a", correct=True, feedback="f"), choice("b", credit="50")]
    told = Item("2", "s", "single_choice", filled("single_choice", text="<p><b>S</b>?</p>", choices=rows, hints=["h"]))
    writing = FORMAT.write([essay, told])
    assert [note.place for note in writing.notes] == ["1", "2"]
    for word in ("bold", "hints", "feedback to choices", "shares"):
        assert word in writing.notes[1].reason
    assert writing.content == b"S?\nA. a\nB. b\nANSWER: A\n"


def test_files_are_recognised():
    assert FORMAT.sniff(SAMPLE.read_bytes(), "a.txt")
    assert not FORMAT.sniff(b"One?{T}", "a.txt")
