"""Which of several tries counts, and when a quiz is done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Protocol, TypeVar

from .rules import Completion, Grading, Rules

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Try:
    """A try that was handed in, with what it promised. ``waiting``: a person has still to mark a part of it."""

    percent: Decimal
    passed: bool
    pass_mark: int
    waiting: bool
    rules: Rules


class Marked(Protocol):
    percent: Decimal
    passed: bool


AnyTry = TypeVar("AnyTry", bound=Marked)


@dataclass(frozen=True)
class Standing:
    """What all tries together amount to. ``percent`` is None while only tries that wait for a marker could count."""

    tries: int
    percent: Decimal | None
    passed: bool
    done: bool


def standing(tries: Sequence[Try]) -> Standing:
    """How somebody stands after ``tries``, in the order in which they were handed in; at least one.

    The latest try says how they are counted. A try that waits for its marker counts once it is marked.
    """
    rules = tries[-1].rules
    marked = [one for one in tries if not one.waiting]
    percent, passed = _grade(rules.grading, marked)
    used_up = rules.attempts_allowed and len(tries) >= rules.attempts_allowed
    enough = {
        Completion.PASS: passed,
        Completion.USED_UP: passed or bool(used_up),
        Completion.TAKEN: True,
    }[Completion(rules.completion)]
    return Standing(len(tries), percent, passed, enough and len(tries) >= rules.minimum_tries)


def those_that_count(grading: str, tries: Sequence[AnyTry]) -> list[AnyTry]:
    """Which of ``tries`` (all marked, in the order in which they were handed in) make the result: one, or all for the average."""
    if not tries or grading == Grading.AVERAGE:
        return list(tries)
    if grading == Grading.BEST:
        return [max(tries, key=lambda one: (one.passed, one.percent))]
    return [tries[0] if grading == Grading.FIRST else tries[-1]]


def _grade(grading: str, tries: Sequence[Try]) -> tuple[Decimal | None, bool]:
    counted = those_that_count(grading, tries)
    if not counted:
        return None, False
    if grading == Grading.AVERAGE:
        mean = sum((one.percent for one in counted), Decimal(0)) / len(counted)
        return mean.quantize(HUNDREDTH, ROUND_FLOOR), mean >= counted[-1].pass_mark
    return counted[0].percent, counted[0].passed
