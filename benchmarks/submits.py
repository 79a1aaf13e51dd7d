"""Two hundred learners hand in a quiz of twenty questions in the same second. See README.md beside this file.

    python benchmarks/submits.py [--learners 200] [--json FILE]

Starts a PostgreSQL server that lives as long as the run, and measures beside it (``measure.py``) in production settings,
over plain HTTP. Status 0: everything was stored, once, and no request failed.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="react-benchmark-", ignore_cleanup_errors=True) as folder:
        settings = {
            "DJANGO_SETTINGS_MODULE": "training.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "SITE_URL": "http://127.0.0.1",
            "SECURE_SSL_REDIRECT": "False",
            "DATA_DIR": folder,
            "LOG_LEVEL": "WARNING",
        }
        command = [
            *(sys.executable, str(HERE.parent / "tests" / "with_postgres.py")),
            *(sys.executable, str(HERE / "measure.py"), *sys.argv[1:]),
        ]
        return subprocess.call(command, env={**os.environ, **settings})


if __name__ == "__main__":
    sys.exit(main())
