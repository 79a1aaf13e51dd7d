"""What every kind of question can do."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, Protocol

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Verdict(models.TextChoices):
    RIGHT = "right", _("Right")
    PARTLY = "partly", _("Partly right")
    WRONG = "wrong", _("Not quite")
    UNSURE = "unsure", _("You said: I don't know yet")
    UNANSWERED = "unanswered", _("Not answered")


@dataclass(frozen=True)
class Mark:
    """The result of marking one answer: ``fraction`` of the question's points, exactly, from 0 to 1.

    ``details`` is what the kind's review template prints; its shape is the kind's own affair.
    """

    fraction: Fraction
    verdict: Verdict
    details: Any = None


def verdict_of(fraction: Fraction) -> Verdict:
    if fraction >= 1:
        return Verdict.RIGHT
    return Verdict.PARTLY if fraction > 0 else Verdict.WRONG


class Kind(Protocol):
    """One kind of question. No method reads or writes anything but its arguments.

    Shapes: a *snapshot* is the JSON that ``snapshot`` froze; *shown* is the part of it that a learner may see before
    marking; an *answer* is the JSON in ``form.cleaned_data["answer"]``, or None.
    """

    name: str  # type of the block; stored for ever
    label: str | Promise
    instruction: str | Promise  # what to do, and how points are given
    partial: bool  # whether an answer may earn a part of the points
    template: str  # of the learner's form fields; inputs: shown, answer_form
    review_template: str  # of a marked answer; inputs: snapshot, mark

    def block(self) -> blocks.StructBlock:
        """The editor's block. Its value has at least ``text`` and ``explanation``, both rich text."""

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """Freeze a block value as JSON: question, choices in the order shown, right answer, feedback."""

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        """Name one by one what may leave the server before marking. Nothing here depends on the right answer."""

    def form(self, shown: dict[str, Any], data: Any = None, initial: Any = None) -> forms.Form:
        """The learner's form; ``data`` as posted, ``initial`` an earlier answer. Sees only what is shown."""

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """Mark ``answer``; unknown parts of it count as wrong, never raise. None gives details without a choice."""

    def best_answer(self, snapshot: dict[str, Any]) -> Any:
        """The answer that earns every point."""
