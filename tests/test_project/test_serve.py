"""``./serve`` from nothing: it answers, keeps what it was given, says when a part dies, and leaves no process behind."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings

pytestmark = pytest.mark.xdist_group("serve")  # one first start for all of these

ROOT: Path = settings.BASE_DIR
PATIENCE = 240  # seconds for a start on a busy machine


class Serve:
    """``./serve`` with a folder of data and a port of its own, called from somewhere else."""

    def __init__(self, folder: Path) -> None:
        self.data, self.output = folder / "data", folder / "output.txt"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> "Serve":
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"PORT": str(self.port), "DATA_DIR": self.data.name, "DEMO_PASSWORD": "violet harbour 71"}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [ROOT / "serve"], cwd=self.data.parent, env=environment, stdout=output, stderr=output, start_new_session=True
            )
        deadline = time.monotonic() + PATIENCE
        while not self.is_healthy():
            assert time.monotonic() < deadline, f"./serve does not answer:\n{self.told()}"
            with suppress(subprocess.TimeoutExpired):
                status = self.process.wait(0.3)
                pytest.fail(f"./serve ended with status {status}:\n{self.told()}")
        self.family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        return self

    def is_healthy(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def told(self) -> str:
        return self.output.read_text()

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)

    def child(self, word: str) -> psutil.Process:
        return next(process for process in self.family[1:] if word in " ".join(process.cmdline()))

    def survivors(self) -> list[psutil.Process]:
        return psutil.wait_procs(self.family, timeout=20)[1]

    def query(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as database, database:
            return database.execute(sql).fetchall()

    def counts(self) -> list[int]:
        tables = ["wagtailcore_page", "wagtailcore_revision", "accounts_user", "accounts_membership", "quizzes_question"]
        return [self.query(f"SELECT count(*) FROM {table}")[0][0] for table in tables]  # noqa: S608 - our own names


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Running for the first time, in an empty folder."""
    serve = Serve(tmp_path_factory.mktemp("serve")).start()
    yield serve
    serve.process.terminate()
    for process in serve.survivors():
        process.kill()
    serve.process.wait()


@pytest.fixture
def running(serve: Serve) -> Serve:
    return serve if serve.process.poll() is None else serve.start()


def test_it_serves_the_site_with_hashed_and_compressed_files(running: Serve) -> None:
    status, headers, body = running.get("/en/")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    sheet = re.search(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', body.decode())
    assert sheet, "the style sheet has no hash in its name"
    status, headers, body = running.get(sheet[1], **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in headers["Cache-Control"]


def test_it_tells_the_address_and_the_accounts(running: Serve) -> None:
    told = running.told()
    assert f"http://127.0.0.1:{running.port}/" in told
    for name in ("guardian", "lawyer", "trainer", "issuer", "coordinator", "admin"):
        assert f"{name}@example.org" in told


def test_the_task_worker_works(running: Serve) -> None:
    deadline = time.monotonic() + 60
    while not running.query("SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL' LIMIT 1"):
        assert time.monotonic() < deadline, (running.data / "log" / "worker.log").read_text()
        running.get("/healthz")


@pytest.mark.parametrize(("part", "word"), [("server", "gunicorn"), ("task worker", "db_worker")])
def test_when_a_part_dies_it_says_so_and_ends(running: Serve, part: str, word: str) -> None:
    running.child(word).kill()
    assert running.process.wait(30) == 1
    assert f"The {part} ended by itself" in running.told()
    assert not running.survivors()


def test_a_later_start_touches_no_data_and_signals_end_everything(running: Serve) -> None:
    running.query("UPDATE accounts_user SET full_name = 'A name of my own' WHERE email = 'guardian@example.org'")
    running.query("DELETE FROM accounts_membership WHERE role = 'trainer'")
    assert len(running.family) >= 4  # itself, the server and its process, the worker
    assert running.stop(signal.SIGTERM) == 0
    assert not running.survivors()
    before = running.counts()

    running.start()
    assert running.counts() == before
    assert running.query("SELECT full_name FROM accounts_user WHERE email = 'guardian@example.org'") == [("A name of my own",)]
    assert "(once)" not in running.told(), "a later start did work again that is done once"
    assert running.stop(signal.SIGINT) == 0
    assert not running.survivors()


def test_a_port_in_use_is_told(running: Serve, tmp_path: Path) -> None:
    other = subprocess.run(
        [ROOT / "serve"],
        env={**os.environ, "PORT": str(running.port), "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert other.returncode != 0
    assert f"Port {running.port} is in use" in other.stderr
