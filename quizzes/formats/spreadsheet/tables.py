"""Tables as CSV and XLSX: bytes in, texts out, and back. Whatever a cell would do, here it is text."""

import csv
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from training.spreadsheets import FORMULA

from ..archive import Limits, pack, unpack
from ..base import FormatError, Note
from ..text_files import MOST_BYTES, MOST_QUESTIONS, SPACE, decode

MEGABYTE = 1024 * 1024
LIMITS = Limits(packed=MOST_BYTES, entries=500, single=30 * MEGABYTE, total=60 * MEGABYTE)
MOST_COLUMNS = 702  # A to ZZ
FAR_CELL = re.compile(rb"""\br=["']([A-Z]{3,}[0-9]+)["']""")
LINKED = re.compile(rb"""<(?:\w+:)?hyperlink\b[^<>]*?\bref=["']([A-Z0-9:]{1,20})["']""")
# A cell that holds its own text, in runs that look different; those of texts that cells share come with the cell.
LOOKING = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Z]{1,3}[0-9]{1,7})["'][^<>]*>\s*<(?:\w+:)?is>\s*<(?:\w+:)?r>""")
LOST_LOOKS = gettext_lazy("Bold, colours and other looks of single words are not taken along.")
MOST_CELLS = 20  # that one note names
TEXT_BOX = re.compile(rb"<(?:\w+:)?txBody\b")
MOST_ROWS = 2 * MOST_QUESTIONS
LONGEST_CELL = 32_767  # of Excel
DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
# A sign that begins a formula and the spaces before it, in a text read backwards: so the search never starts twice.
ACTS_BACKWARDS = re.compile(rf"[{FORMULA}]['\s]*")
BEGINS = re.compile(r"'*[\t\r\n]")
# What openpyxl raises for files that are no workbook or a damaged one; it has no error of its own for most of them.
UNREADABLE = (
    ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, ArithmeticError, RuntimeError, struct.error,
    zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, InvalidFileException, SyntaxError,
)  # fmt: skip


@dataclass
class Row:
    """One row below the headings. ``remarks``: (column from 0, reason) about cells that are not taken as they stand."""

    number: int
    cells: list[str]
    remarks: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Table:
    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """What spreadsheets call a cell: column 0 of row 2 is A2."""
    return f"{get_column_letter(column + 1)}{row}"


def harmless(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula. Does at least what ``training.spreadsheets.quiet`` does, and
    ``undone`` takes exactly that away again: an apostrophe that was there already gets a second one."""
    return _led(text, lambda run: re.sub(r"[\t\r\n]", r"\g<0>'", run), lambda begin: f"'{begin}")


def undone(text: str) -> str:
    return _led(text, lambda run: re.sub(r"([\t\r\n])'", r"\1", run), lambda begin: begin.removeprefix("'"))


def _led(text: str, inside: Callable[[str], str], first: Callable[[str], str]) -> str:
    """``inside`` changes the spaces before a sign that acts; ``first`` where a cell, or what a semicolon makes one, begins."""
    backwards = text[::-1]
    parts, end, begun = [], 0, False
    for match in ACTS_BACKWARDS.finditer(backwards):
        run = inside(match[0][::-1])
        at_start = match.end() == len(text)
        begun = begun or at_start
        leads = at_start or backwards[match.end()] == ";"
        parts += [backwards[end : match.start()], (first(run) if leads else run)[::-1]]
        end = match.end()
    changed = "".join([*parts, backwards[end:]])[::-1]
    return first(changed) if not begun and BEGINS.match(text) else changed


def read_csv(content: bytes, known: Sequence[str]) -> Table:
    """``known``: headings, by which the separator is found out. Raises FormatError."""
    text, notes = decode(content)
    if match := re.match(r"sep=([;,\t])\n", text):
        text = "\n" + text[match.end() :]
    separator = match[1] if match else max(";,\t", key=lambda sign: _known(text, sign, known))
    table = Table(notes=notes)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            _add(table, Row(number, [undone(cell) for cell in cells]))
    except csv.Error:
        table.notes.append(Note(_("row %(number)d") % {"number": number + 1}, _("From this row on the file is damaged.")))
    return table


def _known(text: str, separator: str, known: Sequence[str]) -> int:
    """How many headings the first row that is not empty has when it is cut at ``separator``."""
    line = text.lstrip("\n").split("\n", 1)[0]
    return sum(cell.strip(' "\t').casefold() in known for cell in line.split(separator))


def _add(table: Table, row: Row) -> None:
    if not table.headings:
        table.headings = [" ".join(cell.split()) for cell in row.cells] if any(row.cells) else []
    elif any(cell.strip(SPACE) for cell in row.cells):
        table.rows.append(row)
        if len(table.rows) > MOST_QUESTIONS:
            raise FormatError(_("The file holds more than %(most)d questions. Divide it.") % {"most": MOST_QUESTIONS})


def read_xlsx(content: bytes) -> Table:
    """The first sheet of a workbook. Raises FormatError."""
    unpacked = unpack(content, LIMITS)
    for name, data in unpacked.files.items():
        if name.endswith((".xml", ".rels")) and DECLARED.search(data.replace(b"\0", b"")):
            raise FormatError(
                _("The workbook declares entities of its own, which no spreadsheet program does. Nothing was read.")
            )
    table = Table(notes=[*unpacked.notes, *_beside_cells(unpacked.files)])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and checks that it does not know; they are not read
            _read_sheet(table, pack(unpacked.files))
    except UNREADABLE as problem:
        raise FormatError(_("This is no XLSX workbook, or it is damaged.")) from problem
    return table


def _beside_cells(files: dict[str, bytes]) -> list[Note]:
    reasons = {
        "xl/media/": _("Pictures in the workbook are not taken along. Add them to the questions afterwards."),
        "xl/comments": _("Comments in the workbook are not taken along."),
        "xl/externalLinks/": _("Links to other workbooks are not followed."),
        "xl/charts/": _("Charts in the workbook are not taken along."),
        "xl/diagrams/": _("Drawings in the workbook are not taken along."),
    }
    notes = [Note(_("workbook"), why) for start, why in reasons.items() if any(name.startswith(start) for name in files)]
    for name, data in files.items():
        if name.startswith("xl/worksheets/"):
            notes += _within_sheet(data)
        if name.startswith("xl/drawings/") and TEXT_BOX.search(data):
            notes.append(Note(_("workbook"), _("Text boxes in the workbook are not taken along.")))
    return notes


def _within_sheet(data: bytes) -> Iterator[Note]:
    if far := FAR_CELL.search(data):
        yield Note(far[1].decode(), _("The sheet has too many columns. From AAA on they are not read."))
    for pattern, reason in ((LINKED, _("Links behind cells are not taken along.")), (LOOKING, LOST_LOOKS)):
        if cells := [cell.decode() for cell in pattern.findall(data)]:
            yield Note(", ".join(cells[:MOST_CELLS]), str(reason))


def _read_sheet(table: Table, content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False, rich_text=True)
    try:
        if not book.worksheets:
            raise FormatError(_("The workbook has no sheet."))
        sheet, *others = book.worksheets
        table.notes += [Note(other.title, _("Only the first sheet is read, not this one.")) for other in others]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), start=1):
            if number > MOST_ROWS:
                raise FormatError(_("The sheet has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS})
            _add(table, _xlsx_row(number, cells))
    finally:
        book.close()


def _xlsx_row(number: int, cells: Sequence[object]) -> Row:
    row = Row(number, [])
    for column, cell in enumerate(cells):
        if getattr(cell, "value", None) is not None:
            text, remark = as_text(cell)
            row.cells += [""] * (column - len(row.cells)) + [text]
            row.remarks += [(column, remark)] if remark else []
    return row


def as_text(cell: object) -> tuple[str, str]:
    """The text of an openpyxl cell, and why it is not taken as it stands (empty: it is)."""
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if value is None:
        return "", ""
    if kind == "f":
        return str(getattr(value, "text", value)), _("A formula is taken as text. It is not worked out.")
    if kind == "e":
        return str(value), _("The cell holds an error of the spreadsheet.")
    if isinstance(value, CellRichText):
        return undone(one_line_end(str(value))), str(LOST_LOOKS)
    if isinstance(value, str):
        return undone(one_line_end(value)), ""
    if isinstance(value, bool):
        return str(value).lower(), ""
    if isinstance(value, int | float):
        return _number(value, percent="%" in str(getattr(cell, "number_format", ""))), ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat(), ""
    return str(value), _("The cell holds something that is neither text, number nor date.")


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float, *, percent: bool) -> str:
    number = Decimal(repr(value)) * (100 if percent else 1)
    text = f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 30 else str(number)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if percent else text


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """With a mark at the beginning, so that Excel reads UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def write_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell is a text cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title="questions")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, harmless(text) or None)
            if text:
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
