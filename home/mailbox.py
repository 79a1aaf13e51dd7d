"""Development only: read the mails that the file backend wrote, so that a newcomer can follow a sign-in code."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

MOST = 10
SEPARATOR = b"-" * 79  # what Django's file backend writes after each message


@dataclass(frozen=True)
class Mail:
    subject: str
    to: str
    date: str
    text: str


def newest_mails(folder: Path) -> list[Mail]:
    """The last mails in ``folder``, newest first. A file holds the mails of one connection, oldest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    mails: list[Mail] = []
    for path in files:
        parts = [part for part in path.read_bytes().split(SEPARATOR) if part.strip()]
        mails += [_read(part.lstrip()) for part in reversed(parts)]
        if len(mails) >= MOST:
            break
    return mails[:MOST]


def _read(source: bytes) -> Mail:
    message = email.message_from_bytes(source, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    text = body.get_content() if body else ""
    return Mail(str(message["subject"] or ""), str(message["to"] or ""), str(message["date"] or ""), text)


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The newest mail, or the one whose place in the list ``?number=`` says (from 1)."""
    if not settings.DEVELOPMENT:
        raise Http404
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    mails = newest_mails(Path(folder)) if folder else []
    number = request.GET.get("number", "1")
    place = int(number) if number.isdecimal() and 1 <= int(number) <= len(mails) else 1
    context = {"mails": mails, "mail": mails[place - 1] if mails else None, "place": place, "folder": folder}
    return render(request, "home/mail.html", context)
