"""CSV and XLSX: every kind but two in one row each, exact both ways; hostile workbooks; cells that would act."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from quizzes.formats.base import FormatError, Item, State
from quizzes.formats.shapes import choice, filled
from quizzes.formats.spreadsheet import CSV, XLSX
from quizzes.formats.spreadsheet.tables import harmless, undone
from tests.quizzes.formats import strategies as some
from training.spreadsheets import quiet

SAMPLE = Path(__file__).parent / "samples" / "trainer.csv"
FORMATS = pytest.mark.parametrize("form", [CSV, XLSX], ids=["csv", "xlsx"])


def workbook(*rows, sheet: str = "questions", change=lambda book: None) -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rows(text: str) -> list[Item]:
    return CSV.read(text.encode(), "a.csv").items


def test_sample_arrives_but_for_what_is_named_by_cell():
    reading = CSV.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert [item.kind for item in reading.items if item.state == State.READY] == [
        "single_choice", "true_false", "matching", "ordering", "categorise", "gap_choice", "numeric", "mark_words", "essay",
        "poll",
    ]  # fmt: skip
    refused = [item for item in reading.items if item.state == State.REFUSED]
    assert [note.place for item in refused for note in item.notes] == ["row 12", "A13"]
    [partly] = [item for item in reading.items if item.state == State.PARTLY]
    assert [note.place for note in partly.notes] == ["Y14"]
    assert [(note.place, "Colour" in note.reason) for note in reading.notes] == [("AA1", True)]
    first = reading.items[0]
    assert (first.outcome, first.difficulty, first.country, first.checked_on) == ("roles", 2, "BG", date(2026, 3, 1))
    assert first.value["text"] == "<p>Кой говори за детето?</p><p>Изберете.</p>"
    assert first.value["choices"][0] == choice("Настойникът", correct=True, feedback="Да.")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_separator_is_found_out(separator):
    text = separator.join(["kind", "text", "answer 1", "right 1", "answer 2"])
    text += "\n" + separator.join(["", '"A, b; c?"', "x", "x", "y"])
    [item] = rows(text)
    assert (item.kind, item.text) == ("single_choice", "<p>A, b; c?</p>")
    assert rows(f"sep={separator}\n{text}")[0].value == item.value


def test_workbook_cells_of_other_types_become_text():
    content = workbook(
        ["Kind", "Text", "Answer 1", "Right 1", "Match 1", "Answer_2", "Right 2", "checked on", "words from"],
        ["numeric", "How many?", 12.5, None, 0.5, 30, 0.25, date(2026, 2, 3)],
        ["true_false", "Is it?", True, True, None, False, False],
        change=lambda book: setattr(book.active["G2"], "number_format", "0%"),
    )
    number, judged = XLSX.read(content, "a.xlsx").items
    assert [(row["value"], row["tolerance"], row["credit"]) for row in number.value["accepted"]] == [
        ("12.5", "0.5", None),
        ("30", "0", "25"),
    ]
    assert number.checked_on == date(2026, 2, 3)
    assert (judged.state, judged.value["answer"]) == (State.READY, "true")


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"kind": "guess"}, "A2"),
        ({"kind": "hotspot"}, "A2"),
        ({"kind": "single_choice", "answer 1": "a", "right 1": "perhaps", "answer 2": "b"}, "D2"),
        ({"kind": "single_choice", "answer 1": "a", "right 1": "x 101%", "answer 2": "b"}, "D2"),
        ({"kind": "single_choice", "answer 1": "a", "right 1": "x", "right 2": "x"}, "row 2"),
        ({"kind": "single_choice", "answer 1": "a", "answer 2": "b"}, "row 2"),
        ({"kind": "numeric", "answer 1": "1,200"}, "C2"),
        ({"kind": "numeric", "answer 1": "1", "match 1": "-1"}, "E2"),
        ({"kind": "essay", "answer 1": "a", "match 1": "many"}, "E2"),
        ({"kind": "gap_choice", "answer 1": "a", "match 1": "2"}, "row 2"),
        ({"kind": "true_false", "answer 1": "a"}, "row 2"),
        ({"answer 1": "a"}, "row 2"),
        ({"kind": "information", "text": ""}, "row 2"),
    ],
)
def test_wrong_cell_is_named_and_loses_no_neighbour(cells, place):
    headings = ["kind", "text", "answer 1", "right 1", "match 1", "feedback 1", "answer 2", "right 2"]
    table = io.StringIO()
    writer = csv.DictWriter(table, headings, restval="")
    writer.writeheader()
    writer.writerow({"text": "Q?", **cells})
    writer.writerow({"kind": "information", "text": "After"})
    broken, after = rows(table.getvalue())
    assert (broken.state, broken.notes[-1].place) == (State.REFUSED, place)
    assert after.state == State.READY


def test_cells_without_a_place_are_named():
    [item] = rows("kind,text,look,answer 1,match 1,difficulty,country\ninformation,T,chat,a,b,hard as nails,Bulgaria,extra")
    assert item.state == State.PARTLY
    assert sorted(note.place for note in item.notes) == ["C2", "D2", "E2", "F2", "G2", "H2"]


def test_formula_in_a_workbook_is_text_and_named():
    [item] = XLSX.read(workbook(["kind", "text"], ["information", "=1+1"]), "a.xlsx").items
    assert item.text == "<p>=1+1</p>"
    assert [note.place for note in item.notes] == ["B2"]


def test_other_sheets_are_named():
    content = workbook(["kind", "text"], ["information", "A"], change=lambda book: book.create_sheet("Second"))
    assert [note.place for note in XLSX.read(content, "a.xlsx").notes] == ["Second"]


def changed(content: bytes, name: str, data: bytes) -> bytes:
    """The workbook with one of its files replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()


def test_hostile_workbooks_are_refused_with_a_plain_message():
    good = workbook(["kind", "text"], ["information", "A"])
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sst>&a;</sst>'
    for content in (
        changed(good, "xl/sharedStrings.xml", entity),
        changed(good, "xl/sharedStrings.xml", entity.decode().encode("utf-16")),
        changed(good, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 40_000_000),
        changed(good, "../../etc/passwd", b"x"),
        changed(good, "xl/worksheets/sheet1.xml", b"<worksheet"),
        changed(good, "xl/workbook.xml", b"<a/>"),
        good[: len(good) // 2],
        b"PK\x03\x04",
        b"",
    ):
        with pytest.raises(FormatError):
            XLSX.read(content, "a.xlsx")


def test_lying_size_and_far_cells_cost_nothing():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>kind</t></is></c><c r="B1" t="inlineStr"><is><t>text</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>information</t></is></c><c r="B2" t="inlineStr"><is><t>A</t></is></c>'
        '<c r="XFD2" t="inlineStr"><is><t>far</t></is></c></row>'
        "{}</sheetData></worksheet>"
    )
    good = workbook(["a"])
    reading = XLSX.read(changed(good, "xl/worksheets/sheet1.xml", sheet.format("").encode()), "a.xlsx")
    assert [item.text for item in reading.items] == ["<p>A</p>"]
    assert [note.place for note in reading.notes] == ["XFD2"]
    far = sheet.format('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    with pytest.raises(FormatError, match="10000 rows"):
        XLSX.read(changed(good, "xl/worksheets/sheet1.xml", far.encode()), "a.xlsx")


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.text('kindtexansw1,;"\n\t =').map(lambda text: f"kind,text\n{text}".encode()))
def test_any_bytes_give_a_reading_or_a_plain_refusal(content):
    for form in (CSV, XLSX):
        try:
            reading = form.read(content, "a")
        except FormatError:
            continue
        assert all(item.notes for item in reading.items if item.state == State.REFUSED)


def test_fields_longer_than_a_csv_may_hold_keep_what_stands_before():
    reading = CSV.read(('kind,text\ninformation,A\ninformation,"' + "x" * 200_000).encode(), "a.csv")
    assert [item.state for item in reading.items] == [State.READY]
    assert [note.place for note in reading.notes] == ["row 3"]


@given(st.text(some.letters | st.sampled_from("'=+-@;\t\n ")))
def test_what_is_made_harmless_is_so_and_comes_back(text):
    assert quiet(harmless(text)) == harmless(text)
    assert undone(harmless(text)) == text


def about(item: Item) -> tuple:
    return (
        item.kind, item.value, item.reference, item.name, item.category, list(item.tags), item.outcome, item.difficulty,
        item.country, item.source, item.checked_by, item.checked_on, item.review_by, item.penalty, item.points, item.language,
    )  # fmt: skip


@st.composite
def whole(draw):
    """An item of any kind with everything that is known about a question."""
    item = draw(st.one_of(*some.every(units=some.line.filter(lambda text: not set(text) & set(";"))).values()))
    item.category, item.outcome, item.source = draw(some.plain), draw(some.plain), draw(some.plain)
    item.difficulty, item.country = draw(st.none() | st.integers(1, 3)), draw(st.sampled_from(["", "BG", "TR"]))
    item.checked_on, item.review_by = draw(st.none() | st.dates()), draw(st.none() | st.dates())
    item.penalty = draw(st.none() | st.decimals(0, 1, places=7))
    item.points = draw(st.none() | st.decimals(0, 100, places=2))
    item.checked_by, item.language = draw(some.plain), draw(st.sampled_from(["", "bg", "pt-br"]))
    item.value["when_right"], item.value["when_partly"] = draw(some.plain), draw(some.plain)
    item.value["when_wrong"] = draw(some.plain)
    item.value["hints"] = draw(st.lists(some.said, max_size=3))
    return item


@FORMATS
@settings(max_examples=30, deadline=None)
@given(items=st.lists(whole(), max_size=3, unique_by=lambda item: item.name))
def test_what_a_table_can_say_comes_back_exactly(form, items):
    writing = form.write(items)
    reading = form.read(writing.content, "a")
    assert [about(item) for item in reading.items] == [about(item) for item in items]
    assert writing.notes == []
    assert all(item.state == State.READY for item in reading.items)


@FORMATS
def test_no_cell_acts_in_an_export(form):
    rows = [choice("=cmd|' /C calc'!A0", correct=True, feedback="+1"), choice("-2;=3"), choice("@x")]
    item = Item("", "=r", "single_choice", filled("single_choice", text="<p>=1+1</p>", choices=rows), name="=n", source="\t=s")
    content = form.write([item]).content
    if form is XLSX:
        [*cells] = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        texts = [cell.value for cell in cells if cell.value]
    else:
        texts = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert all(quiet(text) == text for text in texts)
    assert not any(text.startswith(tuple("=+-@")) for text in texts)


@FORMATS
def test_what_a_table_cannot_say_is_named(form):
    case = Item("1", "a", "case_study", filled("case_study", text="<p>A</p>"))
    strange = Item("2", "b", "information", filled("information", text="<p>\x07</p>"))
    tagged = Item("3", "c", "information", filled("information", text="<p>C</p>"), tags=["a, b"])
    pictured = Item("4", "d", "information", {"text": "<p>D</p>", "image": {"image": 1}}, penalty=Decimal("0.1"))
    writing = form.write([case, strange, tagged, pictured])
    assert [note.place for note in writing.notes] == ["1", "2", "3", "4"]
    assert [item.reference for item in form.read(writing.content, "a").items] == ["c", "d"]


def test_files_are_recognised():
    assert CSV.sniff(SAMPLE.read_bytes(), "a.txt")
    assert CSV.sniff(b"", "a.csv")
    assert XLSX.sniff(workbook(["a"]), "upload")
    assert not XLSX.sniff(b"kind", "a.xlsx")
