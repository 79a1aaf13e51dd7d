"""What stands between the braces of a GIFT question: which kind it makes, and the kind's fields."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from quizzes.kinds.credit import percent, share

from ..shapes import accepted, choice
from ..text_files import SPACE, decimal
from .text import as_plain, show, with_format

WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
TRUE_FALSE = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}
MOST_ANSWERS = 100
Lost = Callable[[list[str], int], None]


class Unreadable(Exception):
    """A question cannot be read: ``reason`` in words; ``line`` of the question, from 0."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Answer:
    """One answer: its mark ``=`` or ``~``, weight in per cent as written or None, text and feedback after ``hide``."""

    line: int
    mark: str
    weight: str | None
    text: str
    feedback: str


@dataclass(frozen=True)
class Context:
    form: str
    lost: Lost

    def plain(self, text: str, line: int) -> str:
        words, lost = as_plain(*with_format(text, self.form))
        self.lost(lost, line)
        return words


def read_answers(text: str, line: int, form: str, lost: Lost) -> tuple[str, dict[str, Any]]:
    """The kind and its own fields. Raises Unreadable. ``lost`` is told what of a text could not be taken along."""
    context = Context(form, lost)
    if not text:
        return "essay", {}
    if text.startswith("#"):
        return "numeric", _numeric(text[1:], line, context)
    if "~" in text:
        return _choices(_split(text, line, "=~"), line, context)
    if "=" in text and "->" in text:
        return "matching", _matching(_split(text, line, "="), line, context)
    if text.split("#")[0].strip(SPACE).upper() in TRUE_FALSE:
        return "true_false", _true_false(text, line, context)
    return "short_text", _short_text(_split(text if "=" in text else f"={text}", line, "="), line, context)


def _split(text: str, line: int, marks: str) -> list[Answer]:
    first = re.search(f"[{marks}]", text)
    if first and text[: first.start()].strip(SPACE):
        raise Unreadable(_("The first answer has no = or ~ before it."), line)
    answers = []
    for match in re.finditer(f"([{marks}])([^{marks}]*)", text):
        words = match[2].strip(SPACE)
        weight = WEIGHT.match(words)
        words, _hash, feedback = words[weight.end() if weight else 0 :].partition("#")
        at = line + text.count("\n", 0, match.start())
        if weight and abs(Decimal(weight[1])) > 100:
            raise Unreadable(_("A weight is more than 100 per cent."), at)
        answers.append(Answer(at, match[1], weight[1] if weight else None, words, feedback))
    if len(answers) > MOST_ANSWERS:
        raise Unreadable(_("There are more than %(most)d answers.") % {"most": MOST_ANSWERS}, line)
    return answers


def _credit(weight: str | None, usual: int) -> str | None:
    """The share to keep for an answer: None where it is what the kind gives anyway."""
    if weight is None or share(weight) * 100 == usual:
        return None
    return tidy_percent(weight)


def tidy_percent(weight: Any) -> str:
    """A share in per cent without needless noughts, at most five places."""
    value = Decimal(str(weight)).quantize(Decimal("0.00001"))
    text = f"{value:f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def _texts(answers: list[Answer], context: Context) -> list[tuple[Answer, str, str]]:
    found = []
    for answer in answers:
        text = context.plain(answer.text, answer.line)
        if not text:
            raise Unreadable(_("An answer has no text."), answer.line)
        found.append((answer, text, context.plain(answer.feedback, answer.line)))
    return found


def _choices(answers: list[Answer], line: int, context: Context) -> tuple[str, dict[str, Any]]:
    if len(answers) < 2:
        raise Unreadable(_("There are fewer than two choices."), line)
    rows = _texts(answers, context)
    if any(answer.mark == "=" for answer in answers):
        return "single_choice", {"choices": _single(rows, context)}
    right = [answer for answer in answers if Decimal(answer.weight or 0) > 0]
    if not right:
        raise Unreadable(_("No choice is right: none begins with = or has a weight over 0."), line)
    usual = {True: Fraction(1, len(right)), False: Fraction(-1, len(right))}
    as_usual = all(share(answer.weight or 0) == usual[answer in right] for answer in answers)
    return "multiple_response", {
        "choices": [
            choice(text, answer in right, feedback, None if as_usual else tidy_percent(answer.weight or 0))
            for answer, text, feedback in rows
        ]
    }


def _single(rows: list[tuple[Answer, str, str]], context: Context) -> list[dict[str, Any]]:
    choices: list[dict[str, Any]] = []
    for answer, text, feedback in rows:
        right = answer.mark == "=" and not any(other["correct"] for other in choices)
        if answer.mark == "=" and not right:
            context.lost([_("that this choice is right too; it earns its points but is shown as wrong")], answer.line)
            choices.append(choice(text, False, feedback, tidy_percent(answer.weight or 100)))
        else:
            choices.append(choice(text, right, feedback, _credit(answer.weight, 100 if right else 0)))
    return choices


def _true_false(text: str, line: int, context: Context) -> dict[str, Any]:
    """The first feedback is to the wrong judgement, the second to the right one."""
    judged, *feedback = text.split("#", 2)
    wrong, right = ([context.plain(part, line) for part in feedback] + ["", ""])[:2]
    answer = TRUE_FALSE[judged.strip(SPACE).upper()]
    told = {"true": (right, wrong), "false": (wrong, right)}[answer]
    return {"answer": answer, "feedback_true": told[0], "feedback_false": told[1]}


def _matching(answers: list[Answer], line: int, context: Context) -> dict[str, Any]:
    pairs, distractors = [], []
    for answer in answers:
        whole = answer.text + ("#" + answer.feedback if answer.feedback else "")
        if answer.feedback:
            context.lost([_("feedback to a pair, which GIFT does not know; it stays in the text")], answer.line)
        if answer.weight is not None:
            whole = f"%{answer.weight}%{whole}"
        if "->" not in whole:
            raise Unreadable(_("A pair has no arrow -> between its sides."), answer.line)
        left, _arrow, right = whole.partition("->")
        left, right = context.plain(left, answer.line), show(right)
        if not right:
            raise Unreadable(_("A pair has no right side."), answer.line)
        if left:
            pairs.append({"left": left, "right": right, "feedback": ""})
        else:
            distractors.append(right)
    if len(pairs) < 2:
        raise Unreadable(_("There are fewer than two pairs."), line)
    return {"pairs": pairs, "distractors": distractors}


def _short_text(answers: list[Answer], line: int, context: Context) -> dict[str, Any]:
    found = []
    for answer in answers:
        text = with_format(answer.text, "plain")[0]
        if not text:
            raise Unreadable(_("An answer has no text."), answer.line)
        found.append(accepted(text, context.plain(answer.feedback, answer.line), _credit(answer.weight, 100)))
    return {"accepted": found}


def _numeric(text: str, line: int, context: Context) -> dict[str, Any]:
    """Numbers with tolerance or range; what stands after ``~`` is feedback to any other number."""
    text, _tilde, wrong = text.partition("~")
    own: dict[str, Any] = {"accepted": []}
    if wrong:
        answer, _hash, feedback = wrong.partition("#")
        own["when_wrong"] = context.plain(feedback, line)
        if words := show(answer):
            context.lost([_("a wrong answer that is named (“%(text)s”)") % {"text": words[:60]}], line)
    for answer in _split(text if "=" in text else f"={text}", line, "="):
        number = with_format(answer.text, context.form)[0]
        feedback = context.plain(answer.feedback, answer.line)
        if number == "*" and not Decimal(answer.weight or 0) and not own.get("when_wrong"):
            own["when_wrong"] = feedback
            continue
        value, tolerance = _range(number, answer.line)
        own["accepted"].append(
            {"value": value, "tolerance": tolerance, "credit": _credit(answer.weight, 100), "feedback": feedback}
        )
    if not own["accepted"]:
        raise Unreadable(_("There is no number among the answers."), line)
    return own


def _range(text: str, line: int) -> tuple[str, str]:
    """``value:tolerance``, ``from..to`` or a number alone, as value and tolerance."""
    if ".." in text:
        low, _dots, high = text.partition("..")
        ends = decimal(low), decimal(high)
        if None in ends or Decimal(ends[0] or 0) > Decimal(ends[1] or 0):
            raise Unreadable(_("“%(text)s” is not a range of numbers.") % {"text": text[:60]}, line)
        return middle(Decimal(ends[0] or 0), Decimal(ends[1] or 0))
    value, _colon, tolerance = text.partition(":")
    number, width = decimal(value), decimal(tolerance or "0")
    if number is None or width is None or Decimal(width) < 0:
        raise Unreadable(_("“%(text)s” is not a number. Write it with a point, as in 12.5.") % {"text": text[:60]}, line)
    return number, width


def middle(low: Decimal, high: Decimal) -> tuple[str, str]:
    """The middle of a range and half of its width, exactly."""
    with localcontext() as context:
        context.prec = 100
        value = (low + high) / 2
        return f"{value:f}", f"{high - value:f}"


def usual_percent(number: int, right: bool) -> str:
    """What a choice of a question with ``number`` right ones earns by the kind's own rule."""
    return tidy_percent(percent(Fraction(1 if right else -1, number)))
