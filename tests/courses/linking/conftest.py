"""A server of this machine that answers as it is told, and a client that may ask it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from courses.linking import client


@dataclass
class Web:
    """``answers``: by path a status, and a place to go to. ``asked``: what arrived, as "HEAD /path"."""

    url: str
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    no_head: bool = False
    agents: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        return self.url.removeprefix("http://")


@contextmanager
def serving() -> Iterator[Web]:
    class Answering(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            web.asked.append(f"{self.command} {self.path}")
            web.agents.add(self.headers["User-Agent"])
            status, place = web.answers.get(self.path, (404, ""))
            if web.no_head and self.command == "HEAD":
                status, place = 405, ""
            if status == 0:  # says nothing at all
                self.close_connection = True
                return
            self.send_response(status)
            if place:
                self.send_header("Location", place)
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    web = Web(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def web(settings) -> Iterator[Web]:
    """May be asked, though it is not public."""
    settings.LINK_CHECK_PAUSE = 0
    with serving() as server:
        settings.LINK_CHECK_ALSO = [server.address]
        yield server


@pytest.fixture
def inner() -> Iterator[Web]:
    """Must never hear from us: it stands for whatever else runs in our network."""
    with serving() as server:
        server.answers["/"] = (200, "")
        yield server
        assert server.asked == []


@pytest.fixture
def impatient(monkeypatch) -> None:
    monkeypatch.setattr(client, "TIMEOUT", 0.2)
