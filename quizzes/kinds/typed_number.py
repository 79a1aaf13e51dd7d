"""Numbers as people type them, exactly."""

import re
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format

LONGEST = 40  # characters
MINUS = str.maketrans(dict.fromkeys("−‐‑‒–﹣－", "-"))
# "1 000 000" or "1'000" or "1000", then a comma or a point and decimals. A comma or a point is never between thousands:
# "1,000" is one, for no one can tell which was meant where both ways of writing are at home.
NUMBER = re.compile(r"(?P<sign>[+-]?) ?(?P<whole>[0-9]{1,3}(?:[ '’][0-9]{3})+|[0-9]*)(?:[.,](?P<part>[0-9]*))?")


def typed_number(text: str) -> Fraction | None:
    """The number that ``text`` says; None where it says none."""
    text = re.sub(r"\s", " ", text).strip().translate(MINUS)
    found = NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if not found or not (found["whole"] or found["part"]):
        return None
    digits = f"{re.sub('[^0-9]', '', found['whole']) or 0}.{found['part'] or 0}"
    return Fraction(Decimal(f"{found['sign']}{digits}"))


def plain(number: Decimal) -> str:
    """``number`` with a point and without an exponent or zeros that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def localised(number: Decimal) -> str:
    """``number`` as it is written in the language that is active."""
    return number_format(plain(number), use_l10n=True)
