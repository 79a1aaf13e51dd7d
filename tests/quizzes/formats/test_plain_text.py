"""Questions as a trainer types them: every kind, forgiving, with the line of whatever is wrong."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.base import FormatError, Item, State
from quizzes.formats.plain_text import FORMAT
from quizzes.formats.shapes import choice, filled
from tests.quizzes.formats import strategies as some

SAMPLE = Path(__file__).parent / "samples" / "trainer.txt"


def read(text: str) -> list[Item]:
    return FORMAT.read(text.encode(), "a.txt").items


def only(text: str) -> Item:
    [item] = read(text)
    return item


def sample() -> dict[str, Item]:
    return {item.kind: item for item in FORMAT.read(SAMPLE.read_bytes(), SAMPLE.name).items}


def test_sample_holds_every_kind_that_can_be_typed():
    reading = FORMAT.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert [item.kind for item in reading.items] == [
        "single_choice", "multiple_response", "true_false", "matching", "ordering", "categorise", "gap_choice", "gap_text",
        "short_text", "numeric", "mark_words", "essay", "poll", "confidence", "information",
    ]  # fmt: skip
    assert not [note for item in reading.items for note in item.notes]
    assert reading.notes == []


def test_sample_comes_back_exactly():
    items = FORMAT.read(SAMPLE.read_bytes(), SAMPLE.name).items
    writing = FORMAT.write(items)
    assert writing.notes == []
    back = FORMAT.read(writing.content, "a.txt").items
    assert [(item.kind, item.value, item.reference, item.category, item.tags, item.outcome) for item in back] == [
        (item.kind, item.value, item.reference, item.category, item.tags, item.outcome) for item in items
    ]


def test_details_at_the_top_hold_for_what_follows_and_a_question_may_say_otherwise():
    first, second = read("@language: bg\n@difficulty: hard\n\nA?\nT\n\nB?\nF\n@language: tr")
    assert (first.language, second.language, first.difficulty, second.difficulty) == ("bg", "tr", 3, 3)


def test_choices_with_shares_feedback_hints_and_explanation():
    item = sample()["single_choice"]
    assert item.value["choices"][0] == choice("The words of the child", True, "Exactly, in the child's own words.")
    assert item.value["choices"][2]["credit"] == "-25"
    assert item.value["hints"] == ["Whose words count?"]
    assert '<a href="https://example.org/guide">the guide</a>' in item.value["explanation"]
    assert (item.category, item.outcome, item.difficulty, item.language) == ("First contact", "first-contact", 1, "en")


def test_numbers_with_range_share_and_unit():
    value = sample()["numeric"].value
    assert [(row["value"], row["tolerance"], row["credit"]) for row in value["accepted"]] == [
        ("12.5", "0.5", None),
        ("15", "5", "50"),
    ]
    assert [unit["name"] for unit in value["units"]] == ["km", "m"]
    alone = only("How far?\n= 3,5 ± 0,5 km :: Yes").value
    assert alone["accepted"] == [{"value": "3.5", "tolerance": "0.5", "credit": None, "feedback": "Yes"}]
    assert alone["units"] == [{"name": "km", "factor": "1"}]


def test_kind_may_be_named_where_the_answers_would_say_another():
    assert only("@kind: short text\nWhich year?\n= 1989").kind == "short_text"
    assert only("Which year?\n= 1989").kind == "numeric"
    assert only("@kind: multiple_response\nWhich?\n- [x] a\n- [ ] b").kind == "multiple_response"


def test_dashes_let_a_question_hold_empty_lines():
    first, second = read("One\n\nstill one\n\n- [x] a\n  b\n- [ ] c\n---\nTwo\nT")
    assert first.value["text"] == "<p>One</p><p>still one</p>"
    assert first.value["choices"][0]["text"] == "a\nb"
    assert second.kind == "true_false"


def test_backslash_takes_a_sign_its_meaning():
    item = only("\\# Not a heading \\*so\\*\n\\- not a choice\n= a \\:: b \\= c")
    assert item.value["text"] == "<p># Not a heading *so*<br>- not a choice</p>"
    assert item.value["accepted"][0]["text"] == "a :: b = c"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Q?", "line 3"),
        ("Q?\n- [x] a", "line 3"),
        ("Q?\n- [ ] a\n- [ ] b", "line 3"),
        ("Q?\n- [x] a\n- [maybe] b", "line 5"),
        ("Q?\n- [x 200%] a\n- [ ] b", "line 4"),
        ("Q?\n- a\n- b", "line 4"),
        ("Q?\n- [x] a\n- [ ]", "line 5"),
        ("Q?\n- [x] a\n- [ ] b\nmore text", "line 6"),
        ("Q?\n- [x] a\n= b", "line 5"),
        ("Q?\nT\nF", "line 5"),
        ("@kind: riddle\nQ?", "line 3"),
        ("@kind: information\nQ?\nT", "line 5"),
        ("Q?\n  - card\n* Box", "line 4"),
        ("Q?\n| no gap", "line 3"),
        ("Q?\n| [[*a]]", "line 3"),
        ("Q?\n| [[*a|b]]\n> why\n| [[*a|b]]", "line 6"),
        ("Q?\n= 12 km\n= 3 m", "line 5"),
        ("Q?\n= 20..10", "line 4"),
        ("Q?\n___\n% no points", "line 5"),
        ("Q?\n> why\nmore", "line 5"),
        ("T", "line 3"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_loses_no_neighbour(text, place):
    before, broken, after = read(f"One?\nT\n\n{text}\n\nThree?\nF")
    assert (before.state, after.state) == (State.READY, State.READY)
    assert broken.state == State.REFUSED
    assert broken.notes[-1].place == f"line {int(place.split()[1]) + 1}"


def test_detail_that_does_not_fit_is_named_and_the_rest_arrives():
    item = only("Q?\nT\n@colour: red\n@country: Bulgaria\n@words: 5-10\n@checked on: 2026-02-30\n@look: chat")
    assert item.state == State.PARTLY
    assert sorted(note.place for note in item.notes) == ["line 3", "line 4", "line 5", "line 6", "line 7"]


def test_second_reading_finds_the_same_references():
    text = "One?\nT\n\nOne?\nT\n\n@name: n\nTwo?\nF\n\n@id: x\nThree?\nF"
    references = [item.reference for item in read(text)]
    assert references == [item.reference for item in read(text)]
    assert references[1:] == [f"{references[0]}#2", "n", "x"]


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.text("-[x] @:=>?|*%_#T12.\\\n abkind").map(str.encode))
def test_any_bytes_give_a_reading_or_a_plain_refusal(content):
    try:
        reading = FORMAT.read(content, "a.txt")
    except FormatError:
        return
    assert all(item.notes for item in reading.items if item.state == State.REFUSED)
    FORMAT.write([item for item in reading.items if item.state != State.REFUSED])


@settings(max_examples=100, deadline=None)
@given(st.one_of(*some.every().values()))
def test_what_can_be_typed_comes_back_exactly_and_the_rest_is_named(item):
    writing = FORMAT.write([item])
    back = FORMAT.read(writing.content, "a.txt").items
    told = [(one.kind, one.value, one.name, list(one.tags)) for one in back] == [
        (item.kind, item.value, item.name, list(item.tags))
    ]
    assert told != bool(writing.notes)


def test_what_cannot_be_typed_is_named():
    case = Item("1", "a", "case_study", filled("case_study", text="<p>A</p>"))
    listed = Item("2", "b", "information", filled("information", text="<p>B</p><ul><li>one</li></ul>"))
    strange = Item("3", "c", "information", filled("information", text="<p>\x07</p>"))
    writing = FORMAT.write([case, listed, strange])
    assert [note.place for note in writing.notes] == ["1", "2", "3"]
    assert [item.reference for item in FORMAT.read(writing.content, "a.txt").items] == ["b"]


def test_files_are_recognised():
    assert FORMAT.sniff(SAMPLE.read_bytes(), "a.txt")
    assert not FORMAT.sniff(b"One?\nA. x\nB. y\nANSWER: A", "a.txt")


def test_a_question_without_category_after_one_with_a_category():
    items = [Item("", name, "information", filled("information", text="<p>x</p>"), name=name) for name in "abc"]
    items[0].category, items[2].category = "Law/# of  the land", "Law"
    writing = FORMAT.write(items)
    back = FORMAT.read(writing.content, "x.txt").items
    assert [(item.name, item.category, item.state) for item in back] == [
        ("a", "Law/# of  the land", State.READY), ("b", "", State.READY), ("c", "Law", State.READY),
    ]  # fmt: skip
