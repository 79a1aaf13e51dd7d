"""What of a question other programs find in a package of QTI, and what they do not."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from quizzes.formats.archive import pack, unpack
from quizzes.formats.base import Format, FormatError, Item
from quizzes.formats.qti import QTI, QTI30
from quizzes.formats.shapes import accepted, filled
from quizzes.formats.xml import parse

from .qti_examples import ONE, SAID, TWO, VERSIONS, spot

EXTENSION = re.compile(rb"<classification>.*?</classification>", re.S)


# What other programs read


def bare(package: bytes) -> bytes:
    """The package as another program would see it: without what only this site understands."""
    files = unpack(package).files
    return pack({**files, "imsmanifest.xml": EXTENSION.sub(b"", files["imsmanifest.xml"])})


@VERSIONS
@pytest.mark.parametrize("item", SAID, ids=lambda item: item.reference)
def test_what_qti_can_say_is_said_in_qti_itself(version: Format, item: Item) -> None:
    item = replace(item, name="Named", tags=("arrival", "law"), difficulty=2, language="bg")
    written = version.write([item])
    assert written.notes == []
    [found] = QTI.read(bare(written.content), "a.zip").items
    assert replace(found, place="") == item


@VERSIONS
def test_what_only_this_site_reads_is_named_and_gone_for_others(version: Format) -> None:
    value = {**TWO, "hints": ["Think of the sea."], "match_accents": False}
    item = Item("", "short", "short_text", value, name="Short", outcome="LO2", penalty=Decimal("0.1"))
    written = version.write([item])
    assert [(note.place, note.reason) for note in written.notes] == [
        ("short", "Other programs will not read: accents that count, hints, outcome, penalty for wrong tries.")
    ]
    [found] = QTI.read(bare(written.content), "a.zip").items
    assert (found.value["hints"], found.outcome, found.penalty) == ([], "", None)


@VERSIONS
@pytest.mark.parametrize("kind", ["short_text", "gap_text", "case_study"])
def test_a_star_for_any_words_is_named_and_a_star_itself_is_not(version: Format, kind: str) -> None:
    def notes(text: str) -> list[str]:
        short = filled("short_text", text="<p>Who?</p>", accepted=[accepted(text)], match_case=True, match_accents=True)
        gap = {"accepted": [accepted(text)], "feedback": ""}
        values = {
            "short_text": short,
            "gap_text": filled(kind, text="<p>Who?</p>", passage="<p>[1]</p>", gaps=[gap], match_case=True, match_accents=True)
            if kind == "gap_text"
            else {},
            "case_study": {"text": "<p>A case.</p>", "parts": [{"type": "short_text", "value": short}]},
        }
        return [note.reason for note in version.write([Item("", "who", kind, values[kind], name="Who")]).notes]

    told = "A * that stands for any words is a plain * for other programs."
    assert told in notes("guardian*") and told not in notes(r"guardian\*")


@VERSIONS
def test_a_note_stands_beside_the_words_of_the_question_where_they_are_known(version: Format) -> None:
    item = Item("Who speaks?", "0b7c3a52", "confidence", filled("confidence", text="<p>Who speaks?</p>"))
    assert [note.place for note in version.write([item]).notes] == ["Who speaks?"]


@VERSIONS
def test_notes_for_markers_stand_where_the_schemas_allow_them_and_stay_with_their_essay(version: Format) -> None:
    essays = [filled("essay", text=f"<p>Write {n}.</p>", marker_notes=f"<p>Notes {n}</p>") for n in (1, 2)]
    parts = [
        {"type": "essay", "value": essays[0]},
        {"type": "single_choice", "value": ONE},
        {"type": "essay", "value": essays[1]},
    ]
    case = Item("", "case", "case_study", filled("case_study", text="<p>A case.</p>", parts=parts), name="A case")
    written = version.write([case])
    name, rubric = ("qti-item-body", "qti-rubric-block") if version is QTI30 else ("itemBody", "rubricBlock")
    body = parse(unpack(written.content).files["items/case.xml"]).find(f"{{*}}{name}")
    assert [sum(block.tag.endswith(rubric) for block in blocks) for blocks in (body, body.iter())] == [2, 2]
    [found] = QTI.read(bare(written.content), "a.zip").items
    assert [part["value"].get("marker_notes") for part in found.value["parts"]] == ["<p>Notes 1</p>", None, "<p>Notes 2</p>"]


@VERSIONS
def test_an_order_is_not_written_in_its_right_order(version: Format) -> None:
    steps = [{"text": text, "feedback": ""} for text in ("z", "y", "x")]
    files = unpack(
        version.write([Item("", "order", "ordering", filled("ordering", text="<p>Sort.</p>", steps=steps))]).content
    ).files
    written = files["items/order.xml"].decode()
    assert written.index(">x<") < written.index(">z<")


def test_version_3_has_its_own_names_throughout() -> None:
    items = [*SAID, spot()]
    files = unpack(QTI30.write(items).content).files
    html = {"p", "b", "i", "ul", "ol", "li", "div", "br", "img", "a"}
    for name, content in files.items():
        if name.startswith("items/"):
            assert {tag for tag in re.findall(r"<([a-zA-Z][\w-]*)", content.decode()) if not tag.startswith("qti-")} <= html
            assert not re.findall(r" (?!xmlns|xsi:schemaLocation)[a-z]+[A-Z]\w*=", content.decode())


@VERSIONS
def test_kinds_that_qti_does_not_have_are_left_out_and_named(version: Format) -> None:
    confidence = Item("", "sure", "confidence", filled("confidence", text="<p>How sure?</p>"))
    unfinished = Item("", "bad", "single_choice", {"text": "<p>Which?</p>"})
    no_picture = replace(spot(), image=None)
    part = {"type": "confidence", "value": confidence.value}
    case = Item("", "odd", "case_study", filled("case_study", text="<p>A case.</p>", parts=[part]))
    written = version.write([confidence, unfinished, no_picture, case, *SAID[:1]])
    assert [note.place for note in written.notes] == ["sure", "bad", "spot", "odd"]
    assert [item.reference for item in QTI.read(written.content, "a.zip").items] == ["one"]


@VERSIONS
def test_no_questions_make_an_empty_package_and_that_is_said_when_it_is_read(version: Format) -> None:
    with pytest.raises(FormatError, match="no question"):
        QTI.read(version.write([]).content, "a.zip")
