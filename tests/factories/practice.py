"""Practice blocks as lessons hold them, each with the value that its preview shows."""

import json
from typing import Any

from courses.blocks import LessonBlocks, PracticeBlock
from courses.models import LessonPage

from .courses import block


def practice_blocks() -> dict[str, PracticeBlock]:
    """Every practice block that a lesson may hold, by its type, but for those that are one only where the author ticks it."""
    children = LessonBlocks().child_blocks.items()
    return {name: child for name, child in children if isinstance(child, PracticeBlock) and not child.plain_on_paper}


def example(name: str, **changed: Any) -> dict[str, Any]:
    """One block as the database stores it: its preview value with the fields ``changed``."""
    child = LessonBlocks().child_blocks[name]
    value = child.get_preview_value()
    for field, own in changed.items():
        value[field] = own
    return block(name, json.loads(json.dumps(child.get_prep_value(value), default=str)))


def put_into(lesson: LessonPage, *body: dict[str, Any]) -> list[str]:
    """Make ``body`` the published content of ``lesson``; return the ids of its blocks."""
    lesson.body = json.dumps(body)
    lesson.save_revision().publish()
    return [part["id"] for part in body]
