"""Countries as the style guide shows them. None of it is law, and no number is anybody's."""

from datetime import timedelta

from django.utils.timezone import localdate

from training.places import Country

from .annex import Annex, ContactCard, Said, Selector
from .models import STALE_AFTER, AnnexEntry, Contact, State
from .slots import CONTACT_KINDS, SLOTS


def _entry(slot: str, **fields: object) -> AnnexEntry:
    example = {
        "country": Country.BE,
        "slot": slot,
        "language": "en",
        "law": "Example Act of 1 May 2020, Article 4",
        "means": "<p>The <b>guardianship office</b> names a guardian within three working days.</p><p>This is an example.</p>",
        "link": "https://example.org/act",
        "source": "Example Office, Guardians in practice, 2026",
        "checked_on": localdate(),
        "checked_by": "Example Office",
        "state": State.CONFIRMED,
    }
    return AnnexEntry(**{**example, **fields})


def _card(kind: str, **fields: object) -> ContactCard:
    contact = Contact(
        country=Country.BE, kind=kind, number="00 00 00", link="https://example.org/", languages="fr, nl, en", **fields
    )
    return ContactCard(contact, Said("Example line"), Said("day and night"), Said("free"), Said("anyone"))


def sample_annexes() -> dict[str, Annex]:
    """What a reader may meet, each under a word of its own."""
    today, long_ago = localdate(), localdate() - STALE_AFTER - timedelta(days=30)
    entries = {
        "confirmed": {},
        "to be confirmed": {"state": State.OPEN, "checked_on": None, "checked_by": ""},
        "another country, another language": {"language": "nl", "means": "<p>Een voorbeeld van een tekst.</p>"},
        "past review": {"review_by": today - timedelta(days=1)},
    }
    contacts = {
        "confirmed": {"checked_on": today, "confirmed": True},
        "to be confirmed": {},
        "another country, another language": {"checked_on": today, "confirmed": True},
        "past review": {"checked_on": long_ago, "confirmed": True},
    }
    found = {}
    for how, fields in entries.items():
        own = Country.DE if "another country" in how else Country.BE
        annex = Annex(Country.BE, own, selector=Selector())
        annex.entries = {slot: _entry(slot, **fields) for slot, _label in SLOTS}
        annex.contacts = {kind: [_card(kind, **contacts[how])] for kind, _label in CONTACT_KINDS}
        found[how] = annex
    missing = Annex(Country.BG, Country.BG, selector=Selector())
    missing.entries, missing.contacts = {}, {}
    return {**found, "missing": missing, "unknown country": Annex(selector=Selector())}
