"""Doubts of learners about questions: what they say is wrong, how many say so, and that it was dealt with."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import may_work_on_quizzes
from quizzes.models import Question, QuestionFlag

PER_PAGE = 50


@dataclass(frozen=True)
class Doubts:
    """The open doubts about one question in any language.

    ``reasons``: (label, count), the most frequent first. ``last``: the id of the newest.
    """

    key: UUID
    question: Question | None
    reasons: list[tuple[str, int]]
    last: int


def _require_worker(request: HttpRequest) -> None:
    if not may_work_on_quizzes(request.user):
        raise PermissionDenied


@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """The questions with open doubts, the most doubted first. A fixed number of queries."""
    _require_worker(request)
    waiting = QuestionFlag.objects.filter(resolved_at__isnull=True).order_by()
    keys = waiting.values_list("question_key").annotate(n=Count("pk"), last=Max("created_at")).order_by("-n", "-last")
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "quizzes/admin/flags.html", {"page": page, "rows": _rows([row[0] for row in page])})


def _rows(keys: list[UUID]) -> list[Doubts]:
    waiting = QuestionFlag.objects.filter(resolved_at__isnull=True, question_key__in=keys).order_by()
    counts: dict[UUID, list[tuple[str, int]]] = {}
    last: dict[UUID, int] = {}
    grouped = waiting.values_list("question_key", "reason").annotate(n=Count("pk"), newest=Max("pk")).order_by("-n", "reason")
    for key, reason, n, newest in grouped:
        counts.setdefault(key, []).append((str(QuestionFlag.Reason(reason).label), n))
        last[key] = max(newest, last.get(key, 0))
    questions: dict[UUID, Question] = {}
    for question in Question.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk"):
        # In the reader's language where there is one, otherwise as it was written first.
        if question.translation_key not in questions or question.locale.language_code == get_language():
            questions[question.translation_key] = question
    return [Doubts(key, questions.get(key), counts[key], last[key]) for key in keys if key in counts]


@require_POST
def deal_with_flags(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close the doubts about one question that the page showed: those up to the id ``until``. Later ones stay open."""
    _require_worker(request)
    until = request.POST.get("until", "")
    if not until.isdecimal():
        return redirect("quizzes_admin:flags")
    waiting = QuestionFlag.objects.filter(question_key=key, resolved_at__isnull=True, pk__lte=int(until))
    done = waiting.update(resolved_at=timezone.now(), resolved_by=request.user)
    text = ngettext("%(count)d doubt is dealt with.", "%(count)d doubts are dealt with.", done)
    messages.success(request, text % {"count": done})
    return redirect("quizzes_admin:flags")
