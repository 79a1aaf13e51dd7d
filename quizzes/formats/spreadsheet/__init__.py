"""Questions as a table, one row each: CSV and XLSX. ``docs/question-formats.md`` lists the columns."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ..archive import is_zip
from ..base import Format, Item, Reading, Writing
from .columns import HEADINGS
from .read import questions
from .tables import read_csv, read_xlsx, write_csv, write_xlsx
from .write import rows


def _read_csv(content: bytes, name: str) -> Reading:
    return questions(read_csv(content, HEADINGS))


def _read_xlsx(content: bytes, name: str) -> Reading:
    return questions(read_xlsx(content))


def _write_csv(items: Sequence[Item]) -> Writing:
    table, notes = rows(items)
    return Writing(write_csv(table), notes)


def _write_xlsx(items: Sequence[Item]) -> Writing:
    table, notes = rows(items)
    return Writing(write_xlsx(table), notes)


def _is_csv(content: bytes, name: str) -> bool:
    start = content[:2_000].replace(b"\0", b"").lower()
    return name.lower().endswith((".csv", ".tsv")) or (b"kind" in start and b"answer 1" in start)


def _is_xlsx(content: bytes, name: str) -> bool:
    return is_zip(content) and (name.lower().endswith(".xlsx") or b"xl/workbook.xml" in content)


CSV = Format(
    name="csv",
    label=_("Spreadsheet (CSV)"),
    extensions=(".csv", ".tsv"),
    content_type="text/csv; charset=utf-8",
    sniff=_is_csv,
    read=_read_csv,
    write=_write_csv,
)
XLSX = Format(
    name="xlsx",
    label=_("Spreadsheet (XLSX)"),
    extensions=(".xlsx",),
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    sniff=_is_xlsx,
    read=_read_xlsx,
    write=_write_xlsx,
)

__all__ = ["CSV", "XLSX"]
