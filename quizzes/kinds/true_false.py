"""A statement that is true or false: two fixed choices, always in this order."""

from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .question import QuestionBlock, frozen
from .single_choice import SingleChoice

ANSWERS = {"true": _("True"), "false": _("False")}


class TrueFalseBlock(QuestionBlock):
    answer = blocks.ChoiceBlock(label=_("The statement is"), choices=list(ANSWERS.items()))
    feedback_true = blocks.TextBlock(label=_("Feedback to “True”"), required=False, rows=2)
    feedback_false = blocks.TextBlock(label=_("Feedback to “False”"), required=False, rows=2)

    class Meta:
        icon = "adjust"
        label = _("True or false")
        label_format = "{text}"
        description = _("A statement to judge, with feedback to either answer.")
        preview_value = {
            "text": "<p>A child must have crossed a border to count as trafficked.</p>",
            "answer": "false",
            "feedback_true": "Trafficking may happen inside one town.",
            "feedback_false": "Right. Smuggling needs a border, trafficking does not.",
            "explanation": "<p>An act and a purpose of exploitation are enough.</p>",
        }


class TrueFalse(SingleChoice):
    name = "true_false"
    label = _("True or false")
    instruction = _("Is this true or false?")

    def block(self) -> blocks.StructBlock:
        return TrueFalseBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """The words True and False are frozen in the language that is active."""
        choices = [
            {"id": name, "text": str(word), "correct": value["answer"] == name, "feedback": value[f"feedback_{name}"]}
            for name, word in ANSWERS.items()
        ]
        return frozen(value, choices=choices)
