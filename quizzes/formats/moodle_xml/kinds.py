"""How each kind of question is said to Moodle."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from quizzes.formats.shapes import LABELS
from quizzes.kinds.credit import percent

from . import cloze
from .passages import gapped
from .sheet import Sheet
from .source import HTML, PLAIN, normal

TYPES = {
    "single_choice": "multichoice",
    "multiple_response": "multichoice",
    "true_false": "truefalse",
    "short_text": "shortanswer",
    "numeric": "numerical",
    "matching": "matching",
    "ordering": "ordering",
    "essay": "essay",
    "information": "description",
    "gap_text": "cloze",
}
MOST_GROUPS = 8  # of choices in Moodle's "select missing words"
# The shares that Moodle lets people choose. It takes others only with the setting "nearest grade".
OFFERED = {
    *("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20"),
    *("16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"),
}


def type_of(kind: str, value: dict[str, Any]) -> str:
    """Moodle's type for a question; gaps with lists are gapselect where that alone keeps feedback to the whole answer."""
    if kind != "gap_choice":
        return TYPES[kind]
    whole = value["when_right"] or value["when_partly"] or value["when_wrong"]
    choices = [choice for gap in value["gaps"] for choice in gap["choices"]]
    bare = not any(choice["feedback"] or choice["credit"] is not None for choice in choices)
    return "gapselect" if whole and bare and len(value["gaps"]) <= MOST_GROUPS else "cloze"


def question_text(sheet: Sheet, type_: str) -> str:
    value = sheet.value
    if type_ == "gapselect":
        before = [sum(len(gap["choices"]) for gap in value["gaps"][:number]) for number in range(len(value["gaps"]))]
        right = [start + _right(gap["choices"]) + 1 for start, gap in zip(before, value["gaps"], strict=True)]
        gaps = [f"[[{number}]]" for number in right]
        return gapped(value["text"], value["passage"], gaps, lambda html: html.replace("[[", "&#91;&#91;"))
    if type_ == "cloze":
        weight = _weight(sheet)
        gap = _typed_gap if sheet.item.kind == "gap_text" else _choice_gap
        gaps = [gap(sheet, weight, number, each) for number, each in enumerate(value["gaps"], 1)]
        return gapped(value["text"], value["passage"], gaps, lambda html: html.replace("{", "&#123;"))
    return value["text"]


def _right(choices: list[dict[str, Any]]) -> int:
    return next((number for number, choice in enumerate(choices) if choice["correct"]), 0)


def _weight(sheet: Sheet) -> str:
    """The points of each gap, which Moodle adds up; empty where nobody said."""
    points, gaps = sheet.item.points, len(sheet.value["gaps"])
    if points is None:
        return ""
    if points and gaps and points % gaps == 0:
        return str(int(points / gaps))
    sheet.reasons.append(_("Moodle gives one point for each gap."))
    return ""


def _choice_gap(sheet: Sheet, weight: str, _number: int, gap: dict[str, Any]) -> str:
    shares = [share_of(sheet, choice["credit"], Fraction(int(choice["correct"]))) for choice in gap["choices"]]
    alternatives = [
        cloze.Alternative(Decimal(share), cloze.html_of(choice["text"]), cloze.html_of(choice["feedback"]))
        for share, choice in zip(shares, gap["choices"], strict=True)
    ]
    return cloze.written(weight, "MULTICHOICE" if sheet.item.keep_order else "MULTICHOICE_S", alternatives)


def _typed_gap(sheet: Sheet, weight: str, number: int, gap: dict[str, Any]) -> str:
    if gap["feedback"]:
        reason = _("Moodle has no feedback to a gap as such: that to gap %(number)d was left out.")
        sheet.reasons.append(reason % {"number": number})
        gap["feedback"] = ""
    alternatives = [
        cloze.Alternative(Decimal(share_of(sheet, row["credit"], Fraction(1))), row["text"], cloze.html_of(row["feedback"]))
        for row in gap["accepted"]
    ]
    return cloze.written(weight, "SHORTANSWER_C" if sheet.value["match_case"] else "SHORTANSWER", alternatives)


def share_of(sheet: Sheet, credit: Any, usual: Fraction) -> str:
    """A share in per cent as Moodle writes it; notes one that Moodle does not offer."""
    share = normal(Decimal(str(credit)) if credit is not None else percent(usual))
    if share.lstrip("-") not in OFFERED:
        reason = _("Moodle does not offer %(share)s per cent. Choose “nearest grade” when you import.")
        if (said := reason % {"share": share}) not in sheet.reasons:
            sheet.reasons.append(said)
    return share


def answer(sheet: Sheet, fraction: str, text: str, feedback: str) -> Any:
    made = sheet.say("answer", text, fraction=fraction)
    sheet.say("feedback", feedback, parent=made)
    return made


def _mixed(sheet: Sheet) -> str:
    return "false" if sheet.item.keep_order else "true"


def choices(sheet: Sheet) -> None:
    rows, single = sheet.value["choices"], sheet.item.kind == "single_choice"
    right = sum(row["correct"] for row in rows) or 1
    usual = {True: Fraction(1), False: Fraction(0)} if single else {True: Fraction(1, right), False: Fraction(-1, right)}
    sheet.add("single", "true" if single else "false")
    sheet.add("shuffleanswers", _mixed(sheet))
    sheet.add("answernumbering", "ABCD")
    for row in rows:
        answer(sheet, share_of(sheet, row["credit"], usual[bool(row["correct"])]), row["text"], row["feedback"])


def true_false(sheet: Sheet) -> None:
    for name in ("true", "false"):
        answer(sheet, "100" if sheet.value["answer"] == name else "0", name, sheet.value[f"feedback_{name}"])


def short_text(sheet: Sheet) -> None:
    sheet.add("usecase", str(int(bool(sheet.value["match_case"]))))
    for row in sheet.value["accepted"]:
        answer(sheet, share_of(sheet, row["credit"], Fraction(1)), row["text"], row["feedback"])


def numeric(sheet: Sheet) -> None:
    value = sheet.value
    for row in value["accepted"]:
        made = answer(sheet, share_of(sheet, row["credit"], Fraction(1)), str(row["value"]), row["feedback"])
        sheet.add("tolerance", str(row["tolerance"]), made)
    if value["when_wrong"]:
        answer(sheet, "0", "*", value["when_wrong"])
    if value["units"]:
        units = sheet.add("units", "")
        for unit in value["units"]:
            made = sheet.add("unit", "", units)
            sheet.add("multiplier", str(unit["factor"]), made)
            sheet.add("unit_name", unit["name"], made)
    asked = bool(value["ask_unit"] and value["units"])
    sheet.add("unitgradingtype", "1" if asked else "0")
    sheet.add("unitpenalty", "1.0000000")
    sheet.add("showunits", "2" if asked else "0" if value["units"] else "3")
    sheet.add("unitsleft", "0")


def matching(sheet: Sheet) -> None:
    sheet.add("shuffleanswers", _mixed(sheet))
    for pair in sheet.value["pairs"]:
        row = sheet.say("subquestion", pair["left"])
        sheet.say("answer", pair["right"], style="", parent=row)
        if pair["feedback"]:
            sheet.say("feedback", pair["feedback"], parent=row)
            sheet.unheard.append(_("feedback to pairs"))
    for distractor in sheet.value["distractors"]:
        sheet.say("answer", distractor, style="", parent=sheet.say("subquestion", ""))


def ordering(sheet: Sheet) -> None:
    for tag, content in {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }.items():
        sheet.add(tag, content)
    for number, step in enumerate(sheet.value["steps"], 1):
        answer(sheet, str(number), step["text"], step["feedback"])


def essay(sheet: Sheet) -> None:
    value = sheet.value
    sheet.add("responseformat", "editor")
    sheet.add("responserequired", "1")
    sheet.add("responsefieldlines", "15")
    sheet.add("minwordlimit", str(value["words_from"] or ""))
    sheet.add("maxwordlimit", str(value["words_to"] or ""))
    sheet.add("attachments", "0")
    sheet.add("attachmentsrequired", "0")
    sheet.say("graderinfo", value["marker_notes"], HTML)
    sheet.say("responsetemplate", value["start"], PLAIN)
    sheet.left_out = [name for name in ("rubric", "model_answer") if value[name]]
    if missing := [str(LABELS[name]) for name in sheet.left_out]:
        sheet.reasons.append(_("Moodle has no place for this: %(names)s. It was left out.") % {"names": ", ".join(missing)})


def gap_choice(sheet: Sheet) -> None:
    if sheet.element.get("type") != "gapselect":
        return
    sheet.add("shuffleanswers", _mixed(sheet))
    for number, gap in enumerate(sheet.value["gaps"], 1):
        for choice in gap["choices"]:
            option = sheet.say("selectoption", choice["text"], style="")
            sheet.add("group", str(number), option)


def nothing_more(sheet: Sheet) -> None:
    """Everything is in the question text."""


WRITERS: dict[str, Callable[[Sheet], None]] = {
    "single_choice": choices,
    "multiple_response": choices,
    "true_false": true_false,
    "short_text": short_text,
    "numeric": numeric,
    "matching": matching,
    "ordering": ordering,
    "essay": essay,
    "information": nothing_more,
    "gap_text": nothing_more,
    "gap_choice": gap_choice,
}
