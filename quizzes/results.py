"""What a handed-in attempt tells its learner, and nothing that is not due. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .explaining import EVERYTHING, Explained, explain
from .kinds import KINDS, Kind, Mark, Show, Verdict
from .marking import OutcomeScore, by_outcome, mark, points_needed, worth
from .models import Attempt, Response


@dataclass(frozen=True)
class MarkedResponse:
    """``mark``: by the kind's own rule; ``worth``: by the rules of the attempt."""

    response: Response
    mark: Mark
    worth: Mark
    explained: Explained

    @property
    def kind(self) -> Kind:
        return KINDS[self.response.snapshot["kind"]]


def marked(response: Response, attempt: Attempt, show: Show = EVERYTHING) -> MarkedResponse:
    """``response`` with its marks, and what ``show`` allows to say about it."""
    plain, by_rules = mark(response.snapshot, response.answer), worth(response.given, attempt.promised)
    verdict = by_rules.verdict if plain.verdict == Verdict.WAITING else plain.verdict
    told = Mark(plain.fraction, verdict)
    return MarkedResponse(response, told, by_rules, explain(response.snapshot, response.answer, told, show))


@dataclass(frozen=True)
class Result:
    """``overall``: feedback to the whole result, as HTML. ``left_out``: how many questions no longer count.

    Without ``shows_answers`` there are no ``responses``; ``answers_from`` is then the moment at which there will be, if any.
    """

    attempt: Attempt
    show: Show
    responses: list[MarkedResponse]
    outcomes: list[OutcomeScore]
    needed: Decimal
    overall: str
    left_out: int
    shows_answers: bool
    answers_from: str

    @property
    def to_review(self) -> list[OutcomeScore]:
        return [outcome for outcome in self.outcomes if not outcome.is_solid]

    @property
    def review_keys(self) -> list[str]:
        """The keys of the lessons that teach what was not right, once each."""
        return list(dict.fromkeys(key for outcome in self.outcomes for key in outcome.review_keys))


def result_of(attempt: Attempt, responses: Sequence[Response], *, now: datetime, bands: Sequence[tuple[int, str]] = ()) -> Result:
    """Gather the result of a submitted ``attempt`` from its ``responses``, in order, as it may be read at ``now``. No query.

    ``bands``: (from per cent, HTML) of the quiz.
    """
    moment = attempt.promised.moment(attempt.submitted_at, now)
    show, shows_answers = attempt.promised.show(moment), attempt.promised.shows_answers(moment)
    rows = [marked(response, attempt, show) for response in responses]
    counted = [row for row in rows if row.response.max_points and not row.response.excluded]
    whole = not attempt.promised.splits_points and not any(row.kind.earns_part(row.response.snapshot) for row in rows)
    reached = [text for floor, text in sorted(bands) if attempt.percent is not None and attempt.percent >= floor]
    return Result(
        attempt=attempt,
        show=show,
        responses=rows if shows_answers else [],
        outcomes=by_outcome((row.response.snapshot, row.worth, row.response.max_points) for row in counted)
        if show.verdict or show.points
        else [],
        needed=points_needed(attempt.max_points, attempt.pass_mark, whole=whole),
        overall=reached[-1] if reached and attempt.promised.shows_overall(moment) and not attempt.waiting else "",
        left_out=sum(row.response.excluded for row in rows),
        shows_answers=shows_answers,
        answers_from=attempt.promised.answers_from(moment),
    )
