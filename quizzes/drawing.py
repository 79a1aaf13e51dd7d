"""Which questions of a pool an attempt asks. Pure: the caller brings the chance."""

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar


class HasOutcome(Protocol):
    outcome: str


T = TypeVar("T", bound=HasOutcome)


def draw(pool: Sequence[T], wanted: int, chance: Random, *, shuffle: bool) -> list[T]:
    """Return ``wanted`` different questions of ``pool`` (all of them when 0), so that every outcome is asked.

    With fewer questions than outcomes, as many outcomes as there are questions, each time others. The order is that of the
    pool unless ``shuffle``.
    """
    drawn = set(range(len(pool)))
    if 0 < wanted < len(pool):
        drawn = _covering(pool, wanted, chance)
    order = sorted(drawn)
    if shuffle:
        chance.shuffle(order)
    return [pool[i] for i in order]


def _covering(pool: Sequence[HasOutcome], wanted: int, chance: Random) -> set[int]:
    order = list(range(len(pool)))
    chance.shuffle(order)
    first_of: dict[str, int] = {}
    for i in order:
        if pool[i].outcome:
            first_of.setdefault(pool[i].outcome, i)
    drawn = list(first_of.values())[:wanted]
    rest = [i for i in order if i not in set(drawn)]
    return {*drawn, *rest[: wanted - len(drawn)]}
