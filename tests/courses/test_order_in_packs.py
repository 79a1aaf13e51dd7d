"""Modules and lessons stand in the order of the course file; where somebody has moved them here, they stay."""

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses.test_hostile_packs import load, packed, write

pytestmark = pytest.mark.django_db


def course(*modules: str) -> bytes:
    """A pack whose modules and lessons are called by single letters: ``course("a: x y", "b:")``."""
    parts = []
    for place, module in enumerate(modules, start=1):
        name, lessons = module.split(":")
        parts.append(write(f"en/{place}-m/module.yaml", words(name)))
        parts += [write(f"en/{place}-m/{number}-l.yaml", words(each)) for number, each in enumerate(lessons.split(), start=1)]
    return packed(*parts)


def words(name: str) -> str:
    return json.dumps({"key": name, "title": name, "slug": name})


def standing() -> str:
    course = CoursePage.objects.get()
    parts = Page.objects.descendant_of(course).order_by("path").values_list("slug", "depth")
    return " ".join(f"{slug}:" if depth == course.depth + 1 else slug for slug, depth in parts)


@pytest.fixture
def brought_in(site, tmp_path: Path) -> None:
    load(tmp_path, course("a: v w x", "b: y z"))


@pytest.mark.parametrize(
    "modules",
    [
        ["a: v new w x", "b: y z"],
        ["a: new v w x", "b: y z"],
        ["new:", "a: v w x", "b: y z"],
        ["b: y z", "a: v w x"],
        ["a: x w v", "b: z y"],
        ["a: v", "b: x y w z"],
        ["b: v", "new: x z y", "a: w"],
    ],
    ids=" ".join,
)
def test_a_course_that_comes_again_has_the_order_of_its_file(brought_in, tmp_path: Path, modules: list[str]) -> None:
    load(tmp_path, course(*modules))
    assert standing() == " ".join(modules)
    told = io.StringIO()
    call_command("import_course", tmp_path / "pack.zip", stdout=told)
    assert " 0 created, 0 updated," in told.getvalue() and " 0 kept" in told.getvalue()


def test_a_dry_run_names_the_order_and_moves_nothing(brought_in, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(course("b: y z", "a: v w x"))
    told = io.StringIO()
    call_command("import_course", tmp_path / "pack.zip", dry_run=True, stdout=told)
    assert "updated: course.yaml order (en): Order" in told.getvalue() and standing() == "a: v w x b: y z"


def test_what_somebody_moved_here_stays_unless_it_is_overwritten(brought_in, tmp_path: Path) -> None:
    LessonPage.objects.get(slug="x").move(ModulePage.objects.get(slug="b"), pos="last-child")
    (tmp_path / "pack.zip").write_bytes(course("a: w v x", "b: y z"))
    told = io.StringIO()
    for _time in range(2):
        call_command("import_course", tmp_path / "pack.zip", stdout=told)
        assert standing() == "a: v w b: y z x"
    assert told.getvalue().count("kept as edited here: course.yaml order (en): Order") == 2
    call_command("import_course", tmp_path / "pack.zip", overwrite=True, stdout=told)
    assert standing() == "a: w v x b: y z"


def test_what_has_left_the_file_stays_and_is_named(brought_in, tmp_path: Path, client_for, administrator) -> None:
    content = course("a: v x")
    (tmp_path / "pack.zip").write_bytes(content)
    told = io.StringIO()
    call_command("import_course", tmp_path / "pack.zip", dry_run=True, stdout=told)
    lines = [line.rpartition(": ")[2] for line in told.getvalue().splitlines() if line.startswith("no longer in the pack")]
    assert lines == ["w (en)", "b (en)", "y (en)", "z (en)"] and standing() == "a: v w x b: y z"
    client = client_for(administrator)
    page = client.post(reverse("courses_transfer:upload"), {"file": SimpleUploadedFile("a.zip", content)}, follow=True)
    assert "<li>w (en)</li><li>b (en)</li>" in page.content.decode().split("still published here")[1]
    for page in Page.objects.filter(slug__in=["w", "b", "y", "z"]):
        page.specific.unpublish()
    call_command("import_course", tmp_path / "pack.zip", stdout=(told := io.StringIO()))
    assert "no longer" not in told.getvalue()


def test_what_this_site_added_comes_after_what_is_put_in_order(brought_in, tmp_path: Path) -> None:
    own = LessonPage(title="Own", slug="own", locale=CoursePage.objects.get().locale)
    LessonPage.objects.get(slug="v").add_sibling(pos="right", instance=own)
    load(tmp_path, course("a: x w v", "b: y z"))
    assert standing() == "a: x w v own b: y z"


def test_two_lessons_of_one_address_are_refused(brought_in, tmp_path: Path) -> None:
    own = LessonPage(title="Own", slug="v", locale=CoursePage.objects.get().locale)
    ModulePage.objects.get(slug="b").add_child(instance=own)
    with pytest.raises(CommandError, match="en/course.yaml: “v” cannot stand in “b”"):
        load(tmp_path, course("a: w x", "b: v y z"))
    assert standing() == "a: v w x b: y z v"
