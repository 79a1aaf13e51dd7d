"""Question texts with gaps. Moodle has one text; we have a task and a passage, whose gaps are [1], [2] and on."""

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

# Around the number of a gap while the HTML around it is cleaned. XML cannot hold them, so no file has any of its own.
OPEN, CLOSE = "\ufffe", "\uffff"
MARKER = re.compile(rf"{OPEN}(\d+){CLOSE}")
TOKEN = re.compile(r"<[^<>]*>|\[(\d{1,2})\]")
LIST_TAG = re.compile(r"<(/?)(p|ul|ol)>")
LINE = re.compile(r"<hr\b[^<>]*>", re.I)
DROP = re.compile(r"\[\[(\d{1,3})\]\]")
NO_LETTERS = re.compile(r"&#(?:0*6553[45]|x0*fff[ef]);?", re.I)  # the same as HTML may spell them


def unmarked(html: str) -> str:
    """``html`` without characters that could be taken for the marks around a number."""
    return NO_LETTERS.sub("\ufffd", html)


def blocks(html: str) -> list[str]:
    """The paragraphs and lists of rich text."""
    found, depth, start = [], 0, 0
    for tag in LIST_TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(html[start : tag.end()])
            start = tag.end()
    return found


def divided(html: str, clean: Callable[[str], str]) -> tuple[str, str]:
    """Task and passage of HTML with marked gaps: at the first line drawn before a gap, else before the paragraph with the first.

    ``clean`` makes rich text of HTML.
    """
    line = LINE.search(html)
    if line and not MARKER.search(html[: line.start()]):
        return clean(html[: line.start()]), clean(html[line.end() :])
    parts = blocks(clean(html))
    first = next((number for number, block in enumerate(parts) if MARKER.search(block)), 0)
    return "".join(parts[:first]), "".join(parts[first:])


def numbered(passage: str) -> tuple[str, list[int], bool]:
    """``passage`` with its gaps as [1], [2] and on; the number that each had; whether it held such signs of its own."""
    own = any(found[1] for found in TOKEN.finditer(passage))
    passage = TOKEN.sub(lambda found: f"({found[1]})" if found[1] else found[0], passage)
    numbers: list[int] = []

    def number(found: re.Match) -> str:
        numbers.append(int(found[1]))
        return f"[{len(numbers)}]"

    return MARKER.sub(number, passage), numbers, own


def gapped(task: str, passage: str, gaps: Sequence[str], safe: Callable[[str], str]) -> str:
    """One text for Moodle: ``gaps`` as they are written, ``safe`` hides what only looks like a gap.

    A line is drawn between task and passage where they could not be told apart otherwise.
    """
    line = "" if task and _begins_with_gap(passage) else "<hr>"
    written, last = [], 0
    for found in TOKEN.finditer(passage):
        if found[1] and 1 <= int(found[1]) <= len(gaps):  # a draft may name a gap that it does not have
            written += [safe(passage[last : found.start()]), gaps[int(found[1]) - 1]]
            last = found.end()
    return safe(task) + line + "".join(written) + safe(passage[last:])


def _begins_with_gap(passage: str) -> bool:
    parts = blocks(passage)
    return bool(parts) and any(found[1] for found in TOKEN.finditer(parts[0]))


def default_task() -> str:
    task = _("Fill in the gaps.")
    return f"<p>{task}</p>"
