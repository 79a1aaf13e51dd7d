"""Where the facts of a page are written down."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .groups import STRUCTURE


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Source"), help_text=_("Who, what, which year."))
    link = blocks.URLBlock(label=_("Link"), required=False)

    class Meta:
        label_format = "{text}"
        icon = "list-ol"


class SourcesBlock(blocks.StructBlock):
    items = blocks.ListBlock(SourceBlock(), label=_("Sources"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Sources")
        group = STRUCTURE
        description = _("Where the facts of this page are written down.")
        template = "blocks/sources.html"
        preview_value = {
            "items": [{"text": "UN Protocol to Prevent, Suppress and Punish Trafficking in Persons, 2000", "link": ""}]
        }
