"""What orders a lesson: a note of care, and content that several lessons share."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from training.blocks import STRUCTURE, BasicBlocks

from .breaks import support


class CareBlock(blocks.StructBlock):
    mentions = blocks.TextBlock(
        label=_("What is mentioned"), rows=2, help_text=_("No details. Example: violence by an employer, and a threat.")
    )
    skip = blocks.TextBlock(
        label=_("How to skip it"), rows=2, help_text=_("Example: You can skip the case. The steps after it stand alone.")
    )
    support = support()

    class Meta:
        icon = "info-circle"
        label = _("Care note")
        group = STRUCTURE
        description = _("What may be hard to read here, and how to skip it. First in a lesson.")
        help_text = _("Put it first. A lesson that is marked as sensitive has a general one by itself.")
        template = "courses/blocks/care.html"
        preview_value = {
            "mentions": "a boy who is made to beg, and a threat against his family.",
            "skip": "You can skip the case. The signs after it stand alone.",
            "support": "",
        }


@dataclass(frozen=True)
class SampleContent:
    """Looks like reusable content to a template: what previews show where a real block holds some."""

    body: Any
    live: bool = True


class SharedBlock(blocks.StructBlock):
    content = SnippetChooserBlock("courses.SharedContent", label=_("Content"))

    def get_preview_value(self) -> blocks.StructValue:
        steps = BasicBlocks().child_blocks["steps"].meta.preview_value
        return blocks.StructValue(self, {"content": SampleContent(BasicBlocks().to_python([{"type": "steps", "value": steps}]))})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``body`` is empty where the content was never published, is withdrawn or is gone."""
        content = value["content"]
        return {**super().get_context(value, parent_context), "body": content.body if content and content.live else None}

    class Meta:
        icon = "snippet"
        label = _("Reusable content")
        group = STRUCTURE
        description = _("Content that several lessons show: written once, changed everywhere.")
        help_text = _("Write it under “Reusable content” first. Example: the steps of the child-protection procedure.")
        template = "courses/blocks/shared.html"
