"""For those who run a training: an activity with a group, and notes that learners never see."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from training.blocks import LIVE, PROSE, STRUCTURE


class ActivityStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("What to do and say"), rows=3)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=480)

    class Meta:
        label_format = "{title}"
        icon = "list-ol"


class LiveActivityBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    purpose = blocks.TextBlock(
        label=_("Purpose"), rows=2, help_text=_("What people can do afterwards. Example: Tell a sign from a habit.")
    )
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=480, help_text=_("With the debriefing."))
    group = blocks.CharBlock(label=_("People"), max_length=30, help_text=_("Example: 10-20."))
    online = blocks.BooleanBlock(label=_("Works online"), required=False)
    for_young = blocks.BooleanBlock(
        label=_("Also for young people"), required=False, help_text=_("Only if it asks nobody for their own story.")
    )
    materials = blocks.ListBlock(blocks.CharBlock(max_length=255), label=_("Materials"))
    preparation = blocks.RichTextBlock(label=_("Preparation"), features=PROSE, required=False)
    steps = blocks.ListBlock(ActivityStepBlock(), label=_("Steps"), min_num=1)
    debrief = blocks.ListBlock(
        blocks.TextBlock(rows=1),
        label=_("Questions of the debriefing"),
        min_num=1,
        help_text=_("Example: How was it to disagree?"),
    )
    care = blocks.ListBlock(
        blocks.TextBlock(rows=1), label=_("Care"), min_num=1, help_text=_("Example: Anyone may pass, without a reason.")
    )
    sources = blocks.TextBlock(label=_("Sources"), required=False, rows=1)

    class Meta:
        icon = "desktop"
        label = _("Use this in a group")
        label_format = "{title}"
        group = LIVE
        description = _("An activity that a trainer can run: materials, steps with minutes, debriefing, care.")
        help_text = _("Readers open it if they want; on paper it is a guide. The debriefing lasts as long as the game.")
        template = "courses/blocks/live_activity.html"
        preview_value = {
            "title": "Signal or noise?",
            "purpose": "People tell single signs from a cluster, and say what they would ask next.",
            "minutes": 30,
            "group": "8-20",
            "online": True,
            "for_young": False,
            "materials": ["12 cards with signs for each table", "3 sheets: signal, noise, it depends"],
            "preparation": "<p>Print one set of cards for each table.</p>",
            "steps": [
                {"title": "Sort", "text": "Each table sorts its cards and notes one dispute.", "minutes": 10},
                {"title": "Compare", "text": "Tables visit each other. Nobody corrects yet.", "minutes": 5},
            ],
            "debrief": ["How was it to disagree?", "Which card moved, and why?", "What will you ask on Monday?"],
            "care": ["Anyone may pass, without a reason.", "No real cases."],
            "sources": "",
        }


class TrainerNoteBlock(blocks.StructBlock):
    """About the block above it. The pages of learners leave it out (``courses.pieces``), and so does the search."""

    text = blocks.RichTextBlock(label=_("Note"), features=PROSE)

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    class Meta:
        icon = "draft"
        label = _("Note for trainers")
        group = STRUCTURE
        description = _("A hint for trainers about the block above. Learners never see it.")
        help_text = _("Timing, traps, typical answers. Example: Expect a dispute about the third card.")
        template = "courses/blocks/trainer_note.html"
        preview_value = {"text": "<p>Expect a dispute about the third card. Let it run for two minutes.</p>"}
