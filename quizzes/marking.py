"""Rules of marking. Pure: a snapshot and an answer give a mark, marks give a score. All arithmetic is exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from .kinds import KINDS, Mark, Verdict
from .kinds.base import UNSURE, verdict_of
from .kinds.credit import share
from .rules import Behaviour, Rules

HUNDREDTH = Decimal("0.01")
LARGEST_DENOMINATOR = 300  # two different fractions up to it differ by more than five places round off


# How sure a learner was -> the share for a right and for a wrong answer. Sure and wrong costs twice what sure and right earns,
# so that saying what one really thinks pays best (certainty-based marking, A. Gardner-Medwin, UCL).
CERTAINTY = {
    1: (Fraction(1, 3), Fraction(0)),
    2: (Fraction(2, 3), Fraction(-2, 3)),
    3: (Fraction(1), Fraction(-2)),
}
SAYS_NOTHING = {Verdict.UNSURE, Verdict.UNANSWERED, Verdict.NOTED, Verdict.WAITING}


def mark(snapshot: dict[str, Any], answer: Any) -> Mark:
    """Mark one answer (JSON, None for none, ``UNSURE``) to the question frozen in ``snapshot``, by the rule of its kind alone."""
    if answer is None or answer == UNSURE:
        return Mark(Fraction(0), Verdict.UNANSWERED if answer is None else Verdict.UNSURE)
    return KINDS[snapshot["kind"]].mark(snapshot, answer)


@dataclass(frozen=True)
class Given:
    """All that the points of one response depend on. ``checks``: earlier answers, each ``{"answer", "certainty"}``."""

    snapshot: dict[str, Any]
    answer: Any
    certainty: int | None = None
    checks: Sequence[dict[str, Any]] = ()
    hand_fraction: Decimal | None = None


def worth(given: Given, rules: Rules) -> Mark:
    """What a response is worth by the rules of its attempt: ``fraction`` of its points, from -2 (sure and wrong) to 1."""
    last = _one(given, given.answer, given.certainty, rules)
    if not given.checks or not rules.checks or last.verdict in SAYS_NOTHING:
        return last
    tries = [_one(given, check["answer"], check.get("certainty"), rules) for check in given.checks]
    if given.answer != given.checks[-1]["answer"]:
        tries.append(last)
    cost = _penalty(given.snapshot, rules)
    after_penalties = [
        replace(result, fraction=max(result.fraction - n * cost, Fraction(0)) if result.fraction > 0 else result.fraction)
        for n, result in enumerate(tries)
    ]
    if rules.behaviour == Behaviour.ADAPTIVE:
        return max(after_penalties, key=lambda result: result.fraction)
    return after_penalties[-1]


def _one(given: Given, answer: Any, certainty: int | None, rules: Rules) -> Mark:
    result = mark(given.snapshot, answer)
    if result.verdict == Verdict.WAITING and given.hand_fraction is not None:
        fraction = exact(given.hand_fraction)
        return Mark(fraction, verdict_of(fraction))
    if result.verdict == Verdict.WAITING:
        return result  # the parts that need no marker count already
    if result.verdict in SAYS_NOTHING:
        return replace(result, fraction=Fraction(0))
    fraction = result.fraction
    if rules.certainty:
        right, wrong = CERTAINTY[certainty or 1]
        fraction = max(fraction, Fraction(0))
        return replace(result, fraction=fraction * right + (1 - fraction) * wrong)
    if fraction <= 0:
        fraction = min(fraction, Fraction(-rules.wrong_costs, 100)) if rules.wrong_costs else Fraction(0)
    return replace(result, fraction=fraction)


def exact(kept: Decimal) -> Fraction:
    """The fraction that ``kept`` abbreviates with five places: 0.33333 is a third, or nobody would reach a pass mark exactly."""
    return Fraction(kept).limit_denominator(LARGEST_DENOMINATOR)


def _penalty(snapshot: dict[str, Any], rules: Rules) -> Fraction:
    """What each earlier try costs: the question's own penalty, a third where it says nothing."""
    return share(Decimal(snapshot.get("penalty") or "0.3333333") * 100) if rules.penalties else Fraction(0)


def is_settled(given: Given, rules: Rules) -> bool:
    """Whether nothing more can be tried after the checks so far: see ``Behaviour``."""
    if not given.checks or rules.behaviour in {Behaviour.DEFERRED, Behaviour.ADAPTIVE}:
        return False
    if rules.behaviour == Behaviour.IMMEDIATE:
        return True
    last = mark(given.snapshot, given.checks[-1]["answer"])
    return last.verdict in {Verdict.RIGHT, *SAYS_NOTHING} or len(given.checks) > len(given.snapshot.get("hints") or [])


def opens_next(given: Given, rules: Rules) -> bool:
    """Whether a question that waits for this one may open: it is settled, or has been checked where answers stay open.

    Not knowing the answer opens it too, and so does what asks nothing.
    """
    if not KINDS[given.snapshot["kind"]].asks or given.answer == UNSURE:
        return True
    return bool(given.checks) if rules.behaviour == Behaviour.ADAPTIVE else is_settled(given, rules)


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
    """Add up (mark, points possible) pairs. Nobody gets less than nothing in all."""
    points = possible = Fraction(0)
    for result, max_points in parts:
        points += result.fraction * Fraction(max_points)
        possible += Fraction(max_points)
    return Score(max(points, Fraction(0)), possible)


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
