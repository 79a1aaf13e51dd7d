"""Which of several tries counts, and when a quiz is done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

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


def _grade(grading: str, tries: Sequence[Try]) -> tuple[Decimal | None, bool]:
    if not tries:
        return None, False
    if grading == Grading.BEST:
        best = max(tries, key=lambda one: (one.passed, one.percent))
        return best.percent, best.passed
    if grading == Grading.AVERAGE:
        mean = sum((one.percent for one in tries), Decimal(0)) / len(tries)
        return mean.quantize(HUNDREDTH, ROUND_FLOOR), mean >= tries[-1].pass_mark
    one = tries[0] if grading == Grading.FIRST else tries[-1]
    return one.percent, one.passed
