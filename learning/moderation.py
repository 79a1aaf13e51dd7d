"""What learners wrote without their names, on its way to other learners: a queue by lesson. Nobody is told who wrote."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, Count, Min, Q
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import may_moderate
from courses.models import LessonPage

from . import services
from .models import Contribution
from .views.lessons import lessons_in_language

PER_PAGE = 100
State = Contribution.State
TABS = [(State.WAITING, gettext_lazy("Waiting")), (State.SHOWN, gettext_lazy("Shown")), (State.HIDDEN, gettext_lazy("Hidden"))]
ACTS = {"show": State.SHOWN, "hide": State.HIDDEN}


@dataclass(frozen=True)
class Gathered:
    """The texts of one block in one language: rows with ``text``, ``n`` (how often) and ``chosen`` (the id of one of them)."""

    prompt: str
    language: str
    rows: list[dict[str, Any]]


def waiting_count() -> int:
    """How many texts wait, in all lessons."""
    return Contribution.objects.texts().filter(state=State.WAITING).count()


def _moderators_only(request: HttpRequest) -> None:
    if not may_moderate(request.user):
        raise PermissionDenied


@never_cache
@require_safe
def moderation_index(request: HttpRequest) -> HttpResponse:
    """The lessons in which somebody wrote, those with most waiting first. A fixed number of queries."""
    _moderators_only(request)
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    found = Contribution.objects.texts().values("lesson_key").annotate(**counts).order_by("-waiting", "lesson_key")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    lessons = lessons_in_language([row["lesson_key"] for row in page], also_drafts=True)
    rows = [row | {"lesson": lessons.get(row["lesson_key"])} for row in page]
    return render(request, "learning/moderation_index.html", {"page": page, "rows": rows, "waiting": waiting_count()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def moderation_queue(request: HttpRequest, lesson_key: uuid.UUID) -> HttpResponse:
    """What was written in one lesson, by activity and language, in one of three states; equal texts are one row."""
    _moderators_only(request)
    asked = request.GET.get("state")
    state = State(asked) if asked in State.values else State.WAITING
    if request.method == "POST":
        return _act(request, lesson_key, state)
    texts = Contribution.objects.texts().filter(lesson_key=lesson_key)
    lesson = lessons_in_language([lesson_key], also_drafts=True).get(lesson_key)
    if lesson is None and not texts.exists():
        raise Http404
    totals = dict(texts.values_list("state").annotate(n=Count("pk")))
    grouped = texts.filter(state=state).values("block_id", "language", "text")
    counted = grouped.annotate(n=Count("pk"), oldest=Min("day"), chosen=Min(Cast("pk", CharField())))
    page = Paginator(counted.order_by("block_id", "language", "oldest", "text"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "lesson": lesson,
        "lesson_key": lesson_key,
        "state": state,
        "tabs": [(tab, label, totals.get(tab.value, 0)) for tab, label in TABS],
        "page": page,
        "gathered": _gathered(page, lesson),
        "ticked": "all" in request.GET,
        "params": f"state={state}",
    }
    return render(request, "learning/moderation_queue.html", context)


def _gathered(rows: Iterable[dict[str, Any]], lesson: LessonPage | None) -> list[Gathered]:
    body = lesson.body if lesson else []
    prompts = {child.id: child.value["prompt"] for child in body if getattr(child.block, "moderated", False)}
    return [
        Gathered(prompts.get(str(block_id), ""), language, list(group))
        for (block_id, language), group in groupby(rows, key=lambda row: (row["block_id"], row["language"]))
    ]


def _act(request: HttpRequest, lesson_key: uuid.UUID, state: State) -> HttpResponse:
    act, chosen = request.POST.get("act"), _chosen(request)
    back = f"{reverse('learning_moderation_queue', args=[lesson_key])}?state={state}"
    if not chosen:
        messages.error(request, _("Tick at least one text."))
    elif act in ACTS:
        count = services.decide(chosen=chosen, state=ACTS[act])
        shown = ngettext("%(n)d text is shown now.", "%(n)d texts are shown now.", count)
        hidden = ngettext("%(n)d text is hidden now.", "%(n)d texts are hidden now.", count)
        messages.success(request, (shown if act == "show" else hidden) % {"n": count})
    elif act == "delete":
        count = services.delete_hidden(chosen=chosen)
        messages.success(request, ngettext("%(n)d text is deleted.", "%(n)d texts are deleted.", count) % {"n": count})
    return redirect(back)


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    """The ticked ids; anything else that came along is nobody's text."""
    found = []
    for sent in request.POST.getlist("text")[:PER_PAGE]:
        try:
            found.append(uuid.UUID(sent))
        except ValueError:
            continue
    return found
