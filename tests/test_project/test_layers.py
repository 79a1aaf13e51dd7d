"""The layers hold everywhere: no folder of code stands outside the contracts, and services and models know no HTTP.

The contracts themselves (pyproject.toml) are checked by lint-imports, which cannot look into packages of others.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
APPS = LINTER["root_packages"]
WEB = ("django.http", "django.views", "django.shortcuts", "django.forms", "django.template", "django.contrib.messages")
RULES = ["quizzes/marking.py", "learning/progress.py"]


def code() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((ROOT / app).rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_package_of_the_project_stands_under_the_contracts() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(APPS)


def test_every_app_is_in_the_order_of_layers() -> None:
    layers = next(contract["layers"] for contract in LINTER["contracts"] if contract["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.split("|")}
    assert set(APPS) - {"training"} <= named
    kernel = {f"training.{path.stem}" for path in (ROOT / "training").glob("*.py")}
    assert kernel - {"training.__init__", "training.urls", "training.wsgi"} <= named, "it may know no part, and nothing looks"


@pytest.mark.parametrize("pattern", ["*/services.py", "*/models.py", "*/models/*.py", *RULES])
def test_models_services_and_rules_know_no_http(pattern: str) -> None:
    paths = list(ROOT.glob(pattern))
    assert paths, f"{pattern} names nothing any more"
    found = [f"{path.relative_to(ROOT)}: {name}" for path in paths for name in imports_of(path) if name.startswith(WEB)]
    assert not found


def test_functions_and_files_stay_small() -> None:
    too_long = []
    for path in code():
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        lines = len(path.read_text().splitlines())
        if lines > 400:
            too_long.append(f"{path.relative_to(ROOT)}: {lines} lines, 400 at most")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40:
                too_long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: 40 lines at most")
    assert not too_long, "\n".join(too_long)
