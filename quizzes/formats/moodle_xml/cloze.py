"""Gaps as Moodle writes them into the text of a question: ``{1:MULTICHOICE:=right#yes~wrong#no}``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape, unescape

from quizzes.formats.text_files import SPACE

from .passages import CLOSE, OPEN

WAYS = ("", "H", "V", "S", "HS", "VS")  # of showing choices
CHOICE = {*(f"MC{way}" for way in WAYS), *(f"MULTICHOICE_{way}".rstrip("_") for way in WAYS)}
TYPED, TYPED_CASE, NUMBER = {"SHORTANSWER", "SA", "MW"}, {"SHORTANSWER_C", "SAC", "MWC"}, {"NUMERICAL", "NM"}
START = re.compile(r"\{(\d{0,6}):([A-Z]+(?:_[A-Z]+)?):")
SHARE = re.compile(r"=|%(-?\d{1,3}(?:[.,]\d{0,9})?)%")
ESCAPED = re.compile(r"\\([}#~])")
DELIMITER = re.compile(r"(?<!\\)[~#}]")
AMPERSAND = ("&", "&amp;")  # a "#" after it begins no feedback but an entity
NUMERIC = re.compile(r"(-?[\d.,]+(?:[eE][-+]?\d+)?):(-?[\d.,]+(?:[eE][-+]?\d+)?)")
SPECIAL = re.compile(r"""[&<>~=#{}%\\\[\]"']""")


@dataclass
class Alternative:
    percent: Decimal
    answer: str  # HTML in a gap with choices, plain text in a typed one
    feedback: str  # HTML


@dataclass
class Gap:
    weight: str  # as written, may be empty
    type: str
    alternatives: list[Alternative] = field(default_factory=list)

    @property
    def is_choice(self) -> bool:
        return self.type in CHOICE

    @property
    def is_mixed(self) -> bool:
        return self.is_choice and self.type.endswith("S")

    @property
    def is_typed(self) -> bool:
        return self.type in TYPED | TYPED_CASE | NUMBER


def parse(text: str) -> tuple[str, list[Gap]]:
    """``text`` with a marker for each gap (see ``passages``), numbered from 1, and the gaps."""
    gaps: list[Gap] = []
    out: list[str] = []
    at = 0
    while found := START.search(text, at):
        cut, end = _pieces(text, found.end())
        if end < 0:  # never closed, and so no later one is: words, not gaps
            break
        gaps.append(Gap(found[1], found[2], [_alternative(answer, feedback) for answer, feedback in cut]))
        out += [text[at : found.start()], f"{OPEN}{len(gaps)}{CLOSE}"]
        at = end
    return "".join(out) + text[at:], gaps


def _pieces(text: str, start: int) -> tuple[list[tuple[str, str]], int]:
    """The raw (answer, feedback) pairs from ``start`` on, and where the gap ends; -1 where it never does."""
    pieces: list[list[str]] = [["", ""]]
    side, last = 0, start
    for found in DELIMITER.finditer(text, start):
        sign = found[0]
        if sign == "#" and (side or text.endswith(AMPERSAND, start, found.start())):
            continue
        pieces[-1][side] += text[last : found.start()]
        last = found.end()
        if sign == "}":
            return [(answer, feedback) for answer, feedback in pieces], found.end()
        side = 1 if sign == "#" else 0
        if sign == "~":
            pieces.append(["", ""])
    return [], -1


def _alternative(answer: str, feedback: str) -> Alternative:
    percent = Decimal(0)
    answer = answer.lstrip(SPACE)
    if share := SHARE.match(answer):
        percent = Decimal(share[1].replace(",", ".")) if share[1] else Decimal(100)
        answer = answer[share.end() :]
    return Alternative(percent, _decoded(answer), _decoded(feedback))


def _decoded(text: str) -> str:
    return unescape(ESCAPED.sub(r"\1", text)).strip(SPACE)


def encoded(text: str) -> str:
    """``text`` inside a gap, where many signs mean something: those become entities."""
    return SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)


def html_of(text: str) -> str:
    """Plain text as HTML on which a gap's choices and feedback are shown."""
    return escape(text, quote=False).replace("\n", "<br>")


def written(weight: str, type: str, alternatives: Iterable[Alternative]) -> str:
    parts = []
    for one in alternatives:
        share = "=" if one.percent == 100 else f"%{one.percent.normalize():f}%" if one.percent else ""
        feedback = f"#{encoded(one.feedback)}" if one.feedback else ""
        parts.append(f"{share}{encoded(one.answer)}{feedback}")
    return f"{{{weight}:{type}:{'~'.join(parts)}}}"


def plain_of(html: str) -> str | None:
    """Words that ``html_of`` made, spaces and all; None where the HTML holds more than line breaks."""
    if re.search(r"<(?!br\s*/?>)", html):
        return None
    html = re.sub(r"(<br\s*/?>)?[ \t]*\n[ \t\n]*", lambda found: found[1] or " ", html)  # lines of the source are no lines
    return unescape(re.sub(r"<br\s*/?>", "\n", html)).strip(SPACE)
