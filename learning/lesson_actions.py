"""What a reader can do at the end of a lesson: previous, next, and the one act of a lesson, done, or what is missing for it."""

import uuid
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token

from courses.models import LessonPage
from courses.outline import Outline

from .models import Enrolment
from .progress import missing_requirements


def actions_of(
    page: LessonPage,
    request: HttpRequest | None,
    outline: Outline | None,
    enrolment: Enrolment | None,
    done: Collection[uuid.UUID],
    *,
    signed_in: bool,
) -> dict[str, Any]:
    """The context of ``learning/components/lesson_actions.html``. ``outline`` is None in a preview: nobody takes the course."""
    previous, following = outline.neighbours(page.translation_key) if outline else (None, None)
    is_done = page.translation_key in done
    return {
        "request": request,
        "csrf_token": get_token(request) if request else "",
        "page": page,
        "course": outline,
        "enrolment": enrolment,
        "is_done": is_done,
        "missing": missing_requirements(page, enrolment) if signed_in and enrolment and not is_done else [],
        "previous": previous,
        "next": following,
        "signed_in": signed_in,
    }
