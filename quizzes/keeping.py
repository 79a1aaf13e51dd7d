"""An answer that arrives after the sign-in has expired is kept in the visitor's session until they are back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

KEY = "quizzes_kept_answer"
LIMIT = 50_000  # characters; a page of answers is a few thousand


def keep_answer(request: HttpRequest, public_id: UUID, page: int) -> None:
    """Remember what was posted to a page. Whose attempt it is, is asked when they come back."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    encoded = data.urlencode()
    if len(encoded) <= LIMIT:
        request.session[KEY] = {"attempt": str(public_id), "page": page, "data": encoded}


def kept_answer(request: HttpRequest, public_id: UUID, page: int) -> QueryDict | None:
    """What was kept for this page, as it was posted."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    if kept.get("attempt") != str(public_id) or kept.get("page") != page:
        return None
    return QueryDict(kept["data"])


def forget_answer(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
