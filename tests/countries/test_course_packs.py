"""Courses come and change without touching what coordinators keep, and show it at once."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from countries.models import AnnexEntry, Contact, ContactWords
from courses.models import CoursePage, LessonPage
from tests.factories.countries import EntryFactory, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The first course, cut down to a module in which boxes of countries stand."""
    shutil.copytree(Path(settings.CONTENT_DIR) / "recognising", tmp_path / "pack")
    for folder in (tmp_path / "pack").glob("*/[1-57-9]-*"):
        shutil.rmtree(folder)
    return tmp_path / "pack"


def kept() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (AnnexEntry, Contact, ContactWords)]


def test_importing_a_course_leaves_texts_and_contacts_alone(site, client_for, learner, pack):
    EntryFactory(slot="professional-secrecy")
    EntryFactory(slot="missing-child", country="DE", state="confirmed", checked_on="2026-03-04")
    make_contact("Our line", words={"fr": {"hours": "toujours"}})
    before = kept()
    call_command("import_course", pack, verbosity=0)
    assert kept() == before
    lesson = next((pack / "en").glob("6-*/2-*.yaml"))
    words = lesson.read_text(encoding="utf-8")
    assert "slot: professional-secrecy" in words
    lesson.write_text(
        words.replace("title:", "title: Changed,", 1).replace("slot: professional-secrecy", "slot: hearing"), encoding="utf-8"
    )
    call_command("import_course", pack, verbosity=0)
    assert kept() == before
    assert LessonPage.objects.filter(title__startswith="Changed,").exists()
    CoursePage.objects.get(locale__language_code="en").delete()
    assert kept() == before
