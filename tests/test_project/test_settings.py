"""Production settings refuse to start unsafe, and are clean when complete."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "training.settings.production",
    "SECRET_KEY": "a-long-enough-secret-of-many-different-letters-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "training.example.org",
    "SITE_URL": "https://training.example.org",
    "DATABASE_URL": "postgres://training@127.0.0.1:1/training",
    "CACHE_URL": "rediscache://127.0.0.1:6379/0",
}


def check(**changes: str | None) -> subprocess.CompletedProcess:
    """``manage.py check --deploy`` with production settings in a clean environment. None takes a variable away."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(settings.DATA_DIR), **COMPLETE, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_production_settings_have_nothing_to_warn_of() -> None:
    result = check()
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(name: str) -> None:
    result = check(**{name: None})
    assert result.returncode != 0
    assert name in result.stderr
