"""What people gave to anonymous blocks, as others may see it. Nothing here knows who they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Max, Window
from django.db.models.functions import RowNumber

from courses.models import LessonPage
from courses.pieces import Piece

from .models import Contribution

MOST = 60  # texts of one block that anybody reads; the newest, and of those of one day the most frequent


def with_others(lesson: LessonPage, pieces: Iterable[Piece], states: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """``states`` by block; those of anonymous blocks, which all have been answered, with what all gave there.

    One query if there is any such block, however many.
    """
    told = {piece.ident: piece for piece in pieces if piece.material and piece.block.anonymous and states.get(piece.ident)}
    given = _given(lesson, told) if told else {}
    return {**states, **{i: piece.block.hearing(states[i], given.get(i, [])) for i, piece in told.items()}}


def _given(lesson: LessonPage, idents: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """By block the texts that may be read in the language of ``lesson``, each with how often it was given."""
    found = Contribution.objects.shown().filter(
        lesson_key=lesson.translation_key, block_id__in=list(idents), language__in=["", lesson.locale.language_code]
    )
    counted = found.values("block_id", "text").annotate(n=Count("pk"), last=Max("day"))
    newest = Window(RowNumber(), partition_by="block_id", order_by=[F("last").desc(), F("n").desc(), F("text")])
    given: dict[str, list[tuple[str, int]]] = {}
    rows = counted.annotate(place=newest).filter(place__lte=MOST).order_by("block_id", "place")
    for ident, text, n in rows.values_list("block_id", "text", "n"):
        given.setdefault(str(ident), []).append((text, n))
    return given
