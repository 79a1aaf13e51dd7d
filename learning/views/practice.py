"""The round trip of a practice block: one form, posted; the page comes back, or the block alone where a script asked for it."""

import uuid
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from countries.reader import ASKED, country_asked
from courses.blocks import viewer_of
from courses.models import LessonPage
from courses.pieces import Piece, pieces_of

from .. import services
from ..access import Reader, may_read
from ..contributions import with_others
from ..lesson_actions import actions_of
from ..lesson_body import Posted, csrf_input_of, render_behind_gate, render_piece, states_of
from ..progress import done_keys
from .lessons import lesson_in_language


@sensitive_post_parameters()  # what somebody writes for themselves stands in no report of an error
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, lesson_key: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Mark and keep an answer to one block. A visitor of the open first lesson reads the feedback; nothing is kept of it."""
    lesson = lesson_in_language(lesson_key)
    piece = _piece(lesson, str(block_id))
    if request.method != "POST":  # a page that an answer led to, asked for again: in another language, or after signing in
        return redirect(f"{lesson.get_url(request)}#b-{piece.ident}")
    reader = may_read(request, lesson)
    is_theirs = piece.audience.includes(viewer_of(request.user))  # a guest, of whom nothing is known, may have been signed out
    if not reader.allowed or not is_theirs:
        return _not_theirs(request, reader) if request.user.is_authenticated else _signed_out(request, lesson, piece)
    state = states_of(reader.enrolment, lesson_key).get(piece.ident)
    if state and piece.block.anonymous:  # sent twice, or from a second tab: it counts once
        return _go_on(request, lesson, piece, state, kept=True)
    form = piece.block.form(piece.material, state, request.POST, prefix=piece.prefix)
    if not form.is_valid():
        return _answer(request, lesson, piece, Posted(piece.ident, form=form), HTTPStatus.UNPROCESSABLE_ENTITY, state)
    if reader.enrolment is None:
        state = piece.block.answered(piece.material, form, state).state
    else:
        state = services.answer_block(enrolment=reader.enrolment, lesson=lesson, piece=piece, form=form).state
    return _go_on(request, lesson, piece, state, kept=reader.enrolment is not None)


def _not_theirs(request: HttpRequest, reader: Reader) -> HttpResponse:
    """For somebody signed in. Raises Http404 for a block that is meant for others."""
    if reader.allowed:
        raise Http404
    return HttpResponseClientRedirect(reader.outline.url) if _by_script(request) else redirect(reader.outline.url)


def _signed_out(request: HttpRequest, lesson: LessonPage, piece: Piece) -> HttpResponse:
    """What was typed stays on the page, in the block alone: signing in happens beside it."""
    form = piece.block.form(piece.material, None, request.POST, prefix=piece.prefix)
    posted, how = Posted(piece.ident, form=form), {"signed_out": True, "enrolled": True}
    html = render_piece(piece, lesson, csrf_input_of(request), None, posted, country_asked(request), **how)
    if _by_script(request):
        return HttpResponse(html, status=HTTPStatus.FORBIDDEN)
    return render(request, "learning/signed_out.html", {"page": lesson, "practice": html}, status=HTTPStatus.FORBIDDEN)


def _go_on(request: HttpRequest, lesson: LessonPage, piece: Piece, state: dict[str, Any], *, kept: bool) -> HttpResponse:
    """To where ``state`` leads. An address of its own shows a place again to anyone; what nobody kept is shown just this once."""
    place = piece.block.place(piece.material, state)
    if place is None:
        address = f"{_address(request, lesson)}#p-{piece.ident}-news"
    else:
        address = f"{_address(request, lesson, **{piece.prefix: place})}#b-{piece.ident}"
    if not _by_script(request) and (kept or place is not None):
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
    seen = state if place is None else piece.block.state_at(piece.material, state, place)
    seen = with_others(lesson, [piece], {piece.ident: seen})[piece.ident]
    response = _answer(request, lesson, piece, Posted(piece.ident, state=seen, kept=kept), HTTPStatus.OK)
    if place is not None:
        response["HX-Push-Url"] = iri_to_uri(address)
    return response


def _address(request: HttpRequest, lesson: LessonPage, **places: str) -> str:
    """Of ``lesson`` as its reader sees it: with the country that they look at."""
    elsewhere = country_asked(request)
    query = urlencode({**({ASKED: elsewhere} if elsewhere else {}), **places})
    return f"{lesson.get_url(request)}{'?' if query else ''}{query}"


def _piece(lesson: LessonPage | None, ident: str) -> Piece:
    found = next((piece for piece in pieces_of(lesson) if piece.ident == ident and piece.material), None) if lesson else None
    if found is None:
        raise Http404
    return found


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _actions(request: HttpRequest, lesson: LessonPage) -> str:
    """The end of the page, which an answer may have opened; the script puts it in its place."""
    outline, enrolment = request.learner_lesson
    signed_in = request.user.is_authenticated
    context = actions_of(lesson, request, outline, enrolment, done_keys(enrolment), signed_in=signed_in)
    return render_to_string("learning/components/lesson_actions.html", {**context, "fresh": True})


def _answer(
    request: HttpRequest,
    lesson: LessonPage,
    piece: Piece,
    posted: Posted,
    status: HTTPStatus,
    before: dict[str, Any] | None = None,
) -> HttpResponse:
    """The whole lesson with what was posted in its place, or the block alone; ``before``: what an earlier answer left."""
    if _by_script(request):
        _outline, enrolment = request.learner_lesson
        before = before and with_others(lesson, [piece], {piece.ident: before})[piece.ident]
        how = {"enrolled": enrolment is not None}
        html = render_piece(piece, lesson, csrf_input_of(request), before, posted, country_asked(request), **how)
        if posted.state:
            html += _actions(request, lesson) + render_behind_gate(lesson, piece.ident, request, enrolment)
        return HttpResponse(html, status=status)
    request.posted = posted
    response = lesson.serve(request)
    response.status_code = status
    if posted.form:
        response.context_data["form"] = posted.form  # the title says that there are errors; the block lists them
    return response
