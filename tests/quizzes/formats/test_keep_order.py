"""Whether choices keep their order goes out and comes in, wherever a format has a word for it; elsewhere it is named."""

import pytest

from quizzes.formats import FORMATS
from quizzes.formats.base import Item
from quizzes.formats.shapes import accepted, choice, filled
from tests.quizzes.formats.qti_examples import choices, response
from tests.quizzes.formats.test_qti_reading import item, reasons

TWO = [choice("never", True), choice("always")]
VALUES = {
    "single_choice": {"choices": TWO},
    "multiple_response": {"choices": TWO},
    "true_false": {"reasons": TWO},
    "poll": {"choices": [{"text": "a"}, {"text": "b"}]},
    "gap_choice": {"passage": "<p>It is [1].</p>", "gaps": [{"choices": TWO}]},
    "matching": {
        "pairs": [{"left": "a", "right": "b", "feedback": ""}, {"left": "c", "right": "d", "feedback": ""}],
        "distractors": [],
    },
}
SAYING = {
    "csv": VALUES,
    "xlsx": VALUES,
    "text": VALUES,
    "qti22": VALUES,
    "qti30": VALUES,
    "moodle_xml": ["single_choice", "multiple_response", "gap_choice", "matching"],
}
CASES = [(name, kind) for name, kinds in SAYING.items() for kind in kinds]


def question(kind: str, keep_order: bool = True, **own) -> Item:
    value = filled(kind, text="<p>How often?</p>", **{**VALUES.get(kind, {}), **own})
    return Item("How often?", "one", kind, value, name="How often?", keep_order=keep_order)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_the_order_of_choices_goes_out_and_comes_in(name, kind, keep):
    writing = FORMATS[name].write([question(kind, keep)])
    [back] = FORMATS[name].read(writing.content, "a").items
    assert back.keep_order is keep
    assert not [note for note in (*writing.notes, *back.notes) if "order" in note.reason]


@pytest.mark.parametrize(("name", "kind"), [case for case in CASES if case[0].startswith("qti")])
def test_other_programs_read_the_order_in_the_words_of_qti(name, kind):
    content = FORMATS[name].write([question(kind)]).content
    assert "order" not in " ".join(note.reason for note in FORMATS[name].write([question(kind)]).notes)
    assert FORMATS[name].write([question(kind, keep_order=False)]).content != content


def test_missing_words_of_moodle_keep_their_order_too():
    for keep in (True, False):
        writing = FORMATS["moodle_xml"].write([question("gap_choice", keep, when_right="Good")])
        [back] = FORMATS["moodle_xml"].read(writing.content, "a.xml").items
        assert b'type="gapselect"' in writing.content and (back.keep_order, back.notes) == (keep, [])


@pytest.mark.parametrize(("name", "kind"), [("gift", "single_choice"), ("aiken", "single_choice"), ("gift", "matching")])
def test_formats_without_a_word_for_it_name_the_order(name, kind):
    assert "kept order of the choices" in FORMATS[name].write([question(kind)]).notes[0].reason


@pytest.mark.parametrize("name", ["gift", "moodle_xml", "qti30"])
def test_where_nothing_can_be_mixed_no_word_is_said_about_an_order(name):
    typed = question("short_text", accepted=[accepted("a")], match_case=True, match_accents=True)
    judged = question("true_false", reasons=[])
    assert "order" not in " ".join(note.reason for note in FORMATS[name].write([typed, judged]).notes)


PART = '<choiceInteraction responseIdentifier="{0}" shuffle="{1}" maxChoices="1"><simpleChoice identifier="A">a</simpleChoice>'
PART += '<simpleChoice identifier="B"{2}>b</simpleChoice></choiceInteraction>'
TWICE = response(right="A") + response(right="B", name="R2")


@pytest.mark.parametrize(
    ("first", "second", "fixed", "kept", "words"),
    [
        ("false", "false", "", True, ""),
        ("true", "true", "", False, ""),
        ("false", "true", "", False, "keep their order. Here all parts of a question keep it, or none"),
        ("true", "true", ' fixed="true"', False, "some choices keep their place"),
    ],
)
def test_parts_keep_their_order_together_or_not_at_all(first, second, fixed, kept, words):
    body = f"<p>A case.</p><div>{PART.format('RESPONSE', first, fixed)}</div><div>{PART.format('R2', second, '')}</div>"
    found = item(body, TWICE)
    assert (found.kind, found.keep_order) == ("case_study", kept)
    assert words in reasons(found) and bool(words) == ("order" in reasons(found) or "place" in reasons(found))


def test_choices_that_are_all_fixed_keep_their_order():
    body = choices("a", "b").replace('identifier="A"', 'identifier="A" fixed="true"')
    found = item(body.replace('identifier="B"', 'identifier="B" fixed="true"'), response(right="A"))
    assert (found.keep_order, found.notes) == (True, [])


def test_steps_whose_order_is_set_are_named():
    steps = '<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice>'
    body = f'<orderInteraction responseIdentifier="RESPONSE" shuffle="false">{steps}</orderInteraction>'
    found = item(body, response(right="B|A", cardinality="ordered"))
    assert (found.kind, found.keep_order) == ("ordering", False)
    assert "steps are always mixed" in reasons(found)


GAP = '<question type="cloze"><questiontext><text>Task&lt;hr&gt;{1:%s:=a~b} and {1:%s:=a~b}</text></questiontext></question>'


@pytest.mark.parametrize(
    ("first", "second", "kept", "words"),
    [
        ("MULTICHOICE", "MC", True, ""),
        ("MCS", "MULTICHOICE_VS", False, ""),
        ("MC", "MCS", False, "choices of some gaps keep their order"),
    ],
)
def test_gaps_of_moodle_say_themselves_whether_they_are_mixed(first, second, kept, words):
    [found] = FORMATS["moodle_xml"].read(f"<quiz>{GAP % (first, second)}</quiz>".encode(), "a.xml").items
    assert found.keep_order is kept
    assert words in reasons(found) and bool(words) == bool(found.notes)
