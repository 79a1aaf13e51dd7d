"""What a marker gives to an answer, and what share of its question that makes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from .kinds import KINDS
from .kinds.case_study import CaseStudy, answered, headed
from .kinds.essay import WHOLE, fraction_of, text_of

PLACES = Decimal("0.00001")  # as responses keep it
LARGE_DIFFERENCE = Fraction(1, 4)  # between two markers


@dataclass(frozen=True)
class Criterion:
    """``key`` is its name in ``HandMark.scores``; ``name`` is empty where the text has no rubric and gets 0 to 100 per cent."""

    key: str
    ident: str
    name: str
    description: str
    most: int


@dataclass(frozen=True)
class WrittenText:
    """A text of the learner that waits for points. ``part`` and ``heading`` tell which part of a case it answers."""

    part: str
    heading: str
    snapshot: dict[str, Any]
    text: str
    criteria: tuple[Criterion, ...]


def texts_of(snapshot: Mapping[str, Any], answer: Any) -> list[WrittenText]:
    """The texts in ``answer`` that a person marks, in order; none where nothing was written."""
    if KINDS[snapshot["kind"]].by_hand:
        found = [("", "", snapshot, answer)]
    elif isinstance(KINDS[snapshot["kind"]], CaseStudy):
        parts = [(heading, part) for heading, part in headed(snapshot) if KINDS[part["kind"]].by_hand]
        found = [(part["id"], heading, part, answered(answer, part)) for heading, part in parts]
    else:
        found = []
    return [
        WrittenText(part, heading, own, text_of(said), _criteria(own, part))
        for part, heading, own, said in found
        if text_of(said)
    ]


def _criteria(snapshot: Mapping[str, Any], part: str) -> tuple[Criterion, ...]:
    rubric = [Criterion(row["id"], row["id"], row["name"], row["description"], row["points"]) for row in snapshot["rubric"]]
    return tuple(rubric) or (Criterion(f"{WHOLE}-{part}" if part else WHOLE, WHOLE, "", "", 100),)


def share_by(snapshot: Mapping[str, Any], answer: Any, scores: Mapping[str, Any]) -> Fraction:
    """The share of the whole question that ``scores`` give, by the key of each criterion; a case counts its other parts too.

    Raises ValueError where a criterion has no points, or points out of range.
    """
    by_hand = {}
    for text in texts_of(snapshot, answer):
        given = {criterion.ident: scores[criterion.key] for criterion in text.criteria if criterion.key in scores}
        by_hand[text.part] = fraction_of(text.snapshot, given)
    kind = KINDS[snapshot["kind"]]
    if isinstance(kind, CaseStudy):
        return kind.mark_with(snapshot, answer, by_hand).fraction
    return by_hand.get("", Fraction(0))


def hand_fraction(snapshot: Mapping[str, Any], answer: Any, scores: Iterable[Mapping[str, Any]]) -> Decimal:
    """The mean of what several markers gave, as a response keeps it. Raises ValueError as ``share_by``."""
    return as_kept(mean([share_by(snapshot, answer, one) for one in scores]))


def mean(shares: list[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def as_kept(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(PLACES, ROUND_HALF_UP)


def differ_much(shares: list[Fraction]) -> bool:
    return len(shares) > 1 and max(shares) - min(shares) > LARGE_DIFFERENCE


def exact_shares(kept: Iterable[Decimal | None]) -> list[Fraction]:
    return [Fraction(one) for one in kept if one is not None]
