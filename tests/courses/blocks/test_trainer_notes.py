"""What is for trainers alone: learners, visitors, previews and the search never meet it."""

import pytest
from django.core.management import call_command
from django.test import Client

from courses.models import LessonPage
from courses.pieces import pieces_of
from tests.factories.practice import example, put_into

SECRET = "Perpendicular"


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    lesson = lessons[0]
    lesson.trainer_notes = f"<p>{SECRET} lesson</p>"
    note = example("trainer_note")
    note["value"]["text"] = f"<p>{SECRET} block</p>"
    put_into(lesson, example("pause"), note)
    return LessonPage.objects.get(pk=lesson.pk)


def test_readers_never_see_notes(client: Client, client_for, learner, lesson: LessonPage) -> None:
    for reader in (client, client_for(learner)):
        html = reader.get(lesson.url).content.decode()
        assert "This is a good place to stop" in html
        assert SECRET not in html and "trainer_note" not in html
    assert [piece.name for piece in pieces_of(lesson)] == ["pause"]


def test_previews_show_what_learners_see(client_for, trainer, lesson: LessonPage) -> None:
    html = client_for(trainer).get(f"/admin/pages/{lesson.pk}/view_draft/").content.decode()
    assert "This is a good place to stop" in html and SECRET not in html


def test_trainers_find_notes_in_the_editor(client_for, trainer, lesson: LessonPage) -> None:
    html = client_for(trainer).get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert f"{SECRET} lesson" in html and f"{SECRET} block" in html and "Notes for trainers" in html


def test_search_index_holds_no_note(lesson: LessonPage) -> None:
    call_command("update_index", verbosity=0)
    words = [str(text) for text in lesson.body.stream_block.get_searchable_content(lesson.body)]
    assert any("good place to stop" in text for text in words) and not any(SECRET in text for text in words)
    assert not LessonPage.objects.search(SECRET).count() and not lesson.get_indexed_objects().none().exists()
    assert "trainer_notes" not in {field.field_name for field in LessonPage.search_fields}
