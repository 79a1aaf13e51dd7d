"""Migrations that a site in use can trust: named, free of application code, reversible."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations import Migration, RunPython, RunSQL

ROOT: Path = settings.BASE_DIR
PATHS = sorted(path for path in ROOT.glob("*/migrations/0*.py") if ".venv" not in path.parts)
APPS = "accounts|certificates|countries|courses|home|learning|printables|quizzes"


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def migration(path: Path) -> type[Migration]:
    return import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)).Migration


def test_name_tells_the_intent(path: Path) -> None:
    assert not re.search(r"_auto_|_alter_.*_and_more|\d{8}_\d{4}", path.stem), "name it by what it is for"


def test_imports_no_code_that_will_change(path: Path) -> None:
    """Default values and field classes of models are the exception: Django itself writes those, and only in schema migrations."""
    text = path.read_text()
    if "RunPython" in text:
        assert not re.search(rf"^(from|import) ({APPS})\b", text, re.MULTILINE), "use apps.get_model"


def test_can_be_undone(path: Path) -> None:
    for operation in migration(path).operations:
        if isinstance(operation, RunPython | RunSQL):
            assert operation.reversible, f"{operation} needs its way back"


def test_data_and_schema_are_apart(path: Path) -> None:
    kinds = {isinstance(operation, RunPython | RunSQL) for operation in migration(path).operations}
    assert len(kinds) == 1
