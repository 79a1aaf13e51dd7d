"""What several lists of the desk share: who may see them, and the names of quizzes and questions in their filters."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from quizzes.models import Attempt, Question
from quizzes.visibility import may_mark

PER_PAGE = 50
is_code = RegexValidator("^[0-9a-fA-F]{8}$", _("A try code has eight signs: digits and letters from a to f."))


def for_markers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Trainers and coordinators only. Each view limits what it finds to the learners of their organisations."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_mark(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def page_of(request: HttpRequest, found: Any) -> Page:
    return Paginator(found, PER_PAGE).get_page(request.GET.get("p"))


def query_without_page(request: HttpRequest) -> str:
    params = request.GET.copy()
    params.pop("p", None)
    return params.urlencode()


def quiz_choices(attempts: QuerySet[Attempt]) -> list[tuple[str, str]]:
    """(key, title) of the quizzes among ``attempts``, by title; the title of the latest attempt. One query."""
    titles = dict(attempts.order_by("started_at").values_list("quiz_key", "title"))
    return sorted(((str(key), title) for key, title in titles.items()), key=lambda pair: pair[1].casefold())


def question_names(keys: Iterable[UUID]) -> dict[UUID, str]:
    """How questions are called: in the reader's language where there is one. One query."""
    names: dict[UUID, str] = {}
    found = Question.objects.filter(translation_key__in=set(keys)).select_related("locale").order_by("pk")
    for question in found:
        if question.translation_key not in names or question.locale.language_code == get_language():
            names[question.translation_key] = str(question)
    return {key: names.get(key) or gettext("(deleted question)") for key in keys}
