"""The kinds of question that Moodle marks by machine, each from its element."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from quizzes.formats.shapes import accepted, choice
from quizzes.formats.text_files import decimal

from .source import Refused, Source, as_share, words

Read = tuple[str, dict[str, Any]]  # kind, its own fields


def choice_name(number: int) -> str:
    return _("Choice %(number)d") % {"number": number}


def feedback_name(number: int) -> str:
    return _("Feedback to answer %(number)d") % {"number": number}


def multichoice(source: Source) -> Read:
    rows = []
    for number, answer in enumerate(source.element.findall("answer"), 1):
        text = source.plain(answer, choice_name(number))
        feedback = source.plain(answer.find("feedback"), feedback_name(number))
        rows.append((text, feedback, source.fraction(answer)))
    source.item.keep_order = not source.is_on("shuffleanswers", "true")
    if source.is_on("single", "true"):
        return "single_choice", {"choices": one_right(rows, source)}
    return "multiple_response", {"choices": several_right(rows)}


def one_right(rows: list[tuple[str, str, Decimal]], source: Source) -> list[dict[str, Any]]:
    """Choices of which the first with the most points is the right one."""
    most = max((percent for _text, _feedback, percent in rows), default=Decimal(0))
    if most <= 0:
        raise Refused(_("No choice is marked as right."))
    right = next(number for number, row in enumerate(rows) if row[2] == most)
    if sum(row[2] == most for row in rows) > 1:
        source.item.partly(_("More than one choice earns all points. The first is shown as the right one."))
    return [
        choice(text, number == right, feedback, as_share(percent, Fraction(int(number == right))))
        for number, (text, feedback, percent) in enumerate(rows)
    ]


def several_right(rows: list[tuple[str, str, Decimal]]) -> list[dict[str, Any]]:
    """Choices that are right where they earn points; shares that are the kind's own rule are left to it."""
    right = sum(percent > 0 for _text, _feedback, percent in rows)
    if not right:
        raise Refused(_("No choice is marked as right."))
    usual = {True: Fraction(1, right), False: Fraction(-1, right)}
    return [choice(text, percent > 0, feedback, as_share(percent, usual[percent > 0])) for text, feedback, percent in rows]


def truefalse(source: Source) -> Read:
    answers = source.element.findall("answer")
    named = {words(answer).lower(): answer for answer in answers}
    if not {"true", "false"} <= named.keys():  # old files name them in some language, true first
        if len(answers) != 2:
            raise Refused(_("It has no answers True and False."))
        named = dict(zip(("true", "false"), answers, strict=True))
    right = [name for name in ("true", "false") if source.fraction(named[name]) == 100]
    if len(right) != 1:
        raise Refused(_("It does not say whether the statement is true."))
    if any(source.fraction(answer) not in {0, 100} for answer in named.values()):
        source.item.partly(_("The wrong answer has points of its own in Moodle. Here it has none."))
    if len(answers) > 2:
        source.item.partly(_("Further answers than True and False were left out."))
    return "true_false", {
        "answer": right[0],
        "feedback_true": source.plain(named["true"].find("feedback"), feedback_name(1)),
        "feedback_false": source.plain(named["false"].find("feedback"), feedback_name(2)),
    }


def shortanswer(source: Source) -> Read:
    rows = []
    for number, answer in enumerate(source.element.findall("answer"), 1):
        feedback = source.plain(answer.find("feedback"), feedback_name(number))
        rows.append(accepted(words(answer), feedback, as_share(source.fraction(answer), Fraction(1))))
    return "short_text", {"accepted": rows, "match_case": source.is_on("usecase", "0"), "match_accents": True}


def numerical(source: Source) -> Read:
    rows = []
    own: dict[str, Any] = {}
    for number, answer in enumerate(source.element.findall("answer"), 1):
        feedback = source.plain(answer.find("feedback"), feedback_name(number))
        percent, text = source.fraction(answer), words(answer)
        if text in {"*", ""} and percent <= 0:  # whatever else is written
            if percent or own.get("when_wrong"):
                source.item.partly(_("In Moodle any other number costs points or has several feedbacks. The last was kept."))
            own["when_wrong"] = feedback
            continue
        value, tolerance = _number(text), _number(words(answer.find("tolerance")) or "0").removeprefix("-")
        rows.append(
            {
                "value": value,
                "tolerance": tolerance.removeprefix("-"),
                "credit": as_share(percent, Fraction(1)),
                "feedback": feedback,
            }
        )
    return "numeric", {**own, "accepted": rows, **_units(source)}


def _number(text: str) -> str:
    number = decimal(text, comma=True)
    if number is None:
        raise Refused(_("“%(text)s” is no number that can be read.") % {"text": text})
    return number


def _units(source: Source) -> dict[str, Any]:
    found = []
    for unit in source.element.iterfind("units/unit"):
        factor = decimal(words(unit.find("multiplier")) or "1", comma=True)
        if factor is None or Decimal(factor) <= 0:
            raise Refused(_("The multiplier of the unit “%(name)s” is no number.") % {"name": words(unit.find("unit_name"))})
        found.append({"name": words(unit.find("unit_name")), "factor": factor})
    base = next((unit for unit in found if Decimal(unit["factor"]) == 1), None)
    if found and base is None:
        raise Refused(_("No unit has the multiplier 1."))
    if base and found[0] is not base:
        found.sort(key=lambda unit: unit is not base)
    if not found:
        return {}
    graded = source.is_on("unitgradingtype", "0")
    if graded and decimal(source.setting("unitpenalty", "0.1")) not in {"1", "1.0000000"}:
        source.item.partly(_("A wrong unit costs a part of the points in Moodle. Here it makes the answer wrong."))
    if source.is_on("unitsleft", "0"):
        source.item.partly(_("In Moodle the unit stands before the number. Here it stands after it."))
    return {"units": found, "ask_unit": graded}


def matching(source: Source) -> Read:
    pairs, distractors = [], []
    for number, row in enumerate(source.element.findall("subquestion"), 1):
        left = source.plain(row, _("Left side %(number)d") % {"number": number})
        right = words(row.find("answer"))
        if left:
            feedback = source.plain(row.find("feedback"), feedback_name(number))
            pairs.append({"left": left, "right": right, "feedback": feedback})
        elif right:
            distractors.append(right)
            if source.plain(row.find("feedback"), feedback_name(number)):
                source.item.partly(_("Feedback to a right side that belongs nowhere was left out."))
    source.item.keep_order = not source.is_on("shuffleanswers", "true")  # of the left sides, as in Moodle
    return "matching", {"pairs": pairs, "distractors": distractors}


def ordering(source: Source) -> Read:
    rows = []
    for number, answer in enumerate(source.element.findall("answer"), 1):
        place = decimal(answer.get("fraction") or str(number))
        text = source.plain(answer, _("Step %(number)d") % {"number": number})
        feedback = source.plain(answer.find("feedback"), feedback_name(number))
        rows.append((Decimal(place) if place is not None else Decimal(number), {"text": text, "feedback": feedback}))
    rows.sort(key=lambda row: row[0])
    grading = source.setting("gradingtype")
    if grading not in {"", "RELATIVE_NEXT_EXCLUDE_LAST"}:
        source.item.partly(_("Points are given in another way: here each step that comes directly after the right one counts."))
    if source.setting("selecttype") not in {"", "ALL"}:
        source.item.partly(_("Moodle asks for some of the steps only. Here all are asked for."))
    return "ordering", {"steps": [step for _place, step in rows]}


def essay(source: Source) -> Read:
    if source.setting("attachments", "0") not in {"", "0"} or source.setting("responseformat") in {
        "noinline",
        "editorfilepicker",
    }:
        source.item.partly(_("Learners cannot hand in files here."))
    return "essay", {
        "words_from": _words(source, "minwordlimit"),
        "words_to": _words(source, "maxwordlimit"),
        "start": source.plain(source.element.find("responsetemplate"), _("The text that the field begins with")),
        "marker_notes": source.rich(source.element.find("graderinfo"), _("The notes for markers")),
    }


def _words(source: Source, name: str) -> int | None:
    typed = source.setting(name)
    number = decimal(typed or "0")
    if number is None:
        source.item.partly(_("The number of words “%(number)s” is no number.") % {"number": typed[:60]})
    return int(Decimal(number)) or None if number is not None else None


def description(source: Source) -> Read:
    return "information", {}


READERS: dict[str, Callable[[Source], Read]] = {
    "multichoice": multichoice,
    "truefalse": truefalse,
    "shortanswer": shortanswer,
    "numerical": numerical,
    "matching": matching,
    "match": matching,
    "ordering": ordering,
    "essay": essay,
    "description": description,
}
