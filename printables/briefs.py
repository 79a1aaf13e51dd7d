"""A lesson in brief: one line for each block, so that a trainer sees at a glance what learners read there."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from countries.slots import SLOTS
from courses.blocks.law import LawBlock
from quizzes.kinds.prose import plain_text
from training.blocks import CALLOUT_KINDS

from .contents import Lesson

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")
MOST_LETTERS = 180  # of the sentences that stand for a text


@dataclass(frozen=True)
class Line:
    """``label``: what stands there; ``words``: what it says; ``who``: who alone sees it. A heading has no label."""

    label: str
    words: str
    is_heading: bool = False
    who: str = ""


def brief_of(lesson: Lesson) -> list[Line]:
    return [
        replace(line, who=lesson.who_sees(child)) for child in lesson.blocks() for line in lines_of(child.block_type, child.value)
    ]


def lines_of(name: str, value: Any) -> Iterator[Line]:
    """The lines of one block; none for a block that has nothing to be said in brief."""
    if name == "heading":
        yield Line("", str(value), is_heading=True)
    elif name == "text":
        yield Line("", beginning(plain_text(value.source)))
    elif name == "do_dont":
        yield Line(_("Do"), listed(advice["text"] for advice in value["do"]))
        yield Line(_("Don’t"), listed(advice["text"] for advice in value["dont"]))
    elif name in LINES:
        yield LINES[name](value)


def beginning(words: str) -> str:
    """Whole sentences from the start of a text, as many as are worth a line or two."""
    first, *others = SENTENCE_END.split(words)
    for sentence in others:
        if len(first) + len(sentence) > MOST_LETTERS:
            break
        first = f"{first} {sentence}"
    return first


def listed(words: Iterable[Any]) -> str:
    return " · ".join(str(word).rstrip(".") for word in words)


def _case(value: Any) -> Line:
    return Line(_("Case study"), f"{value['name']}, {value['age']}: {value['setting']}")


def _law(value: Any) -> Line:
    means = beginning(plain_text(value["means"].source))
    return Line(str(LawBlock().label), f"{value['article']}, {value['instrument']}: {means}")


LINES: dict[str, Callable[[Any], Line]] = {
    "key_message": lambda value: Line(_("Key message"), value["text"]),
    "callout": lambda value: Line(str(dict(CALLOUT_KINDS).get(value["kind"], "")), value["title"]),
    "steps": lambda value: Line(_("Steps"), listed(item["title"] for item in value["items"])),
    "accordion": lambda value: Line(_("To read on"), listed(item["title"] for item in value["items"])),
    "tabs": lambda value: Line(_("Tabs"), listed(item["title"] for item in value["items"])),
    "terms": lambda value: Line(_("Words"), listed(item["term"] for item in value["terms"])),
    "table": lambda value: Line(_("Table"), value["caption"]),
    "timeline": lambda value: Line(_("Timeline"), value["caption"]),
    "roles": lambda value: Line(_("Who does what"), value["caption"]),
    "chart": lambda value: Line(_("Chart"), value["takeaway"]),
    "quote": lambda value: Line(_("Quote"), beginning(value["text"])),
    "video": lambda value: Line(_("Video"), value["title"]),
    "audio": lambda value: Line(_("Audio"), value["title"]),
    "care": lambda value: Line(_("Care note"), value["mentions"]),
    "case": _case,
    "law": _law,
    "national": lambda value: Line(_("In your country"), str(dict(SLOTS).get(value["slot"], ""))),
}
