"""Blocks that many people fill together. What they give is kept without their names, so nothing of it is in the state of anyone.

A state says that somebody has given; what all gave comes with it when it is read (``PracticeBlock.hearing``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.kinds.placing import in_editor, twice
from quizzes.kinds.question import JudgedBlock, list_items
from training.blocks import LIVE

from .practice import Answered, PracticeBlock, needed

FEWEST = 5  # answers to a poll before anybody sees totals: fewer would tell who said what
GIVEN = {"given": True}


class AnonymousBlock(PracticeBlock):
    required = needed(default=False)
    anonymous = True
    folds = False

    class Meta:
        group = LIVE


@dataclass(frozen=True)
class Totals:
    """What all answered: each choice with how often. Empty while it is not to be seen."""

    choices: list[tuple[str, int]]
    total: int


class PollForm(forms.Form):
    def __init__(self, material: dict[str, Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        missing = _("Choose what fits you best.")
        self.fields["choice"] = forms.ChoiceField(
            label=material["question"],
            choices=[(choice["id"], choice["text"]) for choice in material["choices"]],
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )


class PollBlock(AnonymousBlock, JudgedBlock):
    question = blocks.CharBlock(
        label=_("Question"), max_length=200, help_text=_("About their own work. Example: How do you prepare a first meeting?")
    )
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("Choices"),
        min_num=2,
        max_num=8,
        help_text=_("Two to eight. Add one for people whom none of the others fits. Example: None of these."),
    )
    show_totals = blocks.BooleanBlock(
        label=_("Show what all answered"),
        required=False,
        default=True,
        help_text=_("After answering, and only once five people have."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        for text in twice(value["choices"]):
            yield "choices", in_editor(_("“%(text)s” stands here twice. Change one or take it out."), text)

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        choices = [{"id": key, "text": text} for key, text in list_items(value["choices"])]
        return self.frozen(value, question=value["question"], choices=choices, show_totals=bool(value["show_totals"]))

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> PollForm:
        return PollForm(material, data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered(GIVEN, given=(form.cleaned_data["choice"],))

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Totals:
        """A choice that has been taken out since is counted no more."""
        times = dict(state.get("others", []))
        choices = [(choice["text"], times.get(choice["id"], 0)) for choice in material["choices"]]
        total = sum(count for _text, count in choices)
        return Totals(choices if material["show_totals"] and total >= FEWEST else [], total)

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        many = [(choice["id"], (7, 12, 0, 3)[place % 4]) for place, choice in enumerate(material["choices"])]
        return {"done": self.hearing(GIVEN, many), "too few yet": GIVEN}

    class Meta:
        icon = "form"
        label = _("Poll")
        description = _("A question about people's own work. They see what all answered, and nobody sees who.")
        help_text = _("No choice is right or wrong. Answers are kept without names; nobody can take one back.")
        template = "courses/blocks/poll.html"
        preview_value = {
            "heading": "How is it where you work?",
            "required": False,
            "question": "How often do you and the child's lawyer talk?",
            "choices": ["Every week", "About once a month", "Only before a hearing", "We have not met yet"],
            "show_totals": True,
        }
