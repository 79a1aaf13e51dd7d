"""Sound and film in lessons. Where the author ticks it, learners say when they have listened or watched, and that counts."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from training.blocks import MEDIA, AudioBlock, VideoBlock

from .practice import Answered, Exercise, PracticeBlock


class CountedBlock(PracticeBlock):
    """A practice block while ``required`` is ticked. Without, and on paper, it is the sound or film alone, as on any page."""

    heading = None  # the title of the sound or film serves
    required = blocks.BooleanBlock(
        label=_("Learners say that they have heard or seen it"),
        required=False,
        default=False,
        help_text=_("Adds a button below. The lesson counts as done only when it has been pressed."),
    )
    folds = False
    plain_on_paper = True

    def get_form_layout(self) -> BlockGroup:
        own = super(PracticeBlock, self).get_form_layout()
        return BlockGroup(children=[name for name in own.children if name != "required"], settings=["required"])

    def asks(self, value: Any) -> bool:
        return bool(value.get("required"))

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        """``media``: the sound or film as HTML, in the language of the page, because files and pictures are no JSON."""
        media = render_to_string(self.meta.template, {"value": value, "headed": True})
        return {"heading": value["title"], "required": True, "media": media}

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        return forms.Form(data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered({"done": True})

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> None:
        return None

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {"done": {"done": True}}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return super(PracticeBlock, self).get_context(value, parent_context)

    def render_exercise(self, exercise: Exercise, context: dict[str, Any]) -> SafeString:
        return render_to_string("courses/blocks/counted.html", {**context, **self.printed(exercise)})

    class Meta:
        label_format = "{title}"
        group = MEDIA


class CountedAudioBlock(CountedBlock, AudioBlock):
    to_do = _("Listen to “%(title)s”.")


class CountedVideoBlock(CountedBlock, VideoBlock):
    to_do = _("Watch “%(title)s”.")
