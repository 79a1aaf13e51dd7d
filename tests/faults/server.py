"""The real web server and the real database, to be killed, stopped and started again. Every wait asks until it is so."""

import http.client
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit, urlunsplit

import psutil
from django.conf import settings
from django.db import connection

ROOT: Path = settings.BASE_DIR
PATIENCE = 60  # seconds until something that must happen counts as not happening, on a busy machine
STEP = 0.05


def wait_until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
    """Ask until ``holds``; return the seconds that it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < patience, f"not within {patience} s: {what}"
        time.sleep(STEP)
    return time.monotonic() - began


def environment(folder: Path, **own: str) -> dict[str, str]:
    """What a process of the site needs to work on the database of this test."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    names = {"DATABASE_URL": database, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.faults.settings"}
    return {**os.environ, **names, **own}


def manage(folder: Path, *arguments: str) -> str:
    """Run ``manage.py`` with ``arguments`` in a process of its own; return what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class WebServer:
    """Gunicorn as ``tools/run.py`` starts it, with ``workers`` processes of eight threads each."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        own = {"PORT": str(self.port), "SITE_URL": self.url, "WEB_CONCURRENCY": str(workers)}
        env = environment(folder, **own)
        with patch.dict(os.environ, env):
            command = runpy.run_path(str(ROOT / "tools" / "run.py"), run_name="configuration")["SERVER"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        self.count = workers

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        return self.status("/readyz") == 200 and len(self.workers()) == self.count

    def status(self, path: str) -> int | None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as asking:
                asking.request("GET", path)
                return asking.getresponse().status
        except (OSError, http.client.HTTPException):
            return None

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def kill_workers(self) -> None:
        """Stop every worker where it is, then end it for good; the server starts new ones by itself."""
        dying = self.workers()
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for worker in dying:
                with suppress(psutil.NoSuchProcess):
                    worker.send_signal(number)
        gone = {worker.pid for worker in dying}
        wait_until(lambda: not gone & {worker.pid for worker in self.workers()}, "the killed workers are gone")

    def stop(self) -> None:
        family = [psutil.Process(self.process.pid), *self.workers()]
        self.process.terminate()
        for survivor in psutil.wait_procs(family, timeout=15)[1]:
            survivor.kill()
        self.process.wait()


class Database:
    """The PostgreSQL server of ``tests/with_postgres.py``, found by asking it."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('data_directory'), current_setting('unix_socket_directories')")
            self.folder, self.sockets = cursor.fetchone()
        number = int((Path(self.folder) / "postmaster.pid").read_text().split()[0])
        main = psutil.Process(number)
        self.program, owner = Path(main.exe()).with_name("pg_ctl"), main.username()
        self.user = owner if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root

    def _control(self, *arguments: str) -> None:
        log = f"{self.folder}/log"  # not a pipe: the server would keep its other end
        command = [self.program, "-w", "-s", "-D", self.folder, "-l", log, *arguments]
        subprocess.run(command, cwd=self.folder, user=self.user, check=True, timeout=PATIENCE)

    def stop(self, mode: str = "immediate") -> None:
        """``immediate``: as if it crashed. ``fast``: as an administrator does."""
        self._forget_connections()
        self._control("-m", mode, "stop")

    def start(self) -> None:
        self._control("-o", f'-h "" -k {self.sockets}', "start")
        self._forget_connections()

    def _forget_connections(self) -> None:
        """Those of this process: the tests that follow begin with new ones."""
        connection.close()
        connection.close_pool()

    def is_running(self) -> bool:
        return (Path(self.folder) / "postmaster.pid").exists()


class HeldReplies:
    """A door before the server that lets requests in and keeps every reply back. ``drop`` then breaks all connections."""

    def __init__(self, port: int) -> None:
        self.target, self.arrived, self.open = port, threading.Semaphore(0), []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):  # that of the closed listener
            while True:
                client, _address = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                self.open += [client, server]
                threading.Thread(target=self._let_in, args=(client, server), daemon=True).start()
                threading.Thread(target=self._hold, args=(server,), daemon=True).start()

    def _let_in(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)

    def _hold(self, server: socket.socket) -> None:
        with suppress(OSError):
            if server.recv(1):
                self.arrived.release()

    def wait_for(self, replies: int) -> None:
        for _reply in range(replies):
            assert self.arrived.acquire(timeout=PATIENCE), "no reply came"

    def drop(self) -> None:
        self.listener.close()
        for one in self.open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def held_replies(server: WebServer) -> Iterator[HeldReplies]:
    door = HeldReplies(server.port)
    try:
        yield door
    finally:
        door.drop()
