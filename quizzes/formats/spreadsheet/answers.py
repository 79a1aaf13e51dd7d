"""The columns ``answer``, ``right``, ``match`` and ``feedback`` of one number, and what they mean to each kind."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..shapes import accepted, choice
from ..text_files import decimal

MARK = re.compile(r"(?P<yes>x|yes|y|true|right|✓|✔)?\s*(?P<credit>[+\-\u2212]?[\d.,]+)?\s*(?P<percent>%)?", re.I)
NO = {"", "no", "n", "false", "wrong", "-"}
DEPENDS = "?"  # in ``match``: the box "It depends"


class Wrong(Exception):
    """A cell makes the question unreadable."""

    def __init__(self, reason: str, place: str) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


@dataclass(frozen=True)
class Cell:
    text: str
    place: str


@dataclass
class Answer:
    """The cells of one number; None where they are empty. What a kind reads is remembered, so that the rest can be named."""

    place: str
    number: int
    answer: Cell | None
    right: Cell | None
    match: Cell | None
    feedback: Cell | None
    used: set[str] = field(default_factory=set)

    def take(self, name: str) -> str:
        self.used.add(name)
        cell = getattr(self, name)
        return cell.text if cell else ""

    def need(self, name: str) -> str:
        if text := self.take(name):
            return text
        here = {"name": f"{name} {self.number}"}
        raise Wrong(_("The column “%(name)s” is empty.") % here, self.place)

    def wrong(self, name: str, reason: str) -> Wrong:
        cell = getattr(self, name)
        return Wrong(reason, cell.place if cell else self.place)

    def unused(self) -> Iterable[Cell]:
        cells = {"answer": self.answer, "right": self.right, "match": self.match, "feedback": self.feedback}
        return [cell for name, cell in cells.items() if cell and name not in self.used]

    def mark(self, *, unread: bool = False) -> tuple[bool, str | None]:
        """Whether ``right`` says yes, and the share of the points in it. ``unread`` only looks and never raises."""
        text = (self.right.text if self.right else "") if unread else self.take("right")
        match = MARK.fullmatch(text)
        if text.casefold() in NO or not match:
            if text.casefold() not in NO and not unread:
                raise self.wrong("right", _("Write x for a right answer, and a share of the points as 50%."))
            return False, None
        if not match["percent"] and match["credit"] in {"0", "1"} and not match["yes"]:
            return match["credit"] == "1", None
        credit = decimal(match["credit"] or "", comma=True)
        if match["credit"] and (credit is None or abs(Decimal(credit)) > 100) and not unread:
            raise self.wrong("right", _("A share of the points is a number from -100 to 100."))
        return bool(match["yes"]), credit

    def credit(self) -> str | None:
        """The share of an accepted answer. One that is marked as wrong earns nothing."""
        said_no = self.right is not None and self.right.text.casefold() in {*NO, "0"}
        given = self.mark()[1]
        return "0" if said_no else given


def choices(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    found = []
    for answer in answers:
        correct, credit = answer.mark()
        found.append(choice(answer.need("answer"), correct, answer.take("feedback"), credit))
    return found


def accepted_texts(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [accepted(answer.need("answer"), answer.take("feedback"), answer.credit()) for answer in answers]


def _choices(value: dict[str, Any], answers: list[Answer]) -> None:
    value["choices"] = choices(answers)


def _poll(value: dict[str, Any], answers: list[Answer]) -> None:
    value["choices"] = [{"text": answer.need("answer")} for answer in answers]


def _true_false(value: dict[str, Any], answers: list[Answer]) -> None:
    """The first two are "true" and "false"; reasons follow."""
    judged = {answer.take("answer").casefold(): answer for answer in answers[:2]}
    if set(judged) != {"true", "false"}:
        place = answers[0].place if answers else ""
        raise Wrong(_("“answer 1” and “answer 2” of this kind are “true” and “false”."), place)
    right = [name for name, answer in judged.items() if answer.mark()[0]]
    if len(right) != 1:
        raise Wrong(_("One of “true” and “false” must be marked as right."), answers[0].place)
    value["answer"] = right[0]
    value["feedback_true"], value["feedback_false"] = judged["true"].take("feedback"), judged["false"].take("feedback")
    value["reasons"] = choices(answers[2:])


def _matching(value: dict[str, Any], answers: list[Answer]) -> None:
    """``match`` is the right side; without a left side it is a distractor."""
    for answer in answers:
        left, right = answer.take("answer"), answer.need("match")
        if left:
            value["pairs"].append({"left": left, "right": right, "feedback": answer.take("feedback")})
        else:
            value["distractors"].append(right)


def _ordering(value: dict[str, Any], answers: list[Answer]) -> None:
    value["steps"] = [{"text": answer.need("answer"), "feedback": answer.take("feedback")} for answer in answers]


def _categorise(value: dict[str, Any], answers: list[Answer]) -> None:
    """``match`` is the box of a card, ``?`` the box "It depends"; a box alone stays empty."""
    boxes: dict[str, list[dict[str, str]]] = {}
    for answer in answers:
        box, text = answer.need("match"), answer.take("answer")
        cards = value["depends"] if box == DEPENDS else boxes.setdefault(box, [])
        if text:
            cards.append({"text": text, "feedback": answer.take("feedback")})
    value["boxes"] = [{"name": name, "cards": cards} for name, cards in boxes.items()]
    value["offer_depends"] = value["offer_depends"] or bool(value["depends"])


def _by_gap(answers: list[Answer]) -> list[list[Answer]]:
    gaps: dict[int, list[Answer]] = {}
    for answer in answers:
        number = answer.need("match").strip("[]")
        if not re.fullmatch(r"[1-9]\d?", number):
            raise answer.wrong("match", _("Write the number of the gap, as in the passage."))
        gaps.setdefault(int(number), []).append(answer)
    if sorted(gaps) != list(range(1, len(gaps) + 1)):
        raise Wrong(_("The numbers of the gaps do not run from 1 on."), answers[0].place)
    return [gaps[number] for number in sorted(gaps)]


def _gap_choice(value: dict[str, Any], answers: list[Answer]) -> None:
    value["gaps"] = [{"choices": choices(gap)} for gap in _by_gap(answers)]


def _gap_text(value: dict[str, Any], answers: list[Answer]) -> None:
    """Feedback without an answer is that of the gap."""
    for gap in _by_gap(answers):
        alone = [answer.take("feedback") for answer in gap if not answer.answer]
        texts = accepted_texts(answer for answer in gap if answer.answer)
        value["gaps"].append({"accepted": texts, "feedback": "\n".join(text for text in alone if text)})


def _short_text(value: dict[str, Any], answers: list[Answer]) -> None:
    value["accepted"] = accepted_texts(answers)


def _numeric(value: dict[str, Any], answers: list[Answer]) -> None:
    """``match`` is the tolerance."""
    for answer in answers:
        number, tolerance = decimal(answer.need("answer"), comma=True), decimal(answer.take("match") or "0", comma=True)
        if number is None:
            raise answer.wrong("answer", _("This is not a number, or its comma may mean two things. Write it as in 1200.5."))
        if tolerance is None or Decimal(tolerance) < 0:
            raise answer.wrong("match", _("A tolerance is a number that is not below 0."))
        row = {"value": number, "tolerance": tolerance, "credit": answer.credit(), "feedback": answer.take("feedback")}
        value["accepted"].append(row)


def _mark_words(value: dict[str, Any], answers: list[Answer]) -> None:
    """Feedback to each marked phrase, by its number."""
    by_number = {answer.number: answer.take("feedback") for answer in answers if answer.feedback}
    value["feedback"] = [by_number.get(number, "") for number in range(1, max(by_number, default=0) + 1)]


def _essay(value: dict[str, Any], answers: list[Answer]) -> None:
    """A line of the rubric each: name, points (in ``match``), description (in ``feedback``)."""
    for answer in answers:
        points = answer.need("match")
        if not re.fullmatch(r"[0-9]{1,4}", points):
            raise answer.wrong("match", _("The points of a rubric are a whole number."))
        row = {"name": answer.need("answer"), "description": answer.take("feedback"), "points": int(points)}
        value["rubric"].append(row)


def _nothing(value: dict[str, Any], answers: list[Answer]) -> None:
    pass


BUILDERS: dict[str, Callable[[dict[str, Any], list[Answer]], None]] = {
    "single_choice": _choices,
    "multiple_response": _choices,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "categorise": _categorise,
    "gap_choice": _gap_choice,
    "gap_text": _gap_text,
    "short_text": _short_text,
    "numeric": _numeric,
    "mark_words": _mark_words,
    "essay": _essay,
    "poll": _poll,
    "confidence": _nothing,
    "information": _nothing,
}
