"""Whether what a learner typed is what a trainer accepts. Pure, and in linear time whatever either of them writes.

A trainer writes plain words; ``*`` stands for any words or none, ``\\*`` for an asterisk. Never compared: white space at
either end and its amount, invisible signs, the shape of quotes, apostrophes and dashes, punctuation at the end.
"""

import re
import unicodedata

ANY, ASTERISK = "*", "\\*"
SIGNS = re.compile(r"(\\\*|\*)")
END = " .,;:!?…"
LOOKALIKES = str.maketrans(
    {**dict.fromkeys("’‘‛ʼ`´′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "\u2044": "/"}
)
# A Turkish capital I without a dot is the capital of ı, elsewhere that of i. Nobody says which was meant, so both are tried.
TURKISH = str.maketrans({"I": "ı", "İ": "i"})
PLAIN = str.maketrans({"İ": "i"})
DOTLESS = str.maketrans({"ı": "i", "İ": "I"})
# In Cyrillic a mark mostly makes another letter (й, ї, ѓ); only stress on a vowel and the dots of ё are accents.
STRESS = {"\u0300", "\u0301"}
CYRILLIC_VOWELS = set("аеиоуыэюяъАЕИОУЫЭЮЯЪ")
DOTS = "\u0308"


def is_accent(letter: str, mark: str) -> bool:
    """Whether ``mark`` on ``letter`` is an accent that may be left out."""
    if "\u0400" <= letter <= "\u052f":
        return (mark in STRESS and letter in CYRILLIC_VOWELS) or (mark == DOTS and letter in "еЕ")
    return True


def without_accents(text: str) -> str:
    kept, letter = [], ""
    for sign in unicodedata.normalize("NFD", text.translate(DOTLESS)):
        if not unicodedata.combining(sign):
            letter = sign
        elif is_accent(letter, sign):
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def same_signs(text: str) -> str:
    """``text`` with one spelling of what looks the same; white space of any kind and amount is one space."""
    # Before NFKC, which would take some of these signs apart into a space and a mark.
    text = unicodedata.normalize("NFKC", text.translate(LOOKALIKES)).translate(LOOKALIKES)
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return re.sub(r"\s+", " ", visible)


def readings(text: str, *, match_case: bool, match_accents: bool) -> list[str]:
    """The forms of ``text`` in which it is compared: one, and a Turkish one where capital letters do not count."""
    text = same_signs(text)
    folded = [text] if match_case else [text.translate(table).casefold() for table in (PLAIN, TURKISH)]
    return [unicodedata.normalize("NFC", one) if match_accents else without_accents(one) for one in folded]


def segments(pattern: str) -> list[str]:
    """What stands between the ``*`` of ``pattern``, asterisks unescaped; one more than there are ``*``."""
    found = [""]
    for piece in SIGNS.split(pattern):
        if piece == ANY:
            found.append("")
        else:
            found[-1] += "*" if piece == ASTERISK else piece
    return found


def trimmed(text: str) -> str:
    """``text`` without punctuation at its end, unless it is nothing else."""
    return text.rstrip(END) or text


def accepts(pattern: str, typed: str, *, match_case: bool = False, match_accents: bool = False) -> bool:
    """Whether ``typed`` fits ``pattern``. Nothing fits an empty pattern, and an empty text fits nothing."""
    if not pattern.strip() or not typed.strip():
        return False
    found = [readings(part, match_case=match_case, match_accents=match_accents) for part in segments(trimmed(pattern))]
    return any(
        _fits(list(parts), text)
        for form in (typed, trimmed(typed))  # with its punctuation too: it may stand before a "*"
        for parts, text in zip(
            zip(*found, strict=True), readings(form, match_case=match_case, match_accents=match_accents), strict=True
        )
    )


def _fits(parts: list[str], text: str) -> bool:
    """Whether ``text`` is ``parts`` in order with anything between them, each found at its first place after the last.

    Every space of the text is written twice, a space beside a ``*`` once: so "in * days" fits "in days" too, but not "indays".
    """
    text = f"  {text.strip().replace(' ', '  ')}  "
    if len(parts) == 1:
        return text == f"  {parts[0].strip().replace(' ', '  ')}  "
    first, *middle, last = [_between(part, n == 0, n == len(parts) - 1) for n, part in enumerate(parts)]
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _between(part: str, is_first: bool, is_last: bool) -> str:
    begins = not is_first and part.startswith(" ")
    ends = not is_last and part.endswith(" ") and bool(part.strip())
    words = part.strip().replace(" ", "  ")
    if is_first and words:
        return f"  {words}{' ' * ends}"
    if is_last and words:
        return f"{' ' * begins}{words}  "
    return f"{' ' * begins}{words}{' ' * ends}"


def readable(pattern: str) -> str:
    """``pattern`` as a learner reads it: "…" where anything may stand, but for further words at either end."""
    text = re.sub(r"\s+", " ", "…".join(segments(pattern))).strip()
    return text.removeprefix("… ").removesuffix(" …")


def samples(pattern: str) -> list[str]:
    """Two texts that fit ``pattern``: with nothing, and with something, where anything may stand."""
    return [re.sub(r"\s+", " ", filler.join(segments(pattern))).strip() or "…" for filler in ("", "(…)")]
