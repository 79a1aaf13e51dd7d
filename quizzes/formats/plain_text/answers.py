"""The answers of a typed question: which kind they make, and that kind's fields."""

import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

from django.utils.translation import gettext as _

from ..shapes import accepted, choice
from ..text_files import SPACE, decimal
from .lines import AROUND, Block, Entry, show

NUMBER = r"[+\-\u2212]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+\-]?\d+)?"
NUMERIC = re.compile(
    rf"(?P<value>{NUMBER})(?:\s*(?:\+/?-|±)\s*(?P<tolerance>{NUMBER})|\s*\.\.\s*(?P<to>{NUMBER}))?(?:\s*(?P<unit>[^\W\d]\S*|[%°€$]\S*))?"
)
MARK = re.compile(r"(?P<yes>[xX✓✔])?\s*(?P<credit>[+\-\u2212]?[\d.,]+)?\s*%?")
CREDIT = re.compile(r"\[(?P<credit>[+\-\u2212]?[\d.,]+)\s*%\]\s*(?P<rest>.*)", re.S)
POINTS = re.compile(r"(?P<name>.*\S)\s*\((?P<points>\d{1,4})\)", re.S)
GAP = re.compile(r"\[\[(.*?)\]\]", re.S)


class Wrong(Exception):
    """A line makes the question unreadable."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def kind_of(block: Block) -> str:
    """The kind that the answers make; empty where there are none. Raises Wrong where they do not go together."""
    found = {entry.sign for entry in block.entries} - AROUND
    if not found:
        return ""
    if found == {"entry"}:
        raise Wrong(_("Write [x] before a right choice, [ ] before a wrong one, [x 50%] for a share."), block.of("entry")[0].line)
    kind = next((kind for signs, kind in KINDS_BY_SIGNS if found <= signs), "")
    if not kind:
        raise Wrong(_("These answers do not go together in one question."), block.entries[-1].line)
    if kind == "choice":
        right = [entry for entry in block.of("choice") if _mark(entry)[0]]
        return "multiple_response" if len(right) > 1 else "single_choice"
    if kind == "accepted":
        numbers = all(NUMERIC.fullmatch(_words(entry)[1]) for entry in block.of("accepted"))
        return "numeric" if numbers else "short_text"
    if kind == "passage":
        gaps = [gap for entry in block.of("passage") for gap in GAP.findall(entry.text)]
        return "mark_words" if not gaps else "gap_text" if gaps[0].lstrip(SPACE).startswith("=") else "gap_choice"
    return kind


KINDS_BY_SIGNS: tuple[tuple[set[str], str], ...] = (
    ({"choice"}, "choice"),
    ({"judgement", "choice"}, "true_false"),
    ({"pair", "distractor"}, "matching"),
    ({"step"}, "ordering"),
    ({"box", "depends", "entry"}, "categorise"),
    ({"accepted"}, "accepted"),
    ({"passage"}, "passage"),
    ({"essay", "rubric"}, "essay"),
)


def _halves(text: str) -> tuple[str, str]:
    """What stands before and after ``::``, which begins feedback."""
    words, _colons, feedback = text.partition("::")
    return show(words), show(feedback)


def _words(entry: Entry) -> tuple[str | None, str, str]:
    """Share, text and feedback of an accepted answer."""
    match = CREDIT.fullmatch(entry.text)
    credit = None
    if match:
        credit = _percent(match["credit"], entry.line)
    return (credit, *_halves(match["rest"] if match else entry.text))


def _percent(text: str, line: int) -> str:
    credit = decimal(text, comma=True)
    if credit is None or abs(Decimal(credit)) > 100:
        raise Wrong(_("A share of the points is a number from -100 to 100."), line)
    return credit


def _mark(entry: Entry) -> tuple[bool, str | None]:
    match = MARK.fullmatch(entry.key)
    if not match:
        raise Wrong(_("Write [x] before a right choice, [ ] before a wrong one, [x 50%] for a share."), entry.line)
    return bool(match["yes"]), _percent(match["credit"], entry.line) if match["credit"] else None


def _needed(text: str, line: int) -> str:
    if not text:
        raise Wrong(_("Nothing stands after the sign at the beginning of this line."), line)
    return text


def choices(entries: list[Entry]) -> list[dict[str, Any]]:
    found = []
    for entry in entries:
        text, feedback = _halves(entry.text)
        correct, credit = _mark(entry)
        found.append(choice(_needed(text, entry.line), correct, feedback, credit))
    return found


def _choices(block: Block, value: dict[str, Any]) -> None:
    value["choices"] = choices(block.of("choice"))


def _true_false(block: Block, value: dict[str, Any]) -> None:
    judged = block.of("judgement")
    if len(judged) != 1:
        raise Wrong(_("Write T or F once, on a line of its own."), (judged or block.entries)[-1].line)
    value["answer"] = "true" if judged[0].text[0] == "T" else "false"
    value["reasons"] = choices(block.of("choice"))


def _matching(block: Block, value: dict[str, Any]) -> None:
    for entry in block.of("pair"):
        left, _arrow, right = entry.text.partition("=>")
        words, feedback = _halves(right)
        value["pairs"].append({"left": show(left), "right": _needed(words, entry.line), "feedback": feedback})
    value["distractors"] = [_needed(show(entry.text), entry.line) for entry in block.of("distractor")]


def _with_feedback(entry: Entry) -> dict[str, str]:
    text, feedback = _halves(entry.text)
    return {"text": _needed(text, entry.line), "feedback": feedback}


def _ordering(block: Block, value: dict[str, Any]) -> None:
    value["steps"] = [_with_feedback(entry) for entry in block.of("step")]


def _categorise(block: Block, value: dict[str, Any]) -> None:
    cards: list[dict[str, str]] | None = None
    for entry in block.entries:
        if entry.sign == "box":
            cards = []
            value["boxes"].append({"name": _needed(show(entry.text), entry.line), "cards": cards})
        elif entry.sign == "depends":
            value["offer_depends"], cards = True, value["depends"]
        elif entry.sign == "entry" and cards is None:
            raise Wrong(_("A card stands before the first box. Write “* Name of the box” above it."), entry.line)
        elif entry.sign == "entry" and cards is not None:
            cards.append(_with_feedback(entry))


def _short_text(block: Block, value: dict[str, Any]) -> None:
    for entry in block.of("accepted"):
        credit, text, feedback = _words(entry)
        value["accepted"].append(accepted(_needed(text, entry.line), feedback, credit))


def _numeric(block: Block, value: dict[str, Any]) -> None:
    units = [unit["name"] for unit in value["units"]]
    for entry in block.of("accepted"):
        credit, text, feedback = _words(entry)
        match = NUMERIC.fullmatch(text)
        number, tolerance = _number(match) if match else ("", "")
        if not match or not number or not tolerance:
            raise Wrong(_("This is not a number as in “= 12.5 +- 0.5 km” or “= 10..20”."), entry.line)
        if match["unit"] and not units:
            units = [match["unit"]]
            value["units"] = [{"name": match["unit"], "factor": "1"}]
        if match["unit"] and match["unit"] != units[0]:
            raise Wrong(_("Write every number in the first unit, %(unit)s.") % {"unit": units[0]}, entry.line)
        value["accepted"].append({"value": number, "tolerance": tolerance, "credit": credit, "feedback": feedback})


def _number(match: re.Match[str]) -> tuple[str, str]:
    """Value and tolerance; empty where a number is none."""
    value, other = (decimal(match[name] or "0", comma=True) for name in ("value", "to" if match["to"] else "tolerance"))
    if value is None or other is None:
        return "", ""
    if not match["to"]:
        return value, other if Decimal(other) >= 0 else ""
    with localcontext() as context:
        context.prec = 100
        middle = (Decimal(value) + Decimal(other)) / 2
        width = Decimal(other) - middle
        return (f"{middle:f}", f"{width:f}") if width >= 0 else ("", "")


def _gaps(block: Block, value: dict[str, Any], read: Callable[[str, int], dict[str, Any]]) -> str:
    """The passage with [1], [2] and so on for the gaps, which go into ``value``."""
    [entry, *others] = block.of("passage")
    if others:
        raise Wrong(_("The passage is interrupted. Write its lines one after the other."), others[0].line)

    def number(match: re.Match[str]) -> str:
        value["gaps"].append(read(match[1], entry.line))
        return f"[{len(value['gaps'])}]"

    return GAP.sub(number, entry.text)


def gap_choice(text: str, line: int) -> dict[str, Any]:
    found = []
    for part in text.split("|"):
        part = part.strip(SPACE)
        match = CREDIT.fullmatch(part.removeprefix("*").strip(SPACE))
        words, feedback = _halves(match["rest"] if match else part.removeprefix("*"))
        credit = _percent(match["credit"], line) if match else None
        found.append(choice(_needed(words, line), part.startswith("*"), feedback, credit))
    return {"choices": found}


def gap_text(text: str, line: int) -> dict[str, Any]:
    answers, _bars, feedback = text.partition("||")
    found = []
    for part in answers.split("|"):
        credit, words, told = _words(Entry(line, "accepted", part.strip(SPACE).removeprefix("=").strip(SPACE)))
        found.append(accepted(_needed(words, line), told, credit))
    return {"accepted": found, "feedback": show(feedback)}


def _mark_words(block: Block, value: dict[str, Any]) -> None:
    value["passage"] = "\n".join(show(entry.text) for entry in block.of("passage"))


def _essay(block: Block, value: dict[str, Any]) -> None:
    for entry in block.of("rubric"):
        head, _colons, description = entry.text.partition("::")
        match = POINTS.fullmatch(head.strip(SPACE))
        if not match:
            raise Wrong(_("Write a line of the rubric as “% Facts (5) :: Only what was seen”."), entry.line)
        value["rubric"].append({"name": show(match["name"]), "description": show(description), "points": int(match["points"])})


def _poll(block: Block, value: dict[str, Any]) -> None:
    entries = [entry for entry in block.entries if entry.sign in {"choice", "entry"}]
    value["choices"] = [{"text": _needed(show(entry.text), entry.line)} for entry in entries]


def _nothing(block: Block, value: dict[str, Any]) -> None:
    pass


BUILDERS: dict[str, tuple[set[str], Callable[[Block, dict[str, Any]], Any]]] = {  # with the signs that a kind takes
    "single_choice": ({"choice"}, _choices),
    "multiple_response": ({"choice"}, _choices),
    "true_false": ({"judgement", "choice"}, _true_false),
    "matching": ({"pair", "distractor"}, _matching),
    "ordering": ({"step"}, _ordering),
    "categorise": ({"box", "depends", "entry"}, _categorise),
    "gap_choice": ({"passage"}, lambda block, value: _gaps(block, value, gap_choice)),
    "gap_text": ({"passage"}, lambda block, value: _gaps(block, value, gap_text)),
    "short_text": ({"accepted"}, _short_text),
    "numeric": ({"accepted"}, _numeric),
    "mark_words": ({"passage"}, _mark_words),
    "essay": ({"essay", "rubric"}, _essay),
    "poll": ({"choice", "entry"}, _poll),
    "confidence": (set(), _nothing),
    "information": (set(), _nothing),
}
