"""The item analysis of a quiz: all attempts that count, whatever the organisation, as figures about no fewer than a few."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, FloatField, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from quizzes.analysis import (
    FEW,
    Answers,
    ItemFigures,
    PartTold,
    Reliability,
    Spread,
    hints,
    item_figures,
    reliability,
    spread_of,
    told_of,
)
from quizzes.kinds import KINDS
from quizzes.kinds.base import UNSURE
from quizzes.models import Attempt, QuestionFlag, Response

from .answers import heading_of

Version = tuple[str, int]  # key of the question as the database writes it, version
Said = tuple[str, bool | None, str]  # in words, whether it is right, how it is no answer ("unsure", "unanswered" or nothing)
BLANK = {"unsure": gettext_lazy("I don't know yet"), "unanswered": gettext_lazy("Not answered")}


@dataclass(frozen=True)
class Item:
    """One version of one question. Shares are from 0 to 1, None where they would tell about fewer than ``FEW`` people."""

    key: UUID
    version: int
    text: str
    kind: str
    figures: ItemFigures
    unsure: float | None
    unanswered: float | None
    parts: tuple[PartTold, ...]
    doubts: tuple[tuple[str, int], ...]  # reason in words, how many learners
    hints: tuple[str, ...]

    @property
    def too_few(self) -> bool:
        return self.figures.answers < FEW


@dataclass(frozen=True)
class Analysis:
    attempts: int
    spread: Spread
    reliability: Reliability
    items: list[Item]


def analyse(quiz_key: UUID) -> Analysis:
    """Four queries, whatever the number of attempts. Attempts that wait for a marker are left out until they are marked."""
    whole = _attempts(quiz_key)
    answers, points, places, newest = _answers(quiz_key, whole)
    snapshots = dict(Response.objects.filter(pk__in=newest.values()).values_list("pk", "snapshot"))
    doubts = _doubts({UUID(key) for key, _version in newest})
    order = sorted(newest, key=lambda item: (places[item] / answers[item].number, item))
    percents = [percent for _points, _possible, percent in whole.values()] if len(whole) >= FEW else []
    return Analysis(
        attempts=len(whole),
        spread=spread_of(percents),
        reliability=reliability(points.values()),
        items=[_item(item, answers[item], snapshots[newest[item]], doubts) for item in order],
    )


def _attempts(quiz_key: UUID) -> dict[int, tuple[float, float, float]]:
    """Points, points possible and per cent by id of the attempt."""
    counting = Attempt.objects.counting().filter(quiz_key=quiz_key, waiting=False, percent__isnull=False).order_by()
    figures = (Cast(name, FloatField()) for name in ("points", "max_points", "percent"))
    return {pk: (points or 0.0, most or 0.0, percent) for pk, points, most, percent in counting.values_list("pk", *figures)}


def _answers(quiz_key: UUID, whole: Mapping[int, tuple[float, float, float]]) -> tuple[dict, dict, dict, dict]:
    """One pass over all responses: answers, sums of positions and the newest response by version, points by attempt."""
    answers: dict[Version, Answers] = defaultdict(Answers)
    points: dict[int, dict[str, float]] = defaultdict(dict)
    places: dict[Version, int] = defaultdict(int)
    newest: dict[Version, int] = {}
    # Read as text, which Django hands on as it is: there may be hundreds of thousands of rows.
    texts = (Cast(name, TextField()) for name in ("question_key", "answer", "points", "max_points"))
    rows = (
        Response.objects.filter(attempt__quiz_key=quiz_key, excluded=False, waits_for_marker=False)
        .order_by("pk")
        .values_list("pk", "attempt_id", "question_version", "position", "seconds", *texts)
    )
    for pk, attempt, version, position, seconds, key, said, earned_text, possible_text in rows.iterator(chunk_size=5000):
        if attempt not in whole:
            continue
        item = (key, version)
        total, most, percent = whole[attempt]
        earned, possible = float(earned_text or 0), float(possible_text)
        rest, share = most - possible, None
        if possible:
            points[attempt][key] = earned
            share = earned / possible
        answers[item].add(said, share, (total - earned) / rest if rest > 0 else 0.0, percent, seconds)
        places[item] += position
        newest[item] = pk
    return answers, points, places, newest


def _doubts(keys: set[UUID]) -> dict[tuple[UUID, int], list[tuple[str, int]]]:
    """Reasons in words and how many learners gave them, by version. One query."""
    found: dict[tuple[UUID, int], list[tuple[str, int]]] = defaultdict(list)
    rows = QuestionFlag.objects.filter(question_key__in=keys, resolved_at__isnull=True).order_by()
    counted = rows.values_list("question_key", "question_version", "reason").annotate(n=Count("pk")).order_by("-n", "reason")
    for key, version, reason, n in counted:
        found[key, version].append((str(QuestionFlag.Reason(reason).label), n))
    return found


def _item(item: Version, answers: Answers, snapshot: dict[str, Any], doubts: Mapping[Any, Any]) -> Item:
    kind, figures = KINDS[snapshot["kind"]], item_figures(answers)
    parts = _parts(snapshot, answers) if figures.answers >= FEW and kind.asks else ()
    unsure = _blank(parts, "unsure", figures.answers)
    open_doubts = tuple(doubts.get((UUID(item[0]), item[1]), ()))
    found = hints(
        facility=figures.facility,
        discrimination=figures.discrimination,
        unsure=unsure,
        doubts=len(open_doubts),
    )
    return Item(
        key=UUID(item[0]),
        version=item[1],
        text=heading_of(snapshot),
        kind=str(kind.label),
        figures=figures,
        unsure=unsure,
        unanswered=_blank(parts, "unanswered", figures.answers),
        parts=parts,
        doubts=open_doubts,
        hints=tuple(found),
    )


def _parts(snapshot: dict[str, Any], answers: Answers) -> tuple[PartTold, ...]:
    """What was said to each part, and how often; who did not answer is counted in each."""
    kind = KINDS[snapshot["kind"]]
    counted: dict[str, dict[Said, list[float]]] = defaultdict(lambda: defaultdict(list))
    blank: dict[Said, list[float]] = {}
    for text, percents in answers.results.items():
        answer = json.loads(text) if text is not None else None
        if answer is None or answer == UNSURE:
            word = "unanswered" if answer is None else "unsure"
            blank[str(BLANK[word]), None, word] = percents
            continue
        # The same words twice in one answer are one person's.
        for asked, said, right in dict.fromkeys((part.asked, part.said, part.right) for part in kind.parts(snapshot, answer)):
            counted[asked][said or _("(left empty)"), right, ""].extend(percents)
    return tuple(told_of(asked, {**rows, **blank}, answers.number) for asked, rows in (counted or {"": {}}).items())


def _blank(parts: Sequence[PartTold], word: str, people: int) -> float | None:
    """The share of those who did not answer, in the way of ``word``; None where it, or another number with it, would tell."""
    rows = [[told for told in part.told if told.blank == word] for part in parts]
    if not parts or any(word in part.held for part in parts):
        return None
    return rows[0][0].count / people if rows[0] else 0.0


def items_table(analysis: Analysis) -> Iterator[list[Any]]:
    """The rows of a download, headings first: each version of each question, then what was said to it."""
    yield [
        *(_("Question"), _("Version"), _("Kind"), _("Answers"), _("Facility"), _("Discrimination"), _("I don't know yet")),
        *(
            _("Not answered"),
            _("Median seconds"),
            _("Mean seconds"),
            _("Doubts"),
            pgettext("noun, a piece of a question", "Part"),
            _("Said"),
            pgettext("whether an answer is", "Right"),
        ),
        *(_("How often"), _("Mean result (per cent)")),
    ]
    for item in analysis.items:
        figures = item.figures
        few = _("too few answers")
        head = [item.text, item.version, item.kind, figures.answers]
        numbers = (figures.facility, figures.discrimination, item.unsure, item.unanswered)
        times = (figures.median_seconds, figures.mean_seconds)
        doubts = "; ".join(f"{reason}: {n}" for reason, n in item.doubts)
        yield [*head, *(few if n is None else round(n, 3) for n in (*numbers, *times)), doubts, "", "", "", "", ""]
        for part in item.parts:
            for told in part.told:
                right = {True: pgettext("verdict on an answer", "Right"), False: _("Wrong"), None: ""}[told.right]
                yield [*head, *[""] * 7, part.asked, told.said, right, told.count, round(told.mean, 1)]
            if part.others != 0:
                yield [*head, *[""] * 7, part.asked, _("Other answers"), "", few if part.others is None else part.others, ""]
