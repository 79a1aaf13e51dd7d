"""Law in words that one can use, and who does what."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from training.blocks import PROSE, STORIES, refuse_uneven
from training.places import PARTNER_CHOICES

SCOPES = [("international", _("International law")), ("eu", _("Law of the European Union")), *PARTNER_CHOICES]


class LawBlock(blocks.StructBlock):
    instrument = blocks.CharBlock(label=_("Law"), max_length=255, help_text=_("Its full name. Example: Directive 2011/36/EU."))
    article = blocks.CharBlock(label=_("Article"), max_length=255, help_text=_("Example: Article 13, paragraph 2."))
    means = blocks.RichTextBlock(
        label=_("What it means for you"), features=PROSE, help_text=_("Plain words first. What may, must or can a guardian do?")
    )
    excerpt = blocks.RichTextBlock(
        label=_("From the text"), features=PROSE, required=False, help_text=_("Short, with its place. Leave empty if in doubt.")
    )
    link = blocks.URLBlock(label=_("Official text"), required=False)
    scope = blocks.ChoiceBlock(label=_("Where it holds"), choices=SCOPES, default="international")
    checked_on = blocks.DateBlock(
        label=_("Checked on"),
        required=False,
        help_text=_("Leave empty until it was checked: readers see “To be confirmed”."),
    )
    review_by = blocks.DateBlock(
        label=_("Check again by"), required=False, help_text=_("After this day the editor of the lesson shows a warning.")
    )

    def get_form_layout(self) -> BlockGroup:
        dates = ["checked_on", "review_by"]
        return BlockGroup(children=[name for name in self.child_blocks if name not in dates], settings=dates)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        scope = dict(SCOPES).get(value["scope"], "")
        return {**super().get_context(value, parent_context), "scope": scope}

    class Meta:
        icon = "doc-full-inverse"
        label = _("Law box")
        label_format = "{instrument} {article}"
        group = STORIES
        description = _("One rule of law: what it means for the reader, where it stands, and when it was checked.")
        help_text = _("One article in a box. Say what it means before what it says.")
        template = "courses/blocks/law.html"
        preview_value = {
            "instrument": "Council of Europe Convention on Action against Trafficking in Human Beings (CETS 197)",
            "article": "Article 10, paragraph 3",
            "means": "<p>When age is uncertain and there is reason to believe that somebody is a child, treat them as one.</p>",
            "excerpt": "",
            "link": "https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum=197",
            "scope": "international",
            "checked_on": datetime.date(2026, 11, 26),
            "review_by": datetime.date(2027, 5, 31),
        }


PARTS = [("lead", _("Leads")), ("support", _("Supports")), ("informed", _("Is informed")), ("none", _("No part"))]


class TaskBlock(blocks.StructBlock):
    task = blocks.CharBlock(label=_("Task"), max_length=160, help_text=_("Start with a verb. Example: Choose the interpreter."))
    parts = blocks.ListBlock(
        blocks.ChoiceBlock(choices=PARTS, default="none"), label=_("One part for each role, in the order of the roles"), max_num=6
    )

    class Meta:
        label_format = "{task}"
        icon = "group"


class RolesBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    roles = blocks.ListBlock(
        blocks.CharBlock(max_length=60), label=_("Roles"), min_num=2, max_num=6, help_text=_("Example: Guardian, lawyer, police.")
    )
    tasks = blocks.ListBlock(TaskBlock(), label=_("Tasks"), min_num=1)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        wanted = len(value["roles"])
        message = _("Every task needs one part for each role (%(count)d).") % {"count": wanted}
        if not self.is_deferred_validation:
            refuse_uneven(value["tasks"], "tasks", "parts", wanted, message)
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        words = dict(PARTS)
        rows = [(task["task"], [(part, words.get(part, "")) for part in task["parts"]]) for task in value["tasks"]]
        return {**super().get_context(value, parent_context), "rows": rows}

    class Meta:
        icon = "group"
        label = _("Who does what")
        label_format = "{caption}"
        group = STORIES
        description = _("Roles beside each other: who leads, who supports, who is informed.")
        help_text = _("Two to six roles. Exactly one should lead most tasks.")
        template = "courses/blocks/roles.html"
        preview_value = {
            "caption": "Before the first interview",
            "roles": ["Guardian", "Lawyer", "Police"],
            "tasks": [
                {"task": "Explain to the child what will happen", "parts": ["lead", "support", "none"]},
                {"task": "Ask for a trained interpreter", "parts": ["support", "informed", "lead"]},
            ],
        }
