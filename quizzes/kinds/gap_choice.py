"""Gaps in a passage, each with a drop-down."""

import re
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import Show
from .choices import ChoiceItemBlock, credit_of, frozen_choices
from .gaps import GapsBlock, GapsKind


class ChoiceGapBlock(blocks.StructBlock):
    choices = blocks.ListBlock(
        ChoiceItemBlock(),
        label=_("Choices"),
        default=[{"text": "", "correct": False, "feedback": ""}] * 3,
        help_text=_("Two to six short choices. They are shown by the alphabet, or shuffled."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        right, problem = sum(choice["correct"] for choice in value["choices"]), None
        if len(value["choices"]) < 2:
            problem = _("Write at least two choices for this gap.")
        elif not right:
            problem = _("Tick the right choice for this gap.")
        elif right > 1:
            problem = _("Only one choice may be right in a gap.")
        if problem:
            errors = ListBlockValidationError(non_block_errors=[ValidationError(problem)])
            raise StructBlockValidationError(block_errors={"choices": errors})
        return value

    class Meta:
        icon = "list-ul"
        label = _("Gap")


class GapChoiceBlock(GapsBlock):
    gaps = blocks.ListBlock(
        ChoiceGapBlock(),
        label=_("Gaps"),
        default=[{"choices": [{"text": "", "correct": False, "feedback": ""}] * 3}],
        help_text=_("The first is [1] in the passage, the second is [2] and on."),
    )

    class Meta:
        icon = "arrow-down"
        label = _("Gaps with drop-downs")
        label_format = "{text}"
        description = _("A passage with gaps; for each the learner chooses from a list.")
        preview_value = {
            "text": "<p>Complete the note on the first talk with Ilir, who is 15.</p>",
            "passage": "<p>The talk is led in a language that he [1].</p><p>The interpreter is [2].</p>",
            "gaps": [
                {
                    "choices": [
                        {"text": "understands well", "correct": True, "feedback": "Ask him, and listen for doubt."},
                        {"text": "hears at school", "correct": False, "feedback": "That may not be enough for a hard talk."},
                        {"text": "should learn", "correct": False, "feedback": "This is not the moment to teach."},
                    ]
                },
                {
                    "choices": [
                        {"text": "trained and independent", "correct": True, "feedback": "So that he can speak freely."},
                        {"text": "his uncle", "correct": False, "feedback": "The adult who came with him may control him."},
                        {"text": "an older child", "correct": False, "feedback": "No child should carry this."},
                    ]
                },
            ],
            "explanation": "<p>A child speaks freely only where nobody in the room may pass on what was said.</p>",
        }


def by_alphabet(choice: dict[str, Any]) -> tuple[list[str], str]:
    """A key to sort by words, numbers by their size: an order that tells nothing."""
    parts = re.split(r"([0-9]+)", (choice["text"] or "").casefold())
    return [part.zfill(30) if part.isdecimal() else part for part in parts], choice["id"]


class GapChoice(GapsKind):
    name = "gap_choice"
    label = _("Gaps with drop-downs")
    instruction = _(
        "Choose what fits each gap. Every gap counts the same; each right one earns its part of the points."
        " A wrong one takes nothing away."
    )
    task = _("Choose what fits each gap.")
    missing = _("Choose an answer for gap %(number)s.")

    def block(self) -> blocks.StructBlock:
        return GapChoiceBlock()

    def frozen_gap(self, gap: Any, shuffle: Random | None) -> dict[str, Any]:
        choices = frozen_choices(gap["choices"], shuffle)
        return {"choices": choices if shuffle else sorted(choices, key=by_alphabet)}

    def shown_gap(self, gap: dict[str, Any]) -> dict[str, Any]:
        return {"choices": [{"id": choice["id"], "text": choice["text"]} for choice in gap["choices"]]}

    def field_for(self, gap: dict[str, Any], missing: str, *, draft: bool) -> forms.Field:
        return forms.ChoiceField(
            choices=[("", _("Choose")), *((choice["id"], choice["text"]) for choice in gap["choices"])],
            required=not draft,
            error_messages={"required": missing, "invalid_choice": missing},
        )

    def earned(self, snapshot: dict[str, Any], gap: dict[str, Any], given: str) -> Fraction:
        chosen = _choice(gap, given)
        return credit_of(chosen, Fraction(int(chosen["correct"]))) if chosen else Fraction(0)

    def in_words(self, gap: dict[str, Any], given: str) -> str:
        chosen = _choice(gap, given)
        return chosen["text"] if chosen else ""

    def expected(self, snapshot: dict[str, Any], gap: dict[str, Any]) -> str:
        return self.in_words(gap, self.best(snapshot, gap))

    def feedback(self, snapshot: dict[str, Any], gap: dict[str, Any], given: str, show: Show) -> str:
        """That of the chosen one; of the right one where nothing was chosen and it may be known."""
        told = _choice(gap, given) or (_choice(gap, self.best(snapshot, gap)) if show.right_answer else None)
        return told["feedback"] if told else ""

    def best(self, snapshot: dict[str, Any], gap: dict[str, Any]) -> str:
        return next((choice["id"] for choice in gap["choices"] if choice["correct"]), "")


def _choice(gap: dict[str, Any], ident: str) -> dict[str, Any] | None:
    return next((choice for choice in gap["choices"] if choice["id"] == ident), None)
