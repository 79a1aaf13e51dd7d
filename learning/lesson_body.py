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

from courses.models import LessonPage
from courses.pieces import CSRF_SLOT, Piece, anchored, pieces_of

from .contributions import with_others
from .models import BlockState, Enrolment
from .rehearsal import Rehearsal


@dataclass(frozen=True)
class Posted:
    """What somebody has just sent to one block: a form with errors, or the state of an answer that nobody keeps."""

    ident: str
    form: forms.Form | None = None
    state: dict[str, Any] | None = None
    signed_out: bool = False
    kept: bool = True


def states_of(enrolment: Enrolment | None, lesson_key: uuid.UUID) -> dict[str, dict[str, Any]]:
    """The learner's states in a lesson by the id of the block. One query."""
    if enrolment is None:
        return {}
    found = BlockState.objects.filter(enrolment=enrolment, lesson_key=lesson_key)
    return {str(block_id): state for block_id, state in found.values_list("block_id", "state")}


def render_piece(
    piece: Piece, page: LessonPage, csrf_input: str, state: dict[str, Any] | None, posted: Posted | None = None, **how: bool
) -> str:
    """A practice block in front of its reader."""
    form = posted.form if posted else None
    kept = posted.kept if posted else True
    exercise = piece.block.exercise(piece.ident, piece.material, (posted and posted.state) or state, form, kept=kept, **how)
    return piece.block.render_exercise(exercise, {"page": page, "csrf_input": csrf_input})


def csrf_input_of(request: HttpRequest | None) -> SafeString:
    return (
        format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
        if request
        else SafeString()
    )


def up_to_a_gate(pieces: list[Piece], answered: Collection[str], places: Collection[str]) -> list[Piece]:
    """The pieces that may be read now. Of a gate that stands open only its anchor is left.

    A gate opens when the practice block above it has been answered, or when the address names it.
    """
    seen, above = [], None
    for piece in pieces:
        above = piece if piece.material else above
        if piece.name != "gate":
            seen.append(piece)
        elif above and above.ident not in answered and piece.prefix not in places:
            return [*seen, piece]
        else:
            seen.append(replace(piece, html=anchored(piece.name, piece.ident, "")))
    return seen


def rehearse_lesson_body(page: LessonPage, context: dict, rehearsal: Rehearsal) -> SafeString:
    """All blocks of ``page`` in a preview, as the learner of ``rehearsal`` would find them; there is nothing to send."""
    own = {str(child.id): child for child in page.body}
    html = []
    for piece in pieces_of(page, preview=True):
        state = rehearsal.state_of(piece)
        if state:
            html.append(anchored(piece.name, piece.ident, render_piece(piece, page, "", state, sendable=False)))
        else:
            html.append(piece.html or anchored(piece.name, piece.ident, own[piece.ident].render({**context, "page": page})))
    return body_of([part.replace(CSRF_SLOT, "") for part in html])


def body_of(html: list[str]) -> SafeString:
    return mark_safe(f'<div class="body">{"".join(html)}</div>')  # noqa: S308 (rendered by our own templates, which escape)


def render_lesson_body(page: LessonPage, context: dict, enrolment: Enrolment | None) -> SafeString:
    """All blocks of ``page`` in order. ``context`` is what personal blocks see.

    At most one query for all states, and one for what all gave to the anonymous blocks among them.
    """
    request = context.get("request")
    pieces = pieces_of(page)
    practice = any(piece.material for piece in pieces)
    states = with_others(page, pieces, states_of(enrolment, page.translation_key)) if practice else {}
    csrf_input = csrf_input_of(request) if practice else SafeString()
    posted = getattr(request, "posted", None)
    places = request.GET if request else {}  # a block that has several is asked for one by its prefix
    own = {str(child.id): child for child in page.body} if any(not piece.html for piece in pieces) else {}
    answered = {*states, *([posted.ident] if posted and posted.state else [])}
    html = []
    for piece in up_to_a_gate(pieces, answered, places):
        if not piece.html:
            html.append(anchored(piece.name, piece.ident, own[piece.ident].render({**context, "page": page})))
            continue
        mine = posted if posted and posted.ident == piece.ident else None
        state = states.get(piece.ident)
        if piece.material and piece.prefix in places:
            state = piece.block.state_at(piece.material, state, places[piece.prefix])
        if piece.material and (state or mine):
            html.append(anchored(piece.name, piece.ident, render_piece(piece, page, csrf_input, state, mine)))
        else:
            html.append(piece.html.replace(CSRF_SLOT, csrf_input))
    return body_of(html)
