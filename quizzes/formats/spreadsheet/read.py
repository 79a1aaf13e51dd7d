"""Rows as questions. A cell that is wrong is named; the rest of its row, and every other row, is read all the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..base import Item, Note, Reading
from ..checks import problem_with
from ..shapes import OWN as KINDS
from ..shapes import filled, too_long
from ..text_files import SPACE, References, decimal, derived, paragraph
from ..wording import rich_text
from . import columns
from .answers import BUILDERS, Answer, Cell, Wrong
from .tables import Row, Table, cell_name

LOOKS_RICH = re.compile(r"\s*<(p|ul|ol)\b", re.I)
NOT_IN_A_TABLE = {"hotspot", "case_study"}
SYNONYMS = {
    "multiple_choice": "single_choice", "multiple_answers": "multiple_response", "several_answers": "multiple_response",
    "truefalse": "true_false", "true_or_false": "true_false", "short_answer": "short_text", "number": "numeric",
    "numerical": "numeric", "match": "matching", "order": "ordering", "categorize": "categorise", "description": "information",
}  # fmt: skip
DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3, "1": 1, "2": 2, "3": 3}
YES, NO = {"x", "yes", "y", "true", "1", "✓", "✔"}, {"", "no", "n", "false", "0", "-"}
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


@dataclass
class Line:
    """A row by headings, and the item that it becomes."""

    cells: dict[str, Cell]
    item: Item

    def text(self, heading: str) -> str:
        return self.cells[heading].text if heading in self.cells else ""

    def wrong(self, heading: str, reason: str) -> None:
        self.item.partly(reason, self.cells[heading].place)


def questions(table: Table) -> Reading:
    reading = Reading(notes=table.notes)
    headings = [columns.heading_of(typed) for typed in table.headings]
    if "text" not in headings:
        reading.notes.append(Note(_("row 1"), _("The first row must hold the headings, one of them “text”. Nothing was read.")))
        return reading
    for column, heading in enumerate(headings):
        if heading and (heading not in columns.HEADINGS or heading in headings[:column]):
            name = {"name": table.headings[column][:60]}
            reading.notes.append(Note(cell_name(1, column), _("The column “%(name)s” is not known or comes twice.") % name))
    references = References()
    for row in table.rows:
        item = question(row, headings)
        item.reference = references.unique(item.reference or item.name or derived(item.kind, item.text or item.place))
        reading.items.append(item)
    if not reading.items:
        reading.notes.append(Note(_("whole file"), _("No question was found.")))
    return reading


def question(row: Row, headings: list[str]) -> Item:
    item = Item(_("row %(number)d") % {"number": row.number}, "")
    cells: dict[str, Cell] = {}
    for column, text in enumerate(row.cells):
        text, place = text.strip(SPACE), cell_name(row.number, column)
        if column >= len(headings) or headings[column] not in columns.HEADINGS:
            if text:
                item.partly(_("This cell stands under no heading that is known."), place)
        elif text and headings[column] not in cells:
            cells[headings[column]] = Cell(text, place)
    for column, reason in row.remarks:
        item.partly(reason, cell_name(row.number, column))
    line = Line(cells, item)
    _about(line)
    try:
        _content(line)
    except Wrong as problem:
        item.refuse(problem.reason, problem.place)
    return item


def _about(line: Line) -> None:
    """What is known about the question, from columns that every kind has."""
    item = line.item
    for name in ("reference", "name", "category", "language", "outcome", "source", "checked_by"):
        setattr(item, name, line.text(name.replace("_", " ")))
    item.tags = [tag for tag in (part.strip(SPACE) for part in line.text("tags").split(",")) if tag]
    for name, read in READERS.items():
        heading = name.replace("_", " ")
        if typed := line.text(heading):
            value = read(typed)
            if value is None:
                line.wrong(heading, _("“%(text)s” does not fit here. It was left out.") % {"text": typed[:60]})
            else:
                setattr(item, name, value)


def _date(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _share(text: str) -> Decimal | None:
    number = decimal(text.removesuffix("%"), comma=True)
    value = None if number is None else Decimal(number) / (100 if text.endswith("%") else 1)
    return value if value is not None and 0 <= value <= 1 else None


def _points(text: str) -> Decimal | None:
    number = decimal(text, comma=True)
    return Decimal(number) if number is not None and Decimal(number) >= 0 else None


def _country(text: str) -> str | None:
    return text.upper() if re.fullmatch(r"[A-Za-z]{2}", text) else None


READERS: dict[str, Callable[[str], Any]] = {
    "difficulty": lambda text: DIFFICULTIES.get(text.casefold()),
    "country": _country,
    "checked_on": _date,
    "review_by": _date,
    "points": _points,
    "penalty": _share,
}


def _content(line: Line) -> None:
    item = line.item
    answers = _answers(line)
    item.kind = _kind(line, answers)
    value = filled(item.kind, text=_rich(line, "text"), hints=_hints(line))
    value["explanation"] = _rich(line, "explanation")
    for heading in (*columns.AROUND[1:], *columns.OWN):
        name = columns.field_name(heading)
        if heading not in line.cells:
            continue
        if name not in value or (name, item.kind) == ("steps", "ordering"):
            line.wrong(heading, _("A question of this kind has no place for this cell. It was left out."))
        elif heading == "units":
            value["units"] = _units(line)
        elif heading in columns.FLAGS:
            value[name] = _flag(line, heading)
        elif heading in columns.NUMBERS:
            value[name] = _whole(line, heading)
        else:
            rich = name in {"model_answer", "marker_notes"} or (name == "passage" and item.kind != "mark_words")
            value[name] = _rich(line, heading) if rich else line.text(heading)
    BUILDERS[item.kind](value, answers)
    for answer in answers:
        for cell in answer.unused():
            item.partly(_("A question of this kind has no place for this cell. It was left out."), cell.place)
    item.value = value
    if value.get("look") not in {None, "statement", "chat", "note"}:
        raise Wrong(_("A passage looks like a statement, a chat or a note."), line.cells["look"].place)
    if reason := _("A text in this question is too long.") if too_long(value) else problem_with(item.kind, value):
        raise Wrong(reason, item.place)


def _answers(line: Line) -> list[Answer]:
    found = []
    for number in range(1, columns.MOST_ANSWERS + 1):
        cells = {name: line.cells.get(f"{name} {number}") for name in columns.PER_ANSWER}
        if any(cells.values()):
            found.append(Answer(line.item.place, number, **cells))
    return found


def _kind(line: Line, answers: list[Answer]) -> str:
    """The kind that is named; where none is, choices say it themselves."""
    typed = line.text("kind")
    name = re.sub(r"[^a-z]+", "_", typed.casefold()).strip("_")
    name = SYNONYMS.get(name, name)
    if name in NOT_IN_A_TABLE:
        raise Wrong(_("A question of this kind does not fit into a table."), line.cells["kind"].place)
    if name in KINDS:
        return name
    if typed:
        known = ", ".join(sorted(set(KINDS) - NOT_IN_A_TABLE))
        raise Wrong(
            _("“%(kind)s” is not a kind of question. Known are: %(known)s.") % {"kind": typed[:60], "known": known},
            line.cells["kind"].place,
        )
    right = [answer for answer in answers if answer.mark(unread=True)[0]]
    if len(answers) > 1 and right:
        return "single_choice" if len(right) == 1 else "multiple_response"
    raise Wrong(_("The column “kind” is empty, and the answers do not tell."), line.item.place)


def _rich(line: Line, heading: str) -> str:
    """Rich text where the cell begins with a paragraph or list in HTML; else plain text, an empty line ends a paragraph."""
    text = line.text(heading)
    if not LOOKS_RICH.match(text):
        return paragraph(text)
    clean, lost = rich_text(text)
    if lost:
        line.wrong(heading, _("Not taken along: %(what)s.") % {"what": ", ".join(lost)})
    return clean


def _hints(line: Line) -> list[str]:
    hints = (line.text(f"hint {number}") for number in range(1, columns.MOST_HINTS + 1))
    return [hint for hint in hints if hint]


def _flag(line: Line, heading: str) -> bool:
    text = line.text(heading).casefold()
    if text not in YES | NO:
        line.wrong(heading, _("Write x for yes, or leave the cell empty."))
    return text in YES


def _whole(line: Line, heading: str) -> int | None:
    text = line.text(heading)
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise Wrong(_("Write a whole number."), line.cells[heading].place)
    return int(text)


def _units(line: Line) -> list[dict[str, str]]:
    """``km = 1; m = 1000``: the first one is the unit of the accepted numbers."""
    units = []
    for part in line.text("units").split(";"):
        name, equals, factor = part.rpartition("=")
        name, number = (name or factor).strip(SPACE), decimal(factor, comma=True) if equals else "1"
        if not name or number is None or Decimal(number) <= 0:
            raise Wrong(_("Write units as in “km = 1; m = 1000”."), line.cells["units"].place)
        units.append({"name": name, "factor": number})
    return units
