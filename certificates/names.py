"""The rule for the name on a certificate: any script that can be printed, as the holder writes it."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import fonts

LONGEST = 200  # characters kept on the row; what can be printed is less and depends on the letters


def clean_name(typed: str) -> str:
    """``typed`` as it will be printed: accents composed, spaces single, nothing else changed.

    Raises ValidationError with a sentence for the holder when nothing is left, a character cannot be printed or it is too long.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not any(unicodedata.category(c).startswith("L") for c in name):
        raise ValidationError(_("Write your name as it should appear on the certificate."), code="empty")
    if unprintable := fonts.missing(name) or _stacked(name):
        signs = " ".join(_shown(c) for c in unprintable[:10])
        raise ValidationError(
            ngettext(
                "The certificate cannot print this character: %(signs)s. Write your name without it.",
                "The certificate cannot print these characters: %(signs)s. Write your name without them.",
                len(unprintable),
            ),
            code="unprintable",
            params={"signs": signs},
        )
    if len(name) > LONGEST or fonts.name_size(name) is None:
        raise ValidationError(_("This name is longer than the certificate has room for. Shorten it, for example a middle name."))
    return name


def _stacked(name: str) -> list[str]:
    """Marks beyond the second on one letter: no spelling has them, and a tower of them would run across the page."""
    triples = zip(name, name[1:], name[2:], strict=False)
    return list(dict.fromkeys(triple[2] for triple in triples if all(unicodedata.category(c).startswith("M") for c in triple)))


def _shown(character: str) -> str:
    """A character as it can be pointed at: itself when it is visible, else its Unicode name."""
    if character.isprintable() and not unicodedata.category(character).startswith("M"):
        return character
    return unicodedata.name(character, f"U+{ord(character):04X}")
