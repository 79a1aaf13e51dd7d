"""The round trip of a practice block: one form, posted; the page comes back, or the block alone where a script asked for it."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.models import LessonPage
from courses.pieces import Piece, pieces_of

from .. import services
from ..access import may_read
from ..lesson_body import Posted, csrf_input_of, render_piece, states_of
from .lessons import lesson_in_language


@require_POST
def practice(request: HttpRequest, lesson_key: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Mark and keep an answer to one block. A visitor of the open first lesson reads the feedback; nothing is kept of it."""
    lesson = lesson_in_language(lesson_key)
    piece = _piece(lesson, str(block_id))
    reader = may_read(request, lesson)
    if not reader.allowed:
        if request.user.is_authenticated:
            return redirect(reader.outline.url)
        if _by_script(request):  # what was typed stays on the page; signing in happens beside it
            form = piece.block.form(piece.material, None, request.POST, prefix=piece.prefix)
            posted = Posted(piece.ident, form=form, signed_out=True)
            return _answer(request, lesson, piece, posted, HTTPStatus.FORBIDDEN)
        messages.info(request, _("You were signed out in the meantime. Sign in, then answer once more."))
        return redirect_to_login(lesson.get_url(request))
    state = states_of(reader.enrolment, lesson_key).get(piece.ident)
    form = piece.block.form(piece.material, state, request.POST, prefix=piece.prefix)
    if not form.is_valid():
        return _answer(request, lesson, piece, Posted(piece.ident, form=form), HTTPStatus.UNPROCESSABLE_ENTITY)
    if reader.enrolment is None:
        answered = piece.block.answered(piece.material, form, state)
        return _answer(request, lesson, piece, Posted(piece.ident, state=answered.state), HTTPStatus.OK)
    kept = services.answer_block(enrolment=reader.enrolment, lesson=lesson, piece=piece, form=form)
    if _by_script(request):
        return _answer(request, lesson, piece, Posted(piece.ident, state=kept.state), HTTPStatus.OK)
    return HttpResponseRedirect(f"{lesson.get_url(request)}#b-{piece.ident}", status=HTTPStatus.SEE_OTHER)


def _piece(lesson: LessonPage | None, ident: str) -> Piece:
    found = next((piece for piece in pieces_of(lesson) if piece.ident == ident and piece.material), None) if lesson else None
    if found is None:
        raise Http404
    return found


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _answer(request: HttpRequest, lesson: LessonPage, piece: Piece, posted: Posted, status: HTTPStatus) -> HttpResponse:
    """The whole lesson with what was posted in its place, or the block alone."""
    if _by_script(request):
        html = render_piece(piece, lesson, csrf_input_of(request), None, posted, alone=True, signed_out=posted.signed_out)
        return HttpResponse(html, status=status)
    request.posted = posted
    response = lesson.serve(request)
    response.status_code = status
    if posted.form:
        response.context_data["form"] = posted.form  # the page begins with its errors
    return response
