"""A gunicorn as ``tools/run.py`` starts it, and the processor time that it and PostgreSQL take."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.db import connection

WORKERS, THREADS = 2, 8  # a process for each of two cores, eight threads each
HERE = Path(__file__).resolve().parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """A server of ``application``: its port and its master process. Ended afterwards."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket", "--backlog", "2048"),
        *("--timeout", "60", "--log-level", "warning", "--pythonpath", str(HERE)),
    ]
    process = subprocess.Popen(command, cwd=HERE.parent, env={**os.environ, **environment})
    try:
        _wait_for(port, process)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int, process: subprocess.Popen, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def database_process() -> psutil.Process:
    """The first process of the PostgreSQL server in use, which must run on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    return psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))


def processor_seconds(first: psutil.Process) -> float:
    """What ``first`` and all below it have used so far, those that have ended included."""
    used = 0.0
    for process in [first, *first.children(recursive=True)]:
        times = process.cpu_times()
        used += times.user + times.system + times.children_user + times.children_system
    return used
