"""My journal: what learners wrote for themselves in reflections. Only ever read for the person who wrote it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.blocks import again_on_in, text_in
from courses.models import LessonPage

from .. import services
from ..models import BlockState
from .lessons import lessons_in_language


@dataclass(frozen=True)
class Entry:
    """One text. ``title`` and ``url`` are those of its lesson in the reader's language; empty where it is published no more."""

    pk: int
    title: str
    url: str
    prompt: str
    text: str
    written_at: datetime
    again_on: date | None

    @property
    def due(self) -> bool:
        return self.again_on is not None and self.again_on <= timezone.localdate()


@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """All reflections of whoever asks, the newest first. Two queries, however many there are."""
    states = [state for state in BlockState.objects.reflections_of(request.user) if text_in(state.state)]
    lessons = lessons_in_language({state.lesson_key for state in states})
    entries = [_entry(state, lessons.get(state.lesson_key), request) for state in states]
    return render(request, "learning/journal.html", {"entries": entries})


@login_required
@require_POST
def delete_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the text of one reflection. Somebody else's is as unknown as one that there never was."""
    try:
        services.delete_reflection(user=request.user, pk=pk)
    except BlockState.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("What you wrote is deleted."))
    return redirect("learning:journal")


def _entry(state: BlockState, lesson: LessonPage | None, request: HttpRequest) -> Entry:
    return Entry(
        pk=state.pk,
        title=lesson.title if lesson else "",
        url=f"{lesson.get_url(request)}#b-{state.block_id}" if lesson else "",
        prompt=str(state.state.get("prompt") or ""),
        text=text_in(state.state),
        written_at=state.touched_at,
        again_on=again_on_in(state.state),
    )
