"""Question texts with gaps. Moodle has one text; we have a task and a passage, whose gaps are [1], [2] and on."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

OPEN, CLOSE = "\ue000", "\ue001"  # around the number of a gap while the HTML around it is cleaned; nobody may write them
MARKER = re.compile(rf"{OPEN}(\d+){CLOSE}")
TOKEN = re.compile(r"<[^<>]*>|\[(\d{1,2})\]")
LIST_TAG = re.compile(r"<(/?)(p|ul|ol)>")
LINE = re.compile(r"<hr\b[^<>]*>", re.I)
DROP = re.compile(r"\[\[(\d{1,3})\]\]")


def unmarked(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


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


def gapped(task: str, passage: str, gap: Callable[[int], str], safe: Callable[[str], str]) -> str:
    """One text for Moodle: ``gap`` writes the gap with a number from 1, ``safe`` hides what only looks like a gap.

    A line is drawn between task and passage where they could not be told apart otherwise.
    """
    line = "" if task and _begins_with_gap(passage) else "<hr>"
    written = TOKEN.sub(lambda found: f"{OPEN}{found[1]}{CLOSE}" if found[1] else found[0], passage)
    written = MARKER.sub(lambda found: gap(int(found[1])), safe(written))
    return safe(task) + line + written


def _begins_with_gap(passage: str) -> bool:
    parts = blocks(passage)
    return bool(parts) and any(found[1] for found in TOKEN.finditer(parts[0]))


def default_task() -> str:
    task = _("Fill in the gaps.")
    return f"<p>{task}</p>"
