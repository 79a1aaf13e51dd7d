from .attempts import Attempt, Response
from .bank import Question, QuestionBank
from .quiz import Quiz, QuizItem

__all__ = ["Attempt", "Question", "QuestionBank", "Quiz", "QuizItem", "Response"]
