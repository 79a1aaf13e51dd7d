from .attempts import Attempt, AttemptEvent, Response
from .bank import Difficulty, Question, QuestionBank, QuestionTag
from .quiz import Quiz, QuizBand, QuizItem, QuizSection
from .records import HandMark, ImportedQuestion, JobState, QuestionFlag, QuestionImport, QuizOverride, QuizReport

__all__ = [
    "Attempt",
    "AttemptEvent",
    "Difficulty",
    "HandMark",
    "ImportedQuestion",
    "JobState",
    "Question",
    "QuestionBank",
    "QuestionFlag",
    "QuestionImport",
    "QuestionTag",
    "Quiz",
    "QuizBand",
    "QuizItem",
    "QuizOverride",
    "QuizReport",
    "QuizSection",
    "Response",
]
