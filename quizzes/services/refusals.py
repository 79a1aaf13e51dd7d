"""Why something was refused: one reason, one exception. The interface finds the words."""

from datetime import datetime

from quizzes.models import Response


class Refusal(Exception):
    """Nothing was changed."""


class AttemptsUsedUp(Refusal):
    """The learner has handed in as many tries as the quiz allows."""


class QuizEmpty(Refusal):
    """The quiz has no question that is live."""


class NotOpen(Refusal):
    """The quiz has not opened yet (``opens_at``), or has closed (``opens_at`` is None)."""

    def __init__(self, opens_at: datetime | None) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


class TooSoon(Refusal):
    """The next try may begin at ``again_at``."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


class WrongCode(Refusal):
    """The quiz asks for an access code, and this is not it."""


class AttemptClosed(Refusal):
    """The attempt was handed in; nothing about it changes any more."""


class TimeIsOver(Refusal):
    """The time of the attempt is over; what was saved before counts."""


class AnswerLocked(Refusal):
    """The feedback to this answer was shown, or the page was left for good, so the answer stays."""


class NotYetOpen(Refusal):
    """The question opens when the one before it is finished."""


class AnswerChanged(Refusal):
    """The answer was changed elsewhere since this page was opened; ``response`` holds what is saved."""

    def __init__(self, response: Response) -> None:
        super().__init__(response)
        self.response = response


class NothingToCheck(Refusal):
    """There is no answer yet, or the quiz tells nothing before it is handed in."""


class CannotReopen(Refusal):
    """The attempt is open, or its learner has another one open."""


class NotToMark(Refusal):
    """The answer does not wait for this marker: it is marked, its try is open again, it is their own, or it is left out."""
