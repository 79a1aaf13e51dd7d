"""What answers tell about questions, and marks about a quiz: formulas of classical test theory. Pure.

A *share* is the part of a question's points that was earned: from -2 (sure and wrong) to 1.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, sqrt
from operator import mul
from statistics import median

from .statistics import ENOUGH, Sums, discrimination, facility

# A figure about fewer people could say something about one of them.
FEW = 5
HARD, EASY, WEAK, MANY_UNSURE = 0.25, 0.95, 0.2, 0.3


def sums_of(xs: Sequence[float], ys: Sequence[float]) -> Sums:
    """The sums over pairs of ``xs`` and ``ys`` from which facility and discrimination are made."""
    return Sums(len(xs), fsum(xs), fsum(ys), fsum(map(mul, xs, xs)), fsum(map(mul, ys, ys)), fsum(map(mul, xs, ys)))


def variance(values: Sequence[float]) -> float:
    """The sample variance (divided by n - 1), in the square of the values' unit. Raises ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError("A variance needs two values.")
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


@dataclass(frozen=True)
class Spread:
    """Of ``n`` results in per cent: mean, median and standard deviation in per cent; None where there are too few."""

    n: int
    mean: float | None = None
    median: float | None = None
    deviation: float | None = None


def spread_of(percents: Sequence[float]) -> Spread:
    """Mean and median from one result on, the sample standard deviation from two."""
    if not percents:
        return Spread(0)
    deviation = sqrt(variance(percents)) if len(percents) > 1 else None
    return Spread(len(percents), fsum(percents) / len(percents), float(median(percents)), deviation)


def tenths(percents: Iterable[float]) -> list[int]:
    """How many results lie in 0-9, 10-19, ... 90-100 per cent: ten counts. 100 belongs to the last."""
    counts = Counter(min(max(int(percent // 10), 0), 9) for percent in percents)
    return [counts[tenth] for tenth in range(10)]


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha, at most 1, of ``questions`` in ``attempts`` tries; None with too few, or where nobody differs."""

    alpha: float | None
    questions: int
    attempts: int


def cronbach_alpha(points: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of ``points``, one row for each attempt, one column for each question: k/(k-1) x (1 - sum var / var sum).

    None with fewer than two rows or columns, or where all totals are the same.
    """
    if len(points) < 2 or len(points[0]) < 2:
        return None
    totals = variance([fsum(row) for row in points])
    if totals < 1e-9:
        return None
    k = len(points[0])
    single = fsum(variance(column) for column in zip(*points, strict=True))
    return k / (k - 1) * (1 - single / totals)


def reliability(points: Iterable[Mapping[str, float]]) -> Reliability:
    """Alpha of the attempts that were asked the most common set of questions. ``points``: by question, for each attempt.

    Attempts with other questions cannot be compared and are left out.
    """
    groups: dict[frozenset[str], list[Mapping[str, float]]] = defaultdict(list)
    for attempt in points:
        groups[frozenset(attempt)].append(attempt)
    if not groups:
        return Reliability(None, 0, 0)
    questions, rows = max(groups.items(), key=lambda group: len(group[1]))
    order = sorted(questions)
    alpha = cronbach_alpha([[row[key] for key in order] for row in rows]) if len(rows) >= ENOUGH else None
    return Reliability(alpha, len(order), len(rows))


@dataclass(frozen=True)
class Told:
    """One thing that was said to a part of a question, how often, and the ``mean`` result (per cent) of those who said it.

    ``blank``: "unsure" or "unanswered" where it is no answer, else empty.
    """

    said: str
    right: bool | None
    blank: str
    count: int
    mean: float


@dataclass(frozen=True)
class PartTold:
    """``told``: what was said, the most frequent first. ``others``: how many answers are not shown; None: too few to say.

    ``held``: which blanks are among those.
    """

    asked: str
    told: tuple[Told, ...]
    others: int | None = 0
    held: frozenset[str] = frozenset()


def told_of(asked: str, rows: Mapping[tuple[str, bool | None, str], Sequence[float]], people: int) -> PartTold:
    """``rows``: results in per cent of those who said (words, right, blank), of ``people`` who were asked.

    What is said about so few that it could point to one of them is held back: see ``showable``.
    """
    ordered = sorted(rows.items(), key=lambda row: (-len(row[1]), row[0][0]))
    shown = showable([len(percents) for _said, percents in ordered], people)
    told = tuple(
        Told(said, right, blank, len(percents), fsum(percents) / len(percents))
        for number, ((said, right, blank), percents) in enumerate(ordered)
        if number in shown
    )
    rest = [row for number, row in enumerate(ordered) if number not in shown]
    others = sum(len(percents) for _said, percents in rest)
    held = frozenset(said[2] for said, _percents in rest if said[2])
    return PartTold(asked, told, others if others == 0 or others >= FEW else None, held)


def showable(counts: Sequence[int], people: int) -> set[int]:
    """Which of ``counts`` (positions) may be shown of ``people`` answers without telling about fewer than ``FEW`` people.

    Neither a count nor its complement may be small; where the counts add up to ``people``, neither may what is held back.
    """
    good = {i for i, count in enumerate(counts) if count >= FEW and (count == people or people - count >= FEW)}
    hidden = sum(count for i, count in enumerate(counts) if i not in good)
    if sum(counts) == people:
        for i in sorted(good, key=lambda i: counts[i]):
            if not 0 < hidden < FEW:
                break
            good.discard(i)
            hidden += counts[i]
    return good


def hints(*, facility: float | None, discrimination: float | None, unsure: float | None, doubts: int) -> list[str]:
    """Names of what a trainer should look at: ``hard``, ``easy``, ``key``, ``weak``, ``unsure``, ``doubts``."""
    found = []
    if facility is not None:
        found += ["hard"] * (facility < HARD) + ["easy"] * (facility > EASY)
    if discrimination is not None:
        found += ["key"] * (discrimination < 0) + ["weak"] * (0 <= discrimination < WEAK)
    if unsure is not None and unsure >= MANY_UNSURE:
        found.append("unsure")
    return found + ["doubts"] * (doubts > 0)


@dataclass
class Answers:
    """The answers to one version of a question, in columns: a big quiz has hundreds of thousands of them.

    ``shares`` of its points and of the ``rests`` of the attempts belong together; ungraded answers are in neither. ``results``:
    per cent of the whole attempt, by the answer as JSON text (None for no answer). ``seconds`` of those who answered.
    """

    number: int = 0
    shares: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    results: dict[str | None, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, said: str | None, share: float | None, rest: float, percent: float, seconds: int) -> None:
        """``share`` is None where there are no points to earn; ``rest`` 0 where the attempt asks nothing else."""
        self.number += 1
        self.results[said].append(percent)
        if share is not None:
            self.shares.append(share)
            self.rests.append(rest)
        if said is not None:
            self.seconds.append(seconds)


@dataclass(frozen=True)
class ItemFigures:
    """Of the answers to one version of a question. Facility from ``FEW`` answers on, discrimination from ``ENOUGH``.

    ``facility``: mean share; ``discrimination``: Pearson correlation of the share with that of the rest of the attempt;
    ``median_seconds`` and ``mean_seconds`` of those who answered.
    """

    answers: int
    facility: float | None = None
    discrimination: float | None = None
    median_seconds: float | None = None
    mean_seconds: float | None = None


def item_figures(answers: Answers) -> ItemFigures:
    if answers.number < FEW:
        return ItemFigures(answers.number)
    sums, times = sums_of(answers.shares, answers.rests), answers.seconds
    return ItemFigures(
        answers=answers.number,
        facility=facility(sums) if sums.n >= FEW else None,
        discrimination=discrimination(sums) if sums.n >= ENOUGH else None,
        median_seconds=float(median(times)) if len(times) >= FEW else None,
        mean_seconds=fsum(times) / len(times) if len(times) >= FEW else None,
    )
