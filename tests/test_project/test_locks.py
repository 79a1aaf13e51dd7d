"""The locks agree: what pyproject.toml asks for, what uv.lock chose, and the hash-locked files that every machine installs."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT: Path = settings.BASE_DIR
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
LOCKED = {package["name"]: package for package in LOCK["package"] if "version" in package}
RUNTIME, WITH_TOOLS = "requirements.lock", "requirements-test.lock"
PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, tuple[str, set[str]]]:
    """Version and hashes of each package in a requirements file."""
    text = (ROOT / name).read_text()
    starts = list(PIN.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return {
        canonicalize_name(match["name"]): (match["version"], set(re.findall(r"sha256:[0-9a-f]{64}", text[match.start() : end])))
        for match, end in zip(starts, ends, strict=True)
    }


def locked_hashes(package: dict) -> set[str]:
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    return {file["hash"] for file in files}


RUNTIME_WANTED = PYPROJECT["project"]["dependencies"]
TOOLS_WANTED = PYPROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize("line", [*RUNTIME_WANTED, *TOOLS_WANTED])
def test_each_requirement_is_locked_in_its_range(line: str) -> None:
    requirement = Requirement(line)
    version = LOCKED[canonicalize_name(requirement.name)]["version"]
    assert requirement.specifier.contains(Version(version)), f"{line} but uv.lock has {version}: run uv lock"


def test_uv_lock_knows_exactly_the_requirements_of_pyproject() -> None:
    project = LOCKED[PYPROJECT["project"]["name"]]
    runtime = {entry["name"] for entry in project["metadata"]["requires-dist"]}
    tools = {entry["name"] for entry in project["metadata"]["requires-dev"]["dev"]}
    assert runtime == {canonicalize_name(Requirement(line).name) for line in RUNTIME_WANTED}
    assert tools == {canonicalize_name(Requirement(line).name) for line in TOOLS_WANTED}


@pytest.mark.parametrize("name", [RUNTIME, WITH_TOOLS])
def test_hash_locked_file_says_what_uv_lock_says(name: str) -> None:
    found = pins(name)
    assert found
    for package, (version, hashes) in found.items():
        assert version == LOCKED[package]["version"], f"{package}: export {name} again (CONTRIBUTING.md)"
        assert hashes == locked_hashes(LOCKED[package]), f"{package}: export {name} again (CONTRIBUTING.md)"


def test_hash_locked_files_hold_everything_that_is_asked_for() -> None:
    runtime, tools = pins(RUNTIME), pins(WITH_TOOLS)
    assert {canonicalize_name(Requirement(line).name) for line in RUNTIME_WANTED} <= set(runtime)
    assert {canonicalize_name(Requirement(line).name) for line in TOOLS_WANTED} <= set(tools)
    assert {name: tools.get(name) for name in runtime} == runtime, "./test relies on its packages being those of ./serve and more"
