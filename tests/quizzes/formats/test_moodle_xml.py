"""Moodle XML: what arrives exactly, what is named in the report, and what comes back from our own files."""

import base64
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.formats.base import FormatError, Item, Note, Picture, State
from quizzes.formats.moodle_xml import FORMAT
from quizzes.formats.shapes import accepted, choice, filled
from tests.quizzes.formats import strategies as some

SAMPLES = Path(__file__).parent / "samples"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def read(content):
    return FORMAT.read(content if isinstance(content, bytes) else content.encode(), "file.xml")


def quiz(*questions):
    return f'<?xml version="1.0"?>\n<quiz>\n{"".join(questions)}</quiz>'


def question(type_, inner, text="<p>What now?</p>"):
    return (
        f'<question type="{type_}"><name><text>One</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inner}</question>\n'
    )


def answer(fraction, text, feedback="", more=""):
    return f'<answer fraction="{fraction}"><text>{text}</text><feedback><text>{feedback}</text></feedback>{more}</answer>'


def only(content):
    items = read(content).items
    assert len(items) == 1
    return items[0]


def reasons(item):
    return [note.reason for note in item.notes]


def sample(name):
    return read((SAMPLES / name).read_bytes())


# What a Moodle file says


def test_a_question_arrives_with_everything_around_it():
    first = sample("moodle.xml").items[0]
    assert first == Item(
        place="Question 1 (Consent), line 9",
        reference="consent-1",
        kind="single_choice",
        name="Consent",
        category="Safety/First signs",
        tags=["consent"],
        outcome="Say what consent means",
        difficulty=1,
        points=Decimal("2.0000000"),
        penalty=Decimal("0.3333333"),
        image=Picture("door.png", PNG, "A closed door"),
        value=filled(
            "single_choice",
            text="<p>Mira is 15 and says she agreed.</p><p>Does that count?</p>",
            explanation="<p>A child's consent is <b>never</b> a defence.</p>",
            when_right="Right.",
            when_partly="Partly.",
            when_wrong="Look again.",
            hints=["Think of her age."],
            choices=[
                choice("No, never", True, "Her age decides."),
                choice("Yes, if she wrote it down", False, "Writing changes nothing."),
                choice("It depends on the country", False, "Not in this.", "25"),
            ],
        ),
    )


def test_every_kind_of_the_sample_arrives_whole():
    reading = sample("moodle.xml")
    assert [(item.kind, item.state, reasons(item)) for item in reading.items] == [
        (kind, State.READY, [])
        for kind in (
            "single_choice", "multiple_response", "true_false", "short_text", "numeric", "matching", "ordering", "essay",
            "information", "gap_text", "gap_choice", "gap_choice",
        )
    ]  # fmt: skip
    assert [item.category for item in reading.items][-1] == "Safety/Дете"
    assert [note.place for note in reading.notes] == ["line 4"]
    assert reading.notes[0].reason == "The description of the category “Safety/First signs” could not be taken along."


def test_several_right_answers_keep_shares_that_are_not_the_rule():
    item = sample("moodle.xml").items[1]
    shares = [(row["correct"], row["credit"]) for row in item.value["choices"]]
    assert shares == [(True, None)] * 3 + [(False, "0"), (False, None)]


def test_numbers_bring_tolerance_units_and_feedback_to_anything_else():
    value = sample("moodle.xml").items[4].value
    assert value["accepted"] == [
        {"value": "30", "tolerance": "0", "credit": None, "feedback": "Exactly."},
        {"value": "30", "tolerance": "2.5", "credit": "50", "feedback": "Nearly."},
    ]
    assert value["units"] == [{"name": "days", "factor": "1"}, {"name": "hours", "factor": "24"}]
    assert (value["ask_unit"], value["when_wrong"]) == (True, "Count again.")


def test_empty_left_sides_are_distractors():
    value = sample("moodle.xml").items[5].value
    assert [pair["left"] for pair in value["pairs"]] == ["Guardian", "Lawyer"]
    assert value["distractors"] == ["Decides about guilt"]


def test_gaps_are_numbered_and_the_task_is_told_from_the_passage():
    typed, chosen, missing_words = sample("moodle.xml").items[9:]
    assert typed.value["text"] == "<p>Fill in the gaps.</p>"
    assert typed.value["passage"] == "<p>Everyone under [1] is a [2].</p>"
    assert typed.value["gaps"][1]["accepted"] == [
        accepted("child"),
        accepted("minor", "The convention says child.", "50"),
    ]
    assert chosen.value["text"] == "<p>Choose what fits.</p>"
    assert chosen.value["gaps"][0]["choices"] == [choice("act", True, "Yes"), choice("wish", False, "A wish is no act")]
    assert missing_words.value["gaps"] == [
        {"choices": [choice("police"), choice("court", True)]},
        {"choices": [choice("hears", True), choice("sells")]},
    ]


# What cannot arrive is named

MIXED = "Some gaps are typed and some are chosen from a list. Make two questions of it."


@pytest.mark.parametrize("type_", ["ddimageortext", "ddmarker", "calculated", "calculatedmulti", "random", "stack", ""])
def test_foreign_types_are_refused_by_name_and_lose_no_neighbour(type_):
    reading = read(quiz(question(type_, ""), question("description", "")))
    assert [item.state for item in reading.items] == [State.REFUSED, State.READY]
    assert reasons(reading.items[0]) == [f"Questions of the Moodle type “{type_}” cannot be taken along."]
    assert reading.items[0].notes[0].place == "Question 1 (One), line 3"
    assert reading.items[0].text == "<p>What now?</p>"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (question("multichoice", answer(0, "a") + answer(0, "b")), "No choice is marked as right."),
        (question("multichoice", answer("much", "a")), "The share of points “much” is no number."),
        (question("multichoice", answer(200, "a")), "A share of points lies outside -100 to 100 per cent."),
        (question("truefalse", answer(100, "true")), "It has no answers True and False."),
        (question("numerical", answer(100, "many")), "“many” is no number that can be read."),
        (question("matching", ""), "There are fewer than two entries to choose or to sort."),
        (question("cloze", "", "no gap"), "The passage has no gap."),
        (question("cloze", "", "{1:SA:=a} {1:MC:=a~b}"), MIXED),
        (question("cloze", "", "{1:MULTIRESPONSE:=a~b}"), "Gaps of the type MULTIRESPONSE cannot be taken along."),
        (question("gapselect", "", "[[3]]"), "A gap has no right answer."),
        (question("description", "", "long " * 5_000), "A text in this question is too long."),
        (question("description", "", "<p>" * 100_000), "A text in this question is too long."),
        (question("shortanswer", "", ""), "There is no accepted answer."),
    ],
)
def test_broken_questions_are_refused_in_words(made, words):
    item = only(quiz(made))
    assert (item.state, reasons(item)[-1]) == (State.REFUSED, words)


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<hint><text>Look</text><clearwrong/></hint>", "Hint 1 also clears wrong answers"),
        ("<hidden>1</hidden>", "In Moodle this question is hidden."),
        ("<penalty>2</penalty>", "The penalty “2” is no share from 0 to 1."),
        ("<wild><text>x</text></wild>", "The part <wild> in line 3 could not be taken along."),
        ('<generalfeedback format="markdown"><text>*x*</text></generalfeedback>', "The explanation is written in Markdown."),
        (
            '<generalfeedback format="html"><text>x</text><file name="a.pdf"/></generalfeedback>',
            "The explanation: the file “a.pdf” could not be taken along.",
        ),
        ("<responseformat>noinline</responseformat>", "Learners cannot hand in files here."),
    ],
)
def test_what_is_lost_is_named_and_the_rest_arrives(inner, words):
    item = only(quiz(question("essay", inner)))
    assert item.state == State.PARTLY
    assert reasons(item)[0].startswith(words)


def test_further_pictures_and_files_that_are_no_pictures_are_named():
    files = "".join(
        f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(content).decode()}</file>'
        for name, content in {"a b.png": PNG, "fake.png": b"<svg onload=alert(1)>", "more.png": PNG, "notes.pdf": b"%PDF"}.items()
    )
    text = "".join(f"<img src='@@PLUGINFILE@@/{name}' alt='x'>" for name in ("fake.png", "a%20b.png", "more.png"))
    made = question("description", "", f"<p>Look.</p>{text}").replace("</questiontext>", f"{files}</questiontext>")
    item = only(quiz(made))
    assert item.image == Picture("a b.png", PNG, "x")
    assert reasons(item) == [
        "The file “fake.png” is no PNG, JPEG, GIF or WebP picture.",
        "The file “notes.pdf” could not be taken along.",
        "The question text: this could not be taken along: 2 pictures.",
    ]


def test_two_questions_alike_get_references_of_their_own():
    same = question("description", "")
    first, second = read(quiz(same, same)).items
    assert first.reference.startswith("One ") and second.reference == f"{first.reference}#2"
    assert only(quiz(same)).reference == first.reference


# Hostile and broken files


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "document type or entities"),
        (b'<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>', "document type or entities"),
        (b"<quiz>\n<question>\n</quiz>", "Line 3"),
        (b"<questestinterop/>", "no Moodle file"),
        (b"not xml", "well-formed"),
    ],
)
def test_files_that_cannot_be_read_say_why(content, words):
    with pytest.raises(FormatError, match=words):
        read(content)


HOSTILE = ["{1:SA:=a" * 20_000, "[[1]]" * 20_000, "{1:MC:" + "~#" * 50_000 + "}", "<b>" * 50_000, "{1:SA:\\}" * 20_000]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_cost_little_time(text):
    start = time.monotonic()
    read(quiz(question("cloze", "", text), question("gapselect", "", text)))
    assert time.monotonic() - start < 10


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_read_or_refused(data):
    content = (SAMPLES / "moodle.xml").read_text()
    for _number in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from([0, 1, 7, 60]))
        new = data.draw(st.sampled_from(["", "<", "}", "~", "#", "[[9]]", "{1:SA:", "-1e99", "NaN", "\x00", "1" * 30, "&amp;"]))
        content = content[:start] + new + content[start + length :]
    try:
        reading = read(content)
    except FormatError as error:
        assert str(error)
    else:
        assert all(item.notes for item in reading.items if item.state != State.READY)


NUMBERS = ["NaN", "Infinity", "1e400", "-1e-400", "９", "²", "1_000", "0x1", "1,5", "1.000.000"]
VALUES = ["", "x", "%", "*", "\ue0001\ue001", *NUMBERS]
TYPES = ["multichoice", "truefalse", "numerical", "matching", "ordering", "essay", "cloze", "gapselect"]


@settings(deadline=None)
@given(st.sampled_from(TYPES), st.lists(st.sampled_from(VALUES), min_size=16, max_size=16))
def test_senseless_values_never_crash(type_, values):
    v = iter(values).__next__
    inner = (
        f"<answer fraction='{v()}'><text>{v()}</text><tolerance>{v()}</tolerance></answer><single>{v()}</single>"
        f"<answer><fraction>{v()}</fraction></answer><units><unit><multiplier>{v()}</multiplier></unit></units><answer/><hint/><tags><tag/></tags>"
        f"<minwordlimit>{v()}</minwordlimit><defaultgrade>{v()}</defaultgrade><penalty>{v()}</penalty>"
        f"<selectoption><text>{v()}</text><group>{v()}</group></selectoption>"
    )
    text = f"[[{v()}]] {{1:NM:=%{v()}%{v()}:{v()}~%-1,5%x}} {{:SA:={v()}}}"
    for item in read(quiz(question(type_, inner, text), f"<question type='{type_}'/>")).items:
        assert item.notes or item.state == State.READY


# There and back


def back(items):
    writing = FORMAT.write(items)
    assert FORMAT.sniff(writing.content, "")
    return [replace(item, place="") for item in read(writing.content).items], writing


EVERY = some.every()
SHARES = st.none() | some.percent.filter(lambda text: float(text) < 0) | st.just("0")


def rule_apart(rows):
    """Choices whose shares are not the rule said in numbers, and whose right ones earn points."""
    right = sum(row["correct"] for row in rows)
    own = [row for row in rows if row["credit"] is not None]
    return right and not any(row["correct"] or abs(float(row["credit"]) + 100 / right) < 0.01 for row in own)


def fitting(item):
    """``item`` without what Moodle cannot say."""
    value = item.value
    rows = [*value.get("choices", []), *(row for gap in value.get("gaps", []) for row in gap.get("choices", []))]
    for row in rows if item.kind != "multiple_response" else []:
        row["credit"] = None if row["credit"] in {"100", "-100"} else row["credit"]
    accepting = [*value.get("accepted", []), *(row for gap in value.get("gaps", []) for row in gap.get("accepted", []))]
    for row in accepting:
        row["credit"] = None if row["credit"] == "100" else row["credit"]
    for gap in value.get("gaps", []):
        if "feedback" in gap:
            gap["feedback"] = ""
    if item.kind == "true_false":
        value["reasons"] = []
    if item.kind == "essay":
        value.update(rubric=[], model_answer="", words_from=value["words_from"] or None, words_to=value["words_to"] or None)
    if item.kind == "numeric":
        value["units"] = [{**unit, "factor": "1"} if not number else unit for number, unit in enumerate(value["units"])]
        value["ask_unit"] = value["ask_unit"] and bool(value["units"])
    return item


WAYS = {
    **{kind: EVERY[kind] for kind in ("single_choice", "true_false", "matching", "ordering", "gap_choice", "gap_text")},
    **{kind: EVERY[kind] for kind in ("short_text", "numeric", "essay", "information")},
    "multiple_response": some.question("multiple_response", choices=some.choices(st.booleans(), SHARES).filter(rule_apart)),
}


@st.composite
def dressed(draw, kind):
    """An item of ``kind`` with everything around it."""
    item = fitting(draw(WAYS[kind]))
    item.value.update(
        {name: draw(some.plain) for name in ("when_right", "when_partly", "when_wrong")},
        hints=draw(st.lists(some.said, max_size=2)),
    )
    item.category = draw(st.just("") | some.line.map(lambda text: "A/" + text))
    item.points = draw(st.none() | st.decimals(0, 100, places=2))
    item.penalty = draw(st.none() | st.decimals(0, 1, places=7))
    item.outcome, item.source, item.checked_by = (draw(st.just("") | some.line) for _field in range(3))
    item.difficulty = draw(st.none() | st.integers(1, 3))
    item.country, item.language = draw(st.sampled_from(["", "BG"])), draw(st.sampled_from(["", "tr"]))
    item.checked_on, item.review_by = (draw(st.none() | st.dates()) for _field in range(2))
    item.image = draw(st.none() | st.builds(Picture, some.line, st.just(PNG), some.line))
    item.tags = [tag for tag in item.tags if ": " not in tag]
    return item


@pytest.mark.parametrize("kind", WAYS)
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_moodle_can_say_comes_back_exactly(kind, data):
    items = data.draw(st.lists(dressed(kind), min_size=1, max_size=2, unique_by=lambda item: item.reference))
    assert back(items)[0] == items


def test_the_awkward_comes_back_exactly():
    text = 'Дете ]]> "quoted" & <b> {1:SA:=x} [[1]] ığİş ~#%50%= \\} line\nline'
    item = Item(
        "", "r", "gap_choice", name=text.replace("\n", " "), tags=["a, b"], review_by=date(2027, 1, 31),
        value=filled(
            "gap_choice",
            text="<p>a [1] {1:MC:=x} [[2]] &amp;lt;</p>",
            passage="<p>One</p><ul><li>two [1]</li></ul><p>[2] {x} ]]&gt;</p>",
            gaps=[{"choices": [choice(text, True, text), choice("=a", False, "", "-33.33333")]}] * 2,
        ),
    )  # fmt: skip
    assert back([item])[0] == [item]


def test_gaps_with_feedback_to_the_whole_answer_come_back_as_missing_words():
    gaps = [{"choices": [choice("[[1]]"), choice("b", True)]}, {"choices": [choice("c", True), choice("d")]}]
    value = filled("gap_choice", text="<p>[[1]] x</p>", passage="<p>[1] and [2]</p>", gaps=gaps, when_right="Good")
    item = Item("", "r", "gap_choice", value, points=Decimal(1), tags=[])
    items, writing = back([item])
    assert items == [item] and b'type="gapselect"' in writing.content and not writing.notes


@pytest.mark.parametrize("kind", ["categorise", "mark_words", "hotspot", "poll", "confidence", "case_study"])
def test_kinds_that_moodle_does_not_know_are_left_out_with_a_note(kind):
    writing = FORMAT.write([Item("", "r", kind, filled(kind, text="<p>x</p>"), name="Mine")])
    assert not read(writing.content).items
    assert writing.notes == [Note("Mine", "Moodle has no question of this kind. It was left out.")]


def test_what_moodle_will_not_show_is_noted():
    essay = filled("essay", text="<p>x</p>", rubric=[{"name": "a", "points": 1}], when_right="Good", hints=["h"])
    gaps = [{"accepted": [accepted("a", "", "55")], "feedback": "f"}]
    gap = filled("gap_text", text="<p>x</p>", passage="<p>[1]</p>", gaps=gaps)
    judged = filled("true_false", text="<p>x</p>", reasons=[choice("a", True), choice("b")])
    items = [
        Item("", "1", "essay", essay),
        Item("", "2", "gap_text", gap, points=Decimal("1.5")),
        Item("", "3", "true_false", judged),
        Item("", "4", "information", filled("information", text="<p>x</p>", when_wrong="x\x0by"), outcome="long " * 20),
    ]
    assert [(note.place, note.reason) for note in FORMAT.write(items).notes] == [
        ("1", "Moodle has no place for this: rubric. It was left out."),
        ("1", "Moodle takes no notice of: feedback to a right answer, hints."),
        ("2", "Moodle gives one point for each gap."),
        ("2", "Moodle has no feedback to a gap as such: it was left out."),
        ("2", "Moodle does not offer 55 per cent. Choose “nearest grade” when you import."),
        ("2", "Moodle takes no notice of: accents that do not count."),
        ("3", "Moodle has no question of this kind. It was left out."),
        ("4", f"Moodle cuts tags after 50 letters: “outcome: {('long ' * 20)}”."),
        ("4", "Control characters cannot stand in XML and were left out."),
        ("4", "Moodle takes no notice of: feedback to a wrong answer."),
    ]
