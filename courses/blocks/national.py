"""What differs from country to country. As long as no partner has written a country's text, the international one stands here."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from training.blocks import PROSE, STORIES
from training.places import Country

SLOTS = [
    ("guardian", _("Who is the guardian")),
    ("identification", _("Who identifies a victim")),
    ("specialised-help", _("Specialised help and shelters")),
    ("age-assessment", _("How age is assessed")),
    ("reflection-period", _("Time to rest and decide")),
    ("residence-permit", _("Residence permit")),
    ("non-punishment", _("No punishment for what one was made to do")),
    ("legal-aid", _("Legal aid")),
    ("compensation", _("Compensation")),
    ("hearing", _("How a child is heard")),
    ("professional-secrecy", _("Professional secrecy")),
    ("duty-to-report", _("Duty to report")),
    ("online-report", _("Reporting online")),
    ("missing-child", _("When a child is missing")),
    ("turning-eighteen", _("Turning 18")),
    ("child-materials", _("Materials for children")),
    ("consent-for-sessions", _("Who agrees to a session with a child")),
]


class NationalBlock(blocks.StructBlock):
    slot = blocks.ChoiceBlock(label=_("About"), choices=SLOTS, help_text=_("Coordinators write one text for each country."))
    covers = blocks.TextBlock(
        label=_("What the national text must say"),
        rows=2,
        help_text=_("Example: Who appoints the guardian, how fast, and whom to call until then."),
    )
    fallback = blocks.RichTextBlock(
        label=_("What holds everywhere"), features=PROSE, help_text=_("Shown to readers whose country has no text yet.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "about": dict(SLOTS).get(value["slot"], "")}

    class Meta:
        icon = "site"
        label = _("In your country")
        label_format = "{slot}"
        group = STORIES
        description = _("A place for the rule of the reader's country, and what holds everywhere until it is written.")
        help_text = _("National rules never stand in the lesson itself. Coordinators keep them, with the day they were checked.")
        template = "courses/blocks/national.html"
        preview_value = {
            "slot": "guardian",
            "covers": "Who appoints the guardian, how fast, and whom to call until then.",
            "fallback": "<p>A child without parents at hand gets a guardian as soon as a professional learns of the child.</p>",
        }


CONTACT_KINDS = [
    ("helpline", _("Helpline for children")),
    ("police", _("Police")),
    ("guardianship", _("Guardianship service")),
    ("referral", _("Identification and specialised help")),
    ("legal_aid", _("Legal aid")),
    ("missing_children", _("Missing children")),
]


@dataclass(frozen=True)
class Number:
    """A number that serves several countries. ``countries``: those that our sources name; ``note``: what else one must know."""

    number: str
    what: str | Promise
    countries: tuple[str | Promise, ...]
    note: str | Promise = ""

    @property
    def tel(self) -> str:
        return self.number.replace(" ", "")


CHECKED_ON = datetime.date(2026, 11, 26)
EUROPEAN_UNION = _("all countries of the European Union")
EMERGENCY = Number(
    "112",
    _("Immediate danger"),
    (EUROPEAN_UNION, Country.AL.label, Country.TR.label, Country.GB.label),
    _("In the United Kingdom also 999."),
)
MISSING = Number(
    "116 000",
    _("Missing children"),
    (EUROPEAN_UNION, Country.AL.label, _("Serbia"), _("Switzerland"), Country.GB.label),
    _("Not in Turkey. Anyone may call."),
)
CHILD_LINE = Number(
    "116 111",
    _("Helpline for children"),
    (Country.AL.label, Country.BG.label, Country.DE.label, Country.NL.label),
    _("Other countries have it too, or a number of their own."),
)
NUMBERS = {"helpline": [CHILD_LINE], "missing_children": [MISSING]}


class ContactsBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("Whom to call"), choices=CONTACT_KINDS, default="helpline")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        kind = value["kind"]
        own = {
            "title": dict(CONTACT_KINDS).get(kind, ""),
            "numbers": [*NUMBERS.get(kind, []), EMERGENCY],
            "checked_on": CHECKED_ON,
        }
        return {**super().get_context(value, parent_context), **own}

    class Meta:
        icon = "mail"
        label = _("Contacts")
        label_format = "{kind}"
        group = STORIES
        description = _("Whom to call: numbers with the countries they serve and the day they were checked.")
        help_text = _("Numbers never stand in the lesson itself: they would grow old there.")
        template = "courses/blocks/contacts.html"
        preview_value = {"kind": "missing_children"}
