"""Production settings start only with what makes them safe, and then Django finds nothing to warn about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SANE = {
    "DJANGO_SETTINGS_MODULE": "training.settings.production",
    "SECRET_KEY": "a-long-random-string-of-more-than-fifty-characters-for-this-test-only-0123456789",
    "ALLOWED_HOSTS": "training.example.com",
    "SITE_URL": "https://training.example.com",
    "LOG_LEVEL": "ERROR",
}


def manage(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **SANE, **own, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_deployment_check_is_clean_and_needs_no_database(tmp_path: Path):
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "System check identified no issues" in result.stdout
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize(("missing", "named"), [("SECRET_KEY", "SECRET_KEY"), ("ALLOWED_HOSTS", "ALLOWED_HOSTS")])
def test_without_its_secret_or_its_hosts_nothing_starts(tmp_path: Path, missing: str, named: str):
    result = manage(tmp_path, "check", **{missing: ""})
    assert result.returncode != 0
    assert f"Set {named} in the environment" in result.stderr


def test_weak_secret_fails_the_deployment_check(tmp_path: Path):
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="too-short")
    assert result.returncode != 0
    assert "security.W009" in result.stderr
