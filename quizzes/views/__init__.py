"""Finding a quiz, taking it one page at a time, its result, progress over all. Whatever is not the learner's own is not found."""

from .again import again
from .catalogue import catalogue
from .page import page, save
from .progress import progress
from .result import flag, result, submit
from .start import start

__all__ = ["again", "catalogue", "flag", "page", "progress", "result", "save", "start", "submit"]
