"""XML of strangers is read with limits; XML of ours says exactly what was meant."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.base import FormatError
from quizzes.formats.xml import Element, is_legal, legal, parse, write

ENTITIES = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
legal_text = st.text().filter(is_legal)


def element(tag, text="", *children, **attributes):
    made = Element(tag, attributes)
    made.text = text or None
    made.extend(children)
    return made


def test_elements_know_their_line_and_their_namespace():
    root = parse(b'<a xmlns:x="urn:x">\n<b>one</b> two\n<x:c k="v"/></a>')
    assert [(child.tag, child.line) for child in root] == [("b", 2), ("{urn:x}c", 3)]
    assert (root[0].text, root[0].tail, root[1].get("k")) == ("one", " two\n", "v")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f'<!DOCTYPE a [<!ENTITY l0 "ha">{ENTITIES}]>\n<a>&l9;</a>'.encode(), "document type or entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type or entities"),
        (b'<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a/>', "document type or entities"),
        (b"<a>" * 100_000, "too deep"),
        (b"<a>" + b"<b/>" * 400_000 + b"</a>", "too many parts"),
        (b"<a " + b" ".join(b'k%d="v"' % number for number in range(101)) + b"/>", "too many parts"),
        (b"<a>\n<b>\n</a>", "Line 3: this is not well-formed XML"),
        (b"", "not well-formed"),
        (b"<a>" + b" " * (51 * 1024 * 1024), "larger than 50 MB"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b"<a>&unknown;</a>", "not well-formed"),
    ],
)
def test_hostile_and_broken_files_are_refused_quickly_in_plain_words(content, words):
    start = time.monotonic()
    with pytest.raises(FormatError, match=words):
        parse(content)
    assert time.monotonic() - start < 10


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_read_or_refused(content):
    try:
        parse(content)
    except FormatError as error:
        assert str(error)


@given(legal_text, legal_text)
def test_text_and_attributes_come_back_exactly(text, attribute):
    root = parse(write(element("a", "", element("b", text, k=attribute), element("c", "]]>"))))
    assert (root[0].text or "", root[0].get("k"), root[1].text) == (text, attribute, "]]>")


def test_lines_are_indented_except_where_a_space_would_count():
    tail = element("b", "x")
    tail.tail = "y"
    written = write(
        element("a", "", element("b", "", element("c")), element("p", "", tail), element("q", "", element("b", "z"))),
        together={"q"},
    )
    assert written.decode().split("\n")[1:] == [
        "<a>",
        "  <b>",
        "    <c/>",
        "  </b>",
        "  <p><b>x</b>y</p>",
        "  <q><b>z</b></q>",
        "</a>",
        "",
    ]


def test_mark_up_is_wrapped_for_people_to_read():
    assert b"<a><![CDATA[<p>x</p>]]></a>" in write(element("a", "<p>x</p>"))


def test_what_xml_cannot_hold_is_left_out():
    assert not is_legal("a\x0b") and legal("a\x00\x0b\ud800b\ufffe") == "ab"
    assert parse(write(element("a", "x\x00y"))).text == "xy"
