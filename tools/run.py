"""Run the server and the task worker side by side until one of them ends or a signal says so; then end both.

``./serve`` becomes this process, so that ending it ends everything.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

PYTHON = sys.executable
PORT = os.environ["PORT"]
LOG = Path(os.environ["DATA_DIR"]) / "log" / "worker.log"
PATIENCE = 15  # seconds that a process has to finish what it does
SERVER = [
    *(PYTHON, "-m", "gunicorn", "training.wsgi:application", "--bind", f"127.0.0.1:{PORT}", "--worker-class", "gthread"),
    *("--workers", os.environ.get("WEB_CONCURRENCY", "1"), "--threads", "8", "--no-control-socket"),
    *("--graceful-timeout", "10", "--timeout", "60", "--log-level", "warning"),
]
WORKER = [PYTHON, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--queue-name", "*"]


def is_listening() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", int(PORT))) == 0


class Asked:
    """Whether a signal asked to stop. A flag, not an exception: a process being started must not be forgotten."""

    to_stop = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True


def stop(processes: dict[str, subprocess.Popen]) -> None:
    """End the processes and their children: politely, then, after ``PATIENCE``, for certain."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):  # nobody is left in its group; a Mac says so in the second way
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def watch(processes: dict[str, subprocess.Popen], asked: Asked) -> str:
    """Wait for a signal, and return nothing; or for a process that ends by itself, and return which, in words."""
    ready = False
    while not asked.to_stop:
        for name, process in processes.items():
            if process.poll() is not None:
                return f"The {name} ended by itself (status {process.returncode})."
        if not ready and is_listening():
            ready = True
            print(f"\nReady: {os.environ['SITE_URL']}/ (Ctrl-C ends it)\n", flush=True)
        time.sleep(0.3)
    return ""


def main() -> int:
    asked = Asked()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    processes: dict[str, subprocess.Popen] = {}
    try:
        with LOG.open("a") as log:
            processes["server"] = subprocess.Popen(SERVER, start_new_session=True)
            processes["task worker"] = subprocess.Popen(WORKER, stdout=log, stderr=log, start_new_session=True)
        trouble = watch(processes, asked)
    finally:
        stop(processes)
    print(f"{trouble} Stopped the other. The task worker's log: {LOG}" if trouble else "\nStopped.", flush=True)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
