"""A learner who does not exist, for previews: what they have done so far depends on the mode. Nothing here is ever saved."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from courses.blocks import Viewer
from courses.models import LessonPage
from courses.outline import Outline
from courses.pieces import Piece
from courses.previews import COMPLETED, WRONG, viewer_in

from .models import Enrolment
from .progress import Missing, missing_piece

# In each mode the state that a block shows, by the name its block gives it, the first that it has.
SHOWN = {WRONG: ("wrong", "partly", "some"), COMPLETED: ("right", "compared", "done")}


@dataclass(frozen=True)
class Rehearsal:
    """The preview of ``request``. ``enrolment`` is None for a guest, and never saved."""

    mode: str
    enrolment: Enrolment | None

    @property
    def viewer(self) -> Viewer:
        return viewer_in(self.mode)

    def state_of(self, piece: Piece) -> dict[str, Any] | None:
        """What this learner is meant to have left in a block; None where they have not answered, and of a half-written one."""
        if not piece.material or piece.unfinished:
            return None
        states = piece.block.sample_states(piece.material)
        return next((states[name] for name in SHOWN.get(self.mode, ()) if name in states), None)

    def done(self, page: LessonPage, outline: Outline | None) -> Collection[uuid.UUID]:
        lessons = outline.lessons if outline and self.mode == COMPLETED else ()
        return {page.translation_key, *(lesson.key for lesson in lessons)} if self.mode == COMPLETED else set()

    def missing(self, page: LessonPage, pieces: Iterable[Piece]) -> list[Missing]:
        """What this learner must still do in ``page``."""
        if self.enrolment is None or self.mode == COMPLETED:
            return []
        open_blocks = [piece for piece in pieces if piece.required and not self.state_of(piece)]
        quizzes = [Missing(quiz.title, quiz_key=quiz.translation_key) for quiz in page.quizzes_for(self.viewer)]
        return [*map(missing_piece, open_blocks), *quizzes]


def rehearsal_of(request: HttpRequest | None) -> Rehearsal | None:
    """The preview that ``request`` asks for; None where a page is served."""
    if not getattr(request, "is_preview", False):
        return None
    reader = getattr(request, "reader", None)
    learns = reader is not None and reader.is_authenticated
    return Rehearsal(request.preview_mode or "", Enrolment(course_key=uuid.uuid4()) if learns else None)
