"""What the kinds with choices share. The identity of a choice is its list item's id: it survives reordering and translation."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from .prose import frozen_html, split_question

QUESTION_FEATURES = ["bold", "italic", "ol", "ul", "link"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOTHING_CHOSEN = _("Choose an answer. If you do not know it, press “I don't know yet”.")


class ChoiceItemBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Choice"), rows=1)
    correct = blocks.BooleanBlock(label=_("This is a right answer"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        rows=2,
        help_text=_("What this choice gets right or wrong, and why. Shown after answering."),
    )

    class Meta:
        icon = "radio-full"
        label_format = "{text}"


class QuestionBlock(blocks.StructBlock):
    """What every question begins and ends with."""

    text = blocks.RichTextBlock(
        label=_("Question"),
        features=QUESTION_FEATURES,
        help_text=_("A situation first, if there is one; the last paragraph is the question itself."),
    )


def explanation_block() -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        label=_("Explanation"),
        features=QUESTION_FEATURES,
        required=False,
        help_text=_("Why the right answer is right. Shown to everyone after answering."),
    )


class ChoicesBlock(QuestionBlock):
    """A question with choices. Subclasses say how many may be right, in ``problem_with``."""

    choices = blocks.ListBlock(
        ChoiceItemBlock(),
        label=_("Choices"),
        default=[{"text": "", "correct": False, "feedback": ""}] * 3,
        help_text=_("Two to six choices of about the same length."),
    )
    explanation = explanation_block()

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        problem = None if self.is_deferred_validation else self.problem_with(value["choices"])
        if problem:
            raise StructBlockValidationError(
                block_errors={"choices": ListBlockValidationError(non_block_errors=[ValidationError(problem)])}
            )
        return value

    def problem_with(self, choices: Iterable[Any]) -> str | Promise | None:
        if len(list(choices)) < 2:
            return _("Write at least two choices.")
        if not any(choice["correct"] for choice in choices):
            return _("Tick the right answer.")
        return None


@dataclass(frozen=True)
class ReviewedChoice:
    letter: str
    text: str
    chosen: bool
    correct: bool
    feedback: str


@dataclass(frozen=True)
class ChoicesReview:
    """The choices that were chosen (first) or should have been, and the others. ``several``: more than one is right."""

    telling: tuple[ReviewedChoice, ...]
    others: tuple[ReviewedChoice, ...]
    several: bool


def letter(index: int) -> str:
    """A to Z, then AA, AB and on: what people say to each other on the phone."""
    return letter(index // 26 - 1) + LETTERS[index % 26] if index >= 26 else LETTERS[index]


def choices_snapshot(value: Any, shuffle: Random | None) -> dict[str, Any]:
    """Freeze a ``ChoicesBlock`` value."""
    choices = [
        {
            "id": str(child.id),
            "text": child.value["text"],
            "correct": bool(child.value["correct"]),
            "feedback": child.value["feedback"],
        }
        for child in value["choices"].bound_blocks
    ]
    if shuffle:
        shuffle.shuffle(choices)
    return {
        "text": frozen_html(value["text"].source),
        "explanation": frozen_html(value["explanation"].source),
        "choices": choices,
    }


def choices_shown(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Question and choices without the ticks, the feedback and the explanation."""
    lead, question = split_question(snapshot["text"])
    choices = [{"id": choice["id"], "letter": letter(i), "text": choice["text"]} for i, choice in enumerate(snapshot["choices"])]
    return {"lead": lead, "question": question, "choices": choices}


def right_ids(snapshot: dict[str, Any]) -> set[str]:
    return {choice["id"] for choice in snapshot["choices"] if choice["correct"]}


def reviewed(snapshot: dict[str, Any], chosen: set[str]) -> ChoicesReview:
    choices = [
        ReviewedChoice(letter(i), choice["text"], choice["id"] in chosen, choice["correct"], choice["feedback"])
        for i, choice in enumerate(snapshot["choices"])
    ]
    telling = [choice for choice in choices if choice.chosen or choice.correct]
    telling.sort(key=lambda choice: not choice.chosen)
    others = tuple(choice for choice in choices if choice not in telling)
    return ChoicesReview(tuple(telling), others, several=len(right_ids(snapshot)) > 1)


class ChoiceForm(forms.Form):
    """Shared by radios and checkboxes: the field ``choice``; ``rows`` pairs each control with its letter for the template."""

    def __init__(self, shown: dict[str, Any], field: forms.Field, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, prefix="q")
        self.shown = shown
        field.choices = [(choice["id"], choice["text"]) for choice in shown["choices"]]
        self.fields["choice"] = field

    @property
    def rows(self) -> list[tuple[str, Any]]:
        return [(choice["letter"], widget) for choice, widget in zip(self.shown["choices"], self["choice"], strict=True)]


class OneChoiceForm(ChoiceForm):
    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None) -> None:
        field = forms.ChoiceField(
            widget=forms.RadioSelect, error_messages={"required": NOTHING_CHOSEN, "invalid_choice": NOTHING_CHOSEN}
        )
        super().__init__(shown, field, data, initial)

    def clean(self) -> dict[str, Any]:
        return {"answer": {"choice": self.cleaned_data["choice"]}} if "choice" in self.cleaned_data else {}


class ManyChoicesForm(ChoiceForm):
    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None) -> None:
        field = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple, error_messages={"required": NOTHING_CHOSEN, "invalid_choice": NOTHING_CHOSEN}
        )
        super().__init__(shown, field, data, {"choice": initial["choices"]} if initial else None)

    def clean(self) -> dict[str, Any]:
        return {"answer": {"choices": sorted(self.cleaned_data["choice"])}} if "choice" in self.cleaned_data else {}
