"""What one page shows of one country. However many boxes ask, its texts cost one query and its contacts one."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest

from training.places import LANGUAGES, PARTNER_CHOICES, PARTNERS, Country

from .models import AnnexEntry, Contact, ContactWords
from .reader import ASKED, country_asked, country_of
from .slots import CONTACT_KINDS, SLOTS

FIRST_CHOICE = "en"  # of the other languages, where a text is not written in that of the page
WORDS = ("name", "hours", "cost", "who")


@dataclass(frozen=True)
class Selector:
    """How a reader looks at another country. ``address``: of the page; ``kept``: what else stands in its address."""

    address: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    name = ASKED
    countries = PARTNER_CHOICES


@dataclass(frozen=True)
class Said:
    """Words, and the language to mark them with: empty for that of the page, and for words that hold in every language."""

    text: str = ""
    language: str = ""


@dataclass(frozen=True)
class ContactCard:
    """A contact in the words of one language."""

    contact: Contact
    name: Said = Said()
    hours: Said = Said()
    cost: Said = Said()
    who: Said = Said()


@dataclass
class Annex:
    """The texts and contacts of ``country`` for a page in ``language`` that asks for ``slots`` and ``kinds``.

    ``own`` is the reader's country; both are empty when it is unknown. Without ``selector`` no other country can be looked at.
    """

    country: str = ""
    own: str = ""
    language: str = "en"
    slots: Collection[str] = field(default_factory=lambda: dict(SLOTS))
    kinds: Collection[str] = field(default_factory=lambda: dict(CONTACT_KINDS))
    selector: Selector | None = None

    @property
    def is_partner(self) -> bool:
        return self.country in PARTNERS

    @property
    def country_name(self) -> str:
        return str(Country(self.country).label) if self.is_partner else ""

    @property
    def own_name(self) -> str:
        """The reader's own country, where they look at another one."""
        return str(Country(self.own).label) if self.own in PARTNERS and self.own != self.country else ""

    @cached_property
    def entries(self) -> dict[str, AnnexEntry]:
        """The text for each slot: in the language of the page, else in English, else in the first that there is. One query."""
        if not self.is_partner or not self.slots:
            return {}
        order = [self.language, FIRST_CHOICE, *LANGUAGES]
        found: dict[str, AnnexEntry] = {}
        for entry in AnnexEntry.objects.shown().filter(country=self.country, slot__in=self.slots):
            known = found.get(entry.slot)
            if known is None or order.index(entry.language) < order.index(known.language):
                found[entry.slot] = entry
        return found

    @cached_property
    def contacts(self) -> dict[str, list[ContactCard]]:
        """The contacts of each kind. One query."""
        if not self.is_partner or not self.kinds:
            return {}
        words = ContactWords.objects.filter(contact__country=self.country, contact__kind__in=self.kinds)
        rows: dict[Contact, list[ContactWords]] = {}
        for row in words.select_related("contact").order_by("contact__pk", "pk"):
            rows.setdefault(row.contact, []).append(row)
        cards: dict[str, list[ContactCard]] = {}
        for contact, own in rows.items():
            cards.setdefault(contact.kind, []).append(card_of(contact, own, self.language))
        return cards


def card_of(contact: Contact, rows: Collection[ContactWords], language: str) -> ContactCard:
    """Each of its words in ``language``, else as it holds everywhere, else in English, else in the first that there is."""
    order = [language, "", FIRST_CHOICE, *LANGUAGES]
    rows = sorted(rows, key=lambda row: order.index(row.language))
    said = {}
    for name in WORDS:
        row = next((row for row in rows if getattr(row, name)), None)
        if row:
            said[name] = Said(getattr(row, name), "" if row.language == language else row.language)
    return ContactCard(contact, **said)


def annex_of(
    request: HttpRequest | None,
    language: str,
    *,
    slots: Collection[str],
    kinds: Collection[str],
    address: str = "",
) -> Annex:
    """The annex that the reader of ``request`` wants on a page at ``address``; without an address there is no choosing."""
    if request is None:
        return Annex(language=language, slots=slots, kinds=kinds)
    own = country_of(request)
    asked = country_asked(request) if address else ""
    kept = tuple((name, value) for name, values in request.GET.lists() for value in values if name != ASKED)
    selector = Selector(address, kept) if address else None
    return Annex(asked or own, own, language, slots, kinds, selector)
