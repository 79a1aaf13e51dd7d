"""What we know about a question and Moodle has no field for travels as tags that people can read."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from quizzes.formats.base import Item

DIFFICULTY = {1: "easy", 2: "medium", 3: "hard"}
TEXTS = {"outcome": "outcome", "source": "source", "checked by": "checked_by", "language": "language"}
DATES = {"checked on": "checked_on", "review by": "review_by"}
FREE_ACCENTS = "accents: do not count"
OWN_TAG = "tag: "  # before a tag that would say something about the question if it stood alone
LONGEST_TAG = 50  # Moodle cuts longer ones


def _meant(prefix: str, rest: str) -> tuple[str, Any] | None:
    """The field and value that a tag ``prefix: rest`` stands for."""
    if prefix in TEXTS and rest:
        return TEXTS[prefix], rest
    if prefix == "country" and re.fullmatch("[A-Z]{2,3}", rest):
        return "country", rest
    if prefix == "difficulty" and rest in DIFFICULTY.values():
        return "difficulty", next(level for level, word in DIFFICULTY.items() if word == rest)
    if prefix in DATES and re.fullmatch(r"\d{4}-\d\d-\d\d", rest):
        try:
            return DATES[prefix], date.fromisoformat(rest)
        except ValueError:
            return None
    return None


def _says_something(tag: str) -> bool:
    prefix, _colon, rest = tag.partition(": ")
    return tag == FREE_ACCENTS or _meant(prefix, rest) is not None or (tag.startswith(OWN_TAG) and _says_something(rest))


def take_tags(item: Item, tags: Iterable[str]) -> None:
    """Set the fields of ``item`` that ``tags`` stand for; the others are its tags. ``FREE_ACCENTS`` is up to the caller."""
    kept = []
    for tag in tags:
        prefix, _colon, rest = tag.partition(": ")
        meant = _meant(prefix, rest)
        if tag == FREE_ACCENTS:
            continue
        if meant and not getattr(item, meant[0]):
            setattr(item, *meant)
        elif tag.startswith(OWN_TAG) and _says_something(rest):
            kept.append(rest)
        elif tag:
            kept.append(tag)
    item.tags = kept


def tags_of(item: Item) -> list[str]:
    """All tags to write for ``item``, its own last."""
    known = {
        **{prefix: getattr(item, name) for prefix, name in TEXTS.items()},
        "country": item.country,
        "difficulty": DIFFICULTY.get(item.difficulty or 0, ""),
        **{prefix: when.isoformat() if (when := getattr(item, name)) else "" for prefix, name in DATES.items()},
    }
    own = [f"{OWN_TAG}{tag}" if _says_something(tag) else tag for tag in item.tags]
    return [f"{prefix}: {value}" for prefix, value in known.items() if value] + own
