"""What a learner asks of ``learning``, by subject."""

from .courses import PENDING_COURSE, complete_lesson, my_learning, outline, start
from .journal import delete_entry, journal
from .practice import practice

__all__ = ["PENDING_COURSE", "complete_lesson", "delete_entry", "journal", "my_learning", "outline", "practice", "start"]
