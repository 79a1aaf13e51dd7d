"""A whole site that ran django-quiz-app: its quizzes with what counts in them, and who tried them with which result."""

from .bringing import bring_rest, by_category

__all__ = ["bring_rest", "by_category"]
