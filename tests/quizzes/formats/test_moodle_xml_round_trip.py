"""Moodle XML that this site wrote: what comes back as it was, and what is named because it does not."""

import base64
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.formats.base import File, Item, Note, Picture
from quizzes.formats.moodle_xml import FORMAT, kinds
from quizzes.formats.shapes import accepted, choice, filled
from tests.quizzes.formats import strategies as some

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def read(content):
    return FORMAT.read(content, "file.xml")


def back(items):
    writing = FORMAT.write(items)
    assert FORMAT.sniff(writing.content, "")
    return [replace(item, place="") for item in read(writing.content).items], writing


MARKERS = ["outcome: x", "country: BG", "difficulty: easy", "review by: 2027-01-31", "accents: do not count", "tag: outcome: x"]
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


ATTACHED = st.builds(Picture, some.line, st.just(PNG), some.line) | st.builds(File, some.line, st.binary(max_size=9), some.line)


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
    item.attachments = draw(st.lists(ATTACHED, max_size=3))
    item.tags = [*item.tags, *draw(st.lists(st.sampled_from(MARKERS), max_size=2))]
    return item


@pytest.mark.parametrize("kind", WAYS)
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_moodle_can_say_comes_back_exactly(kind, data):
    items = data.draw(st.lists(dressed(kind), min_size=1, max_size=2, unique_by=lambda item: item.reference))
    came, writing = back(items)
    assert came == items
    assert not [note for note in writing.notes if "come" in note.reason or "exactly" in note.reason or "refuse" in note.reason]


@pytest.mark.parametrize("kind", sorted(set(EVERY) & set(kinds.WRITERS)))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_does_not_come_back_exactly_is_named(kind, data):
    item = data.draw(EVERY[kind])
    came, writing = back([item])
    assert came == [item] or any(note.place == (item.name or item.reference) for note in writing.notes)


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
        ("2", "Moodle has no feedback to a gap as such: that to gap 1 was left out."),
        ("2", "Moodle does not offer 55 per cent. Choose “nearest grade” when you import."),
        ("2", "Moodle takes no notice of: accents that do not count."),
        ("3", "Moodle has no question of this kind. It was left out."),
        ("4", f"Moodle cuts tags after 50 letters: “outcome: {('long ' * 20)}”."),
        ("4", "Control characters cannot stand in XML and were left out: feedback to a wrong answer."),
        ("4", "Moodle takes no notice of: feedback to a wrong answer."),
    ]


def gaps_of(passage, kind="gap_choice", **own):
    gaps = [{"choices": [choice("\ue000a\ue001", True), choice("b")]}]
    return filled(kind, text="<p>\ue0001\ue001 Task</p>", passage=passage, gaps=gaps, **own)


@pytest.mark.parametrize("whole", ["", "Good"], ids=["cloze", "gapselect"])
@pytest.mark.parametrize("passage", ["<p>\ue0009\ue001 a [1]</p>", "<p>[1] \ue000 and \ue001</p>"])
def test_letters_for_private_use_stay_in_texts_with_gaps(passage, whole):
    item = Item("", "r", "gap_choice", gaps_of(passage, when_right=whole), tags=[])
    items, writing = back([item])
    assert (items, writing.notes) == ([item], [])


@pytest.mark.parametrize("outcome", ["", "Tell it"])
def test_tags_that_look_like_what_we_write_ourselves_stay_tags(outcome):
    tags = [*MARKERS, "tag: x", "outcome:y"]
    item = Item("", "r", "short_text", filled("short_text", text="<p>x</p>", accepted=[accepted("a")], match_accents=True))
    item.outcome, item.tags = outcome, tags
    assert back([item])[0] == [item]


THIRD = "33.33333"
SHARED = {
    "usual for one": ("single_choice", [("a", True, "100"), ("b", False, "0")], "back as usual"),
    "usual for several": (
        "multiple_response",
        [("a", True, "50"), ("b", True, "50"), ("c", False, "-50")],
        "back as usual",
    ),
    "wrong but earning": ("multiple_response", [("a", True, None), ("b", False, "25")], "changes sides: “b”"),
    "right for nothing": ("multiple_response", [("a", True, None), ("b", True, "0")], "changes sides: “b”"),
    "wrong for all": ("single_choice", [("a", False, "100"), ("b", True, None)], "changes sides: “a”"),
    "right for less": ("single_choice", [("a", False, "50"), ("b", True, THIRD)], "changes sides: “a”"),
}


@pytest.mark.parametrize(("kind", "rows", "words"), SHARED.values(), ids=SHARED)
def test_shares_that_moodle_takes_in_another_sense_are_named(kind, rows, words):
    value = filled(kind, text="<p>x</p>", choices=[choice(text, right, "", credit) for text, right, credit in rows])
    items, writing = back([Item("", "r", kind, value, tags=[])])
    assert items[0].value != value
    assert any(words in note.reason for note in writing.notes)


def test_what_would_not_come_back_is_named():
    halves = [{"name": "m", "factor": "2"}]
    number = {"value": "1", "tolerance": "0", "credit": None, "feedback": ""}
    items = [
        Item("", "1", "numeric", filled("numeric", text="<p>x</p>", accepted=[number], units=halves)),
        Item("", "2", "essay", filled("essay", text="<p>x</p>", words_from=0)),
        Item("", "3", "gap_choice", filled("gap_choice", text="<p>x</p>", passage="<p>[3] x</p>")),
        Item("", "4", "information", filled("information", text="<p>x</p>"), country="Bulgaria"),
    ]
    assert [(note.place, note.reason) for note in FORMAT.write(items).notes] == [
        ("1", "This site would refuse it from such a file: No unit has the multiplier 1."),
        ("2", "Moodle cannot say this exactly: least number of words. Compare it after importing it."),
        ("3", "This site would refuse it from such a file: The passage has no gap."),
        ("4", "Comes back in another form: tags, country."),
    ]
