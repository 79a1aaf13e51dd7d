"""Pages for when something is wrong: what happened, what to do next, in the reader's language."""

import base64
import errno
import hashlib
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, get_language_from_request, override

SECRETS = ("csrfmiddlewaretoken", "password", "code", "token")  # parts of names of fields that are never written into a page
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, "SQLITE_FULL", "53100"}
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# The last page that must work: no style sheet, no database, no session. Its hash lets it through the strict policy.
LAST_STYLE = (
    "html{color-scheme:light dark;font:1.125rem/1.55 system-ui,sans-serif}"
    "body{max-width:40rem;margin:3rem auto;padding:0 1rem}a{color:inherit}"
)
LAST_STYLE_HASH = base64.b64encode(hashlib.sha256(LAST_STYLE.encode()).digest()).decode()


def no_room_left(error: BaseException | None) -> bool:
    """Whether a full disk is behind ``error``: that of the files (an OSError), of SQLite or of PostgreSQL."""
    while error is not None:
        words = (getattr(error, "errno", None), getattr(error, "sqlite_errorname", None), getattr(error, "sqlstate", None))
        if NO_ROOM.intersection(words):
            return True
        error = error.__cause__ or error.__context__
    return False


def language_of(request: HttpRequest) -> str:
    """The language in the address, else the one the reader prefers. Errors may come before any middleware chose one."""
    return get_language_from_path(request.path_info) or get_language_from_request(request)


def _page(request: HttpRequest, status: int, template: str, **context) -> HttpResponse:
    with override(language_of(request)):
        return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "400.html", too_big=isinstance(exception, TOO_BIG))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "403.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "404.html")


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """The address of a button, opened like a page: a page that says so instead of ``refused``, which is empty."""
    response = _page(request, 405, "405.html")
    response.headers["Allow"] = refused.headers["Allow"]
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    language, full = language_of(request), no_room_left(sys.exception())
    context = {"language": language, "style": LAST_STYLE, "full": full}
    with override(language):
        response = HttpResponse(render_to_string("500.html", context), status=507 if full else 500)
    response._csp_update = {"style-src": [f"'sha256-{LAST_STYLE_HASH}'"]}
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose proof of origin is stale: offered again with everything typed, ready to be sent with one press.

    Only to a form that was sent from this site, or a stranger could have a reader confirm what the stranger wrote.
    """
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    kept = [
        (name, value)
        for name, values in (request.POST.lists() if own else [])
        if not any(secret in name.lower() for secret in SECRETS)
        for value in values
    ]
    return _page(request, 403, "403_csrf.html", kept=kept, own=own)
