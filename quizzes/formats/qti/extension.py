"""What of a question QTI cannot say, as JSON beside the item: written by this site, passed over by every other reader.

It counts only while the item's file is the one it was written with, so that a question edited elsewhere never gets old words
back. It comes from a file all the same, so its shape is checked and its rich text cleaned like that of any other.
"""

import json
from collections.abc import Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .. import wording
from ..base import Enclosed, Item, State
from ..checks import problem_with
from ..fields import differing, label_of
from ..outgoing import tidy
from ..shapes import EVERY, LABELS, OWN, filled, is_rich, order_counts
from ..text_files import decimal
from .enclosing import ENTRY, laid_out, layout, listed, with_enclosed

NOT_KEPT = {"place", "state", "notes", "image", "attachments", "in_parts", "value"}
SILENT = {"value", "missing", "enclosed", "reference"}
DATES, DECIMALS = {"checked_on", "review_by"}, {"penalty", "points"}

NUMBER = object()  # stands for a number, its digits, or nothing
CARD = {"text": "", "feedback": ""}
CHOICE = {"text": "", "correct": True, "feedback": "", "credit": NUMBER}
ACCEPTED = {"text": "", "credit": NUMBER, "feedback": ""}
LISTS: dict[tuple[str, str], Any] = {
    ("single_choice", "choices"): CHOICE,
    ("multiple_response", "choices"): CHOICE,
    ("true_false", "reasons"): CHOICE,
    ("matching", "pairs"): {"left": "", "right": "", "feedback": ""},
    ("ordering", "steps"): {**CARD, "with_above": True},
    ("categorise", "boxes"): {"name": "", "cards": [CARD]},
    ("categorise", "depends"): CARD,
    ("gap_choice", "gaps"): {"choices": [CHOICE]},
    ("gap_text", "gaps"): {"accepted": [ACCEPTED], "feedback": ""},
    ("short_text", "accepted"): ACCEPTED,
    ("numeric", "accepted"): {"value": NUMBER, "tolerance": NUMBER, "credit": NUMBER, "feedback": ""},
    ("numeric", "units"): {"name": "", "factor": NUMBER},
    ("hotspot", "areas"): {
        "name": "", "x": NUMBER, "y": NUMBER, "width": NUMBER, "height": NUMBER, "correct": True, "feedback": "",
    },
    ("essay", "rubric"): {"name": "", "description": "", "points": NUMBER},
    ("poll", "choices"): {"text": ""},
}  # fmt: skip


class Damaged(ValueError):
    """What was kept is not what this site writes."""


def kept(item: Item, back: Item) -> dict[str, Any]:
    """What of ``item`` its file does not say: ``back`` is what a reader makes of the file. Empty where it says all."""
    found: dict[str, Any] = {
        one.name: plainly(getattr(item, one.name))
        for one in fields_of(Item)
        if one.name not in NOT_KEPT and plainly(getattr(item, one.name)) != plainly(getattr(back, one.name))
    }
    same = item.kind == back.kind
    value = {
        name: content for name, content in item.value.items() if not same or name not in back.value or back.value[name] != content
    }
    missing = sorted(name for name in back.value if name not in item.value) if same else []
    if value:
        found["value"] = value
    if missing:
        found["missing"] = missing
    if entries := layout(item, back):
        found["enclosed"] = entries
    return found


def plainly(value: Any) -> Any:
    if isinstance(value, date | Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple | list) else value


def apply(item: Item, text: str) -> None:
    """Lay what ``kept`` found, as JSON, over ``item``; a note, and nothing else, where it is damaged."""
    try:
        found = json.loads(text)
        changed, value, enclosed = checked(found, item)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        item.partly(_("What this site had noted about the question is damaged and was left out."))
        return
    if "kind" in changed:
        item.value = {}
    item.value = {**item.value, **value}
    for name in found.get("missing", ()):
        item.value.pop(name, None)
    for name, content in changed.items():
        setattr(item, name, content)
    if enclosed:
        placed = with_enclosed(item, enclosed)
        item.image, item.attachments, item.in_parts = placed.image, placed.attachments, placed.in_parts
    item.notes, item.state = [], State.READY
    if not item.kind or (problem := problem_with(item.kind, filled(item.kind, **item.value))):
        item.refuse(problem if item.kind else _("The file does not say what kind of question this is."))


def checked(found: Any, item: Item) -> tuple[dict[str, Any], dict[str, Any], dict[int, Enclosed]]:
    """The fields, the parts of the value, and the pictures and files in their places, in ``found``. Raises ValueError."""
    need(found, {"value": None, "missing": None, "enclosed": None, **{one.name: None for one in fields_of(Item)}})
    changed = {name: of_field(name, found[name]) for name in found if name not in {"value", "missing", "enclosed", *NOT_KEPT}}
    kind = changed.get("kind", item.kind)
    value = checked_value(kind, found.get("value", {})) if kind else {}
    entries, missing = found.get("enclosed", []), found.get("missing", [])
    need(entries, [ENTRY])
    need(missing, [""])
    if "kind" in changed and "text" not in value or "text" in missing:
        raise Damaged
    parts = value.get("parts", [] if "kind" in changed else item.value.get("parts", []))
    return changed, value, laid_out(entries, item, len(parts)) if entries else {}


def of_field(name: str, content: Any) -> Any:
    if name == "difficulty":
        return content if content in {1, 2, 3} else None
    if name in DATES:
        return None if content is None else date.fromisoformat(content)
    if name in DECIMALS:
        number = None if content is None else Decimal(content)
        if number is not None and not number.is_finite():
            raise Damaged
        return number
    need(content, {"tags": [""], "keep_order": True}.get(name, ""))
    if name == "kind" and content not in OWN:
        raise Damaged
    return tuple(content) if name == "tags" else content


def checked_value(kind: str, value: Any) -> dict[str, Any]:
    """Parts of the raw value of ``kind``, with clean rich text. Raises Damaged for any other shape."""
    if not isinstance(value, dict):
        raise Damaged
    usual = {**EVERY, **OWN[kind]}
    for name, content in value.items():
        if (kind, name) == ("case_study", "parts"):
            need(content, [{"type": "", "value": None}])
            if not all(set(part) == {"type", "value"} for part in content):
                raise Damaged
        elif name not in usual:
            raise Damaged
        elif isinstance(usual[name], list):
            need(content, [LISTS.get((kind, name), "")])
        else:
            need(content, NUMBER if usual[name] is None or name == "steps" else usual[name])
    return {name: cleaned(kind, name, content) for name, content in value.items()}


def cleaned(kind: str, name: str, content: Any) -> Any:
    if (kind, name) == ("case_study", "parts"):
        if any(part["type"] not in OWN or part["type"] == "case_study" for part in content):
            raise Damaged
        return [{"type": part["type"], "value": checked_value(part["type"], part["value"])} for part in content]
    return wording.rich_text(content)[0] if is_rich(kind, name) and isinstance(content, str) else content


def need(content: Any, like: Any) -> None:
    """Raise Damaged unless ``content`` has the shape of ``like``, an example; None stands for anything."""
    if like is NUMBER:
        fits = content is None or type(content) in {int, float} or (isinstance(content, str) and decimal(content) is not None)
    elif isinstance(like, list):
        fits = isinstance(content, list)
        for entry in content if fits else ():
            need(entry, like[0])
    elif isinstance(like, dict):
        fits = isinstance(content, dict) and set(content) <= set(like)
        for key in content if fits else ():
            need(content[key], like[key])
    else:
        fits = like is None or type(content) is type(like)
    if not fits:
        raise Damaged


def as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, sort_keys=True, default=str)


def names_of(item: Item, back: Item, found: dict[str, Any]) -> Sequence[str]:
    """What ``kept`` found and others lose of ``item``, as a trainer calls it, for a note.

    A name or text that the question does not have is nothing to lose, and its reference is no word of a trainer.
    """
    said = {name: content for name, content in found.get("value", {}).items() if name not in {"image", "attachments"}}
    fields = [name for name, content in said.items() if content not in ("", None, [])]
    silent = SILENT if order_counts(item) else SILENT | {"keep_order"}
    names = [label_of(item.kind, name) for name in found if name not in silent and found[name] not in ("", None, [])]
    value, around = tidy(replace(item, value={name: item.value[name] for name in fields}))
    came = tidy(back)[0] if back.kind == item.kind else back.value
    names += [*differing(item.kind, {name: value[name] for name in fields}, {name: came.get(name) for name in fields}), *around]
    same = list(listed(back))
    moved = {"image" if main else "attachments" for place, main, one in listed(item) if (place, main, one) not in same}
    return sorted({*names, *(str(LABELS[name]) for name in moved)})
