"""The catalogues in locale/ are complete: every text of code and templates, in every language, with the same placeholders."""

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from training.catalogues import compile_catalogues

ROOT: Path = settings.BASE_DIR
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
SOURCES = [
    "accounts",
    "certificates",
    "countries",
    "courses",
    "home",
    "learning",
    "printables",
    "quizzes",
    "training",
    "templates",
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-z]+[^>]*>")


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """Every text that is marked for translation, read from a copy: the extractor writes beside what it reads."""
    folder = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    locale = folder / "locale"
    locale.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(settings, "LOCALE_PATHS", [str(locale)])
        call_command("makemessages", locale=["en"], verbosity=0)
    return polib.pofile(str(locale / "en" / "LC_MESSAGES" / "django.po"))


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    path = ROOT / "locale" / request.param / "LC_MESSAGES" / "django.po"
    assert path.exists(), f"{path.relative_to(ROOT)} is missing"
    return polib.pofile(str(path))


def told(entries: list[str]) -> str:
    return f"{len(entries)}:\n" + "\n".join(entries[:40])


def words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.program("xgettext")
def test_every_text_is_translated(wanted: polib.POFile, catalogue: polib.POFile) -> None:
    present = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    missing = [f"{entry.msgid!r} in {entry.occurrences[:2]}" for entry in wanted if (entry.msgctxt, entry.msgid) not in present]
    assert not missing, told(missing)


def test_nothing_is_empty_or_doubtful(catalogue: polib.POFile) -> None:
    bad = [entry.msgid for entry in catalogue if not entry.obsolete and (entry.fuzzy or not all(words(entry)))]
    assert not bad, told(bad)


@pytest.mark.program("xgettext")
def test_nothing_is_left_over(wanted: polib.POFile, catalogue: polib.POFile) -> None:
    present = {(entry.msgctxt, entry.msgid) for entry in wanted}
    stale = [entry.msgid for entry in catalogue if not entry.obsolete and (entry.msgctxt, entry.msgid) not in present]
    assert not stale, told(stale)


def test_placeholders_and_tags_are_kept(catalogue: polib.POFile) -> None:
    bad = []
    for entry in catalogue:
        allowed = [sorted(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        bad += [entry.msgid for text in words(entry) if text and sorted(PLACEHOLDER.findall(text)) not in allowed]
    assert not bad, told(bad)


def test_line_breaks_at_the_ends_are_kept(catalogue: polib.POFile) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text.startswith("\n"), text.endswith("\n")

    bad = [entry.msgid for entry in catalogue for text in words(entry) if text and ends(text) != ends(entry.msgid)]
    assert not bad, told(bad)


@pytest.mark.program("msgfmt")
def test_gettext_accepts_the_catalogue(catalogue: polib.POFile) -> None:
    result = subprocess.run(
        ["msgfmt", "--check", "--output-file=-", catalogue.fpath],  # noqa: S607 - found on the search path, as ./test promises
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()


def test_compiling_skips_what_is_compiled_already(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    entry = polib.POEntry(msgid="Continue", msgstr="Continuer")
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(entry)
    catalogue.save(str(folder / "django.po"))
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    assert polib.mofile(str(folder / "django.mo")).find("Continue").msgstr == "Continuer"
    assert compile_catalogues(tmp_path) == []
