"""What may be told of an answered question now. Pure: a snapshot, an answer, its mark, and what is due."""

from dataclasses import dataclass
from typing import Any

from .kinds import KINDS, Kind, Mark, Show, Verdict
from .kinds.base import COMBINED

EVERYTHING = Show()


@dataclass(frozen=True)
class Explained:
    """An answered question as its learner may read it now; what may not be shown is empty, not merely hidden."""

    kind: Kind
    language: str
    verdict: Verdict | None
    details: Any
    comment: str
    explanation: str
    source: str


def explain(snapshot: dict[str, Any], answer: Any, result: Mark, show: Show = EVERYTHING) -> Explained:
    """What ``show`` allows to say about ``answer``, which was marked as ``result``."""
    kind = KINDS[snapshot["kind"]]
    answered = None if isinstance(answer, dict) and "unsure" in answer else answer
    telling = show.verdict or result.verdict in {Verdict.UNSURE, Verdict.UNANSWERED, Verdict.WAITING, Verdict.NOTED}
    return Explained(
        kind=kind,
        language=snapshot["language"],
        verdict=result.verdict if telling else None,
        details=kind.explain(snapshot, answered, show),
        comment=snapshot.get(COMBINED.get(result.verdict, ""), "") if show.feedback else "",
        explanation=snapshot["explanation"] if show.explanation else "",
        source=snapshot["source"] if show.explanation else "",
    )
