"""Several right answers, with a part of the points for a part of the ticks."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Mark, marked
from .choices import ChoicesBlock, ChoicesKind, ManyChoicesForm, credit_of, has_credits, right_ids


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


class MultipleResponse(ChoicesKind):
    name = "multiple_response"
    label = _("Several answers")
    instruction = _(
        "Choose every answer that fits. Each right tick earns a part of the point, each wrong tick takes a part away."
        " You cannot get less than zero."
    )
    task = _("Choose every answer that fits.")
    partial = True
    form_class = ManyChoicesForm

    def block(self) -> blocks.StructBlock:
        return MultipleResponseBlock()

    def chosen(self, answer: Any) -> set[str]:
        return set((answer or {}).get("choices", []))

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """Right ticks minus wrong ticks, over the number of right choices, not below zero.

        Where an author gave choices shares of their own, the sum of those.
        """
        chosen, choices = self.chosen(answer), snapshot["choices"]
        right = len(right_ids(choices)) or 1
        usual = {True: Fraction(1, right), False: Fraction(-1, right)}
        known = [choice for choice in choices if choice["id"] in chosen]
        earned = sum((credit_of(choice, usual[choice["correct"]]) for choice in known), Fraction(0))
        return marked(earned if has_credits(choices) else max(earned, Fraction(0)))

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, list[str]]:
        return {"choices": sorted(right_ids(snapshot["choices"]))}
