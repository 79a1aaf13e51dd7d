"""What answers tell about questions. Formulas are pure; sums are made by the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from uuid import UUID

from django.db.models import Count, F, FloatField, Max, Sum
from django.db.models.functions import Cast

from .models import Attempt, Response

# With fewer answers the figures say more about chance than about the question.
ENOUGH = 30


@dataclass(frozen=True)
class Sums:
    """Sums over ``n`` pairs: x, the share of a question's points that was earned, and y, the per cent of the whole attempt."""

    n: int
    x: float
    y: float
    xx: float
    yy: float
    xy: float


@dataclass(frozen=True)
class Figures:
    """Of the answers to one question. ``facility``: mean share earned, 0 to 1. ``discrimination``: -1 to 1.

    Both are None with fewer than ``ENOUGH`` answers; ``discrimination`` also where nobody differs from anybody.
    """

    answers: int
    facility: float | None
    discrimination: float | None
    last_used: datetime | None


NO_FIGURES = Figures(0, None, None, None)


def facility(sums: Sums) -> float | None:
    """The mean share of the points that was earned."""
    return sums.x / sums.n if sums.n else None


def discrimination(sums: Sums) -> float | None:
    """How far those who do well in the whole quiz also do well here: the correlation of the two, from -1 to 1."""
    spread_x = sums.n * sums.xx - sums.x**2
    spread_y = sums.n * sums.yy - sums.y**2
    # Rounding may leave a hair more than nothing where all values are alike.
    if spread_x <= 1e-9 * max(sums.n * sums.xx, 1) or spread_y <= 1e-9 * max(sums.n * sums.yy, 1):
        return None
    return max(-1.0, min(1.0, (sums.n * sums.xy - sums.x * sums.y) / sqrt(spread_x * spread_y)))


def question_figures(keys: Iterable[UUID]) -> dict[UUID, Figures]:
    """The figures of the questions ``keys`` from all attempts that count, in every language; all of ``keys``. One query."""
    keys = list(keys)
    share = Cast("points", FloatField()) / Cast("max_points", FloatField())
    percent = Cast("attempt__percent", FloatField())
    rows = (
        Response.objects.filter(question_key__in=keys, attempt__in=Attempt.objects.counting(), excluded=False)
        .filter(waits_for_marker=False, points__isnull=False, max_points__gt=0, attempt__percent__isnull=False)
        .order_by()
        .annotate(share=share, whole=percent)
        .values("question_key")
        .annotate(
            n=Count("pk"),
            x=Sum("share"),
            y=Sum("whole"),
            xx=Sum(F("share") * F("share")),
            yy=Sum(F("whole") * F("whole")),
            xy=Sum(F("share") * F("whole")),
            last=Max("attempt__submitted_at"),
        )
    )
    found = {row["question_key"]: _figures(row) for row in rows}
    return {key: found.get(key, NO_FIGURES) for key in keys}


def _figures(row: dict) -> Figures:
    sums = Sums(*(row[name] for name in ("n", "x", "y", "xx", "yy", "xy")))
    enough = sums.n >= ENOUGH
    return Figures(
        answers=sums.n,
        facility=facility(sums) if enough else None,
        discrimination=discrimination(sums) if enough else None,
        last_used=row["last"],
    )
