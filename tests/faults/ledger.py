"""The oracle of all fault tests: a client writes down what was acknowledged, and after the fault the database must agree."""

import http.client
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections

from accounts.models import User
from quizzes.models import Attempt, AttemptEvent, Response
from tests.browsing import session_cookie
from tests.factories.quizzes import posted, question_url, result_url, submit_url

TOKEN = "a" * 32  # a proof of origin: the same in the cookie and in the form


@dataclass(frozen=True)
class Reply:
    status: int
    location: str
    body: str


class Learner:
    """Somebody with a browser that is signed in, without the browser. Safe to use in a thread of its own."""

    def __init__(self, user: User) -> None:
        cookie = session_cookie(user, "http://127.0.0.1")
        self.user = user
        self.cookies = f"{cookie['name']}={cookie['value']}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def post(self, port: int, path: str, data: dict[str, Any] | None = None) -> Reply | None:
        """The reply; None if the connection broke before there was one."""
        body = urlencode({**(data or {}), "csrfmiddlewaretoken": TOKEN}, doseq=True)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=90)) as asking:
                asking.request("POST", path, body, headers)
                answer = asking.getresponse()
                return Reply(answer.status, answer.getheader("Location", ""), answer.read().decode())
        except (OSError, http.client.HTTPException):
            return None


@dataclass
class Ledger:
    """``answers``: for each question of an attempt what was sent, in order, and whether that was acknowledged."""

    answers: dict[tuple[int, int], list[tuple[Any, bool]]] = field(default_factory=dict)
    handed_in: dict[int, bool] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, who: Learner, port: int, attempt: Attempt, position: int, answer: Any, **options: Any) -> Reply | None:
        """Send an answer; ``save``: as the script does that saves by itself. ``version``: what the page showed."""
        save, version = options.get("save", False), options.get("version", 0)
        path = question_url(attempt, position) + ("save/" if save else "")
        reply = who.post(port, path, posted(answer, version=version))
        closed = reply is not None and reply.location.startswith((result_url(attempt), "/en/account"))
        kept = reply is not None and not closed and reply.status == (200 if save else 302)
        with self.lock:
            self.answers.setdefault((attempt.pk, position), []).append((answer, kept))
        return reply

    def hand_in(self, who: Learner, port: int, attempt: Attempt) -> Reply | None:
        reply = who.post(port, submit_url(attempt))
        done = reply is not None and reply.status == 302 and reply.location.startswith(result_url(attempt))
        with self.lock:
            self.handed_in[attempt.pk] = self.handed_in.get(attempt.pk, False) or done
        return reply

    def acknowledged(self) -> int:
        return sum(kept for sent in self.answers.values() for _answer, kept in sent) + sum(self.handed_in.values())

    def check(self) -> None:
        """What was acknowledged last is there, once; what was not is absent, or there as it was sent."""
        for (attempt, position), sent in self.answers.items():
            response = Response.objects.get(attempt=attempt, position=position)  # raises if there are two
            last = max((n for n, (_answer, kept) in enumerate(sent) if kept), default=None)
            possible = [answer for answer, _kept in sent[last or 0 :]] + ([None] if last is None else [])
            assert response.answer in possible, f"attempt {attempt}, question {position}: lost {sent[last or 0]}"
            assert response.version <= len(sent), "something was stored twice"
        for attempt, done in self.handed_in.items():
            events = AttemptEvent.objects.filter(attempt=attempt, kind=AttemptEvent.Kind.SUBMITTED).count()
            closed = not Attempt.objects.get(pk=attempt).is_open
            assert events == int(closed), "one result for each attempt"
            assert closed or not done, f"attempt {attempt} was handed in and is open"


def at_once(acts: Sequence[Callable[[], Any]], meanwhile: Callable[[], None] | None = None) -> list[Any]:
    """Run ``acts`` in as many threads, released together, and ``meanwhile`` here; return the results of ``acts`` in order."""
    barrier, results = threading.Barrier(len(acts) + 1), [None] * len(acts)

    def run(n: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=60)
            results[n] = act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    barrier.wait(timeout=60)
    if meanwhile:
        meanwhile()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results
