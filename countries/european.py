"""Numbers that serve several countries: they stand under those of a country, and alone where it has none yet."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.places import PARTNERS, Country

CHECKED_ON = datetime.date(2026, 11, 26)
EUROPEAN_UNION = _("all countries of the European Union")
IN_UNION = frozenset({Country.AT, Country.BE, Country.BG, Country.DE, Country.FR, Country.IT, Country.NL})


@dataclass(frozen=True)
class Number:
    """``countries``: those that our sources name, in words; ``serves``: the partners among them; ``note``: what one must know."""

    number: str
    what: str | Promise
    countries: tuple[str | Promise, ...]
    serves: frozenset[Country]
    note: str | Promise = ""

    @property
    def tel(self) -> str:
        return self.number.replace(" ", "")


EMERGENCY = Number(
    "112",
    _("Immediate danger"),
    (EUROPEAN_UNION, Country.AL.label, Country.TR.label, Country.GB.label),
    frozenset(PARTNERS),
    _("In the United Kingdom also 999."),
)
MISSING = Number(
    "116 000",
    _("Missing children"),
    (EUROPEAN_UNION, Country.AL.label, _("Serbia"), _("Switzerland"), Country.GB.label),
    IN_UNION | {Country.AL, Country.GB},
    _("Not in Turkey. Anyone may call."),
)
CHILD_LINE = Number(
    "116 111",
    _("Helpline for children"),
    (Country.AL.label, Country.BG.label, Country.DE.label, Country.NL.label),
    frozenset({Country.AL, Country.BG, Country.DE, Country.NL}),
    _("Other countries have it too, or a number of their own."),
)
BY_KIND = {"helpline": [CHILD_LINE], "missing_children": [MISSING]}


def numbers_for(kind: str, country: str) -> list[Number]:
    """Those for ``kind`` that hold in ``country``, and the number for danger. All of them where the country is none of ours."""
    numbers = [*BY_KIND.get(kind, []), EMERGENCY]
    return [number for number in numbers if country not in PARTNERS or country in number.serves]
