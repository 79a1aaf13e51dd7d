"""What the kinds with choices share. The identity of a choice is its list item's id: it survives reordering and translation."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from .base import AnswerForm, Kind, Part, Show
from .credit import share
from .question import CheckedBlock, asked, frozen, list_items

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOTHING_CHOSEN = _("Choose an answer. If you do not know it, press “I don't know yet”.")


def credit_block() -> blocks.DecimalBlock:
    """A share of the points that an author sets by hand; None where the kind's own rule holds."""
    return blocks.DecimalBlock(
        label=_("Share of the points (per cent)"),
        required=False,
        min_value=-100,
        max_value=100,
        max_digits=8,
        decimal_places=5,
        help_text=_("Leave empty for the usual rule. A third is 33.33333; less than zero takes points away."),
    )


class ChoiceItemBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Choice"), rows=1)
    correct = blocks.BooleanBlock(label=_("This is a right answer"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        rows=2,
        help_text=_("What this choice gets right or wrong, and why. Shown after answering."),
    )
    credit = credit_block()

    class Meta:
        icon = "radio-full"
        label_format = "{text}"
        form_layout = BlockGroup(children=["text", "correct", "feedback"], settings=["credit"])


class ChoicesBlock(CheckedBlock):
    """A question with choices. Subclasses say how many may be right, in ``problem_with``."""

    choices = blocks.ListBlock(
        ChoiceItemBlock(),
        label=_("Choices"),
        default=[{"text": "", "correct": False, "feedback": ""}] * 3,
        help_text=_("Two to six choices of about the same length."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        if problem := self.problem_with(value["choices"]):
            yield "choices", problem

    def problem_with(self, choices: Iterable[Any]) -> str | Promise | None:
        if len(list(choices)) < 2:
            return _("Write at least two choices.")
        if not any(choice["correct"] for choice in choices):
            return _("Tick the right answer.")
        return None


@dataclass(frozen=True)
class ReviewedChoice:
    """``correct`` is None where it may not be known now."""

    letter: str
    text: str
    chosen: bool
    correct: bool | None
    feedback: str


@dataclass(frozen=True)
class ChoicesReview:
    """The choices that were chosen (first) or should have been, and the others. ``several``: more than one is right."""

    telling: tuple[ReviewedChoice, ...]
    others: tuple[ReviewedChoice, ...]
    several: bool

    @property
    def any_chosen(self) -> bool:
        return any(choice.chosen for choice in self.telling)

    @property
    def says_more(self) -> bool:
        """Whether the other choices tell anything that the question did not."""
        return any(choice.correct is not None or choice.feedback for choice in self.others)


def letter(index: int) -> str:
    """A to Z, then AA, AB and on: what people say to each other on the phone."""
    return letter(index // 26 - 1) + LETTERS[index % 26] if index >= 26 else LETTERS[index]


def frozen_choices(value: Any, shuffle: Random | None) -> list[dict[str, Any]]:
    """The choices of a ``ChoicesBlock`` value in the order to show."""
    choices = [
        {
            "id": ident,
            "text": choice["text"],
            "correct": bool(choice["correct"]),
            "feedback": choice["feedback"],
            **({} if choice.get("credit") is None else {"credit": str(choice["credit"])}),
        }
        for ident, choice in list_items(value)
    ]
    if shuffle:
        shuffle.shuffle(choices)
    return choices


def lettered(choices: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of frozen choices, what may be shown before answering."""
    return [{"id": choice["id"], "letter": letter(i), "text": choice["text"]} for i, choice in enumerate(choices)]


def right_ids(choices: Iterable[dict[str, Any]]) -> set[str]:
    return {choice["id"] for choice in choices if choice["correct"]}


def has_credits(choices: Iterable[dict[str, Any]]) -> bool:
    return any("credit" in choice for choice in choices)


def credit_of(choice: dict[str, Any], usual: Fraction) -> Fraction:
    return share(choice["credit"]) if "credit" in choice else usual


def reviewed(choices: list[dict[str, Any]], chosen: set[str], show: Show, sign: Callable[[int], str] = letter) -> ChoicesReview:
    """What a learner may know of ``choices`` now: those they chose always; which are right, and why, as ``show`` says.

    ``sign``: how the choice at an index is called when people talk about it.
    """
    rows = [
        ReviewedChoice(
            letter=sign(i),
            text=choice["text"],
            chosen=choice["id"] in chosen,
            correct=choice["correct"] if show.right_answer or (show.verdict and choice["id"] in chosen) else None,
            feedback=choice["feedback"] if show.feedback and (choice["id"] in chosen or show.right_answer) else "",
        )
        for i, choice in enumerate(choices)
    ]
    telling = sorted((row for row in rows if row.chosen or row.correct), key=lambda row: not row.chosen)
    others = tuple(row for row in rows if row not in telling)
    return ChoicesReview(tuple(telling), others, several=show.right_answer and len(right_ids(choices)) > 1)


class ChoiceForm(AnswerForm):
    """Shared by radios and checkboxes: the field ``choice``; ``rows`` pairs each control with its letter for the template."""

    field_class: type[forms.ChoiceField] = forms.ChoiceField
    widget: type[forms.Widget] = forms.RadioSelect
    nothing_chosen = NOTHING_CHOSEN

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, initial, **options)
        self.fields["choice"] = self.field_class(
            widget=self.widget,
            required=not self.draft,
            choices=[(choice["id"], choice["text"]) for choice in shown["choices"]],
            error_messages={"required": self.nothing_chosen, "invalid_choice": self.nothing_chosen},
        )

    @property
    def rows(self) -> list[tuple[str, Any]]:
        return [(choice["letter"], widget) for choice, widget in zip(self.shown["choices"], self["choice"], strict=True)]


class OneChoiceForm(ChoiceForm):
    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("choice")
        return {"answer": {"choice": chosen} if chosen else None}


class ManyChoicesForm(ChoiceForm):
    field_class = forms.MultipleChoiceField
    widget = forms.CheckboxSelectMultiple

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, {"choice": initial["choices"]} if initial else None, **options)

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("choice")
        return {"answer": {"choices": sorted(chosen)} if chosen else None}


class ChoicesKind(Kind):
    """What one and several answers have in common."""

    template = "quizzes/kinds/choices.html"
    review_template = "quizzes/kinds/choices_review.html"
    form_class: type[ChoiceForm] = OneChoiceForm

    @abstractmethod
    def chosen(self, answer: Any) -> set[str]:
        """The ids in ``answer``."""

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        return frozen(value, choices=frozen_choices(value["choices"], shuffle))

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**asked(snapshot), "choices": lettered(snapshot["choices"])}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> ChoiceForm:
        return self.form_class(shown, data, initial, prefix=prefix, draft=draft)

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> ChoicesReview:
        return reviewed(snapshot["choices"], self.chosen(answer), show)

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        chosen = self.chosen(answer)
        picked = [choice for choice in snapshot["choices"] if choice["id"] in chosen]
        return [Part("", choice["text"], choice["correct"]) for choice in picked] or [Part("", "", False)]
