"""The results of a quiz: who tried it, how it went, and the sums. Reads only, a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quizzes.analysis import Spread, spread_of, tenths
from quizzes.models import Attempt, Response

FIELDS = (
    *("user__full_name", "user__email", "number", "rules", "started_at", "submitted_at", "discarded", "waiting"),
    *("percent", "passed"),
)


@dataclass(frozen=True)
class Row:
    """One attempt. ``spent``: while answering, None while that is not known. ``percent`` is None until it was handed in."""

    attempt: Attempt
    spent: timedelta | None

    @property
    def minutes(self) -> float | None:
        return None if self.spent is None else round(self.spent.total_seconds() / 60, 1)

    @property
    def state(self) -> str:
        if self.attempt.is_open:
            return _("In progress")
        return _("Does not count") if self.attempt.discarded else pgettext("state of a try", "Handed in")

    @property
    def passed(self) -> str:
        if self.attempt.is_open or self.attempt.discarded:
            return ""
        if self.attempt.passed:
            return pgettext("state of a try", "Passed")
        return "" if self.attempt.waiting else _("Not passed")


def rows_of(attempts: Iterable[Attempt], seconds: dict[int, int]) -> Iterator[Row]:
    """``attempts`` as rows; ``seconds`` spent, by the id of the attempt."""
    for attempt in attempts:
        spent = seconds.get(attempt.pk)
        yield Row(attempt, None if spent is None else timedelta(seconds=spent))


def light(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Only what a row shows."""
    return attempts.select_related("user").only(*FIELDS)


def seconds_spent(attempts: Any) -> dict[int, int]:
    """Seconds spent answering, by the id of the attempt. ``attempts``: ids, or a query set. One query."""
    found = Response.objects.filter(attempt__in=attempts).order_by().values_list("attempt_id")
    return dict(found.annotate(Sum("seconds")))


@dataclass(frozen=True)
class Summary:
    """``tries`` were handed in and count; ``waiting`` of them are not marked yet and are not part of ``spread``.

    ``passed``: the share of marked tries, 0 to 1. ``tenths``: how many results lie in each tenth of the scale.
    """

    learners: int
    tries: int
    waiting: int
    passed: float | None
    spread: Spread
    tenths: list[int]


def summary_of(attempts: QuerySet[Attempt]) -> Summary:
    """The sums of the attempts that were handed in and count. One query."""
    rows = list(attempts.counting().order_by().values_list("user_id", "percent", "passed", "waiting"))
    marked = [(float(percent), passed) for _user, percent, passed, waiting in rows if not waiting and percent is not None]
    percents = [percent for percent, _passed in marked]
    return Summary(
        learners=len({row[0] for row in rows}),
        tries=len(rows),
        waiting=sum(row[3] for row in rows),
        passed=sum(passed for _percent, passed in marked) / len(marked) if marked else None,
        spread=spread_of(percents),
        tenths=tenths(percents),
    )


def results_table(attempts: QuerySet[Attempt]) -> Iterator[list[Any]]:
    """The rows of a download, headings first; times are local, the time spent in minutes. Two queries."""
    yield [
        *(
            _("Name"),
            pgettext("noun, one attempt at a quiz", "Try"),
            _("State"),
            _("Started"),
            pgettext("when a try was", "Handed in"),
            _("Late"),
            _("Minutes spent"),
        ),
        *(_("Per cent"), pgettext("whether a try has", "Passed"), _("Waits for a marker")),
    ]
    seconds = seconds_spent(attempts.order_by().values("pk"))
    for row in rows_of(light(attempts).iterator(chunk_size=2000), seconds):
        attempt = row.attempt
        yield [
            *(str(attempt.user), attempt.number, row.state, _moment(attempt.started_at), _moment(attempt.submitted_at)),
            _("Late") if attempt.is_late else "",
            "" if row.minutes is None else row.minutes,
            "" if attempt.percent is None else attempt.percent,
            *(row.passed, _("Waits") if attempt.waiting else ""),
        ]


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
