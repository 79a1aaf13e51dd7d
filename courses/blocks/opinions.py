"""Blocks that ask what a learner would do, or how sure they are. Nothing is right or wrong here, so nothing is marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.kinds.placing import in_editor, twice
from quizzes.kinds.prose import frozen_html
from quizzes.kinds.question import QUESTION_FEATURES, JudgedBlock, list_items
from training.blocks import KeyBlock

from .portrayed import PortrayingBlock
from .practice import Answered, PracticeBlock

LEVELS = [
    (1, _("Not sure at all")),
    (2, _("A little sure")),
    (3, _("Fairly sure")),
    (4, _("Very sure")),
    (5, _("Completely sure")),
]
BEFORE, AFTER = "before", "after"
MOMENTS = [(BEFORE, _("At the start of the module")), (AFTER, _("At the end of the module"))]
FEWEST = 10  # people who have answered before anybody sees what colleagues chose: fewer would tell who said what
PAIR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def words_of(level: Any) -> str | Promise:
    """The words of a step; empty for a step that there is not."""
    return next((words for step, words in LEVELS if step == level), "")


@dataclass(frozen=True)
class Sureness:
    """What was said, now and at the start of the module, in words; empty where nothing fits."""

    said: str | Promise
    before: str | Promise


class SurenessForm(forms.Form):
    level = forms.TypedChoiceField(choices=LEVELS, coerce=int, widget=forms.RadioSelect)

    def __init__(self, statement: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        missing = _("Choose how sure you are.")
        self.fields["level"].label = statement
        self.fields["level"].error_messages = {"required": missing, "invalid_choice": missing}


class ConfidenceBlock(PracticeBlock):
    statement = blocks.CharBlock(
        label=_("Statement"),
        max_length=200,
        help_text=_("In the learner's words. Example: I know whom to call on the first day."),
    )
    pair = KeyBlock(
        label=_("Name of the pair"),
        max_length=40,
        help_text=_("A short name that both blocks share, at the start and at the end. Example: whom-to-call."),
    )
    moment = blocks.ChoiceBlock(label=_("Where this one stands"), choices=MOMENTS, default=BEFORE)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not PAIR.fullmatch(value["pair"]):
            problem = ValidationError(_("Write lower-case letters, digits and single hyphens. Example: whom-to-call."))
            raise blocks.StructBlockValidationError(block_errors={"pair": problem})
        return value

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(value, **{name: value[name] for name in ("statement", "pair", "moment")})

    def form(
        self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str
    ) -> SurenessForm:
        return SurenessForm(material["statement"], data, initial={"level": (state or {}).get("level")}, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered({"level": form.cleaned_data["level"], "pair": material["pair"], "moment": material["moment"]})

    def looks_back_to(self, material: dict[str, Any]) -> dict[str, Any] | None:
        return {"pair": material["pair"], "moment": BEFORE} if material["moment"] == AFTER else None

    def recalling(self, state: dict[str, Any], earlier: dict[str, Any]) -> dict[str, Any]:
        return {**state, "before": earlier.get("level")}

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Sureness:
        return Sureness(words_of(state.get("level")), words_of(state.get("before")))

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {"done": {"level": 2}, "compared": {"level": 4, "before": 2}}

    class Meta:
        icon = "sliders"
        label = _("Confidence")
        description = _("A statement, and five steps from “not sure at all” to “completely sure”.")
        help_text = _("Place the same statement at the start and at the end of a module, under the same name of the pair.")
        template = "courses/blocks/confidence.html"
        preview_value = {
            "heading": "Before you begin",
            "required": True,
            "statement": "I know whom to call when I suspect that a child is exploited.",
            "pair": "whom-to-call",
            "moment": BEFORE,
        }


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("What one could do"), max_length=200, help_text=_("Example: Call the guardian on duty before anything else.")
    )
    view = blocks.TextBlock(
        label=_("What an expert would say of it"),
        required=False,
        default="",
        rows=2,
        help_text=_("What speaks for it and what against. Shown after choosing."),
    )

    class Meta:
        icon = "pick"
        label_format = "{text}"


@dataclass(frozen=True)
class Decided:
    """The option that was chosen, None if it is gone since; the others; what an expert says, as clean HTML.

    ``totals``: each option with how many people chose it, of ``total``; empty while that is not to be seen.
    """

    chosen: dict[str, str] | None
    others: list[dict[str, str]]
    expert: str
    totals: list[tuple[str, int]]
    total: int


class DecisionForm(forms.Form):
    def __init__(self, material: dict[str, Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        missing = _("Choose what you would do.")
        self.fields["option"] = forms.ChoiceField(
            label=material["question"],
            choices=[(option["id"], option["text"]) for option in material["options"]],
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )


class DecisionBlock(PortrayingBlock, PracticeBlock, JudgedBlock):
    situation = blocks.RichTextBlock(
        label=_("Situation"),
        features=QUESTION_FEATURES,
        help_text=_("What happens, in two to six sentences. Invented, never a real case."),
    )
    question = blocks.CharBlock(label=_("Question"), max_length=200, help_text=_("Example: What would you do first?"))
    options = blocks.ListBlock(
        OptionBlock(),
        label=_("Options"),
        min_num=2,
        max_num=6,
        help_text=_("Two to six, each of which a good colleague might choose."),
    )
    expert = blocks.RichTextBlock(
        label=_("What an expert would do, and why"),
        features=QUESTION_FEATURES,
        help_text=_("Shown to everyone after choosing. Example: I would first make sure that he has a place for tonight."),
    )
    show_totals = blocks.BooleanBlock(
        label=_("Show what colleagues chose"),
        required=False,
        default=False,
        help_text=_("After choosing, and only once ten people have: numbers without names."),
    )
    compares = "option"

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        for text in twice(option["text"] for option in value["options"]):
            yield "options", in_editor(_("“%(text)s” stands here twice. Change one or take it out."), text)

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(
            value,
            situation=frozen_html(value["situation"].source),
            question=value["question"],
            options=[
                {"id": key, "text": option["text"], "view": option["view"] or ""} for key, option in list_items(value["options"])
            ],
            expert=frozen_html(value["expert"].source),
            show_totals=bool(value["show_totals"]),
        )

    def tells_totals(self, material: dict[str, Any]) -> bool:
        return material["show_totals"]

    def form(
        self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str
    ) -> DecisionForm:
        return DecisionForm(material, data, initial={"option": (state or {}).get("option")}, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered({"option": form.cleaned_data["option"]})

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Decided:
        chosen = next((option for option in material["options"] if option["id"] == state.get("option")), None)
        others = [option for option in material["options"] if option is not chosen]
        times = dict(state.get("others", []))
        totals = [(option["text"], times.get(option["id"], 0)) for option in material["options"]]
        total = sum(count for _text, count in totals)
        shown = material["show_totals"] and total >= FEWEST
        return Decided(chosen, others, material["expert"], totals if shown else [], total)

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        chosen = {"option": material["options"][0]["id"]}
        many = [(option["id"], (7, 12, 0, 3)[place % 4]) for place, option in enumerate(material["options"])]
        return {"done": self.hearing(chosen, many), "too few yet": chosen}

    class Meta:
        icon = "pick"
        label = _("What would you do?")
        description = _("A situation without one right answer, and an expert's view after choosing.")
        help_text = _("Use it where colleagues would disagree. Say of every option what speaks for it.")
        template = "courses/blocks/decision.html"
        preview_value = {
            "heading": "The phone on the table",
            "required": True,
            "situation": "<p>You meet Deniz, 16, for the second time. His phone rings every few minutes. He looks at it,"
            " says “my cousin” and turns it over.</p>",
            "question": "What would you do?",
            "options": [
                {
                    "text": "Say that he may take the call, and go on afterwards.",
                    "view": "It keeps the choice with him. It also lets the caller hear where he is.",
                },
                {
                    "text": "Ask whether he would like the phone to be off while you talk.",
                    "view": "He decides, and you have named what you both notice.",
                },
                {
                    "text": "Take the phone away until the talk is over.",
                    "view": "It would be quiet, but somebody else decides for him once more.",
                },
            ],
            "expert": "<p>I would say what I see, without guessing: “It rings a lot. What would help you now?” Later I"
            " note the calls as one sign among others.</p>",
            "show_totals": True,
        }
