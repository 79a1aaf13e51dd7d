"""What people gave to anonymous blocks or answered to those that compare, as others may see it. Nothing here tells who."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Max, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber

from courses.models import LessonPage
from courses.pieces import Piece

from .models import BlockState, Contribution

MOST = 60  # texts of one block that anybody reads; the newest, and of those of one day the most frequent


def with_others(lesson: LessonPage, pieces: Iterable[Piece], states: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """``states`` by block; those of anonymous blocks and of those that compare, which all have been answered, with what all said.

    One query if there is any anonymous block, however many, and one for each type of block that compares.
    """
    answered = {piece.ident: piece for piece in pieces if piece.material and states.get(piece.ident)}
    anonymous = [ident for ident, piece in answered.items() if piece.block.anonymous]
    told: dict[str, list[tuple[str, int]]] = {ident: [] for ident in anonymous}
    told |= _given(lesson, anonymous) if anonymous else {}
    comparing = {ident: piece.block.compares for ident, piece in answered.items() if piece.block.tells_totals(piece.material)}
    for name in set(comparing.values()):
        told |= _chosen(lesson, name, [ident for ident, own in comparing.items() if own == name])
    return {**states, **{i: answered[i].block.hearing(states[i], others) for i, others in told.items()}}


def _chosen(lesson: LessonPage, name: str, idents: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """By block what the learners' states hold under ``name``, each with how many learners.

    There is one state of each learner and block: who changes an answer is counted once, with the last one, and who leaves the
    course or the site is counted no more.
    """
    states = BlockState.objects.filter(lesson_key=lesson.translation_key, block_id__in=list(idents), done_at__isnull=False)
    counted = states.annotate(said=KeyTextTransform(name, "state")).values("block_id", "said").annotate(n=Count("pk"))
    chosen: dict[str, list[tuple[str, int]]] = {}
    for ident, said, n in counted.order_by("block_id", "said").values_list("block_id", "said", "n"):
        chosen.setdefault(str(ident), []).append((said or "", n))
    return chosen


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
