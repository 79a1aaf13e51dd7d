"""What the formats that people type share: letters, limits, numbers, and names for questions that have none."""

import codecs
import hashlib
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from html import escape

from django.utils.translation import gettext as _

from .base import FormatError, Item, Note
from .wording import from_plain

MOST_BYTES = 5_000_000
MOST_QUESTIONS = 5_000
LONGEST_FIELD = 20_000  # characters
SPACE = " \t\n\r\0\x0b"  # what may be cut off around a text; a hard space may not

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CYRILLIC, TURKISH = "windows-1251", "windows-1254"
DECIMAL = re.compile(r"[+\-\u2212]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+\-]?\d{1,2})?")
THOUSANDS = re.compile(r"[+\-\u2212]?[1-9]\d{0,2},\d{3}")


def decode(content: bytes) -> tuple[str, list[Note]]:
    """The text of a file with plain line ends, and a note where its letters had to be guessed. Raises FormatError."""
    if len(content) > MOST_BYTES:
        raise FormatError(
            _("The file is larger than %(most)d MB. Divide it into smaller files.") % {"most": MOST_BYTES // 1_000_000}
        )
    text, notes = _letters(content)
    if "\0" in text:
        raise FormatError(_("This is not a text file."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _letters(content: bytes) -> tuple[str, list[Note]]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding), []
            except UnicodeDecodeError as problem:
                raise FormatError(_("The file says it is Unicode, but it is damaged. Save it again as UTF-8.")) from problem
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        encoding = _guess(content)
        reason = _("The file is not saved as UTF-8. It was read as %(encoding)s: check every special letter.")
        return content.decode(encoding, "replace"), [Note(_("whole file"), reason % {"encoding": encoding.capitalize()})]


def _guess(content: bytes) -> str:
    """Cyrillic where most letters beyond English would be; else Turkish where its letters are; else western."""
    beyond = [byte for byte in content if byte >= 0x80]
    if sum(byte >= 0xC0 for byte in beyond) > len(beyond) / 2 and _in_words(content) > len(beyond) / 2:
        return CYRILLIC
    return TURKISH if any(byte in b"\xd0\xdd\xde\xf0\xfd\xfe" for byte in beyond) else "windows-1252"


def _in_words(content: bytes) -> int:
    """How many high letters stand next to another one: all over Cyrillic, seldom in Turkish or French."""
    return sum(len(run) for run in re.findall(rb"[\xa8\xb8\xc0-\xff]{2,}", content))


def enough(items: list[Item]) -> None:
    """Raise FormatError once there are more questions than one file may hold."""
    if len(items) > MOST_QUESTIONS:
        raise FormatError(_("The file holds more than %(most)d questions. Divide it.") % {"most": MOST_QUESTIONS})


class References:
    """Gives out references within one file: a name that comes again gets #2, #3 and so on."""

    def __init__(self) -> None:
        self.given: dict[str, int] = {}

    def unique(self, reference: str) -> str:
        number = self.given.get(reference, 0) + 1
        candidate = reference if number == 1 else f"{reference}#{number}"
        while number > 1 and candidate in self.given:
            number += 1
            candidate = f"{reference}#{number}"
        self.given[reference] = number
        self.given.setdefault(candidate, 1)
        return candidate


def derived(kind: str, text: str) -> str:
    """A reference for a question without a name: the same for the same kind and question text."""
    return hashlib.sha256(f"{kind}\n{text}".encode("utf-8", "replace")).hexdigest()[:20]


def paragraph(text: str) -> str:
    """``text`` as rich text. What is far too long is cut, so that it costs nothing to find out that it is too long."""
    return from_plain(text[: LONGEST_FIELD + 1])


def as_typed(rich: str) -> str | None:
    """Plain text that ``paragraph`` turns into ``rich`` again; None where rich text says more than that."""
    inner = re.fullmatch(r"<p>(.*)</p>", rich, re.S)
    if not inner:
        return None if rich else ""
    text = inner[1].replace("</p><p>", "\n\n").replace("<br>", "\n")
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text if paragraph(text) == rich else None


def decimal(text: str, *, comma: bool = False) -> str | None:
    """A number as the database keeps it, digits as typed; None if it is none. With ``comma``, "0,5" is a half."""
    text = text.strip(SPACE)
    if comma and "," in text and "." not in text and not THOUSANDS.fullmatch(text):
        text = text.replace(",", ".", 1)
    if not DECIMAL.fullmatch(text):
        return None
    try:
        value = Decimal(text.replace("\u2212", "-"))
    except InvalidOperation:
        return None
    return f"{value:f}" if abs(value.adjusted()) <= 20 else None


def controls(text: str) -> bool:
    """Whether ``text`` has characters that no file of ours may hold: control characters, halves of letters, non-letters."""
    return any(
        (unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t")
        or ord(letter) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(letter) <= 0xFDEF
        for letter in text
    )


def escaped(text: str) -> str:
    """Plain text inside HTML, line ends kept."""
    return escape(text, quote=False).replace("\n", "<br>")
