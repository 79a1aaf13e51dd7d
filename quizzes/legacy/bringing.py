"""What of a dump of django-quiz-app follows its questions, and into which banks these go."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale

from quizzes.formats.base import Note
from quizzes.formats.django_quiz_app import Dump, rest_of
from quizzes.importing import Checked, Decision
from quizzes.models import Question

from .quizzes import bring_quizzes
from .sittings import bring_sittings


def by_category(items: Sequence[Checked], otherwise: str) -> dict[str, list[Checked]]:
    """``items`` by the short name of the bank of their category; those without any go into ``otherwise``."""
    banks: dict[str, list[Checked]] = {}
    for checked in items:
        category = checked.item.category.split("/")[0]
        banks.setdefault(slugify(category)[:100] or otherwise, []).append(checked)
    return banks


def bring_rest(
    dump: Dump, decisions: Sequence[Decision], locale: Locale, *, publish: bool, sittings: bool
) -> tuple[dict[str, Any], list[Note]]:
    """Quizzes and, with ``sittings``, tries. Counts for the report, and notes. Call in the transaction of the questions."""
    arrived = {decision.checked.item.reference.rpartition(" ")[2]: decision.question_id for decision in decisions}
    rows = Question.objects.select_related("locale").in_bulk([pk for pk in arrived.values() if pk])
    questions = {key: rows[pk] for key, pk in arrived.items() if pk}
    quizzes, notes = bring_quizzes(dump, questions, locale, publish=publish)
    told: dict[str, Any] = {"quizzes": [quiz.title for quiz in quizzes.values()]}
    if sittings:
        told["tries"], more = bring_sittings(dump, quizzes, questions)
        notes += more
    elif tries := len(dump.rows("quiz.sitting")):
        notes.append(Note("quiz.sitting", _("Tries that were left out: %(count)d. --sittings brings them.") % {"count": tries}))
    return told, [*notes, *rest_of(dump)]
