"""What becomes of each checked item in a bank, and the report about it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.exporting import item_of
from quizzes.formats.base import Note, State
from quizzes.item_fields import fields_of, tags_of
from quizzes.kinds.prose import plain_text
from quizzes.models import ImportedQuestion, Question, QuestionBank

from .checking import Checked, checksum
from .enclosed import told_of

TEXT = 500  # letters of a question in the report


class Step(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Here already, unchanged")
    REFUSED = "refused", _("Refused")


@dataclass
class Decision:
    """``key``: the question's translation key; ``question_id``: its row where it is here already."""

    checked: Checked
    step: Step
    key: uuid.UUID | None = None
    question_id: int | None = None
    checksum: str = ""

    @property
    def kept_reference(self) -> str:
        return kept_reference(self.checked)


def kept_reference(checked: Checked) -> str:
    return f"{checked.locale.language_code}:{checked.reference}"


def decide(items: Sequence[Checked], bank: QuestionBank | None) -> list[Decision]:
    """What to do with each item in ``bank`` (None: one that does not exist yet)."""
    known = {row.reference: row for row in ImportedQuestion.objects.filter(bank=bank)} if bank else {}
    # A reference in another language is the same question there; a translation key is a question that went out of this bank.
    keys = {reference.partition(":")[2]: row.question_key for reference, row in known.items()}
    if bank:
        own = Question.objects.filter(bank=bank).values_list("translation_key", flat=True)
        keys = {str(key): key for key in own} | keys
    rows = {(key, locale): pk for key, locale, pk in _rows(keys.values())}
    decisions = []
    for checked in items:
        if checked.refused:
            decisions.append(Decision(checked, Step.REFUSED))
            continue
        key = keys.setdefault(checked.reference, uuid.uuid4())
        found, row = rows.get((key, checked.locale.pk)), known.get(kept_reference(checked))
        before = row.checksum if row else _checksum_here(found)
        told = checked.checksum
        step = Step.NEW if found is None else Step.UNCHANGED if before == told else Step.CHANGED
        decisions.append(Decision(checked, step, key, found, told))
    return decisions


def _checksum_here(question_id: int | None) -> str:
    """Of a question that went out of this bank and comes back for the first time."""
    if question_id is None:
        return ""
    item = item_of(Question.objects.get(pk=question_id), "")
    enclosed = {place: told_of(one) for place, one in item.enclosed.items()}
    return checksum(item.kind, item.value, fields_of(item), tags_of(item), enclosed)


def _rows(keys: Iterable[uuid.UUID]) -> Iterable[tuple[uuid.UUID, int, int]]:
    wanted = list(set(keys))
    for start in range(0, len(wanted), 500):
        some = Question.objects.filter(translation_key__in=wanted[start : start + 500])
        yield from some.values_list("translation_key", "locale_id", "pk")


def report_of(decisions: Sequence[Decision], notes: Iterable[Note]) -> dict[str, Any]:
    """As JSON: ``counts``, ``items`` (see ``docs/question-formats.md``) and ``notes`` about the rest of the file."""
    items = [_told(decision) for decision in decisions]
    counts = {step.value: sum(item["result"] == step for item in items) for step in Step}
    counts["partly"] = sum(item["partly"] for item in items)
    return {"counts": counts, "items": items, "notes": [_note(note) for note in notes]}


def _told(decision: Decision) -> dict[str, Any]:
    item = decision.checked.item
    return {
        "place": item.place,
        "reference": item.reference,
        "kind": item.kind,
        "language": decision.checked.locale.language_code,
        "text": plain_text(item.text)[:TEXT] or item.name,
        "result": decision.step.value,
        "partly": item.state == State.PARTLY,
        "notes": [_note(note) for note in item.notes],
    }


def _note(note: Note) -> dict[str, str]:
    return {"place": note.place, "reason": str(note.reason)}
