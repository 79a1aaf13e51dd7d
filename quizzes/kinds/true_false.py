"""A statement that is true or false: two fixed choices, always in this order; and, if wanted, the reason why."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Mark, Part, Show, marked
from .choices import (
    ChoiceItemBlock,
    ChoicesReview,
    OneChoiceForm,
    credit_of,
    frozen_choices,
    lettered,
    reviewed,
    right_ids,
)
from .question import CheckedBlock, frozen
from .single_choice import SingleChoice

ANSWERS = {"true": _("True"), "false": _("False")}
HALF = Fraction(1, 2)
NO_JUDGEMENT = _("Choose “True” or “False”. If you do not know it, press “I don't know yet”.")
NO_REASON = _("Choose the reason for your answer.")


class TrueFalseBlock(CheckedBlock):
    answer = blocks.ChoiceBlock(label=_("The statement is"), choices=list(ANSWERS.items()))
    feedback_true = blocks.TextBlock(label=_("Feedback to “True”"), required=False, rows=2)
    feedback_false = blocks.TextBlock(label=_("Feedback to “False”"), required=False, rows=2)
    reasons = blocks.ListBlock(
        ChoiceItemBlock(),
        label=_("Reasons"),
        default=[],
        help_text=_("Leave empty to ask for no reason. Else write at least two; the right one earns half of the points."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        reasons = list(value["reasons"])
        if reasons and len(reasons) < 2:
            yield "reasons", _("Write at least two reasons, or none.")
        elif reasons and sum(reason["correct"] for reason in reasons) != 1:
            yield "reasons", _("Tick the one reason that is right.")

    class Meta:
        icon = "adjust"
        label = _("True or false")
        label_format = "{text}"
        description = _("A statement to judge, with feedback to either answer; you may ask for the reason too.")
        preview_value = {
            "text": "<p>A child must have crossed a border to count as trafficked.</p>",
            "answer": "false",
            "feedback_true": "Trafficking may happen inside one town.",
            "feedback_false": "Right. Smuggling needs a border, trafficking does not.",
            "reasons": [],
            "explanation": "<p>An act and a purpose of exploitation are enough.</p>",
        }


@dataclass(frozen=True)
class TrueFalseReview:
    """``reason`` is None where no reason was asked."""

    judgement: ChoicesReview
    reason: ChoicesReview | None


class TrueFalseForm(OneChoiceForm):
    """The field ``choice`` and, where a reason is asked, the field ``reason``."""

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, initial, **options)
        self.fields["choice"].error_messages |= {"required": NO_JUDGEMENT, "invalid_choice": NO_JUDGEMENT}
        if shown["reasons"]:
            self.fields["reason"] = forms.ChoiceField(
                widget=forms.RadioSelect,
                required=not self.draft,
                choices=[(reason["id"], reason["text"]) for reason in shown["reasons"]],
                error_messages={"required": NO_REASON, "invalid_choice": NO_REASON},
            )

    @property
    def reason_rows(self) -> list[tuple[str, Any]]:
        return [(reason["letter"], widget) for reason, widget in zip(self.shown["reasons"], self["reason"], strict=True)]

    def clean(self) -> dict[str, Any]:
        return {"answer": {name: value for name, value in self.cleaned_data.items() if value} or None}


class TrueFalse(SingleChoice):
    name = "true_false"
    label = _("True or false")
    instruction = _("Is this true or false?")
    template = "quizzes/kinds/true_false.html"
    review_template = "quizzes/kinds/true_false_review.html"
    form_class = TrueFalseForm

    def block(self) -> blocks.StructBlock:
        return TrueFalseBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """The words True and False are frozen in the language that is active. ``reasons`` is empty where none is asked."""
        choices = [
            {"id": name, "text": str(word), "correct": value["answer"] == name, "feedback": value[f"feedback_{name}"]}
            for name, word in ANSWERS.items()
        ]
        return frozen(value, choices=choices, reasons=frozen_choices(value["reasons"], shuffle))

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**super().shown(snapshot), "reasons": lettered(reasons_in(snapshot))}

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """All or nothing without reasons. With them half for the judgement, half for the reason if the judgement is right."""
        judgement = super().mark(snapshot, answer)
        reasons = reasons_in(snapshot)
        if not reasons or judgement.fraction < 1:
            return judgement
        picked = [reason for reason in reasons if reason["id"] == reason_in(answer)]
        return marked(HALF + sum((HALF * credit_of(reason, Fraction(int(reason["correct"]))) for reason in picked), Fraction(0)))

    def earns_part(self, snapshot: dict[str, Any]) -> bool:
        return bool(reasons_in(snapshot))

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> TrueFalseReview:
        reasons = reasons_in(snapshot)
        given = {reason_in(answer)}
        return TrueFalseReview(super().explain(snapshot, answer, show), reviewed(reasons, given, show) if reasons else None)

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, str]:
        reason = next(iter(right_ids(reasons_in(snapshot))), "")
        return super().best_answer(snapshot) | ({"reason": reason} if reason else {})

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        """The judgement and, where it is asked, the reason."""
        judgement, reasons = super().parts(snapshot, answer), reasons_in(snapshot)
        if not reasons:
            return judgement
        given = next((reason for reason in reasons if reason["id"] == reason_in(answer)), {"text": "", "correct": False})
        return [*judgement, Part(str(_("Reason")), given["text"], given["correct"])]


def reasons_in(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """The frozen reasons; snapshots of before there were any have none."""
    return snapshot.get("reasons", [])


def reason_in(answer: Any) -> str:
    """The id of the reason that was given, or nothing."""
    reason = answer.get("reason") if isinstance(answer, dict) else None
    return reason if isinstance(reason, str) else ""
