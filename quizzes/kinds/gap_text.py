"""Gaps in a passage, to be filled by typing."""

from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .accepted import (
    AcceptedTextsBlock,
    WordsField,
    accents_block,
    best_text,
    case_block,
    earned,
    expected,
    first_fitting,
    frozen_accepted,
)
from .base import Show
from .gaps import GapsBlock, GapsKind

LONGEST = 100  # characters in one gap
RULES = ("match_case", "match_accents")


class TextGapBlock(blocks.StructBlock):
    accepted = AcceptedTextsBlock()
    feedback = blocks.TextBlock(
        label=_("Feedback to this gap"),
        required=False,
        default="",
        rows=2,
        help_text=_("Shown after answering, whatever was written."),
    )

    class Meta:
        icon = "edit"
        label = _("Gap")


class GapTextBlock(GapsBlock):
    gaps = blocks.ListBlock(
        TextGapBlock(),
        label=_("Gaps"),
        default=[{"accepted": [{"text": "", "feedback": ""}], "feedback": ""}],
        help_text=_("The first is [1] in the passage, the second is [2] and on."),
    )
    match_case = case_block()
    match_accents = accents_block()

    class Meta:
        icon = "edit"
        label = _("Gaps with typed answers")
        label_format = "{text}"
        description = _("A passage with gaps; the learner types what is missing.")
        preview_value = {
            "text": "<p>What is missing in this note on the law?</p>",
            "passage": "<p>Everyone under [1] is a child.</p><p>For a child, an act and a [2] are enough.</p>",
            "gaps": [
                {
                    "accepted": [{"text": "18"}, {"text": "18 years *"}, {"text": "eighteen *"}],
                    "feedback": "Whatever the law says about the age of consent.",
                },
                {
                    "accepted": [
                        {"text": "purpose *", "feedback": "The purpose is exploitation."},
                        {"text": "aim", "feedback": "The law says purpose.", "credit": 50},
                    ],
                    "feedback": "An act, such as recruiting, for the purpose of exploitation.",
                },
            ],
            "explanation": "<p>Threats, force or deceit need not be shown when the person is a child.</p>",
        }


class GapText(GapsKind):
    name = "gap_text"
    label = _("Gaps with typed answers")
    instruction = _(
        "Write what fits each gap. Every gap counts the same; an answer that is nearly right may earn a part."
        " A wrong one takes nothing away."
    )
    task = _("Write what fits each gap.")
    missing = _("Write an answer for gap %(number)s.")
    free_text = True
    rules = RULES

    def block(self) -> blocks.StructBlock:
        return GapTextBlock()

    def frozen_gap(self, gap: Any, shuffle: Random | None) -> dict[str, Any]:
        return {"accepted": frozen_accepted(gap["accepted"]), "feedback": gap.get("feedback") or ""}

    def shown_gap(self, gap: dict[str, Any]) -> dict[str, Any]:
        return {}

    def field_for(self, gap: dict[str, Any], missing: str, *, draft: bool) -> forms.Field:
        # Every gap is equally wide: its width says nothing about what belongs there.
        return WordsField(limit=LONGEST, missing=missing, draft=draft, attrs={"size": "16"})

    def earned(self, snapshot: dict[str, Any], gap: dict[str, Any], given: str) -> Fraction:
        return earned(first_fitting(gap["accepted"], given, rules_of(snapshot)))

    def in_words(self, gap: dict[str, Any], given: str) -> str:
        return given

    def expected(self, snapshot: dict[str, Any], gap: dict[str, Any]) -> str:
        return expected(gap["accepted"], rules_of(snapshot))

    def feedback(self, snapshot: dict[str, Any], gap: dict[str, Any], given: str, show: Show) -> str:
        """That of the accepted answer which fits, then that of the gap."""
        fitting = first_fitting(gap["accepted"], given, rules_of(snapshot))
        return "\n".join(filter(None, [fitting["feedback"] if fitting else "", gap["feedback"]]))

    def best(self, snapshot: dict[str, Any], gap: dict[str, Any]) -> str:
        return best_text(gap["accepted"], rules_of(snapshot))


def rules_of(snapshot: dict[str, Any]) -> dict[str, bool]:
    return {rule: bool(snapshot.get(rule)) for rule in RULES}
