"""What was answered, without names: learners are promised that answers are seen in no other way.

Only the beginning of a try's random id stands for it, and rows come in the order of these. Neither times nor filters are offered
here: with them an answer could be traced to a person in the list of results.
"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Avg, Max, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quizzes.analysis import FEW
from quizzes.kinds import KINDS
from quizzes.kinds.base import UNSURE
from quizzes.kinds.prose import plain_text
from quizzes.models import Attempt, Response

HEADING = 80  # characters


def in_words(snapshot: dict[str, Any], answer: Any) -> str:
    """An answer on one line; empty where there is none."""
    if answer is None:
        return ""
    return _("I don't know yet") if answer == UNSURE else KINDS[snapshot["kind"]].said(snapshot, answer)


def heading_of(snapshot: dict[str, Any]) -> str:
    return Truncator(plain_text(snapshot["text"])).chars(HEADING)


def enough_people(attempts: QuerySet[Attempt]) -> bool:
    """Whether so many people handed in that no answer points to one of them."""
    return attempts.counting().order_by().values("user").distinct().count() >= FEW


def answers_table(attempts: QuerySet[Attempt]) -> Iterator[list[Any]]:
    """A row for each try that was handed in and counts; for each question the answer in words and its points.

    Headings first. Three queries, whatever the number of attempts.
    """
    counting = attempts.counting().order_by()
    answered = Response.objects.filter(attempt__in=counting.values("pk")).order_by()
    places = answered.values_list("question_key").annotate(Avg("position"), Max("pk")).order_by("position__avg", "question_key")
    newest = {key: pk for key, _position, pk in places}
    texts = dict(Response.objects.filter(pk__in=newest.values()).values_list("pk", "snapshot"))
    columns = {key: number for number, key in enumerate(newest)}
    yield [
        pgettext("noun, one attempt at a quiz", "Try"),
        *(cell for key in columns for cell in _headings(columns[key] + 1, texts[newest[key]])),
    ]
    for public_id, row in _by_attempt(answered):
        cells: list[Any] = [""] * (2 * len(columns))
        for key, snapshot, answer, points, waits in row:
            cells[2 * columns[key]] = in_words(snapshot, answer)
            cells[2 * columns[key] + 1] = _("Waits") if waits else points
        yield [public_id.hex[:8], *cells]


def _headings(number: int, snapshot: dict[str, Any]) -> list[str]:
    return [f"{number}. {heading_of(snapshot)}", _("Points for %(number)d") % {"number": number}]


def _by_attempt(answered: QuerySet[Response]) -> Iterator[tuple[UUID, list[Any]]]:
    """Each attempt's id with (question, snapshot, answer, points, waits) of its responses."""
    fields = ("attempt__public_id", "question_key", "snapshot", Cast("answer", TextField()), "points", "waits_for_marker")
    current: tuple[UUID, list[Any]] | None = None
    rows = answered.order_by("attempt__public_id", "position").values_list(*fields)
    for public_id, key, snapshot, answer, points, waits in rows.iterator(chunk_size=2000):
        if current is None or current[0] != public_id:
            if current:
                yield current
            current = (public_id, [])
        current[1].append((key, snapshot, json.loads(answer) if answer is not None else None, points, waits))
    if current:
        yield current
