"""What was left open: law past its day of review, activities that explain nothing."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courses.blocks import QuestionPractice, SingleQuestionBlock, VideoStopsBlock
from courses.models import LessonPage

from .findings import Finding

EXPLAINS = ("explanation", "feedback")  # how the names of fields begin that say why


def left_open(page: LessonPage) -> Iterator[Finding]:
    today = localdate()
    for child in page.body:
        value, block = child.value, str(child.id)
        if child.block_type == "law" and value["review_by"] and value["review_by"] < today:
            said = _("The law box “%(name)s” is past its day of review. Check it and set a new day.")
            yield Finding(said % {"name": value["instrument"]}, block)
        elif asks(child.block, value) and not explains(value):
            said = _("The activity “%(title)s” explains no answer. Say why, for each answer or for all.")
            yield Finding(said % {"title": value["heading"]}, block)


def asks(block: Any, value: Any) -> bool:
    """Whether something is right here, and is explained in the lesson itself or not at all."""
    if isinstance(block, VideoStopsBlock):
        return any(stop["question"] for stop in value["stops"])
    return isinstance(block, QuestionPractice | SingleQuestionBlock) and not value.get("bank")


def explains(value: Any) -> bool:
    """Whether any field that explains, however deep, holds words."""
    if hasattr(value, "items"):
        return any((name.startswith(EXPLAINS) and bool(part)) or explains(part) for name, part in value.items())
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return False
    return any(explains(getattr(part, "value", part)) for part in value)
