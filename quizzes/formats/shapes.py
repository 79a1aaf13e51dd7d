"""Every field that a kind's raw value has, so that each reader fills in the same."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import Item
from .text_files import SPACE

EVERY: dict[str, Any] = {
    "text": "", "explanation": "", "when_right": "", "when_partly": "", "when_wrong": "", "hints": [],
}  # fmt: skip
OWN: dict[str, dict[str, Any]] = {
    "single_choice": {"choices": []},
    "multiple_response": {"choices": []},
    "true_false": {"answer": "true", "feedback_true": "", "feedback_false": "", "reasons": []},
    "matching": {"pairs": [], "distractors": []},
    "ordering": {"steps": []},
    "categorise": {"boxes": [], "offer_depends": False, "depends": []},
    "gap_choice": {"passage": "", "gaps": []},
    "gap_text": {"passage": "", "gaps": [], "match_case": False, "match_accents": False},
    "short_text": {"accepted": [], "match_case": False, "match_accents": False},
    "numeric": {"accepted": [], "units": [], "ask_unit": False},
    "mark_words": {"passage": "", "look": "statement", "feedback": []},
    "hotspot": {"areas": []},
    "essay": {"rubric": [], "words_from": None, "words_to": None, "start": "", "model_answer": "", "marker_notes": ""},
    "case_study": {"parts": []},
    "poll": {"choices": [], "several": False},
    "confidence": {"low": "", "high": "", "steps": 5},
    "information": {},
}
KEEP_ORDER = {  # kinds whose choices an author may put in an order that is kept
    "single_choice", "multiple_response", "true_false", "poll", "hotspot", "gap_choice", "matching", "case_study",
}  # fmt: skip
RICH = {"text", "explanation", "model_answer", "marker_notes"}
RICH_PASSAGES = {"gap_choice", "gap_text"}
CHOICE: dict[str, Any] = {"text": "", "correct": False, "feedback": "", "credit": None}
ACCEPTED: dict[str, Any] = {"text": "", "credit": None, "feedback": ""}


def filled(kind: str, **value: Any) -> dict[str, Any]:
    """The raw value of ``kind`` with every field; those not given have the meaning of "nothing"."""
    return deepcopy({**EVERY, **OWN[kind], **value})


def choice(text: str, correct: bool = False, feedback: str = "", credit: str | None = None) -> dict[str, Any]:
    return {"text": text, "correct": correct, "feedback": feedback, "credit": credit}


def accepted(text: str, feedback: str = "", credit: str | None = None) -> dict[str, Any]:
    return {"text": text, "credit": credit, "feedback": feedback}


def order_counts(item: Item) -> bool:
    """Whether ``item`` has choices that could be mixed, so that a word about their order means anything."""
    return item.kind in KEEP_ORDER and (item.kind != "true_false" or bool(item.value.get("reasons")))


def is_rich(kind: str, name: str) -> bool:
    return name in RICH or (name == "passage" and kind in RICH_PASSAGES)


def texts(content: Any) -> Iterator[str]:
    """Every text in a raw value."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, (list, tuple)):
        for entry in content:
            yield from texts(entry)
    elif isinstance(content, dict):
        yield from texts(list(content.values()))


LABELS = {  # what a trainer calls the fields that a format may have no place for
    "outcome": _("outcome"),
    "difficulty": _("difficulty"),
    "tags": _("tags"),
    "category": _("category"),
    "name": _("name"),
    "reference": _("reference"),
    "country": _("country"),
    "source": _("source"),
    "checked_by": _("checked by"),
    "checked_on": _("checked on"),
    "review_by": _("review by"),
    "penalty": _("penalty for wrong tries"),
    "keep_order": _("kept order of the choices"),
    "points": _("points"),
    "language": _("language"),
    "image": _("picture"),
    "attachments": _("further pictures and files"),
    "explanation": _("explanation"),
    "when_right": _("feedback to a right answer"),
    "when_partly": _("feedback to a partly right answer"),
    "when_wrong": _("feedback to a wrong answer"),
    "hints": _("hints"),
    "reasons": _("reasons asked for"),
    "match_case": _("capital letters that count"),
    "match_accents": _("accents that count"),
    "units": _("units"),
    "ask_unit": _("unit to be chosen"),
    "rubric": _("rubric"),
    "words_from": _("least number of words"),
    "words_to": _("greatest number of words"),
    "start": _("text that the field begins with"),
    "model_answer": _("model answer"),
    "marker_notes": _("notes for markers"),
}
ABOUT = (
    "outcome", "difficulty", "country", "source", "checked_by", "checked_on", "review_by", "penalty", "keep_order", "points",
    "language", "image", "attachments",
)  # fmt: skip


def unsaid_about(item: Item, names: Sequence[str] = ABOUT) -> list[str]:
    """What a trainer calls those of the ``names`` about ``item`` that are set."""
    said = {name: getattr(item, name) for name in names if name != "keep_order" or order_counts(item)}
    found = [name for name, content in said.items() if content is not False and content not in ("", None, (), [])]
    if item.value.get("image") and "image" in names and "image" not in found:
        found.append("image")
    return [str(LABELS[name]) for name in found]


def changed_about(item: Item, again: Item, names: Sequence[str]) -> list[str]:
    """The note about those of the ``names`` that ``again``, ``item`` read back, has in another form; none where all are alike.

    Spaces around a text are nothing.
    """
    changed = [name for name in names if _bare(getattr(item, name)) != _bare(getattr(again, name))]
    if not order_counts(item):
        changed = [name for name in changed if name != "keep_order"]
    labels = ", ".join(str(LABELS[name]) for name in changed)
    return [str(_("Comes back in another form: %(names)s.") % {"names": labels})] if labels else []


def _bare(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_bare(entry) for entry in value]
    return value.strip(SPACE) if isinstance(value, str) else value


def unsaid(kind: str, value: dict[str, Any], names: Sequence[str]) -> list[str]:
    """What a trainer calls those of the ``names`` in ``value`` that say something; they are set back to nothing."""
    nothing = filled(kind)
    found = [name for name in names if name in nothing and value[name] != nothing[name]]
    for name in found:
        value[name] = nothing[name]
    return [str(LABELS[name]) for name in found]
