"""What an export does not say is named by its field, whatever the format; and nothing that a trainer would not miss is."""

import pytest

from quizzes.formats import FORMATS
from quizzes.formats.base import Item, Picture
from quizzes.formats.shapes import accepted, choice, filled

TEXTUAL = pytest.mark.parametrize("name", ["gift", "moodle_xml", "text", "aiken"])
TABLES = pytest.mark.parametrize("name", ["csv", "xlsx"])
PACKAGES = pytest.mark.parametrize("name", ["qti22", "qti30"])
EVERY = pytest.mark.parametrize("name", ["gift", "moodle_xml", "text", "csv", "xlsx", "aiken"])
TIED = [{"text": "a", "feedback": ""}, {"text": "b", "feedback": "", "with_above": True}, {"text": "c", "feedback": ""}]
SPACED = "<p>Two  spaces</p><p></p><p>and a break<br></p>"


def one_choice(text="<p>Which?</p>", **own) -> Item:
    value = {"choices": [choice("a", True), choice("b")], **own}
    return Item("Which?", "one", "single_choice", filled("single_choice", text=text, **value), name="Which?")


def told(name: str, item: Item) -> str:
    return " ".join(note.reason for note in FORMATS[name].write([item]).notes)


@TEXTUAL
def test_spaces_that_no_browser_shows_are_named_with_their_field(name):
    assert "spaces and line breaks that are not shown (question)" in told(name, one_choice(SPACED))
    assert "not shown" not in told(name, one_choice())


@TABLES
def test_tables_keep_spaces_that_no_browser_shows(name):
    writing = FORMATS[name].write([one_choice(SPACED, explanation="<ul><li> a\n b</li><li></li></ul>")])
    [back] = FORMATS[name].read(writing.content, "a").items
    assert (back.value["text"], back.value["explanation"]) == (SPACED, "<ul><li> a\n b</li><li></li></ul>")
    assert writing.notes == []


@EVERY
def test_spaces_around_a_text_are_named_with_their_field(name):
    rows = [choice("a", True), choice(" b ")]
    assert "spaces around a text (choices 2 (choice))" in told(name, one_choice(choices=rows))


@EVERY
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_sign_for_the_end_of_a_line_is_no_loss(name, end):
    hints = {"hints": []} if name in {"gift", "aiken"} else {"hints": [f"a{end}b"]}
    reasons = told(name, one_choice(**hints))
    assert "spaces" not in reasons and "exactly" not in reasons


@EVERY
def test_mark_up_that_questions_do_not_hold_is_named_with_its_field(name):
    assert "a table (its words stay) (question)" in told(name, one_choice("<table><tr><td>Which?</td></tr></table>"))


@EVERY
def test_the_field_with_letters_that_no_file_may_hold_is_named(name):
    rows = [choice("a", True), choice("b\x07")]
    assert "choices 2 (choice)" in told(name, one_choice(choices=rows))
    item = one_choice()
    item.tags = ["\x07"]
    assert ": tags." in told(name, item)


@pytest.mark.parametrize(
    ("name", "kind", "value", "words"),
    [
        ("moodle_xml", "essay", {"words_from": 0}, "Moodle cannot say this exactly: least number of words."),
        ("text", "information", {"text": "<p>a</p><ul><li>b</li></ul>"}, "This cannot be typed exactly: question."),
        ("text", "short_text", {"accepted": [accepted("a"), accepted("[5%] b")]}, "accepted answers 2 (accepted answer)"),
        ("gift", "short_text", {"accepted": [accepted("a", "", "100")]}, "usual one: accepted answers 1 (share of the points"),
        ("aiken", "single_choice", {"choices": [choice("a\nb", True), choice("c")]}, "Aiken cannot say this exactly: choices 1"),
        ("text", "ordering", {"steps": TIED}, "steps in the right order 2 (may stand before or after the one above)"),
        ("csv", "ordering", {"steps": TIED}, "steps in the right order 2 (may stand before or after the one above)"),
        ("moodle_xml", "ordering", {"steps": TIED}, "steps in the right order 2 (may stand before or after the one above)"),
        ("qti30", "ordering", {"steps": TIED}, "steps in the right order 2 (may stand before or after the one above)"),
        ("csv", "confidence", {"low": "a", "high": "b", "steps": 9}, "This site would refuse it from such a file: A scale has"),
    ],
)
def test_what_a_format_cannot_say_exactly_is_named_by_its_field(name, kind, value, words):
    assert words in told(name, Item("Q", "q", kind, filled(kind, **{"text": "<p>Q</p>", **value}), name="Q"))


@pytest.mark.parametrize("name", ["gift", "text"])
def test_a_category_that_changes_is_named(name):
    item = one_choice()
    item.category = "Law\nin force"
    assert "Comes back in another form: category." in told(name, item)


@PACKAGES
def test_packages_name_the_fields_that_other_programs_do_not_read(name):
    rows = [choice("a", True), choice("b", feedback=" why ")]
    assert "spaces around a text (choices 2 (feedback))" in told(name, one_choice(choices=rows))
    assert "spaces and line breaks that are not shown (question)" in told(name, one_choice(SPACED))
    parts = [{"type": "single_choice", "value": one_choice(hints=["h"]).value}] * 2
    case = Item("Case", "case", "case_study", filled("case_study", text="<p>Case</p>", parts=parts), name="Case")
    assert "parts 1 (hints)" in told(name, case) and "parts 2 (hints)" in told(name, case)


@PACKAGES
def test_packages_name_a_picture_whose_name_others_do_not_read(name):
    item = one_choice()
    item.image = Picture("план.png", b"\x89PNG\r\n\x1a\n", "Plan")
    assert "picture" in told(name, item)
    item.image = Picture("plan.png", b"\x89PNG\r\n\x1a\n", "Plan")
    assert "picture" not in told(name, item)


@pytest.mark.parametrize("name", ["csv", "xlsx", "text", "moodle_xml", "qti30"])
@pytest.mark.parametrize("code", ["INT", "EU", "BG"])
def test_whose_law_it_is_comes_back(name, code):
    item = one_choice()
    item.country = code
    writing = FORMATS[name].write([item])
    [back] = FORMATS[name].read(writing.content, "a").items
    assert back.country == code and "another form" not in told(name, item)


@PACKAGES
def test_packages_say_what_a_question_lacks_and_which_part_does_not_fit(name):
    lacking = Item("Q", "q", "single_choice", {"text": "<p>Which?</p>"})
    assert "not complete: There are fewer than two choices." in told(name, lacking)
    scale = {"type": "confidence", "value": filled("confidence", text="<p>Sure?</p>")}
    parts = [{"type": "single_choice", "value": one_choice().value}, scale]
    assert "cannot say there: 2." in told(name, Item("C", "c", "case_study", filled("case_study", text="<p>C</p>", parts=parts)))


def test_the_gap_whose_feedback_moodle_has_no_place_for_is_named():
    gaps = [{"accepted": [accepted("a")], "feedback": ""}, {"accepted": [accepted("b")], "feedback": "f"}]
    item = Item("G", "g", "gap_text", filled("gap_text", text="<p>Fill</p>", passage="<p>[1] [2]</p>", gaps=gaps))
    assert "that to gap 2 was left out" in told("moodle_xml", item)
