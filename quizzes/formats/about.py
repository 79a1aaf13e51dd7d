"""What is typed about a question - dates, shares, countries, yes and no - as the values of an ``Item``."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from .text_files import SPACE, decimal

DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3, "1": 1, "2": 2, "3": 3}
YES, NO = {"x", "yes", "y", "true", "1", "✓", "✔"}, {"", "no", "n", "false", "0", "-"}
DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(\d{1,2})([./])(\d{1,2})\5(\d{4})")
SYNONYMS = {
    "multiple_choice": "single_choice", "multiple_answers": "multiple_response", "several_answers": "multiple_response",
    "truefalse": "true_false", "true_or_false": "true_false", "short_answer": "short_text", "number": "numeric",
    "numerical": "numeric", "match": "matching", "order": "ordering", "categorize": "categorise", "description": "information",
}  # fmt: skip


def kind_name(typed: str) -> str:
    """The kind that is meant by ``typed``; there may be none of that name."""
    name = re.sub(r"[^a-z]+", "_", typed.casefold()).strip("_")
    return SYNONYMS.get(name, name)


def day(text: str) -> date | None:
    """2026-03-01, 1.3.2026 or 1/3/2026 (the day first)."""
    match = DAY.fullmatch(text)
    if not match:
        return None
    year, month, number = match["year"] or match[7], match["month"] or match[6], match["day"] or match[4]
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def share(text: str) -> Decimal | None:
    """From 0 to 1, or in per cent."""
    number = decimal(text.removesuffix("%"), comma=True)
    value = None if number is None else Decimal(number) / (100 if text.endswith("%") else 1)
    return value if value is not None and 0 <= value <= 1 else None


def points(text: str) -> Decimal | None:
    number = decimal(text, comma=True)
    return Decimal(number) if number is not None and Decimal(number) >= 0 else None


def country(text: str) -> str | None:
    return text.upper() if re.fullmatch(r"[A-Za-z]{2,3}", text) else None


READERS: dict[str, Callable[[str], Any]] = {  # by field of Item; None where the text does not fit
    "difficulty": lambda text: DIFFICULTIES.get(text.casefold()),
    "country": country,
    "checked_on": day,
    "review_by": day,
    "points": points,
    "penalty": share,
}


def units(text: str) -> list[dict[str, str]] | None:
    """``km = 1; m = 1000``: the first one is the unit of the accepted numbers. None where it does not fit."""
    found = []
    for part in text.split(";"):
        name, equals, factor = part.rpartition("=")
        name, number = (name or factor).strip(SPACE), decimal(factor, comma=True) if equals else "1"
        if not name or number is None or Decimal(number) <= 0:
            return None
        found.append({"name": name, "factor": number})
    return found


def typed_units(units: list[dict[str, Any]]) -> str:
    return "; ".join(f"{unit['name']} = {unit['factor']}" for unit in units)
