"""An opinion poll: choices of which none is right."""

from collections.abc import Iterator
from random import Random
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Part, Ungraded
from .choices import ChoiceForm, ManyChoicesForm, OneChoiceForm, lettered
from .question import CheckedBlock, asked, frozen, list_items

NOTHING_CHOSEN = _("Choose what fits you. If you cannot say, press “I don't know yet”.")


class PollItemBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Choice"), rows=1)

    class Meta:
        icon = "radio-full"
        label_format = "{text}"


class PollBlock(CheckedBlock):
    choices = blocks.ListBlock(
        PollItemBlock(),
        label=_("Choices"),
        default=[{"text": ""}] * 3,
        help_text=_("Two to six. Add one for people whom none of the others fits, for example “None of these”."),
    )
    several = blocks.BooleanBlock(label=_("People may choose more than one"), required=False)

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        if len(value["choices"]) < 2:
            yield "choices", _("Write at least two choices.")

    class Meta:
        icon = "group"
        label = _("Opinion poll")
        label_format = "{text}"
        description = _("What do people think or do? No choice is right, and there are no points.")
        help_text = _("Example: How often do you talk with the child's lawyer? The explanation is shown to everyone afterwards.")
        preview_value = {
            "text": "<p>How often do you and the child's lawyer talk?</p>",
            "choices": [{"text": "Every week"}, {"text": "About once a month"}, {"text": "Only before a hearing"}],
            "several": False,
            "explanation": "<p>Many guardians find that a fixed day in the week helps.</p>",
        }


class OneOpinionForm(OneChoiceForm):
    nothing_chosen = NOTHING_CHOSEN

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        chosen = (initial or {}).get("choices")
        super().__init__(shown, data, {"choice": chosen[0]} if chosen else None, **options)

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("choice")
        return {"answer": {"choices": [chosen]} if chosen else None}


class ManyOpinionsForm(ManyChoicesForm):
    nothing_chosen = NOTHING_CHOSEN


class Poll(Ungraded):
    name = "poll"
    label = _("Opinion poll")
    instruction = _("There is no right answer here. Choose what fits you.")
    template = "quizzes/kinds/poll.html"

    def block(self) -> blocks.StructBlock:
        return PollBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        choices = [{"id": ident, "text": choice["text"]} for ident, choice in list_items(value["choices"])]
        if shuffle:
            shuffle.shuffle(choices)
        return frozen(value, choices=choices, several=bool(value["several"]))

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**asked(snapshot), "choices": lettered(snapshot["choices"]), "several": snapshot["several"]}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> ChoiceForm:
        form_class = ManyOpinionsForm if shown["several"] else OneOpinionForm
        return form_class(shown, data, initial, prefix=prefix, draft=draft)

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        chosen = (answer or {}).get("choices") or []
        return [Part("", choice["text"]) for choice in snapshot["choices"] if choice["id"] in chosen] or [Part("", "")]
