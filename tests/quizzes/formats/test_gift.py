"""GIFT: what Moodle says arrives, what is wrong is named with its line, and what we write comes back as it was."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.base import FormatError, Item, State
from quizzes.formats.gift import FORMAT
from quizzes.formats.shapes import filled
from tests.quizzes.formats import strategies as some

SAMPLES = Path(__file__).parent / "samples"


def read(text: str | bytes) -> list[Item]:
    return FORMAT.read(text if isinstance(text, bytes) else text.encode(), "questions.gift").items


def only(text: str) -> Item:
    [item] = read(text)
    return item


def sample() -> dict[str, Item]:
    return {item.name or item.kind: item for item in read((SAMPLES / "moodle.gift").read_bytes())}


def test_sample_arrives_whole_but_for_what_is_named():
    reading = FORMAT.read((SAMPLES / "moodle.gift").read_bytes(), "moodle.gift")
    assert [item.kind for item in reading.items] == [
        "single_choice", "multiple_response", "true_false", "short_text", "matching", "short_text", "numeric", "essay",
        "information", "", "single_choice",
    ]  # fmt: skip
    named = [(item.state, item.notes[0].place) for item in reading.items if item.notes]
    assert named == [(State.REFUSED, "line 42"), (State.PARTLY, "line 44")]
    assert {item.category for item in reading.items} == {"First contact/Signs"}


def test_choice_with_weight_feedback_identity_and_tags():
    item = sample()["Who decides"]
    assert (item.reference, list(item.tags)) == ("who-decides", ["guardian", "role"])
    assert [(row["correct"], row["credit"]) for row in item.value["choices"]] == [(True, None), (False, "50"), (False, None)]
    assert item.value["choices"][1]["feedback"] == "Partly: it depends on the order."
    assert item.value["explanation"] == "<p>The court names the <b>guardian</b>.</p>"


def test_weights_that_are_the_usual_rule_are_none_of_their_own():
    usual = only("Which?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d}")
    assert [row["credit"] for row in usual.value["choices"]] == [None] * 4
    milder = only("Which?{~%50%a ~%50%b ~c}")
    assert [(row["correct"], row["credit"]) for row in milder.value["choices"]] == [(True, "50"), (True, "50"), (False, "0")]


@pytest.mark.parametrize(
    ("text", "answer", "true", "false"),
    [
        ("Sky is blue.{T}", "true", "", ""),
        ("Sky is blue.{TRUE#no#yes}", "true", "yes", "no"),
        ("Sky is green.{F#no#yes}", "false", "no", "yes"),
        ("Sky is green.{FALSE#no}", "false", "no", ""),
    ],
)
def test_true_false_feedback_goes_to_the_judgement_it_is_for(text, answer, true, false):
    value = only(text).value
    assert (value["answer"], value["feedback_true"], value["feedback_false"]) == (answer, true, false)


@pytest.mark.parametrize(
    ("answers", "value", "tolerance"),
    [
        ("#5", "5", "0"),
        ("#5:0.25", "5", "0.25"),
        ("#1..5", "3", "2"),
        ("#-1.5..0.5", "-0.5", "1.0"),
        ("#0.1..0.4", "0.25", "0.15"),
    ],
)
def test_numbers_and_ranges_are_exact(answers, value, tolerance):
    [accepted] = only(f"How many?{{{answers}}}").value["accepted"]
    assert (accepted["value"], accepted["tolerance"]) == (value, tolerance)


def test_feedback_to_any_other_number_is_feedback_to_a_wrong_answer():
    assert sample()["numeric"].value["when_wrong"] == "Look at the law again."


def test_missing_word_leaves_a_gap_in_the_text():
    assert only("The {=guardian =tutor} decides.").value["text"] == "<p>The _____ decides.</p>"


def test_right_sides_alone_are_distractors():
    value = sample()["Pairs"].value
    assert value["distractors"] == ["translation"]
    assert [pair["right"] for pair in value["pairs"]] == ["best interests", "the case in court"]


def test_escapes_and_paragraphs():
    item = only(r"::A\:\:b:: One \{two\} \= \#3 \~ four\n\nBack\\slash \d.{=a\=b#c\:d}")
    assert item.name == "A::b"
    assert item.value["text"] == "<p>One {two} = #3 ~ four</p><p>Back\\slash \\d.</p>"
    assert item.value["accepted"] == [{"text": "a=b", "credit": None, "feedback": "c:d"}]


def test_text_formats():
    assert only("[plain]Is <b>this</b> bold?{T}").value["text"] == "<p>Is &lt;b&gt;this&lt;/b&gt; bold?</p>"
    assert only("[html]Is <b>this</b><br>bold?{T}").value["text"] == "<p>Is <b>this</b><br>bold?</p>"
    assert only("Is <b>this</b>\nbold?{T}").value["text"] == "<p>Is <b>this</b><br>bold?</p>"
    item = only('[html]<p>Look <img src="x.png"> here</p>{~<b>a</b> =b}')
    assert item.state == State.PARTLY
    assert [row["text"] for row in item.value["choices"]] == ["a", "b"]
    assert len(item.notes) == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A?{~a ~b}", "line 1"),
        ("A?{\n~a\n=}", "line 3"),
        ("A?{~%101%a\n~b}", "line 1"),
        ("A?{\n=a\n~%-300%b}", "line 3"),
        ("A?{~a", "line 1"),
        ("A?\n~a}", "line 2"),
        ("A?{=a} and {=b}", "line 1"),
        ("A?{=a -> b\n=c}", "line 2"),
        ("A?{=a -> }", "line 1"),
        ("A?{#12,5}", "line 1"),
        ("A?{#5..1}", "line 1"),
        ("A?{#}", "line 1"),
        ("A?{#1e99}", "line 1"),
        ("{=a ~b}", "line 1"),
        ("A?{a ~b}", "line 1"),
    ],
)
def test_broken_question_is_named_with_its_line_and_loses_no_neighbour(text, place):
    before, broken, after = read(f"::one:: One?{{T}}\n\n{text}\n\n::three:: Three?{{F}}")
    assert (before.state, after.state) == (State.READY, State.READY)
    assert (after.kind, after.name) == ("true_false", "three")
    assert broken.state == State.REFUSED
    assert broken.notes[-1].place == f"line {int(place.split()[1]) + 2}"


def test_several_right_answers_of_one_are_named():
    item = only("Which?{=a =b ~c}")
    assert item.state == State.PARTLY
    assert [(row["correct"], row["credit"]) for row in item.value["choices"]] == [(True, None), (False, "100"), (False, None)]


def test_second_reading_finds_the_same_references_and_doubles_are_numbered():
    text = "One?{T}\n\nOne?{T}\n\n::a:: Two?{F}\n\n::a:: Three?{F}\n\n// [id:x]\n::a:: Four?{T}"
    once = [item.reference for item in read(text)]
    assert once == [item.reference for item in read(text)]
    assert once[1] == f"{once[0]}#2"
    assert once[2:] == ["a", "a#2", "x"]


def test_category_may_stand_directly_before_a_question():
    first, second = read("$CATEGORY: tom/dick\nOne?{T}\n\n$CATEGORY: $module$/top/x y\n\nTwo?{T}")
    assert (first.category, second.category) == ("tom/dick", "x y")


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        ("Щит?{=да}".encode(), False),
        (b"\xef\xbb\xbf" + "Щит?{=да}".encode(), False),
        ("\ufeffЩит?{=да}".encode("utf-16-le"), False),
        ("\ufeffЩит?{=да}".encode("utf-16-be"), False),
        ("Щит?{=да}".encode("windows-1251"), True),
    ],
)
def test_letters_arrive_in_every_encoding_and_a_guess_is_named(content, noted):
    reading = FORMAT.read(content, "a.gift")
    assert reading.items[0].value["text"] == "<p>Щит?</p>"
    assert reading.items[0].value["accepted"][0]["text"] == "да"
    assert [note.place for note in reading.notes] == ["whole file"] * noted


@pytest.mark.parametrize(
    ("text", "encoding"), [("Çocuğun kaydı?{=İş}", "windows-1254"), ("Où est né l'élève ?{=à}", "windows-1252")]
)
def test_western_and_turkish_letters(text, encoding):
    reading = FORMAT.read(text.encode(encoding), "a.gift")
    assert reading.items[0].value["text"] == f"<p>{text.partition('{')[0]}</p>"
    assert encoding.capitalize() in reading.notes[0].reason


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end):
    first, second = read(f"One?{{T}}{end}{end}Two?{{~a{end}=b}}")
    assert (first.kind, second.kind, second.place) == ("true_false", "single_choice", "line 3")


def test_too_large_files_are_refused_as_a_whole():
    with pytest.raises(FormatError, match="5 MB"):
        FORMAT.read(b"x" * 5_000_001, "a.gift")
    with pytest.raises(FormatError, match="5000 questions"):
        FORMAT.read(b"\n\n".join([b"a?{T}"] * 5_001), "a.gift")
    with pytest.raises(FormatError, match="text file"):
        FORMAT.read(b"\0\0\0", "a.gift")
    assert only("x" * 20_001 + "{T}").state == State.REFUSED


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.text("=~#{}:\\%->.[]/ \n12aTF$").map(str.encode))
def test_any_bytes_give_a_reading_or_a_plain_refusal(content):
    try:
        reading = FORMAT.read(content, "a.gift")
    except FormatError:
        return
    assert len({item.reference for item in reading.items}) == len(reading.items)
    assert all(item.notes for item in reading.items if item.state == State.REFUSED)
    FORMAT.write([item for item in reading.items if item.state != State.REFUSED])


shares = st.none() | some.percent.filter(lambda text: 0 < float(text) < 100)
no_arrow = some.said.filter(lambda text: "->" not in text)


def by_hand(item: Item) -> bool:
    """Whether no share is the usual one, which GIFT cannot tell from none."""
    return all(row["credit"] is None or float(row["credit"]) != 100 for row in item.value["accepted"])


EXPRESSIBLE = st.one_of(
    some.question("single_choice", choices=some.choices(st.just(False), shares).map(some.with_one_right)),
    some.question(
        "multiple_response",
        choices=some.choices(st.booleans()).filter(lambda rows: any(row["correct"] for row in rows)),
    ),
    some.question(
        "multiple_response",
        choices=some.choices(st.just(False), some.percent)
        .map(lambda rows: [{**row, "correct": float(row["credit"]) > 0} for row in rows])
        .filter(lambda rows: sum(row["correct"] for row in rows) > 2),
    ),
    some.question("true_false", answer=st.sampled_from(["true", "false"]), feedback_true=some.plain, feedback_false=some.plain),
    some.question("matching", pairs=some.pairs, distractors=st.lists(some.said, max_size=2)),
    some.question(
        "short_text",
        accepted=some.accepted(shares).map(lambda rows: [{**row, "text": row["text"].replace("->", "-")} for row in rows]),
    ),
    some.question("numeric", accepted=some.numbers, when_wrong=some.plain).filter(by_hand),
    some.question("essay"),
    some.question("information", explanation=st.just("")),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(EXPRESSIBLE, max_size=4, unique_by=lambda item: item.name), st.lists(some.identity, max_size=2))
def test_what_gift_can_say_comes_back_exactly(items, categories):
    for number, category in enumerate(categories):
        if number < len(items):
            items[number].category = category
    writing = FORMAT.write(items)
    back = FORMAT.read(writing.content, "a.gift").items
    assert [(item.kind, item.value, item.name, item.reference, list(item.tags), item.category) for item in back] == [
        (item.kind, item.value, item.name, item.reference, list(item.tags), item.category) for item in items
    ]
    assert writing.notes == []
    assert all(item.state == State.READY for item in back)


def test_what_gift_cannot_say_is_named_item_by_item():
    told = Item(
        "1", "a", "true_false", filled("true_false", text="<p>A?</p>", hints=["x"], when_right="y"), outcome="o", difficulty=2
    )
    ordering = Item("2", "b", "ordering", filled("ordering", text="<p>B?</p>", steps=[]))
    strange = Item("3", "c", "essay", filled("essay", text="<p>C\x07?</p>"))
    arrow = Item(
        "4",
        "d",
        "short_text",
        filled("short_text", text="<p>D?</p>", accepted=[{"text": "a->b", "credit": None, "feedback": ""}]),
    )
    writing = FORMAT.write([told, ordering, strange, arrow])
    assert [note.place for note in writing.notes] == ["1", "2", "3", "4"]
    assert "outcome, difficulty, feedback to a right answer, hints" in writing.notes[0].reason
    [back] = read(writing.content)
    assert back.reference == "a"


def test_reference_apart_from_the_name_and_tags_travel_in_comments():
    item = Item("", "x]\\", "essay", filled("essay", text="<p>C?</p>"), name="n", tags=["a]b"])
    back = only(FORMAT.write([item]).content.decode())
    assert (back.reference, back.name, back.tags) == ("x]\\", "n", ["a]b"])


def test_files_are_recognised():
    assert FORMAT.sniff(b"One?{T}", "a.txt")
    assert FORMAT.sniff(b"", "a.GIFT")
    assert not FORMAT.sniff(b"One?\nA. x\nB. y\nANSWER: A", "a.txt")
