"""Where the facts of a page are written down."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .groups import STRUCTURE


class SourceBlock(blocks.StructBlock):
    """A reference in parts. Entries of before there were parts hold all of it in ``text``, and are shown as they are."""

    author = blocks.CharBlock(label=_("Who wrote it"), required=False, default="", help_text=_("Example: Council of Europe."))
    text = blocks.CharBlock(
        label=_("Title"), help_text=_("As it is called there. Example: Convention on Action against Trafficking, article 10.")
    )
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1500, max_value=2100)
    link = blocks.URLBlock(label=_("Link"), required=False)
    licence = blocks.CharBlock(
        label=_("Licence"),
        required=False,
        default="",
        max_length=100,
        help_text=_("Where more than facts is taken over. Example: CC BY 4.0."),
    )

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
        help_text = _("Where each fact of the page stands. Example: a convention, with its article and its year.")
        preview_value = {
            "items": [
                {
                    "author": "United Nations",
                    "text": "Protocol to Prevent, Suppress and Punish Trafficking in Persons",
                    "year": 2000,
                    "link": "",
                    "licence": "",
                }
            ]
        }
