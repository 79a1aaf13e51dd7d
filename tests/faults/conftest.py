"""What the fault tests share: a real server on the database of the test, many learners, and the ledger."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from tests.faults.ledger import Learner, Ledger
from tests.faults.server import Database, WebServer, wait_until


@pytest.fixture(autouse=True)
def real_database(request: pytest.FixtureRequest) -> None:
    """SQLite queues its writers and lives in the same process: it would prove nothing here."""
    assert connection.vendor == "postgresql"


@pytest.fixture
def make_server(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., WebServer]]:
    """``make_server(workers=2)``: gunicorn on the database of this test, stopped when the test ends."""
    started: list[WebServer] = []

    def make(workers: int = 2) -> WebServer:
        started.append(WebServer(tmp_path, workers))
        wait_until(started[-1].is_ready, "the server is ready")
        return started[-1]

    yield make
    for server in started:
        server.stop()


@pytest.fixture
def database(make_server: Callable[..., WebServer]) -> Iterator[Database]:
    """Running again when the test ends, before its tables are emptied and its web server stops."""
    found = Database()
    yield found
    if not found.is_running():
        found.start()


@pytest.fixture
def ledger(transactional_db: None) -> Iterator[Ledger]:
    """Checked once more when the test ends."""
    book = Ledger()
    yield book
    book.check()


@pytest.fixture
def class_of(transactional_db: None) -> Callable[[int], list[Learner]]:
    """``class_of(8)``: so many learners, signed in."""

    def make(count: int) -> list[Learner]:
        return [Learner(User.objects.create_user(f"learner{n}@example.org", country="BE")) for n in range(count)]

    return make
