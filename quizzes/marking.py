"""Rules of marking. Pure: a snapshot and an answer give a mark, marks give a score. All arithmetic is exact."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from .kinds import KINDS, Mark, Verdict
from .kinds.base import UNSURE

HUNDREDTH = Decimal("0.01")


def mark(snapshot: dict[str, Any], answer: Any) -> Mark:
    """Mark one answer (JSON, None for none, ``UNSURE``) to the question frozen in ``snapshot``."""
    if answer is None or answer == UNSURE:
        return Mark(Fraction(0), Verdict.UNANSWERED if answer is None else Verdict.UNSURE)
    return KINDS[snapshot["kind"]].mark(snapshot, answer)


def earns(result: Mark, max_points: Decimal) -> Decimal:
    """The points of one response, to the hundredth, for showing and counting. Totals are made from exact fractions instead."""
    return rounded(result.fraction * Fraction(max_points), ROUND_HALF_UP)


def rounded(value: Fraction, rounding: str) -> Decimal:
    """``value`` to the hundredth, without passing through a binary float."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(HUNDREDTH, rounding)


@dataclass(frozen=True)
class Score:
    """Points earned out of ``possible``, exactly. What is shown rounds down: nobody reads 80 and has not reached 80."""

    points: Fraction
    possible: Fraction

    @property
    def shown_points(self) -> Decimal:
        return rounded(self.points, ROUND_FLOOR)

    @property
    def shown_possible(self) -> Decimal:
        return rounded(self.possible, ROUND_FLOOR)

    @property
    def percent(self) -> Decimal:
        return rounded(self.points * 100 / self.possible, ROUND_FLOOR) if self.possible else Decimal("100.00")

    def passes(self, pass_mark: int) -> bool:
        """Whether the share reached ``pass_mark`` per cent; exactly on the mark is a pass."""
        return self.points * 100 >= pass_mark * self.possible


def total(parts: Iterable[tuple[Mark, Decimal]]) -> Score:
    """Add up (mark, points possible) pairs."""
    points = possible = Fraction(0)
    for result, max_points in parts:
        points += result.fraction * Fraction(max_points)
        possible += Fraction(max_points)
    return Score(points, possible)


def points_needed(possible: Decimal, pass_mark: int, *, whole: bool) -> Decimal:
    """The fewest points that pass. ``whole``: no answer can earn a part of a point, so round up to a full one."""
    needed = Fraction(possible) * pass_mark / 100
    return Decimal(-(-needed.numerator // needed.denominator)) if whole else rounded(needed, ROUND_CEILING)


@dataclass(frozen=True)
class OutcomeScore:
    """How one learning outcome went; ``review_keys`` name the lessons that teach what was not right, in order, once each."""

    outcome: str
    score: Score
    review_keys: tuple[str, ...]

    @property
    def is_solid(self) -> bool:
        return self.score.points == self.score.possible


def by_outcome(parts: Iterable[tuple[dict[str, Any], Mark, Decimal]]) -> list[OutcomeScore]:
    """Group (snapshot, mark, points possible) by outcome, in order of first appearance. Questions without one are left out."""
    groups: dict[str, list[tuple[dict[str, Any], Mark, Decimal]]] = {}
    for part in parts:
        if part[0]["outcome"]:
            groups.setdefault(part[0]["outcome"], []).append(part)
    return [
        OutcomeScore(
            outcome,
            total((result, max_points) for _snapshot, result, max_points in group),
            tuple(dict.fromkeys(s["review_key"] for s, result, _max in group if result.fraction < 1 and s["review_key"])),
        )
        for outcome, group in groups.items()
    ]
