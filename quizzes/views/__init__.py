"""Taking a quiz: start, one page at a time, check, result. Whatever is not the learner's own is not found."""

from .again import again
from .page import page, save
from .result import flag, result, submit
from .start import start

__all__ = ["again", "flag", "page", "result", "save", "start", "submit"]
