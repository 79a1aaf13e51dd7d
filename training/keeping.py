"""What is typed into a form whose reader was signed out in the meantime waits in the visitor's session until they are back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

KEY = "kept_input"
LONGEST = 1000  # characters of a field; what is longer is no name
View = Callable[..., HttpResponse]


def signed_in_or_kept(*fields: str) -> Callable[[View], View]:
    """Like ``login_required``; the named ``fields`` of a form that comes too late are kept for ``kept_input``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            if request.method == "POST":
                typed = {field: request.POST[field][:LONGEST] for field in fields if field in request.POST}
                request.session[KEY] = {"path": request.path, "typed": typed}
                messages.info(request, _("You were signed out in the meantime. Sign in and go on: your answers are kept."))
            return redirect_to_login(request.get_full_path())

        return guarded

    return decorate


def kept_input(request: HttpRequest) -> dict[str, str]:
    """What was kept for this very address, once, as ``initial`` of its form; the reader is told that it is not saved."""
    kept = request.session.get(KEY) or {}
    if request.method != "GET" or kept.get("path") != request.path:
        return {}
    del request.session[KEY]
    if kept["typed"]:
        messages.info(request, _("You were signed out. What you typed is here, but not saved yet."))
    return kept["typed"]
