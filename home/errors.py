"""Pages for when something is wrong: what happened, what to do next, in the reader's language."""

import base64
import errno
import hashlib
import sys
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, get_language_from_request, override

SECRETS = ("csrfmiddlewaretoken", "password", "code", "token")  # parts of names of fields that are never written into a page
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, "SQLITE_FULL", "53100"}
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREADABLE = (*TOO_BIG, UnreadablePostError, MultiPartParserError)
Typed = list[tuple[str, str]]  # names and values of a form
# The last page that must work: no style sheet, no database, no session. Its hash lets it through the strict policy.
LAST_STYLE = (
    "html{color-scheme:light dark;font:1.125rem/1.55 system-ui,sans-serif}"
    "body{max-width:40rem;margin:3rem auto;padding:0 1rem}a{color:inherit}"
    "button{font:inherit;min-height:2.75rem;padding:.25rem 1.25rem}"
)
LAST_STYLE_HASH = base64.b64encode(hashlib.sha256(LAST_STYLE.encode()).digest()).decode()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def no_room_left(error: BaseException | None) -> bool:
    """Whether a full disk is behind ``error``: that of the files (an OSError), of SQLite or of PostgreSQL."""
    words = ("errno", "sqlite_errorname", "sqlstate")
    return any(getattr(cause, word, None) in NO_ROOM for cause in _causes(error) for word in words)


def database_is_away(error: BaseException | None) -> bool:
    """Whether the database did not answer: stopped, starting again, or too busy. The same request may work in a minute."""
    return any(isinstance(cause, OperationalError) for cause in _causes(error))


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
    """The last page. While the database is away (503) or the disk full (507) it offers the form that was sent once more."""
    language, error = language_of(request), sys.exception()
    full = no_room_left(error)
    away = not full and database_is_away(error)
    context = {"language": language, "style": LAST_STYLE, "full": full, "away": away}
    if full or away:
        context |= {"path": request.get_full_path(), "csrf_token": get_token(request), **_form_again(request)}
    with override(language):
        response = HttpResponse(render_to_string("500.html", context), status=507 if full else 503 if away else 500)
    response._csp_update = {"style-src": [f"'sha256-{LAST_STYLE_HASH}'"]}
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _form_again(request: HttpRequest) -> dict[str, Any]:
    """``kept``: what can be sent again from the page, None for nothing; ``left_out``: whether a secret has to be typed again."""
    if request.method != "POST" or not _is_own(request):
        return {"kept": None}
    try:
        whole = not request.FILES  # no page can hold a file
    except UNREADABLE:
        whole = False
    if not whole:
        return {"kept": None}
    secret = any(_is_secret(name) for name in request.POST if name != "csrfmiddlewaretoken")
    return {"kept": _typed(request), "left_out": secret}


def _is_own(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form, or a stranger could have a reader confirm what the stranger wrote."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _is_secret(name: str) -> bool:
    return any(secret in name.lower() for secret in SECRETS)


def _typed(request: HttpRequest) -> Typed:
    """What was posted, as far as it may be written into a page."""
    return [(name, value) for name, values in request.POST.lists() if not _is_secret(name) for value in values]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose proof of origin is stale: offered again with everything typed, ready to be sent with one press."""
    own = _is_own(request)
    return _page(request, 403, "403_csrf.html", kept=_typed(request) if own else [], own=own)
