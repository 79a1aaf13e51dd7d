"""What a handed-in attempt tells its learner, and nothing that is not due. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .explaining import EVERYTHING, Explained, explain
from .kinds import KINDS, Kind, Mark, Show
from .marking import OutcomeScore, by_outcome, mark, points_needed
from .models import Attempt, Response


@dataclass(frozen=True)
class MarkedResponse:
    response: Response
    mark: Mark
    explained: Explained

    @property
    def kind(self) -> Kind:
        return KINDS[self.response.snapshot["kind"]]


def marked(response: Response, show: Show = EVERYTHING) -> MarkedResponse:
    result = mark(response.snapshot, response.answer)
    return MarkedResponse(response, result, explain(response.snapshot, response.answer, result, show))


@dataclass(frozen=True)
class Result:
    attempt: Attempt
    responses: list[MarkedResponse]
    outcomes: list[OutcomeScore]
    needed: Decimal

    @property
    def to_review(self) -> list[OutcomeScore]:
        return [outcome for outcome in self.outcomes if not outcome.is_solid]


def result_of(attempt: Attempt, responses: Sequence[Response]) -> Result:
    """Gather the result of a submitted ``attempt`` from its ``responses``, in order. No query."""
    rows = [marked(response) for response in responses]
    whole = not any(row.kind.partial for row in rows)
    return Result(
        attempt=attempt,
        responses=rows,
        outcomes=by_outcome((row.response.snapshot, row.mark, row.response.max_points) for row in rows),
        needed=points_needed(attempt.max_points, attempt.pass_mark, whole=whole),
    )
