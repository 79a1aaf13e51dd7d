"""What the certificate's own font can print. The files in ``static/fonts`` decide, never the fonts of the machine."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

FILES = {"NotoSans-Regular.ttf": 400, "NotoSans-Bold.ttf": 700}
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# The name stands in a box of BOX points. Each size (points) says how many lines it may take; wrapped lines fill 85 %.
BOX = 700
WRAPPED = 0.85
SIZES = ((36, 1), (30, 1), (25, 1), (24, 2), (20, 2))


def path(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / "fonts" / name


@lru_cache(maxsize=1)
def _advances() -> dict[int, float]:
    """Width in em of every character of the bold font, in which names are set; both files hold the same characters."""
    with TTFont(path("NotoSans-Bold.ttf"), lazy=True) as font:
        widths, units = font["hmtx"], font["head"].unitsPerEm
        return {character: widths[glyph][0] / units for character, glyph in font.getBestCmap().items()}


def missing(text: str) -> list[str]:
    """The characters of ``text`` that cannot be printed, each once, in their order. The sign for a lost character is one."""
    known = _advances()
    return list(dict.fromkeys(c for c in unicodedata.normalize("NFC", text) if ord(c) not in known or c == REPLACEMENT))


def printable(text: str) -> str:
    """``text`` with a replacement sign for what the font lacks: another font would break the promises of the file."""
    known = _advances()
    return "".join(c if ord(c) in known or c == "\n" else REPLACEMENT for c in unicodedata.normalize("NFC", text))


def name_size(name: str) -> int | None:
    """The largest size in points at which ``name`` fits its box; None when it is too long for the smallest."""
    known = _advances()
    width = sum(known.get(ord(c), 1.0) for c in name)
    for size, lines in SIZES:
        if width * size <= (BOX if lines == 1 else lines * BOX * WRAPPED):
            return size
    return None
