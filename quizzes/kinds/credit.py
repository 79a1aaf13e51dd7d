"""Shares of a point as people write them, in per cent, and as they are meant: 33.33333 is a third."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

LARGEST_DENOMINATOR = 20
CLOSE = Fraction(1, 100_000)


def share(percent: Any) -> Fraction:
    """``percent`` (Decimal, int or text) as a share of 1: the simple fraction that it abbreviates, else as it is written."""
    exact = Fraction(Decimal(str(percent))) / 100
    simple = exact.limit_denominator(LARGEST_DENOMINATOR)
    return simple if abs(simple - exact) <= CLOSE else exact


def percent(fraction: Fraction) -> Decimal:
    """``share`` the other way round, with at most five places: a third is 33.33333."""
    value = Decimal(fraction.numerator * 100) / Decimal(fraction.denominator)
    rounded = value.quantize(Decimal("0.00001"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()
