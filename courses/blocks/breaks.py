"""Where a lesson lets its reader breathe."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from training.blocks import STRUCTURE


def support() -> blocks.URLBlock:
    """Where readers find help for themselves, in a block that says what may be hard."""
    return blocks.URLBlock(
        label=_("Support for readers"),
        required=False,
        default="",
        help_text=_("A page for people who do this work, and need help themselves. Example: https://example.org/support"),
    )


class PauseBlock(blocks.StructBlock):
    sentence = blocks.CharBlock(
        label=_("Sentence"), max_length=160, help_text=_("Calm and short. Example: This is a good place to stop for a moment.")
    )
    suggestion = blocks.TextBlock(
        label=_("Suggestion"),
        required=False,
        rows=2,
        help_text=_("Something small to do. Example: Stand up, and look out of the window."),
    )
    support = support()

    class Meta:
        icon = "time"
        label = _("Pause")
        label_format = "{sentence}"
        group = STRUCTURE
        description = _("A calm place to stop for a moment, or for today.")
        help_text = _("After a hard part, before the next. One in a lesson is enough.")
        template = "courses/blocks/pause.html"
        preview_value = {
            "sentence": "This is a good place to stop for a moment.",
            "suggestion": "Stand up, look out of the window, drink a glass of water.",
            "support": "",
        }


class GateBlock(blocks.StaticBlock):
    """What follows is shown once the practice block above is answered, or when its reader asks for it: nobody is locked out."""

    class Meta:
        icon = "lock-open"
        label = _("Continue gate")
        group = STRUCTURE
        description = _("What follows appears after the activity above. Rarely needed.")
        admin_text = _("What follows is shown once the activity above is answered, or when the learner asks to read on.")
        template = "courses/blocks/gate.html"
        preview_value = "gate"
