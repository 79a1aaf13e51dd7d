"""Tables for spreadsheets. No cell may act: what a person typed into a name must not become a formula on a colleague's desk."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection), wide forms for Asian keyboards included.
FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# In most of our countries a spreadsheet divides a line at semicolons, inside what was one cell of ours, too.
ACTS = re.compile(rf"(^|[;\t\r\n])(?=\s*[{FORMULA}])|^(?=[\t\r\n])")


def quiet(value: object) -> object:
    """``value`` as a cell that only shows: text that would act is led by an apostrophe, control characters are dropped."""
    if not isinstance(value, str):
        return value
    return ACTS.sub(r"\1'", ILLEGAL_CHARACTERS_RE.sub("", value))


def csv_content(rows: Iterable[Sequence[object]]) -> bytes:
    """``rows`` as CSV, the first of which holds the headings; UTF-8 with a mark, so that Excel reads it."""
    text = io.StringIO()
    csv.writer(text).writerows([quiet(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def xlsx_content(name: str, rows: Iterable[Sequence[object]]) -> bytes:
    """``rows`` as a workbook with the sheet ``name``, the first of which holds the headings. Text is always a text cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=name[:31])
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download ``name.csv`` of ``rows``; see ``csv_content``."""
    return download(csv_content(rows), f"{name}.csv")


def xlsx_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download ``name.xlsx`` of ``rows``; see ``xlsx_content``."""
    return download(xlsx_content(name, rows), f"{name}.xlsx")


def download(content: bytes, filename: str) -> HttpResponse:
    """A download of ``content``, a CSV file or a workbook."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[filename.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
