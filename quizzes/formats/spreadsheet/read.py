"""Rows as questions. A cell that is wrong is named; the rest of its row, and every other row, is read all the same."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..about import NO, READERS, YES, kind_name
from ..about import units as units_in
from ..base import Item, Note, Reading
from ..checks import problem_with
from ..fields import too_long
from ..shapes import OWN as KINDS
from ..shapes import filled
from ..text_files import LONGEST_FIELD, SPACE, References, derived, paragraph
from ..wording import exact
from . import columns
from .answers import BUILDERS, Answer, Cell, Wrong
from .tables import Row, Table, cell_name

LOOKS_RICH = re.compile(r"\s*<(p|ul|ol)\b", re.I)
NOT_IN_A_TABLE = {"hotspot", "case_study"}


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
        elif len(text) > 2 * LONGEST_FIELD:
            item.refuse(_("A text in this question is too long."), place)
            return item
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
    item.keep_order = "keep order" in line.cells and _flag(line, "keep order")
    for name, read in READERS.items():
        heading = name.replace("_", " ")
        if typed := line.text(heading):
            value = read(typed)
            if value is None:
                line.wrong(heading, _("“%(text)s” does not fit here. It was left out.") % {"text": typed[:60]})
            else:
                setattr(item, name, value)


def _content(line: Line) -> None:
    item = line.item
    answers = _answers(line)
    item.value = {"text": _rich(line, "text")}
    item.kind = _kind(line, answers)
    value = filled(item.kind, **item.value, hints=_hints(line))
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
    if reason := too_long(item.kind, value) or problem_with(item.kind, value):
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
    name = kind_name(typed)
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
    """Rich text where the cell begins with a paragraph or list in HTML, with all its spaces; else plain text, in which an
    empty line ends a paragraph."""
    text = line.text(heading)
    if not LOOKS_RICH.match(text):
        return paragraph(text)
    clean, lost = exact(text)
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
    units = units_in(line.text("units"))
    if units is None:
        raise Wrong(_("Write units as in “km = 1; m = 1000”."), line.cells["units"].place)
    return units
