"""What an author set up in an exercise goes to another site as a course file, and comes back the same."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from courses.models import CoursePage, LessonPage, PackItem
from quizzes.formats.archive import unpack
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db


def exercises() -> list[dict[str, Any]]:
    """An ordering in which two steps may change places, and cards that are mixed; and both as they are without that."""
    ordering, loose = example("ordering"), example("ordering")
    loose["value"]["steps"][2]["value"]["with_above"] = True
    return [ordering, loose, example("flashcards"), example("flashcards", shuffle=True)]


def stored(lesson: LessonPage) -> list[Any]:
    """The body of ``lesson`` as the database holds it, with every field."""
    body = LessonPage.objects.get(pk=lesson.pk).body
    return json.loads(json.dumps([(child.id, child.block.get_prep_value(child.value)) for child in body], default=str))


def written(pack: Path, words: str) -> int:
    return sum(data.decode().count(words) for name, data in unpack(pack.read_bytes()).files.items() if name.endswith(".yaml"))


def test_ticks_of_exercises_travel_and_come_back(course: CoursePage, lessons: list[LessonPage], tmp_path: Path) -> None:
    put_into(lessons[0], *exercises())
    before, key, slug = stored(lessons[0]), lessons[0].translation_key, course.slug
    pack = tmp_path / "course.zip"
    call_command("export_course", slug, pack, stdout=StringIO())
    assert written(pack, "with_above: true") == 1 and written(pack, "shuffle: true") == 1

    CoursePage.objects.get(pk=course.pk).delete()
    PackItem.objects.all().delete()
    call_command("import_course", pack, stdout=StringIO())
    arrived = LessonPage.objects.get(translation_key=key)
    assert stored(arrived) == before
    ticks = [[bool(step["with_above"]) for step in arrived.body[n].value["steps"]] for n in (0, 1)]
    assert ticks == [[False] * len(ticks[0]), [False, False, True, *[False] * (len(ticks[1]) - 3)]]
    assert [arrived.body[n].value["shuffle"] for n in (2, 3)] == [False, True]

    told = StringIO()
    call_command("import_course", pack, stdout=told)
    assert " 0 created, 0 updated" in told.getvalue()
