"""The letters of GIFT: what is written with a backslash, and the four ways in which it may write a text."""

import re
from html import escape

from ..text_files import SPACE, paragraph
from ..wording import plain, rich_text

CONTROL = ":#={}~"
HIDDEN = {letter: chr(0xFDD0 + number) for number, letter in enumerate(CONTROL)}  # code points that are no letters, by Unicode
HIDDEN["n"] = chr(0xFDD0 + len(CONTROL))
SHOWN = str.maketrans({hidden: "\n" if letter == "n" else letter for letter, hidden in HIDDEN.items()})
ESCAPES = re.compile(r"\\([\\:#={}~n])")
FORMATS = re.compile(r"\[(html|moodle|plain|markdown)\]")
MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


def hide(text: str) -> str:
    """``text`` with one stand-in for each escaped character, so that what is left of ``~ = # { } :`` is structure."""
    return ESCAPES.sub(lambda match: HIDDEN.get(match[1], match[1]), text)


def show(text: str) -> str:
    """The text that was meant, after ``hide``."""
    return text.translate(SHOWN).strip(SPACE)


def has_stand_ins(text: str) -> bool:
    return any(0xFDD0 <= ord(letter) <= 0xFDEF for letter in text)


def escaped(text: str) -> str:
    """``text`` as GIFT writes it, on one line."""
    return re.sub(r"[\\:#={}~]", r"\\\g<0>", text).replace("\n", "\\n")


def with_format(text: str, usual: str) -> tuple[str, str]:
    """The text after ``hide`` without its format in brackets, and the format."""
    text = text.strip(SPACE)
    match = FORMATS.match(text)
    return (show(text[match.end() :]), match[1]) if match else (show(text), usual)


def as_rich(text: str, form: str) -> tuple[str, list[str]]:
    """Rich text, and what was lost."""
    if form == "html" or (form == "moodle" and MARKUP.search(text)):
        return rich_text(text if form == "html" else _lines(text))
    return paragraph(text), []


def as_plain(text: str, form: str) -> tuple[str, list[str]]:
    """Plain text, and what was lost."""
    if form == "html" or (form == "moodle" and MARKUP.search(text)):
        return plain(text if form == "html" else _lines(text))
    return text, []


def _lines(text: str) -> str:
    """Moodle's own format is HTML in which the end of a line counts."""
    return re.sub(r"\n\s*\n", "<p>", text).replace("\n", "<br>")


def write_rich(text: str) -> str:
    return escaped(f"[html]{text}") if text else ""


def write_plain(text: str) -> str:
    """Plain text inside a question in HTML; said to be plain only where HTML would read it in another way."""
    if text == escape(text, quote=False) and not re.search(r"\s\s|[^\S ]|^[\[%]", text):
        return escaped(text)
    return f"[plain]{escaped(text)}" if text else ""
