"""What a reader can do at the end of a lesson: previous, next, and the one act of a lesson, done, or what is missing for it."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token

from courses.blocks import viewer_of
from courses.models import LessonPage
from courses.outline import Outline
from courses.pieces import pieces_for

from .lesson_body import in_sight, states_of
from .models import Enrolment
from .progress import Missing, missing_requirements
from .rehearsal import Rehearsal


def actions_of(
    page: LessonPage,
    request: HttpRequest | None,
    outline: Outline | None,
    enrolment: Enrolment | None,
    done: Collection[uuid.UUID],
    *,
    signed_in: bool,
    rehearsal: Rehearsal | None = None,
) -> dict[str, Any]:
    """The context of ``learning/components/lesson_actions.html``. ``outline`` is None where the course is not published yet."""
    previous, following = outline.neighbours(page.translation_key) if outline else (None, None)
    is_done = page.translation_key in done
    if rehearsal:
        missing = rehearsal.missing(page, pieces_for(rehearsal.viewer, page, preview=True))
    else:
        missing = _missing(page, enrolment, request) if signed_in and enrolment and not is_done else []
    return {
        "request": request,
        "csrf_token": get_token(request) if request else "",
        "page": page,
        "course": outline,
        "enrolment": enrolment,
        "is_done": is_done,
        "missing": missing,
        "previous": previous,
        "next": following,
        "signed_in": signed_in,
        "preview": rehearsal is not None,
    }


def _missing(page: LessonPage, enrolment: Enrolment, request: HttpRequest | None) -> list[Missing]:
    """What is still to do; of a block behind a closed gate, the way to the gate. One query more for a lesson with gates."""
    missing = missing_requirements(page, enrolment)
    pieces = pieces_for(viewer_of(enrolment.user), page)
    if not any(piece.name == "gate" for piece in pieces):
        return missing
    seen = in_sight(pieces, states_of(enrolment, page.translation_key), request)
    idents = {piece.ident for piece in seen}
    return [replace(one, block_id=seen[-1].ident) if one.block_id and one.block_id not in idents else one for one in missing]
