"""What of a question other programs find in a package of QTI, and what they do not."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from quizzes.formats.archive import pack, unpack
from quizzes.formats.base import Format, FormatError, Item
from quizzes.formats.qti import QTI, QTI30
from quizzes.formats.shapes import filled

from .qti_examples import SAID, TWO, VERSIONS, spot

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
        ("short", "Other programs will not read: hints, match_accents, outcome, penalty.")
    ]
    [found] = QTI.read(bare(written.content), "a.zip").items
    assert (found.value["hints"], found.outcome, found.penalty) == ([], "", None)


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
