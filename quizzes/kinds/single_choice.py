"""One right answer among several."""

from collections.abc import Iterable
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Mark, verdict_of
from .choices import ChoicesBlock, OneChoiceForm, choices_shown, choices_snapshot, reviewed, right_ids


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


class SingleChoice:
    name = "single_choice"
    label = _("One answer")
    instruction = _("Choose one answer.")
    partial = False
    template = "quizzes/kinds/choices.html"
    review_template = "quizzes/kinds/choices_review.html"

    def block(self) -> blocks.StructBlock:
        return SingleChoiceBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        return choices_snapshot(value, shuffle)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return choices_shown(snapshot)

    def form(self, shown: dict[str, Any], data: Any = None, initial: Any = None) -> OneChoiceForm:
        return OneChoiceForm(shown, data, initial)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        chosen = {(answer or {}).get("choice")}
        fraction = Fraction(int(bool(chosen & right_ids(snapshot))))
        return Mark(fraction, verdict_of(fraction), reviewed(snapshot, chosen))

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, str]:
        return {"choice": next(iter(right_ids(snapshot)), "")}
