"""Facts put so that one sees them: tabs, a timeline, a chart, the words of a lesson."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.charts import MOST_POINTS, drawn
from courses.glossary.listing import listed
from courses.glossary.rich_text import terms_linked_in
from training.blocks import MEDIA, PROSE, TEXT, refuse_uneven


class TabBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60, help_text=_("One to four words. Example: Before 18."))
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        label_format = "{title}"
        icon = "bars"


class TabsBlock(blocks.StructBlock):
    items = blocks.ListBlock(TabBlock(), label=_("Tabs"), min_num=2, max_num=5)
    page_scripts = ["js/components/tabs.js"]

    class Meta:
        icon = "bars"
        label = _("Tabs")
        group = TEXT
        description = _("Two to five texts in one place; the reader chooses which to see.")
        help_text = _("For things of the same kind that one compares. An accordion is often the better choice.")
        template = "courses/blocks/tabs.html"
        preview_value = {
            "items": [
                {"title": "The guardian", "text": "<p>Speaks for the child's <b>best interests</b> in every matter.</p>"},
                {"title": "The lawyer", "text": "<p>Follows the child's <b>case</b> and the child's instructions.</p>"},
            ]
        }


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Word"), max_length=120, help_text=_("Example: Reflection period."))
    meaning = blocks.TextBlock(label=_("What it means"), rows=2)

    class Meta:
        label_format = "{term}"
        icon = "help"


class TermsBlock(blocks.StructBlock):
    terms = blocks.ListBlock(TermBlock(), label=_("Words"), default=[], max_num=20)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``linked``: the words of the glossary that the lesson links to, in the language of the reader."""
        context = super().get_context(value, parent_context)
        page = context.get("page")
        keys = terms_linked_in([json.dumps(page.body.get_prep_value(), cls=DjangoJSONEncoder)]) if page else []
        return {**context, "linked": listed(get_language(), keys) if keys else []}

    class Meta:
        icon = "help"
        label = _("Words of this lesson")
        group = TEXT
        description = _("Words of the trade, each with its meaning.")
        help_text = _("Words that the text links to the glossary come by themselves. Add others in plain words.")
        template = "courses/blocks/terms.html"
        preview_value = {
            "terms": [
                {"term": "Guardian", "meaning": "The adult who speaks for a child whose parents cannot."},
                {"term": "Reflection period", "meaning": "Time to rest and decide, without being sent away."},
            ]
        }


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), max_length=60, help_text=_("A date or a phase. Example: Day 3."))
    title = blocks.CharBlock(label=_("What happens"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    actor = blocks.CharBlock(label=_("Who acts"), required=False, max_length=120)

    class Meta:
        label_format = "{when}: {title}"
        icon = "calendar-alt"


class TimelineBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    items = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=2, max_num=20)
    page_scripts = ["js/components/timeline.js"]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``actors``: everyone who acts, in order, where there are several to choose from."""
        actors = list(dict.fromkeys(item["actor"] for item in value["items"] if item["actor"]))
        return {**super().get_context(value, parent_context), "actors": actors if len(actors) > 1 else []}

    class Meta:
        icon = "calendar-alt"
        label = _("Timeline")
        group = MEDIA
        description = _("What happens when, and who acts.")
        help_text = _("Dates or phases in their order. Name who acts in the same words each time: readers can pick one of them.")
        template = "courses/blocks/timeline.html"
        preview_value = {
            "caption": "The first days after a child is found",
            "items": [
                {"when": "Hour 1", "title": "Somebody notices", "text": "Food, rest, a doctor if needed.", "actor": "Police"},
                {"when": "Day 1", "title": "A safe place", "text": "", "actor": "Social worker"},
                {"when": "Day 3", "title": "First meeting", "text": "Who I am, and what I can do.", "actor": "Guardian"},
            ],
        }


CHART_KINDS = [("bars", _("Bars")), ("lines", _("Lines")), ("dots", _("Dots"))]


class ChartRowBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What is counted"), max_length=40, help_text=_("Few words. Example: Labour."))
    values = blocks.ListBlock(
        blocks.DecimalBlock(label=_("Number"), max_digits=18, decimal_places=6), label=_("One number for each series"), max_num=4
    )

    class Meta:
        label_format = "{label}"
        icon = "decimal"


class ChartBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=CHART_KINDS, default="bars")
    caption = blocks.CharBlock(label=_("Caption"), max_length=160, help_text=_("What is counted, where and when."))
    takeaway = blocks.CharBlock(
        label=_("What it tells"),
        max_length=255,
        help_text=_("One sentence for everyone, also for those who cannot see the chart. Example: Most victims are girls."),
    )
    source = blocks.CharBlock(label=_("Source"), max_length=255, help_text=_("Who, what, which year."))
    series = blocks.ListBlock(blocks.CharBlock(max_length=40), label=_("Series"), min_num=1, max_num=4)
    rows = blocks.ListBlock(ChartRowBlock(), label=_("Rows"), min_num=1, max_num=MOST_POINTS)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=20, help_text=_("Example: %. Leave empty for none."))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        wanted = len(value["series"])
        message = _("Every row needs one number for each series (%(count)d).") % {"count": wanted}
        if not self.is_deferred_validation:
            refuse_uneven(value["rows"], "rows", "values", wanted, message)
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        rows = [(row["label"], list(row["values"])) for row in value["rows"]]
        chart = drawn(value["kind"], list(value["series"]), rows, value["unit"])
        return {**super().get_context(value, parent_context), "chart": chart}

    class Meta:
        icon = "decimal"
        label = _("Chart")
        group = MEDIA
        description = _("Numbers as bars, lines or dots, with a sentence that says what they tell and a table.")
        help_text = _("At most four series. A chart that needs more is two charts.")
        template = "courses/blocks/chart.html"
        preview_value = {
            "kind": "bars",
            "caption": "An exercise: 40 answers of a training, by form of exploitation named first",
            "takeaway": "Most people think of one form first, and miss the others.",
            "source": "Invented numbers",
            "series": ["Before", "After"],
            "rows": [
                {"label": "Sexual exploitation", "values": [28, 14]},
                {"label": "Labour", "values": [8, 12]},
                {"label": "Forced begging or crime", "values": [4, 14]},
            ],
            "unit": "",
        }
