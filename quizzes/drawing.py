"""Which questions an attempt asks, in which order and on which page. Pure: the caller brings the chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Protocol, TypeVar
from uuid import UUID


class HasOutcome(Protocol):
    outcome: str


T = TypeVar("T", bound=HasOutcome)


def draw(
    pool: Sequence[T], wanted: int, chance: Random, *, shuffle: bool, times: Callable[[T], int] = lambda _question: 0
) -> list[T]:
    """Return ``wanted`` different questions of ``pool`` (all of them when 0), so that every outcome is asked.

    With fewer questions than outcomes, as many outcomes as there are questions, each time others. ``times``: how often a
    question was asked before; those asked least come first. The order is that of the pool unless ``shuffle``.
    """
    drawn = set(range(len(pool)))
    if 0 < wanted < len(pool):
        drawn = _covering(pool, wanted, chance, times)
    order = sorted(drawn)
    if shuffle:
        chance.shuffle(order)
    return [pool[i] for i in order]


def _covering(pool: Sequence[T], wanted: int, chance: Random, times: Callable[[T], int]) -> set[int]:
    order = list(range(len(pool)))
    chance.shuffle(order)
    order.sort(key=lambda i: times(pool[i]))
    first_of: dict[str, int] = {}
    for i in order:
        if pool[i].outcome:
            first_of.setdefault(pool[i].outcome, i)
    drawn = list(first_of.values())[:wanted]
    rest = [i for i in order if i not in set(drawn)]
    return {*drawn, *rest[: wanted - len(drawn)]}


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked: its row, its key in every language, what it teaches, and its place in the quiz."""

    pk: int
    key: UUID
    outcome: str
    points: Decimal
    section: int  # index into the sections of the quiz; 0 where there are none
    is_graded: bool = True  # whether it can earn points at all
    after_previous: bool = False  # whether it opens only when the question before it is finished
    version: int | None = None  # the revision that is asked; None: the one that is published


@dataclass(frozen=True)
class Slot:
    """One item of a quiz: ``count`` of its ``candidates``; 0 means all. A fixed one is always asked."""

    candidates: tuple[Candidate, ...]
    count: int = 0
    is_fixed: bool = False

    @property
    def asks(self) -> int:
        return min(self.count or len(self.candidates), len(self.candidates))


@dataclass(frozen=True)
class Section:
    title: str = ""
    shuffle: bool = False


@dataclass(frozen=True)
class Place:
    """A question in its place: pages count from 1; ``section`` is the heading it stands under."""

    candidate: Candidate
    page: int
    section: str


def choose(slots: Sequence[Slot], wanted: int, chance: Random, asked: Mapping[UUID, int] | None = None) -> list[Candidate]:
    """The questions of one attempt in the order of the quiz, none twice.

    ``wanted``: so many of everything together; 0: of each slot what it asks. Fixed questions are not drawn a second time.
    ``asked``: how often each was asked of the same person before, so that another try asks others as long as there are some.
    A fixed one without points (something to read, a poll) is always there and takes the place of no other.
    """
    before = asked or {}

    def times(candidate: Candidate) -> int:
        return before.get(candidate.key, 0)

    if wanted:
        return _of_everything(slots, wanted, chance, times)
    reserved = {candidate.key for slot in slots if slot.is_fixed for candidate in slot.candidates}
    chosen: dict[UUID, Candidate] = {}
    for slot in slots:
        barred = chosen.keys() if slot.is_fixed else chosen.keys() | reserved
        free = [candidate for candidate in slot.candidates if candidate.key not in barred]
        drawn = draw(free, slot.count, chance, shuffle=False, times=times)
        chosen |= {candidate.key: candidate for candidate in drawn}
    return list(chosen.values())


def _of_everything(slots: Sequence[Slot], wanted: int, chance: Random, times: Callable[[Candidate], int]) -> list[Candidate]:
    pool: dict[UUID, Candidate] = {}
    for candidate in (candidate for slot in slots for candidate in slot.candidates):
        pool.setdefault(candidate.key, candidate)
    kept = {c.key for slot in slots if slot.is_fixed for c in slot.candidates if not c.is_graded}
    free = [candidate for candidate in pool.values() if candidate.key not in kept]
    drawn = draw(free, wanted, chance, shuffle=False, times=times)
    kept |= {candidate.key for candidate in drawn}
    return [candidate for candidate in pool.values() if candidate.key in kept]


def arrange(
    chosen: Sequence[Candidate],
    sections: Sequence[Section],
    chance: Random,
    *,
    shuffle: bool,
    shuffle_sections: bool,
    per_page: int,
) -> list[Place]:
    """Put ``chosen`` in order and on pages of ``per_page`` questions (0: one page); each section begins a page of its own."""
    groups: dict[int, list[Candidate]] = {}
    for candidate in chosen:
        groups.setdefault(candidate.section, []).append(candidate)
    order = sorted(groups)
    if shuffle_sections:
        chance.shuffle(order)
    places: list[Place] = []
    page = 0
    for index in order:
        section = sections[index] if index < len(sections) else Section()
        group = groups[index]
        if shuffle or section.shuffle:
            chance.shuffle(group)
        for n, candidate in enumerate(group):
            page += n % (per_page or len(group)) == 0
            places.append(Place(candidate, page, section.title))
    return places
