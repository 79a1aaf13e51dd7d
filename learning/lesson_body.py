"""The body of a lesson as its reader sees it: the pieces that all share, and in them what this reader has answered."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from countries.annex import Annex, annex_of
from countries.reader import ASKED, country_asked
from courses.blocks import viewer_of
from courses.models import LessonPage
from courses.pieces import CSRF_SLOT, Piece, anchored, pieces_for

from .contributions import with_others
from .models import BlockState, Enrolment
from .rehearsal import Rehearsal


@dataclass(frozen=True)
class Posted:
    """What somebody has just sent to one block: a form with errors, or the state of an answer that nobody keeps."""

    ident: str
    form: forms.Form | None = None
    state: dict[str, Any] | None = None
    kept: bool = True


def states_of(enrolment: Enrolment | None, lesson_key: uuid.UUID) -> dict[str, dict[str, Any]]:
    """The learner's states in a lesson by the id of the block. One query."""
    if enrolment is None:
        return {}
    found = BlockState.objects.filter(enrolment=enrolment, lesson_key=lesson_key)
    return {str(block_id): state for block_id, state in found.values_list("block_id", "state")}


def render_piece(
    piece: Piece,
    page: LessonPage,
    csrf_input: str,
    state: dict[str, Any] | None,
    posted: Posted | None = None,
    elsewhere: str = "",
    **how: bool,
) -> str:
    """A practice block in front of its reader, who looks at the country ``elsewhere``."""
    form = posted.form if posted else None
    kept = posted.kept if posted else True
    exercise = piece.block.exercise(piece.ident, piece.material, (posted and posted.state) or state, form, kept=kept, **how)
    return piece.block.render_exercise(exercise, {"page": page, "csrf_input": csrf_input, "elsewhere": elsewhere})


def asks_more_of(piece: Piece, *, enrolled: bool) -> bool:
    """Whether a learner of the course finds more in the form of ``piece`` than what all readers share."""
    return enrolled and bool(piece.material) and piece.block.asks_learners(piece.material)


def csrf_input_of(request: HttpRequest | None) -> SafeString:
    return (
        format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
        if request
        else SafeString()
    )


def up_to_a_gate(pieces: list[Piece], answered: Collection[str], named: Collection[str] = ()) -> list[Piece]:
    """The pieces that may be read now. Of a gate that stands open only its anchor is left.

    A gate opens when the practice block above it is one of ``answered``; and so does every gate up to a block that is ``named``,
    by the address or because an answer to it is shown. Both are ids of blocks.
    """
    seen, above = [], None
    reached = max((n for n, piece in enumerate(pieces) if piece.ident in named), default=-1)
    for n, piece in enumerate(pieces):
        above = piece if piece.material else above
        if piece.name != "gate":
            seen.append(piece)
        elif above and above.ident not in answered and n > reached:
            return [*seen, piece]
        else:
            seen.append(replace(piece, html=anchored(piece.name, piece.ident, "")))
    return seen


def rehearse_lesson_body(page: LessonPage, context: dict, rehearsal: Rehearsal) -> SafeString:
    """All blocks of ``page`` in a preview, as the learner of ``rehearsal`` would find them; there is nothing to send."""
    own = {str(child.id): child for child in page.body}
    html = []
    enrolled = rehearsal.enrolment is not None
    pieces = pieces_for(rehearsal.viewer, page, preview=True)
    context = {**context, "annex": annex_for(pieces, page, context.get("request"), choosing=False)}
    for piece in pieces:
        state = rehearsal.state_of(piece)
        if piece.frozen:
            html.append(piece.in_country(context))
        elif state or (asks_more_of(piece, enrolled=enrolled) and not piece.unfinished):
            html.append(piece.anchored(render_piece(piece, page, "", state, sendable=False, enrolled=enrolled)))
        else:
            html.append(piece.html or piece.anchored(own[piece.ident].render({**context, "page": page})))
    return body_of([part.replace(CSRF_SLOT, "") for part in html])


def annex_for(pieces: list[Piece], page: LessonPage, request: HttpRequest | None, *, choosing: bool = True) -> Annex:
    """What ``pieces`` show of the reader's country, or of the one they ask for where ``choosing`` is possible."""
    frozen = [piece.frozen for piece in pieces if piece.frozen]
    address = ""
    if choosing and frozen and request:  # an answer is posted to another address than that of the lesson
        address = request.path if request.method in {"GET", "HEAD"} else page.get_url(request) or ""
    return annex_of(
        request,
        page.locale.language_code,
        slots={part["slot"] for part in frozen if "slot" in part},
        kinds={part["kind"] for part in frozen if "kind" in part},
        address=address,
    )


def body_of(html: list[str]) -> SafeString:
    return mark_safe(f'<div class="body">{"".join(html)}</div>')  # noqa: S308 (rendered by our own templates, which escape)


def in_sight(pieces: list[Piece], states: Collection[str], request: HttpRequest | None) -> list[Piece]:
    """The pieces that the reader of ``request`` may read now, whose answers are kept under the ids ``states``."""
    posted = getattr(request, "posted", None)
    placed = {piece.ident for piece in pieces if piece.prefix in (request.GET if request else {})}
    answered = {*states, *placed, *([posted.ident] if posted and posted.state else [])}
    return up_to_a_gate(pieces, answered, {*placed, *([posted.ident] if posted else [])})


def render_lesson_body(page: LessonPage, context: dict, enrolment: Enrolment | None) -> SafeString:
    """The blocks of ``page`` that are meant for its reader, in order. ``context`` is what personal blocks see.

    At most one query for all states, and one for what all gave to the anonymous blocks among them.
    """
    request = context.get("request")
    pieces = pieces_for(viewer_of(request.user if request else None), page)
    practice = any(piece.material for piece in pieces)
    states = states_of(enrolment, page.translation_key) if practice else {}
    return body_of(_rendered(in_sight(pieces, states, request), page, context, states, enrolled=enrolment is not None))


def render_behind_gate(page: LessonPage, ident: str, request: HttpRequest, enrolment: Enrolment | None) -> str:
    """For a script: what an answer to the block ``ident`` opened, in place of the gate below it if that is still closed.

    Empty where no gate follows before the next practice block.
    """
    pieces = pieces_for(viewer_of(request.user), page)
    here = next(n for n, piece in enumerate(pieces) if piece.ident == ident)
    below = next((n for n, piece in enumerate(pieces) if n > here and (piece.material or piece.name == "gate")), None)
    if below is None or pieces[below].name != "gate":
        return ""
    states = states_of(enrolment, page.translation_key)
    rest = up_to_a_gate(pieces[below:], states)  # a gate with nothing to do above it stands open
    context = {"request": request, "user": request.user}
    html = "".join(_rendered(rest, page, context, states, enrolled=enrolment is not None))
    return f'<hx-partial hx-target="#b-{pieces[below].ident}:has(.gate)" hx-swap="outerHTML">{html}</hx-partial>'


def _rendered(
    pieces: list[Piece], page: LessonPage, context: dict, states: dict[str, dict[str, Any]], *, enrolled: bool
) -> list[str]:
    """``pieces`` with what this reader has answered, and what all gave to the anonymous blocks among them."""
    request = context.get("request")
    states = with_others(page, pieces, states)
    csrf_input = csrf_input_of(request) if any(piece.material for piece in pieces) else SafeString()
    own = {str(child.id): child for child in page.body} if any(not (piece.html or piece.frozen) for piece in pieces) else {}
    context = {**context, "annex": annex_for(pieces, page, request)}
    html = []
    for piece in pieces:
        if piece.frozen:
            html.append(piece.in_country(context))
        elif not piece.html:
            html.append(piece.anchored(own[piece.ident].render({**context, "page": page})))
        else:
            html.append(_answered(piece, page, request, csrf_input, states.get(piece.ident), enrolled=enrolled))
    return html


def _answered(
    piece: Piece,
    page: LessonPage,
    request: HttpRequest | None,
    csrf_input: str,
    state: dict[str, Any] | None,
    *,
    enrolled: bool,
) -> str:
    """One piece that all share, with what this reader has answered in it or asks to see of it."""
    posted = getattr(request, "posted", None)
    places = request.GET if request else {}  # a block that has several is asked for one by its prefix
    mine = posted if posted and posted.ident == piece.ident else None
    elsewhere = country_asked(request) if request else ""
    if piece.material and piece.prefix in places:
        state = piece.block.state_at(piece.material, state, places[piece.prefix])
    if piece.material and (state or mine or elsewhere or asks_more_of(piece, enrolled=enrolled)):
        return piece.anchored(render_piece(piece, page, csrf_input, state, mine, elsewhere, enrolled=enrolled))
    if elsewhere and piece.name == "gate":  # its link is the same for all readers, but for the country that they look at
        return piece.html.replace(f"?{piece.prefix}=", f"?{ASKED}={elsewhere}&amp;{piece.prefix}=")
    return piece.html.replace(CSRF_SLOT, csrf_input)
