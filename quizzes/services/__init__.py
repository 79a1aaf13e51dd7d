"""What is done with attempts. Every write locks first, so that tabs, double clicks and parallel posts queue up."""

from .answering import go_on, save_response
from .closing import settle, submit_attempt
from .correcting import exclude_question, regrade_attempt, remark, reopen_attempt
from .extending import extend_open_attempts
from .hand_marking import save_hand_mark
from .redoing import redo_question
from .refusals import (
    AnswerChanged,
    AnswerLocked,
    AttemptClosed,
    AttemptsUsedUp,
    CannotReopen,
    NothingToCheck,
    NotOpen,
    NotToMark,
    NotYetOpen,
    QuizEmpty,
    Refusal,
    TimeIsOver,
    TooSoon,
    WrongCode,
)
from .starting import may_start_again, start_again, start_attempt

__all__ = [
    "AnswerChanged",
    "AnswerLocked",
    "AttemptClosed",
    "AttemptsUsedUp",
    "CannotReopen",
    "NotOpen",
    "NotToMark",
    "NotYetOpen",
    "NothingToCheck",
    "QuizEmpty",
    "Refusal",
    "TimeIsOver",
    "TooSoon",
    "WrongCode",
    "exclude_question",
    "extend_open_attempts",
    "go_on",
    "may_start_again",
    "redo_question",
    "regrade_attempt",
    "remark",
    "reopen_attempt",
    "save_hand_mark",
    "save_response",
    "settle",
    "start_again",
    "start_attempt",
    "submit_attempt",
]
