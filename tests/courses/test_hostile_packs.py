"""A pack from elsewhere is hostile until it has been read whole: what is wrong with it changes nothing."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.models import CoursePage
from quizzes.models import Question, QuestionBank

pytestmark = pytest.mark.django_db
META = "format: 1\nslug: odd\nsource_language: en\nlanguages: [en]\n"
COURSE = "key: odd\ntitle: Odd\nslug: odd\n"


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("media/secret.txt")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def write(name: str, content: str) -> Callable[[zipfile.ZipFile], None]:
    return lambda archive: archive.writestr(name, content)


HOSTILE = {
    "a way out": (write("../outside.yaml", "x: 1"), "unsafe name"),
    "a whole way": (write("/etc/outside.yaml", "x: 1"), "unsafe name"),
    "a device": (write("en/con.yaml", "x: 1"), "unsafe name"),
    "a link": (link, "link or a special file"),
    "a bomb": (write("media/bomb.bin", "0" * 60_000_000), "far larger"),
    "endless words": (write("en/1-one/module.yaml", "title: " + "x" * 600_000), "larger than 512 KB"),
    "deep words": (write("en/1-one/module.yaml", "[" * 5_000), "not readable as YAML"),
    "an alias": (write("en/1-one/module.yaml", "key: &a one\ntitle: *a\n"), "aliases are not allowed"),
    "a program": (write("en/1-one/module.yaml", "key: !!python/object/apply:os.system [ls]\n"), "not readable as YAML"),
    "text for a list": (write("en/1-one/module.yaml", "key: one\ntitle: One\noutcomes: 5\n"), "1-one/module.yaml: this is not"),
    "no questions": (write("en/quizzes/1.yaml", "key: quiz\ntitle: Quiz\n"), "quizzes/1.yaml: this is not"),
    "a part that is none": (write("en/shared/1.yaml", "key: one\ntitle: One\nbody: [5]\n"), "shared/1.yaml: this is not"),
    "a key that climbs": (write("en/1-one/module.yaml", "key: ../../etc\ntitle: x\n"), "needs a key"),
}


def packed(*parts: Callable[[zipfile.ZipFile], None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in (write("pack.yaml", META), write("en/course.yaml", COURSE), *parts):
            part(archive)
    return buffer.getvalue()


def load(tmp_path: Path, content: bytes) -> None:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(content)
    call_command("import_course", pack, stdout=io.StringIO())


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_zip_is_refused_whole_and_says_why(site, tmp_path: Path, what: str) -> None:
    part, reason = HOSTILE[what]
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        load(tmp_path, packed(part))
    assert reason in str(refused.value)
    assert not CoursePage.objects.exists() and not Question.objects.exists() and not QuestionBank.objects.exists()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["pack.zip"]


def test_half_a_zip_is_refused(site, tmp_path: Path) -> None:
    whole = packed()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(tmp_path, whole[: len(whole) // 2])
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_course", tmp_path / "missing.zip", stdout=io.StringIO())
    load(tmp_path, whole)
    assert CoursePage.objects.count() == 1
