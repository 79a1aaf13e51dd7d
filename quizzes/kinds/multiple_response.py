"""Several right answers, with a part of the points for a part of the ticks."""

from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Mark, verdict_of
from .choices import ChoicesBlock, ManyChoicesForm, choices_shown, choices_snapshot, reviewed, right_ids


class MultipleResponseBlock(ChoicesBlock):
    class Meta:
        icon = "tasks"
        label = _("Several answers")
        label_format = "{text}"
        description = _("Several choices, more than one may be right; each right tick earns a part of the points.")
        preview_value = {
            "text": "<p>Which of these may be signs that a child is exploited?</p>",
            "choices": [
                {"text": "An adult keeps the passport", "correct": True, "feedback": "Control over papers is a sign."},
                {"text": "The child speaks two languages", "correct": False, "feedback": "Many children do."},
                {"text": "The child owes money for the journey", "correct": True, "feedback": "Debt is a means of control."},
            ],
            "explanation": "<p>No single sign proves anything. Look for signs that belong together.</p>",
        }


class MultipleResponse:
    name = "multiple_response"
    label = _("Several answers")
    instruction = _(
        "Choose every answer that fits. Each right tick earns a part of the point, each wrong tick takes a part away."
        " You cannot get less than zero."
    )
    partial = True
    template = "quizzes/kinds/choices.html"
    review_template = "quizzes/kinds/choices_review.html"

    def block(self) -> blocks.StructBlock:
        return MultipleResponseBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        return choices_snapshot(value, shuffle)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return choices_shown(snapshot)

    def form(self, shown: dict[str, Any], data: Any = None, initial: Any = None) -> ManyChoicesForm:
        return ManyChoicesForm(shown, data, initial)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """Right ticks minus wrong ticks, over the number of right choices; never below zero."""
        chosen, right = set((answer or {}).get("choices", [])), right_ids(snapshot)
        earned = len(chosen & right) - len(chosen - right)
        fraction = max(Fraction(earned, len(right)), Fraction(0)) if right else Fraction(0)
        return Mark(fraction, verdict_of(fraction), reviewed(snapshot, chosen))

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, list[str]]:
        return {"choices": sorted(right_ids(snapshot))}
