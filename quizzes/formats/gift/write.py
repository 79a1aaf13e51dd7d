"""Writing GIFT that Moodle reads and that ``read`` gives back as it was. What GIFT cannot say is named, item by item."""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..base import Item, Note, Writing
from ..fields import differing
from ..outgoing import not_written, tidy, unlike
from ..shapes import changed_about, unsaid, unsaid_about
from ..text_files import SPACE, decimal, derived
from ..text_files import escaped as in_html
from .answers import tidy_percent, usual_percent
from .read import blocks, question
from .text import FORMATS, escaped, write_plain, write_rich

ALWAYS_UNSAID = ("when_right", "when_partly", "hints")
UNSAID: dict[str, tuple[str, ...]] = {  # by the kinds that GIFT knows
    "single_choice": ("when_wrong",),
    "multiple_response": ("when_wrong",),
    "true_false": ("when_wrong", "reasons"),
    "matching": ("when_wrong",),
    "short_text": ("when_wrong", "match_case", "match_accents"),
    "numeric": ("units", "ask_unit"),
    "essay": ("when_wrong", "rubric", "words_from", "words_to", "start", "model_answer", "marker_notes"),
    "information": ("when_wrong", "explanation"),
}
UNTAGGABLE = re.compile(r"[<>`\n\t]")


def write(items: Sequence[Item]) -> Writing:
    parts: list[str] = []
    notes: list[Note] = []
    category = ""
    for item in items:
        written, reasons = _question(item)
        notes += [Note(item.place or item.name or item.reference, reason) for reason in reasons]
        if written is None:
            continue
        if (own := _category(item)) != category:
            category = own
            parts.append(f"$CATEGORY: $course$/top{'/' * bool(category)}{category}")
        parts.append(written)
    return Writing(("\n\n".join(parts) + "\n").encode(), notes)


def _category(item: Item) -> str:
    return re.sub(r"\s*\n\s*", " ", item.category).strip(SPACE)


def _question(item: Item) -> tuple[str | None, list[str]]:
    """The lines of ``item``, None where it cannot be written, and what had to stay behind."""
    if item.kind not in UNSAID:
        return None, [_("GIFT does not know this kind of question. It was left out.")]
    value, lost = tidy(item)
    if reason := not_written(item, value):
        return None, [reason]
    unsaid_names = unsaid_about(item) + unsaid(item.kind, value, (*ALWAYS_UNSAID, *UNSAID[item.kind]))
    answers, more = WRITERS[item.kind](value)
    if answers is None:
        return None, more
    unsaid_names += lost + more
    by_hand, value = value, _usual(item.kind, value)
    head, remarks = _head(item, value)
    text = f"{head}{write_rich(value['text'])}{answers}"
    back = question(blocks(text)[0])
    back.reference = back.reference or derived(back.kind, back.text)
    back.category = _category(item)
    sent = replace(item, tags=[tag for tag in item.tags if _is_taggable(tag)])
    reasons = remarks + changed_about(sent, back, ("name", "reference", "category", "tags"))
    if usual := differing(item.kind, by_hand, value):
        reason = _("GIFT cannot tell a share that was set by hand from the usual one: %(fields)s.")
        reasons.append(reason % {"fields": ", ".join(usual)})
    if unsaid_names:
        reasons.append(_("GIFT has no place for: %(what)s.") % {"what": ", ".join(unsaid_names)})
    told = _("GIFT cannot say this exactly: %(fields)s. Compare it after importing it.")
    return text, [*reasons, *unlike(item, value, back, told)]


def _head(item: Item, value: dict[str, Any]) -> tuple[str, list[str]]:
    """Identity, tags and name; and what of them could not be written."""
    lines, reasons = [], []
    name = " ".join(item.name.split("\n")).strip(SPACE)
    if item.reference != (name or derived(item.kind, value["text"])):
        lines.append(f"// [id:{item.reference.replace(']', chr(92) + ']')}]\n")
    for tag in item.tags:
        if not _is_taggable(tag):
            reasons.append(_("The tag “%(tag)s” cannot be written in GIFT.") % {"tag": tag})
        else:
            lines.append(f"// [tag:{tag.strip(SPACE).replace(']', chr(92) + ']')}]\n")
    return "".join(lines) + (f"::{escaped(name)}::" if name else ""), reasons


def _is_taggable(tag: str) -> bool:
    return bool(tag.strip(SPACE)) and not UNTAGGABLE.search(tag)


def _usual(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """``value`` without the shares that the kind gives anyway: GIFT cannot tell whether they were set by hand."""
    value = deepcopy(value)
    rows = value.get("choices", []) + value.get("accepted", [])
    number = sum(row.get("correct", False) for row in rows) or 1
    usual = []
    for row in rows:
        right = row.get("correct", True)
        usual.append(usual_percent(number, right) if kind == "multiple_response" else "100" if right else "0")
    given = [None if row["credit"] is None else tidy_percent(row["credit"]) for row in rows]
    if kind == "multiple_response" and any(own not in (None, rule) for own, rule in zip(given, usual, strict=True)):
        credits = [rule if own is None else own for own, rule in zip(given, usual, strict=True)]
    else:
        credits = [None if own == rule else own for own, rule in zip(given, usual, strict=True)]
    for row, credit in zip(rows, credits, strict=True):
        row["credit"] = credit
    return value


Written = tuple[str | None, list[str]]


def _braces(value: dict[str, Any], answers: Sequence[str]) -> str:
    explanation = [f"####{write_rich(value['explanation'])}"] if value["explanation"] else []
    lines = [f"\t{answer}\n" for answer in (*answers, *explanation)]
    return "{\n" + "".join(lines) + "}"


def _feedback(text: str) -> str:
    return f"#{write_plain(text)}" if text else ""


def _single_choice(value: dict[str, Any]) -> Written:
    lines, lost = [], []
    for choice in value["choices"]:
        credit = tidy_percent(choice["credit"] if choice["credit"] is not None else (100 if choice["correct"] else 0))
        if choice["correct"]:
            mark = "="
            if credit != "100":
                lost.append(_("less than all points for the right choice"))
        else:
            mark = "~" if credit == "0" else f"~%{credit}%"
        lines.append(mark + write_plain(choice["text"]) + _feedback(choice["feedback"]))
    return _braces(value, lines), lost


def _multiple_response(value: dict[str, Any]) -> Written:
    lines = []
    number = sum(choice["correct"] for choice in value["choices"]) or 1
    own = any(choice["credit"] is not None for choice in value["choices"])
    lost = []
    for choice in value["choices"]:
        given = choice["credit"]
        credit = usual_percent(number, choice["correct"]) if given is None else tidy_percent(given)
        if own and choice["correct"] != (Decimal(credit) > 0):
            lost.append(_("a right choice that earns nothing, or a wrong one that earns something"))
        mark = "~" if credit == "0" else f"~%{credit}%"
        lines.append(mark + write_plain(choice["text"]) + _feedback(choice["feedback"]))
    return _braces(value, lines), lost


def _true_false(value: dict[str, Any]) -> Written:
    true = value["answer"] == "true"
    right, wrong = value["feedback_true"], value["feedback_false"]
    if not true:
        right, wrong = wrong, right
    told = f"#{write_plain(wrong)}#{write_plain(right)}" if right else _feedback(wrong)
    general = f"####{write_rich(value['explanation'])}" if value["explanation"] else ""
    return "{" + ("TRUE" if true else "FALSE") + told + general + "}", []


def _matching(value: dict[str, Any]) -> Written:
    lines, lost = [], []
    for pair in value["pairs"]:
        left = pair["left"]
        lines.append(f"={escaped('[html]' + in_html(left)) if '->' in left else write_plain(left)} -> {escaped(pair['right'])}")
        if pair["feedback"]:
            lost.append(_("feedback to pairs"))
            pair["feedback"] = ""
    lines += [f"= -> {escaped(distractor)}" for distractor in value["distractors"]]
    return _braces(value, lines), list(dict.fromkeys(lost))


def _short_text(value: dict[str, Any]) -> Written:
    lines = []
    for entry in value["accepted"]:
        if "->" in entry["text"]:
            return None, [_("GIFT takes an answer with -> for a pair. The question was left out.")]
        text = escaped(entry["text"])
        credit = tidy_percent(100 if entry["credit"] is None else entry["credit"])
        feedback = entry["feedback"]
        told = f"#{escaped('[html]' + in_html(feedback))}" if "->" in feedback else _feedback(feedback)
        lines.append(f"=%{credit}%{'[plain]' if FORMATS.match(text) else ''}{text}{told}")
    return _braces(value, lines), []


def _numeric(value: dict[str, Any]) -> Written:
    lines = []
    for entry in value["accepted"]:
        number, tolerance = decimal(str(entry["value"])), decimal(str(entry["tolerance"] or 0))
        if number is None or tolerance is None:
            return None, [_("A number in this question is too large for GIFT. The question was left out.")]
        credit = tidy_percent(100 if entry["credit"] is None else entry["credit"])
        lines.append(f"=%{credit}%{number}:{tolerance}{_feedback(entry['feedback'])}")
    if value["when_wrong"]:
        lines.append(f"~{_feedback(value['when_wrong'])}")
    return _braces(value, lines).replace("{\n", "{#\n", 1), []


def _essay(value: dict[str, Any]) -> Written:
    return _braces(value, []) if value["explanation"] else "{}", []


def _information(value: dict[str, Any]) -> Written:
    return "", []


WRITERS: dict[str, Callable[[dict[str, Any]], Written]] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "true_false": _true_false,
    "matching": _matching,
    "short_text": _short_text,
    "numeric": _numeric,
    "essay": _essay,
    "information": _information,
}
