"""What a question needs before anybody can answer it, whatever file it came from. The editor's blocks ask for more."""

from typing import Any

from django.utils.translation import gettext as _

FEWEST = {"matching": ("pairs", 2), "ordering": ("steps", 2), "categorise": ("boxes", 2), "poll": ("choices", 2)}


def problem_with(kind: str, value: dict[str, Any]) -> str:
    """Why a question of ``kind`` cannot be asked with the raw ``value``; empty where it can."""
    if not value["text"]:
        return _("The question has no text.")
    if kind in FEWEST and len(value[FEWEST[kind][0]]) < FEWEST[kind][1]:
        return _("There are fewer than two entries to choose or to sort.")
    if kind in {"single_choice", "multiple_response"}:
        return _choices(value["choices"], one=kind == "single_choice")
    if kind == "true_false" and value["reasons"]:
        return _choices(value["reasons"], one=True)
    if kind in {"short_text", "numeric"} and not value["accepted"]:
        return _("There is no accepted answer.")
    if kind in {"gap_choice", "gap_text"}:
        return _gaps(kind, value)
    if kind == "mark_words" and "[" not in value["passage"]:
        return _("The passage has no words in [square brackets] to be marked.")
    if kind == "confidence" and not 3 <= value["steps"] <= 7:
        return _("A scale has 3 to 7 steps.")
    return ""


def _choices(choices: list[dict[str, Any]], *, one: bool) -> str:
    right = sum(choice["correct"] for choice in choices)
    if len(choices) < 2:
        return _("There are fewer than two choices.")
    if not right:
        return _("No choice is marked as right.")
    if one and right > 1:
        return _("More than one choice is marked as right.")
    return ""


def _gaps(kind: str, value: dict[str, Any]) -> str:
    gaps = value["gaps"]
    if not gaps:
        return _("The passage has no gap.")
    if any(f"[{number}]" not in value["passage"] for number in range(1, len(gaps) + 1)):
        return _("The passage does not hold each gap as [1], [2] and so on.")
    if kind == "gap_text":
        return "" if all(gap["accepted"] for gap in gaps) else _("A gap has no accepted answer.")
    return next((problem for gap in gaps if (problem := _choices(gap["choices"], one=True))), "")
