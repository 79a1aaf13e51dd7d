"""Who a case is about, in words that a report can count. For editors: learners never see it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

NOBODY = "nobody"
GENDERS = [("girl", _("A girl")), ("boy", _("A boy")), ("several", _("Several children")), (NOBODY, _("No child is in it"))]
ORIGINS = [("national", _("From the country where it happens")), ("foreign", _("From another country"))]
FORMS = [
    ("labour", _("Work")),
    ("domestic", _("Work in a household")),
    ("begging", _("Begging and selling on the street")),
    ("criminal", _("Crime")),
    ("sexual", _("Sexual exploitation")),
    ("marriage", _("Forced marriage")),
    ("other", _("Another form, or several")),
]
PORTRAYED = ["gender", "origin", "exploitation"]


def counted(label: Promise, choices: list[tuple[str, Promise]], help_text: str | Promise = "") -> blocks.ChoiceBlock:
    choices = [("", _("Not said")), *choices]
    return blocks.ChoiceBlock(label=label, choices=choices, required=False, default="", help_text=help_text)


class PortrayingBlock(blocks.StructBlock):
    """A story of a child. Its three fields stand in the folded settings."""

    gender = counted(_("Who it is about"), GENDERS, _("For the report on the balance of cases. Learners do not see it."))
    origin = counted(_("Where the child is from"), ORIGINS)
    exploitation = counted(_("Form of exploitation"), FORMS)
