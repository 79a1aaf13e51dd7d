"""Learners as a server meets them: connections, cookies, forms with their tokens."""

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CHOICE = re.compile(r'name="(\w+-choice)" value="([^"]+)"')
VERSION = re.compile(r'name="(\w+-version)" value="(\d+)"')


@dataclass
class Answer:
    """``seconds`` from the first byte out to the last byte in."""

    status: int
    place: str
    body: str
    size: int
    seconds: float


@dataclass
class Learner:
    """One person's browser, with their ``cookies``; ``answers`` are what the server said so far, in order."""

    port: int
    cookies: dict[str, str]
    answers: list[Answer] = field(default_factory=list)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """GET ``path``, or POST ``form`` to it, over a connection of its own."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - began
        for name, value in re.findall(
            r"(\w+)=([^;]+)", "\n".join(c.split(";")[0] for c in response.msg.get_all("Set-Cookie", []))
        ):
            self.cookies[name] = value
        place = urlsplit(response.getheader("Location", "")).path
        answer = Answer(response.status, place, content.decode("utf-8", "replace"), len(content), seconds)
        self.answers.append(answer)
        return answer

    def send(self, path: str, page: Answer, **form: str) -> Answer:
        """POST ``form`` to ``path`` with the token of ``page``."""
        token = TOKEN.search(page.body)
        return self.ask(path, {"csrfmiddlewaretoken": token[1] if token else "", **form})


def take_whole_quiz(learner: Learner, start: str) -> None:
    """Start, answer page after page with the first choice, look at the check page, hand in, read the result."""
    place = learner.send(start, learner.ask(start)).place
    while not place.endswith("/submit/"):
        page = learner.ask(place)
        # The last of a name wins: one choice for each question.
        given = dict(reversed(CHOICE.findall(page.body))) | dict(VERSION.findall(page.body))
        place = learner.send(place, page, act="continue", **given).place or place
        if learner.answers[-1].status != 302:
            raise RuntimeError(f"The server said {learner.answers[-1].status} to an answer.")
    learner.ask(learner.send(place, learner.ask(place)).place)


def all_at_once(acts: Iterable[Callable[[], object]]) -> float:
    """Run each act in a thread of its own, all released by one barrier; seconds until the last one is done."""
    acts = list(acts)
    barrier = Barrier(len(acts) + 1)

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        act()

    with ThreadPoolExecutor(len(acts)) as pool:
        running = [pool.submit(run, act) for act in acts]
        barrier.wait()
        began = time.perf_counter()
        for one in running:
            one.result()
        return time.perf_counter() - began


def some_at_a_time(acts: Iterable[Callable[[], object]], together: int) -> float:
    """Run the acts, ``together`` at a time; seconds until the last one is done."""
    began = time.perf_counter()
    with ThreadPoolExecutor(together) as pool:
        for one in [pool.submit(act) for act in acts]:
            one.result()
    return time.perf_counter() - began
