"""What differs from country to country. The texts and numbers live in ``countries``; a block only says which ones belong here.

The blocks are the same for every reader but for their country, so a lesson keeps what an author wrote (``frozen``) and puts the
country in each time (``shown``).
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import expand_db_html

from countries.annex import Annex
from countries.european import CHECKED_ON, numbers_for
from countries.samples import sample_annexes
from countries.slots import CONTACT_KINDS, SLOTS
from training.blocks import PROSE, STORIES


class CountryBlock(blocks.StructBlock):
    """Abstract: a block that shows something of the reader's country.

    The context may hold ``annex`` (what is shown of which country; without it, what holds everywhere) and ``ident``.
    """

    def frozen(self, value: Any) -> dict[str, str]:
        """What the author wrote, rich text as HTML: all that ``shown`` needs."""
        raise NotImplementedError

    def shown(self, frozen: dict[str, str], annex: Annex) -> dict[str, Any]:
        """What the template sees of ``annex``."""
        raise NotImplementedError

    def render_frozen(self, frozen: dict[str, str], context: dict[str, Any]) -> str:
        own = {"annex": context.get("annex") or Annex(), **frozen}
        return render_to_string(self.meta.template, {**context, **own, **self.shown(frozen, own["annex"])})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        frozen, annex = self.frozen(value), context.get("annex") or Annex()
        return {**context, "annex": annex, **frozen, **self.shown(frozen, annex)}

    def sample_annexes(self) -> dict[str, Annex]:
        """What is worth seeing in the style guide, each under a word."""
        return sample_annexes()


def ended(words: str) -> str:
    """``words``, which others follow, with a full stop unless they end a sentence themselves."""
    words = words.rstrip()
    return words if not words or words.rstrip("\"')”’»“").endswith((".", "!", "?", "…", ":")) else f"{words}."


class NationalBlock(CountryBlock):
    slot = blocks.ChoiceBlock(label=_("About"), choices=SLOTS, help_text=_("Coordinators write one text for each country."))
    covers = blocks.TextBlock(
        label=_("What the national text must say"),
        rows=2,
        help_text=_("Example: Who appoints the guardian, how fast, and whom to call until then."),
    )
    fallback = blocks.RichTextBlock(
        label=_("What holds everywhere"), features=PROSE, help_text=_("Shown to readers whose country has no text yet.")
    )

    def frozen(self, value: Any) -> dict[str, str]:
        fallback = value["fallback"].source if value["fallback"] else ""
        html = mark_safe(expand_db_html(fallback))  # noqa: S308 (rich text, which Wagtail cleaned when it was written)
        return {"slot": value["slot"] or "", "covers": ended(value["covers"] or ""), "fallback": html}

    def shown(self, frozen: dict[str, str], annex: Annex) -> dict[str, Any]:
        return {"about": dict(SLOTS).get(frozen["slot"], ""), "entry": annex.entries.get(frozen["slot"])}

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


class ContactsBlock(CountryBlock):
    kind = blocks.ChoiceBlock(label=_("Whom to call"), choices=CONTACT_KINDS, default="helpline")

    def frozen(self, value: Any) -> dict[str, str]:
        return {"kind": value["kind"] or ""}

    def shown(self, frozen: dict[str, str], annex: Annex) -> dict[str, Any]:
        cards = annex.contacts.get(frozen["kind"], [])
        known = {card.contact.tel for card in cards}
        numbers = [number for number in numbers_for(frozen["kind"], annex.country) if number.tel not in known]
        title = dict(CONTACT_KINDS).get(frozen["kind"], "")
        return {"title": title, "cards": cards, "numbers": numbers, "checked_on": CHECKED_ON}

    class Meta:
        icon = "mail"
        label = _("Contacts")
        label_format = "{kind}"
        group = STORIES
        description = _("Whom to call: numbers with the countries they serve and the day they were checked.")
        help_text = _("Numbers never stand in the lesson itself: they would grow old there.")
        template = "courses/blocks/contacts.html"
        preview_value = {"kind": "missing_children"}
