"""Details in a text that may lead to a real person: addresses, long numbers, full dates. A name it cannot tell from a word.

It asks too often rather than too seldom. Short numbers of helplines, years and references of laws are left alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    EMAIL = "email"
    DATE = "date"
    NUMBER = "number"  # of a telephone, a passport, an account


@dataclass(frozen=True)
class Detail:
    """Something that was found, as it stands in the text."""

    kind: Kind
    text: str


PRIVACY = _("Do not write names or details that identify a real child.")  # beside every field for somebody's own words
REQUESTS = {
    Kind.EMAIL: _("“%(text)s” looks like an e-mail address. Take it out: nothing here should lead to a real person."),
    Kind.DATE: _("“%(text)s” looks like a full date. Take it out: nothing here should lead to a real person."),
    Kind.NUMBER: _("“%(text)s” looks like somebody's number. Take it out: nothing here should lead to a real person."),
}
# How the months begin in English, French, German, Dutch, Italian, Turkish, Albanian and Bulgarian.
MONTH = (
    r"(?:jan|gen|oca|f[eé]b|f[eé]v|şub|shk|m[aä]r|mrt|maart|a[pv]r|nis|pri|ma[giyjy]|mei|haz|qer|jui?n|giu|tem|kor|jui?l|lug"
    r"|aug|ao[uû]|ago|ağu|gus|sep|set|eyl|sht|o[ck]t|ott|eki|tet|nov|kas|nën|d[eéi][cz]|ara|dhj"
    r"|яну|фев|мар|апр|май|юни|юли|авг|сеп|окт|ное|дек)\w*\.?"
)
YEAR = r"(?:19|20)\d\d"
PATTERNS = {
    Kind.EMAIL: re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"),
    Kind.DATE: re.compile(
        rf"(?<![\d./-])(?:\d\d?[./-]\s?\d\d?[./-]\s?(?:{YEAR}|\d\d)|{YEAR}[./-]\d\d?[./-]\d\d?)(?![\d/-])"
        rf"|(?<!\d)\d\d?(?:st|nd|rd|th|er|\.|-\w\w)?\s(?:of\s)?{MONTH},?\s{YEAR}(?!\d)"
        rf"|\b{MONTH}\s\d\d?(?:st|nd|rd|th)?,?\s{YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    Kind.NUMBER: re.compile(r"(?<![\w.,/-])\+?\(?\d(?:[ \u00a0./()-]{0,2}\d){7,19}(?![\w/])"),
}
NO_NUMBER = re.compile(rf"[1-9]\d{{0,2}}(?:[ \u00a0.]\d\d\d)+|{YEAR}(?:[ /-]{YEAR})+|20\d\d/\d{{3,4}}")  # an amount; years; a law


def details_in(text: str) -> list[Detail]:
    """What may lead to a person, in the order of the text."""
    # Invisible letters would hide digits from each other.
    left = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    found = []
    for kind, pattern in PATTERNS.items():  # what one has found the next does not find again
        for match in pattern.finditer(left):
            if kind != Kind.NUMBER or not NO_NUMBER.fullmatch(match[0]):
                found.append((match.start(), Detail(kind, match[0])))
        left = pattern.sub(lambda match: "\n" * len(match[0]), left)
    return [detail for _start, detail in sorted(found, key=lambda pair: pair[0])]


def refuse_personal_details(text: str) -> None:
    """A validator of form fields. Raises ValidationError with one request for each detail."""
    found = [ValidationError(REQUESTS[detail.kind], code="personal", params={"text": detail.text}) for detail in details_in(text)]
    if found:
        raise ValidationError(found)
