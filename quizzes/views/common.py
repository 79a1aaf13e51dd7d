"""Whose attempt it is, and the addresses of its pages."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from quizzes.keeping import keep_answer
from quizzes.models import Attempt
from quizzes.services import settle

VISITOR = "quizzes_visitor"
View = Callable[..., HttpResponse]


def visitor_key(request: HttpRequest) -> str:
    """What names somebody without an account, for practice; only their session knows it."""
    if VISITOR not in request.session:
        request.session[VISITOR] = secrets.token_urlsafe(24)
    return request.session[VISITOR]


def own_attempts(request: HttpRequest) -> Any:
    if request.user.is_authenticated:
        return Attempt.objects.filter(user=request.user)
    return Attempt.objects.filter(user__isnull=True, visitor=request.session.get(VISITOR) or "-")


def for_taker(view: View) -> View:
    """Give ``view`` the reader's own attempt instead of its ``public_id``, closed if its time is over.

    Visitors without one are sent to the sign-in and back; what they post to a page is kept on the way. A foreign attempt is
    not found.
    """

    @wraps(view)
    def guarded(request: HttpRequest, public_id: UUID, **kwargs: Any) -> HttpResponse:
        attempt = own_attempts(request).filter(public_id=public_id).first()
        if attempt is None and request.user.is_authenticated:
            raise Http404
        if attempt is None:
            if request.method == "POST" and "page" in kwargs:
                keep_answer(request, public_id, kwargs["page"])
            return redirect_to_login(_where_to_return(request, public_id))
        return view(request, settle(attempt=attempt), **kwargs)

    return guarded


def _where_to_return(request: HttpRequest, public_id: UUID) -> str:
    """What was asked for; the result for a doubt, whose address is that of a button."""
    is_doubt = request.resolver_match is not None and request.resolver_match.url_name == "flag"
    return reverse("quizzes:result", args=[public_id]) if is_doubt else request.get_full_path()


def local_path(value: str | None) -> str:
    """``value`` if it is a path of this site, else nothing: a link never leads a learner elsewhere."""
    value = value or ""
    ours = value.startswith("/") and url_has_allowed_host_and_scheme(value, allowed_hosts=None)
    return value if ours and value.isprintable() and len(value) <= 500 else ""


def start_url(quiz_key: UUID, return_to: str) -> str:
    url = reverse("quizzes:start", args=[quiz_key])
    return f"{url}?{urlencode({'next': return_to})}" if return_to else url


def page_url(attempt: Attempt, page: int) -> str:
    return reverse("quizzes:page", args=[attempt.public_id, page])


def check_url(attempt: Attempt) -> str:
    return reverse("quizzes:submit", args=[attempt.public_id])


def waiting_url(attempt: Attempt) -> str:
    page = attempt.resume_page()
    return page_url(attempt, page) if page else check_url(attempt)


def left(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    messages.success(request, _("Your answers are saved. Go on whenever you like."))
    return redirect(attempt.return_to or start_url(attempt.quiz_key, ""))


def closed(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    if request.method == "POST" and attempt.submitted_at == attempt.ends_at:  # the clock did it
        messages.info(request, _("Your time was over. What you sent after that was not saved."))
    elif request.method == "POST":
        messages.info(request, _("This try was handed in before. Nothing was changed."))
    return redirect("quizzes:result", attempt.public_id)
