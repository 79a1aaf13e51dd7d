"""Moodle XML: what arrives exactly, what is named in the report, and what comes back from our own files."""

import base64
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.formats.base import File, FormatError, Item, Picture, State
from quizzes.formats.moodle_xml import FORMAT
from quizzes.formats.shapes import accepted, choice, filled

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
        (question("description", "", "long " * 5_000), "A text in this question is too long: question."),
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


def test_further_pictures_and_files_are_attached_and_what_is_no_picture_is_named():
    files = "".join(
        f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(content).decode()}</file>'
        for name, content in {"a b.png": PNG, "fake.png": b"<svg onload=alert(1)>", "more.png": PNG, "notes.pdf": b"%PDF"}.items()
    )
    text = "".join(f"<img src='@@PLUGINFILE@@/{name}' alt='x'>" for name in ("fake.png", "a%20b.png", "more.png"))
    made = question("description", "", f"<p>Look.</p>{text}").replace("</questiontext>", f"{files}</questiontext>")
    item = only(quiz(made))
    assert item.image == Picture("a b.png", PNG, "x")
    assert item.attachments == [Picture("more.png", PNG, "x"), File("notes.pdf", b"%PDF")]
    assert reasons(item) == ["The file “fake.png” is no PNG, JPEG, GIF or WebP picture."]


def test_a_linked_file_leaves_its_words_in_the_sentence():
    file = '<file name="notes.pdf" path="/more/" encoding="base64">JVBERg==</file>'
    link = '<p>Read <a href="@@PLUGINFILE@@/more/notes.pdf">the <b>notes</b></a> first.</p>'
    item = only(quiz(question("description", "", link).replace("</questiontext>", f"{file}</questiontext>")))
    assert item.value["text"] == "<p>Read the <b>notes</b> first.</p>"
    assert (item.image, item.attachments, item.notes) == (None, [File("notes.pdf", b"%PDF", "the notes")], [])


def test_files_of_the_explanation_never_come_before_the_answer():
    file = '<file name="why.png" path="/" encoding="base64">JVBERg==</file>'
    inner = f'<generalfeedback format="html"><text>Why</text>{file}</generalfeedback>'
    item = only(quiz(question("description", inner)))
    assert (item.image, item.attachments) == (None, [])
    assert reasons(item) == ["The explanation: the file “why.png” could not be taken along."]


@pytest.mark.parametrize("content", ["not base64!", base64.b64encode(b"x" * (10 * 1024 * 1024 + 1)).decode()])
def test_a_damaged_or_giant_file_is_named(content):
    file = f'<file name="notes.pdf" path="/" encoding="base64">{content}</file>'
    item = only(quiz(question("description", "").replace("</questiontext>", f"{file}</questiontext>")))
    assert item.attachments == [] and item.state == State.PARTLY
    assert reasons(item)[0].startswith("The file “notes.pdf” is ")


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


@pytest.mark.parametrize("forged", ["&#xFFFE;2&#xFFFF;", "&#65534;2&#65535;", "&#x0fffe2&#xffff"])
def test_nobody_can_forge_the_mark_of_a_gap(forged):
    item = only(quiz(question("gapselect", "<selectoption><text>a</text></selectoption>" * 2, f"<p>[[1]] {forged}</p>")))
    assert len(item.value["gaps"]) == 1
