"""Packages of QTI that were changed, damaged or made to do harm: read or refused, and never more than that."""

import hashlib
import json
import re
from html import escape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.formats.archive import pack, unpack
from quizzes.formats.base import Format, FormatError, Item, Reading, State
from quizzes.formats.qti import QTI, QTI22
from quizzes.formats.shapes import filled

from .qti_examples import SAID, TWO, VERSIONS, choices, quickly, response, spot
from .qti_examples import item as item_of
from .strategies import line


def changed(package: bytes, name: str, old: bytes, new: bytes) -> Reading:
    files = unpack(package).files
    assert old in files[name]
    return QTI.read(pack({**files, name: files[name].replace(old, new)}), "a.zip")


@VERSIONS
def test_a_question_changed_elsewhere_keeps_its_changes(version: Format) -> None:
    item = Item("", "short", "short_text", {**TWO, "hints": ["Old hint"]}, name="Short", outcome="LO2")
    [found] = changed(version.write([item]).content, "items/short.xml", "Варна".encode(), "Бургас".encode()).items
    assert ([one["text"] for one in found.value["accepted"]][0], found.value["hints"], found.outcome) == ("Бургас", [], "")
    assert found.state == State.PARTLY and "changed elsewhere" in found.notes[-1].reason


def claiming(kept: Any) -> Item:
    """A question whose package claims ``kept`` for what only this site reads."""
    item = Item("", "read", "information", filled("information", text="<p>Read.</p>"), name="Read", outcome="LO1")
    files = unpack(QTI22.write([item]).content).files
    claim = escape(kept if isinstance(kept, str) else json.dumps(kept))
    manifest = re.sub(
        rb"\{.*?\}(?=(\]\]>)?</string></entry>)", claim.encode().replace(b"\\", rb"\\"), files["imsmanifest.xml"], flags=re.S
    )
    assert hashlib.sha256(files["items/read.xml"]).hexdigest().encode() in manifest
    [found] = QTI.read(pack({**files, "imsmanifest.xml": manifest}), "a.zip").items
    return found


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "7",
        "null",
        '{"a": ' * 5000,
        {"unknown": 1},
        {"kind": "nothing", "value": {"text": ""}},
        {"value": {"text": 7}},
        {"value": {"text": None}},
        {"value": []},
        {"value": {"answer": "x"}},
        {"value": {"hints": [{}]}},
        {"difficulty": [1]},
        {"points": "NaN"},
        {"points": []},
        {"checked_on": "yesterday"},
        {"tags": "law"},
        {"missing": ["text"]},
        {"enclosed": ["a"]},
        {"enclosed": [{"place": -1}]},
        {"enclosed": [{"place": -1, "main": False, "number": 0, "name": "a", "words": ""}]},
        {"enclosed": [{"place": 0, "main": False, "number": 0, "name": "a", "words": ""}]},
        {"kind": "single_choice", "value": {"text": "", "choices": [7]}},
        {"kind": "numeric"},
        {"missing": [["text"]]},
        {"kind": "numeric", "value": {"text": "", "accepted": [{"value": "Infinity"}]}},
        {"kind": "case_study", "value": {"text": "", "parts": [{"type": "case_study", "value": {}}]}},
        {"kind": "case_study", "value": {"text": "", "parts": [{"value": {}}]}},
    ],
    ids=lambda kept: str(kept)[:40],
)
def test_a_claim_of_the_wrong_shape_counts_for_nothing(kept: Any) -> None:
    found = claiming(kept)
    assert (found.kind, found.value["text"], found.state) == ("information", "<p>Read.</p>", State.PARTLY)
    assert "damaged" in found.notes[0].reason


def test_a_claim_of_the_right_shape_is_cleaned_and_checked_like_any_question() -> None:
    found = claiming({"value": {"text": "<p>Read<script>alert(1)</script></p>", "explanation": "<img src=x onerror=alert(1)>x"}})
    assert (found.value["text"], found.value["explanation"], found.state) == ("<p>Read</p>", "<p>x</p>", State.READY)
    assert claiming({"kind": "single_choice", "value": {"text": "<p>Which?</p>", "choices": []}}).state == State.REFUSED


@VERSIONS
@given(data=st.data())
@quickly
def test_a_damaged_package_is_read_or_refused(version: Format, data: st.DataObject) -> None:
    package = bytearray(version.write([*SAID, spot()]).content)
    for __ in range(data.draw(st.integers(1, 8))):
        package[data.draw(st.integers(0, len(package) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert QTI.read(bytes(package), "a.zip").items
    except FormatError as refused:
        assert str(refused)


@VERSIONS
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_items_with_pieces_moved_lost_or_changed_are_read_or_refused(version: Format, data: st.DataObject) -> None:
    """The tree stays well-formed: elements are dropped or renamed and attributes and words changed."""
    files = unpack(version.write([data.draw(st.sampled_from([*SAID, spot()]))]).content).files
    name = next(one for one in files if one.startswith("items/"))
    xml = files[name].decode()
    words = sorted(set(re.findall(r'(?<==")[^"]*(?=")|(?<=<)[a-zA-Z-]+', xml)))
    for __ in range(data.draw(st.integers(1, 4))):
        old, new = (
            data.draw(st.sampled_from(words)),
            data.draw(st.sampled_from([*words, "", "0", "-1", "1e99", "p", "simpleChoice"]) | line),
        )
        if re.fullmatch(r"[a-zA-Z-]+", new or ""):
            xml = re.sub(rf"(?<=<){re.escape(old)}(?=[ />])|(?<=</){re.escape(old)}(?=>)", new, xml)
        escaped = new.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        xml = xml.replace(f'"{old}"', f'"{escaped}"', data.draw(st.integers(0, 3)))
    try:
        [item] = QTI.read(pack({**files, name: xml.encode("utf-8", "replace")}), "a.zip").items
    except FormatError as refused:
        assert str(refused)
    else:
        assert item.kind or item.state == State.REFUSED


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"<assessmentItem>", b"PK\x03\x04", b"<?xml version='1.0' encoding='utf-16'?>"]),
)
def test_any_bytes_are_read_or_refused(content: bytes, start: bytes) -> None:
    QTI.sniff(start + content, "a.xml")
    try:
        QTI.read(start + content, "a.xml")
    except FormatError as refused:
        assert str(refused)


def test_rules_that_grow_without_end_are_given_up_quickly() -> None:
    double = (
        "<setOutcomeValue identifier='{0}'><{1}><variable identifier='{0}'/><variable identifier='{0}'/></{1}></setOutcomeValue>"
    )
    start = "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>7</baseValue></setOutcomeValue>"
    for operator in ("product", "sum", "multiple"):
        rules = f"<responseProcessing>{start}{double.format('SCORE', operator) * 2000}</responseProcessing>"
        found = item_of(choices(*"abcdefgh"), response(right="B"), rules)
        assert found.state == State.PARTLY
