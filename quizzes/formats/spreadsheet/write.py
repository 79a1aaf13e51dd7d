"""Questions as rows. ``questions`` in ``read`` gives them back as they were."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..about import typed_units
from ..base import Item, Note
from ..outgoing import not_written, tidy, unlike
from ..shapes import LABELS, changed_about, is_rich
from ..text_files import as_typed
from ..wording import exact
from . import columns
from .answers import BUILDERS, DEPENDS
from .read import LOOKS_RICH, question
from .tables import LONGEST_CELL, Row, harmless

KNOWN = tuple(columns.field_name(heading) for heading in columns.ABOUT if heading != "kind")
Answers = list[tuple[str, str, str, str]]  # answer, right, match, feedback


def rows(items: Sequence[Item]) -> tuple[list[list[str]], list[Note]]:
    """The table with its headings, and what it could not say, item by item."""
    lines: list[dict[str, str]] = []
    notes: list[Note] = []
    for item in items:
        cells, reasons = _row(item)
        notes += [Note(item.place or item.name or item.reference, reason) for reason in reasons]
        lines += [cells] if cells else []
    headings = _headings(lines)
    return [headings, *([line.get(heading, "") for heading in headings] for line in lines)], notes


def _headings(lines: Iterable[dict[str, str]]) -> list[str]:
    used = {heading for line in lines for heading in line}
    answers = [
        f"{name} {number}"
        for number in range(1, columns.MOST_ANSWERS + 1)
        for name in columns.PER_ANSWER
        if number <= columns.TEMPLATE_ANSWERS or any(f"{each} {number}" in used for each in columns.PER_ANSWER)
    ]
    hints = [f"hint {number}" for number in range(1, columns.MOST_HINTS + 1) if number == 1 or f"hint {number}" in used]
    own = [heading for heading in columns.OWN if heading in used]
    return [columns.ABOUT[0], "text", *own, *answers, *columns.AROUND, *hints, *columns.ABOUT[1:]]


def _row(item: Item) -> tuple[dict[str, str], list[str]]:
    """The cells that are not empty, by heading; none where the question cannot be written."""
    if item.kind not in BUILDERS:
        return {}, [_("A question of this kind does not fit into a table. It was left out.")]
    value, lost = tidy(item, exact)
    if reason := not_written(item, value):
        return {}, [reason]
    answers = ANSWERS.get(item.kind, lambda value: [])(value)
    if len(answers) > columns.MOST_ANSWERS or len(value["hints"]) > columns.MOST_HINTS:
        return {}, [_("The question has more answers or hints than the table has columns. It was left out.")]
    cells = {**_about(item), **_own(item.kind, value)}
    for number, answer in enumerate(answers, start=1):
        cells |= {f"{name} {number}": text for name, text in zip(columns.PER_ANSWER, answer, strict=True)}
    cells |= {f"hint {number}": hint for number, hint in enumerate(value["hints"], start=1)}
    cells = {heading: text for heading, text in cells.items() if text}
    if long := [heading for heading, text in cells.items() if len(harmless(text)) > LONGEST_CELL]:
        reason = _("A text is longer than a cell may be: %(columns)s. The question was left out.")
        return {}, [reason % {"columns": ", ".join(long)}]
    if item.value.get("image") or item.image:
        lost.append(str(LABELS["image"]))
    if item.attachments:
        lost.append(str(LABELS["attachments"]))
    reasons = [_("A table has no place for: %(what)s.") % {"what": ", ".join(lost)}] if lost else []
    back = question(Row(1, list(cells.values())), list(cells))
    back.reference = back.reference or back.name
    reasons += changed_about(item, back, KNOWN)
    told = _("The table cannot say this exactly: %(fields)s. Compare it after importing it.")
    return cells, [*reasons, *unlike(item, value, back, told)]


def _about(item: Item) -> dict[str, str]:
    found = {"tags": ", ".join(item.tags), "keep order": "x" if item.keep_order else ""}
    for heading in columns.ABOUT:
        if heading not in found:
            given = getattr(item, columns.field_name(heading))
            found[heading] = "" if given is None else str(given)
    return found


def _own(kind: str, value: dict[str, Any]) -> dict[str, str]:
    """The columns with one cell for a question."""
    found = {}
    for heading in ("text", *columns.AROUND, *columns.OWN):
        name = columns.field_name(heading)
        if name not in value:
            continue
        content = value[name]
        if is_rich(kind, name):
            found[heading] = _rich(content)
        elif heading == "units":
            found[heading] = typed_units(content)
        elif heading in columns.FLAGS:
            found[heading] = "x" if content else ""
        else:
            found[heading] = "" if content is None or name == "steps" and kind == "ordering" else str(content)
    return found


def _rich(html: str) -> str:
    """As a trainer would type it where the text is plain paragraphs; else HTML."""
    typed = as_typed(html)
    return html if typed is None or LOOKS_RICH.match(typed) else typed


def _mark(row: dict[str, Any]) -> str:
    credit = "" if row["credit"] is None else f"{row['credit']}%"
    return " ".join(part for part in ("x" if row.get("correct") else "", credit) if part)


def _choices(choices: Iterable[dict[str, Any]], match: str = "") -> Answers:
    return [(row["text"], _mark(row), match, row["feedback"]) for row in choices]


def _true_false(value: dict[str, Any]) -> Answers:
    judged = [(name, "x" if value["answer"] == name else "", "", value[f"feedback_{name}"]) for name in ("true", "false")]
    return [*judged, *_choices(value["reasons"])]


def _matching(value: dict[str, Any]) -> Answers:
    pairs = [(pair["left"], "", pair["right"], pair["feedback"]) for pair in value["pairs"]]
    return [*pairs, *(("", "", distractor, "") for distractor in value["distractors"])]


def _categorise(value: dict[str, Any]) -> Answers:
    found: Answers = []
    for box in value["boxes"]:
        found += [(card["text"], "", box["name"], card["feedback"]) for card in box["cards"]] or [("", "", box["name"], "")]
    return found + [(card["text"], "", DEPENDS, card["feedback"]) for card in value["depends"]]


def _gap_choice(value: dict[str, Any]) -> Answers:
    return [row for number, gap in enumerate(value["gaps"], 1) for row in _choices(gap["choices"], str(number))]


def _gap_text(value: dict[str, Any]) -> Answers:
    found: Answers = []
    for number, gap in enumerate(value["gaps"], start=1):
        found += _choices(gap["accepted"], str(number))
        found += [("", "", str(number), gap["feedback"])] if gap["feedback"] else []
    return found


def _numeric(value: dict[str, Any]) -> Answers:
    return [(str(row["value"]), _mark(row), str(row["tolerance"]), row["feedback"]) for row in value["accepted"]]


def _essay(value: dict[str, Any]) -> Answers:
    return [(row["name"], "", str(row["points"]), row["description"]) for row in value["rubric"]]


ANSWERS: dict[str, Callable[[dict[str, Any]], Answers]] = {
    "single_choice": lambda value: _choices(value["choices"]),
    "multiple_response": lambda value: _choices(value["choices"]),
    "true_false": _true_false,
    "matching": _matching,
    "ordering": lambda value: [(step["text"], "", "", step["feedback"]) for step in value["steps"]],
    "categorise": _categorise,
    "gap_choice": _gap_choice,
    "gap_text": _gap_text,
    "short_text": lambda value: _choices(value["accepted"]),
    "numeric": _numeric,
    "mark_words": lambda value: [("", "", "", feedback) for feedback in value["feedback"]],
    "essay": _essay,
    "poll": lambda value: [(row["text"], "", "", "") for row in value["choices"]],
}
