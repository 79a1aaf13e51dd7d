"""One right answer among several."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Mark, marked
from .choices import ChoicesBlock, ChoicesKind, credit_of, has_credits, right_ids


class SingleChoiceBlock(ChoicesBlock):
    def problem_with(self, choices: Iterable[Any]) -> str | Promise | None:
        problem = super().problem_with(choices)
        if not problem and sum(choice["correct"] for choice in choices) > 1:
            return _("Only one choice may be right. If several are, use the kind “Several answers”.")
        return problem

    class Meta:
        icon = "radio-full"
        label = _("One answer")
        label_format = "{text}"
        description = _("Several choices, one of them right.")
        preview_value = {
            "text": "<p>Ilir is 15. He was promised school and now works in a car wash.</p><p>Who may consent for him?</p>",
            "choices": [
                {"text": "Nobody", "correct": True, "feedback": "A child's consent to being exploited does not count."},
                {"text": "His parents", "correct": False, "feedback": "No adult can consent to a child's exploitation."},
                {"text": "Ilir himself", "correct": False, "feedback": "He is a child, so his consent does not count."},
            ],
            "explanation": "<p>The consent of a child, or of anyone for the child, is irrelevant.</p>",
        }


class SingleChoice(ChoicesKind):
    name = "single_choice"
    label = _("One answer")
    instruction = _("Choose one answer.")

    def block(self) -> blocks.StructBlock:
        return SingleChoiceBlock()

    def chosen(self, answer: Any) -> set[str]:
        choice = answer.get("choice") if isinstance(answer, dict) else None
        return {choice} if choice and isinstance(choice, str) else set()

    def earns_part(self, snapshot: dict[str, Any]) -> bool:
        return has_credits(snapshot["choices"])

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """All for the right choice; for another one what its author wrote down as its share, usually nothing."""
        picked = (choice for choice in snapshot["choices"] if choice["id"] in self.chosen(answer))
        return marked(sum((credit_of(choice, Fraction(int(choice["correct"]))) for choice in picked), Fraction(0)))

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, str]:
        return {"choice": next(iter(sorted(right_ids(snapshot["choices"]))), "")}
