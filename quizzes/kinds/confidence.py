"""A scale on which learners say how sure they are."""

from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import AnswerForm, Part, Ungraded
from .question import QuestionBlock, asked, frozen

USUAL_STEPS = 5
NOTHING_CHOSEN = _("Choose a step of the scale. If you cannot say, press “I don't know yet”.")


class ConfidenceBlock(QuestionBlock):
    low = blocks.CharBlock(label=_("The lowest step means"), max_length=80, help_text=_("Example: not sure at all."))
    high = blocks.CharBlock(label=_("The highest step means"), max_length=80, help_text=_("Example: completely sure."))
    steps = blocks.IntegerBlock(label=_("Number of steps"), default=USUAL_STEPS, min_value=3, max_value=7, help_text=_("3 to 7."))

    class Meta:
        icon = "order"
        label = _("Confidence scale")
        label_format = "{text}"
        description = _("A scale from 1 on which people say how sure they are. No step is right, and there are no points.")
        help_text = _("Example: How sure are you that you would recognise debt bondage? Ask the same before and after a course.")
        preview_value = {
            "text": "<p>How sure are you that you would notice signs of exploitation at a first talk?</p>",
            "low": "not sure at all",
            "high": "completely sure",
            "steps": 5,
            "explanation": "<p>Few people are completely sure. It is enough to look closer when several signs come together.</p>",
        }


class ConfidenceForm(AnswerForm):
    """The field ``level``; ``rows`` gives each radio its number and, at the ends, what it means."""

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, initial, **options)
        self.fields["level"] = forms.TypedChoiceField(
            widget=forms.RadioSelect,
            coerce=int,
            empty_value=None,
            required=not self.draft,
            choices=[(level, level) for level in range(1, shown["steps"] + 1)],
            error_messages={"required": NOTHING_CHOSEN, "invalid_choice": NOTHING_CHOSEN},
        )

    @property
    def rows(self) -> list[tuple[int, str, Any]]:
        ends = {1: self.shown["low"], self.shown["steps"]: self.shown["high"]}
        return [(level, ends.get(level, ""), control) for level, control in enumerate(self["level"], start=1)]

    def clean(self) -> dict[str, Any]:
        level = self.cleaned_data.get("level")
        return {"answer": {"level": level} if level else None}


class Confidence(Ungraded):
    name = "confidence"
    label = _("Confidence scale")
    instruction = _("There is no right answer here. Choose the step that fits you now.")
    template = "quizzes/kinds/confidence.html"

    def block(self) -> blocks.StructBlock:
        return ConfidenceBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        return frozen(value, low=value["low"], high=value["high"], steps=value["steps"] or USUAL_STEPS)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**asked(snapshot), "low": snapshot["low"], "high": snapshot["high"], "steps": snapshot["steps"]}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> ConfidenceForm:
        return ConfidenceForm(shown, data, initial, prefix=prefix, draft=draft)

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        level = (answer or {}).get("level")
        if not level:
            return [Part("", "")]
        words = {1: snapshot["low"], snapshot["steps"]: snapshot["high"]}.get(level, "")
        said = gettext("%(level)s of %(steps)s") % {"level": level, "steps": snapshot["steps"]}
        return [Part("", f"{said} ({words})" if words else said)]
