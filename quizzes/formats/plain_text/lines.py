"""Lines and their signs. A backslash takes the meaning from the sign after it; an indented line goes on with the one above."""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _

from ..text_files import LONGEST_FIELD, SPACE

PUNCTUATION = string.punctuation  # 32 signs, as many as Unicode has code points here that are no letters
FIRST = 0xFDD0
SHOWN = {FIRST + number: sign for number, sign in enumerate(PUNCTUATION)}
ESCAPE = re.compile(rf"\\([{re.escape(PUNCTUATION)}])")
SEPARATOR = re.compile(r"\s*-{3,}\s*")
HEADING = re.compile(r"#(\s+(?P<rest>.*))?")  # alone: no category from here on
BOLD = re.compile(r"\*\*(?=\S)([^\n]{1,300}?)(?<=\S)\*\*")
ITALIC = re.compile(r"\*(?=\S)([^\n]{1,300}?)(?<=\S)\*")
LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:)[^\s()]+)\)")
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("detail", re.compile(r"@(?P<key>[\w ]{1,40}?)\s*:\s*(?P<rest>.*)")),
    ("choice", re.compile(r"-\s*\[(?P<key>[^\]\[]*)\]\s*(?P<rest>.*)")),
    ("entry", re.compile(r"-\s+(?P<rest>.*)")),
    ("explanation", re.compile(r">\s?(?P<rest>.*)")),
    ("hint", re.compile(r"\?\s+(?P<rest>.*)")),
    ("distractor", re.compile(r"=>\s*(?P<rest>.*)")),
    ("accepted", re.compile(r"=\s*(?P<rest>.*)")),
    ("step", re.compile(r"\d{1,2}[.)]\s+(?P<rest>.*)")),
    ("passage", re.compile(r"\|\s?(?P<rest>.*)")),
    ("depends", re.compile(r"\*\?\s*(?P<rest>)")),
    ("box", re.compile(r"\*\s+(?P<rest>.*)")),
    ("rubric", re.compile(r"%\s+(?P<rest>.*)")),
    ("judgement", re.compile(r"(?P<rest>T|F|True|False|TRUE|FALSE)")),
    ("essay", re.compile(r"_{3,}(?P<rest>)")),
    ("pair", re.compile(r"(?P<rest>.+?\s=>\s.+)")),
)
AROUND = {"detail", "explanation", "hint", "text"}  # what is no answer


@dataclass
class Entry:
    """A line and those that go on with it. ``key``: what stands in the brackets or before the colon."""

    line: int
    sign: str
    text: str
    key: str = ""


@dataclass
class Block:
    """The entries of one question. ``stray``: a line that belongs to nothing, ``long``: one that makes a text too long; or 0.
    ``answered``: an answer has begun."""

    category: str
    entries: list[Entry] = field(default_factory=list)
    stray: int = 0
    long: int = 0
    answered: bool = False

    def of(self, sign: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.sign == sign]


def hide(text: str) -> str:
    return ESCAPE.sub(lambda match: chr(FIRST + PUNCTUATION.index(match[1])), text)


def show(text: str) -> str:
    return text.translate(SHOWN).strip(SPACE)


def has_stand_ins(text: str) -> bool:
    return any(FIRST <= ord(letter) < FIRST + 32 for letter in text)


def place(line: int) -> str:
    return _("line %(number)d") % {"number": line}


def blocks(text: str) -> Iterator[Block]:
    """The questions of a file, where one line of dashes is enough to let them hold empty lines."""
    lines = text.split("\n")
    dashes = any(SEPARATOR.fullmatch(line) for line in lines)
    block, empty = Block(""), False
    for number, line in enumerate(lines, start=1):
        line = hide(line.rstrip(SPACE))
        heading = HEADING.fullmatch(line.strip(SPACE))
        if heading or SEPARATOR.fullmatch(line) or not (line or dashes):
            if block.entries:
                yield block
            block, empty = Block(show(heading["rest"] or "") if heading else block.category), False
        elif line:
            _add(block, number, line, after_empty=empty)
            empty = False
        else:
            empty = True
    if block.entries:
        yield block


def _add(block: Block, number: int, line: str, *, after_empty: bool) -> None:
    words = line.strip(SPACE)
    last = block.entries[-1] if block.entries else None
    sign, match = next(((name, match) for name, sign in SIGNS if (match := sign.fullmatch(words))), ("text", None))
    goes_on = last is not None and (
        (sign == "text" and (line[0] in SPACE or last.sign == "text"))
        or (sign == last.sign and sign in {"explanation", "passage"})
    )
    rest = match["rest"] if match else words
    if goes_on and last and len(last.text) > 2 * LONGEST_FIELD:
        block.long = block.long or number
    elif goes_on and last:
        last.text += ("\n\n" if after_empty else "\n") + rest
    elif sign == "text" and block.answered:
        block.stray = block.stray or number
    else:
        key = match["key"].strip(SPACE) if match and "key" in match.groupdict() else ""
        block.entries.append(Entry(number, sign, rest, key))
        block.answered = block.answered or sign not in AROUND
        if len(rest) > 2 * LONGEST_FIELD:
            block.long = block.long or number


def rich(text: str) -> str:
    """Rich text of words with ``**bold**``, ``*italic*`` and ``[links](https://...)``, after ``hide``."""
    markup = escape(text.strip(SPACE), quote=False)
    markup = LINK.sub(lambda match: f'<a href="{match[2].replace(chr(34), "&quot;")}">{match[1]}</a>', markup)
    markup = ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", markup))
    shown = "".join(escape(SHOWN[ord(letter)]) if ord(letter) in SHOWN else letter for letter in markup)
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n[ \t]*\n", shown)).replace("\n", "<br>")
