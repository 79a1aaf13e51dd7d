"""Reusable content: written once, shown by many lessons, never before it is published."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from courses.models import LessonPage, SharedContent
from courses.pieces import pieces_of
from learning.models import Enrolment
from tests.factories.courses import block
from tests.factories.practice import put_into


def content(words: str, key: str = "after-disclosure", live: bool = True) -> SharedContent:
    body = json.dumps([block("text", f"<p>{words}</p>")])
    return SharedContent.objects.create(title=words, key=key, body=body, live=live, locale=Locale.get_default())


def shows(*contents: SharedContent) -> list[dict]:
    return [block("shared", {"content": one.pk}) for one in contents]


def page(client: Client, lesson: LessonPage) -> str:
    return client.get(lesson.url).content.decode()


def test_a_change_shows_in_every_lesson_at_once(client_for, learner, course, lessons: list[LessonPage]) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    client, shared = client_for(learner), content("Listen first")
    for lesson in lessons[:2]:
        put_into(lesson, *shows(shared))
        assert "Listen first" in page(client, lesson)
    shared.body = json.dumps([block("text", "<p>Stop and listen</p>")])
    shared.save_revision().publish()
    for lesson in lessons[:2]:
        assert "Stop and listen" in page(client, lesson) and "Listen first" not in page(client, lesson)


def test_drafts_do_not_show(client: Client, lessons: list[LessonPage]) -> None:
    shared = content("Not ready", live=False)
    put_into(lessons[0], *shows(shared))
    assert "Not ready" not in page(client, lessons[0])
    shared.save_revision().publish()
    assert "Not ready" in page(client, lessons[0])
    shared.body = json.dumps([block("text", "<p>A newer draft</p>")])
    shared.save_revision()
    assert "A newer draft" not in page(client, lessons[0])


def test_deleted_content_leaves_the_lesson_standing(client: Client, lessons: list[LessonPage]) -> None:
    shared = content("Gone soon")
    put_into(lessons[0], *shows(shared), block("text", "<p>The rest</p>"))
    shared.delete()
    html = page(client, lessons[0])
    assert "The rest" in html and "Gone soon" not in html


def test_number_of_queries_does_not_grow(lessons: list[LessonPage]) -> None:
    contents = [content(f"Part {n}", key=f"part-{n}") for n in range(6)]

    def queries(*chosen: SharedContent) -> int:
        put_into(lessons[0], *shows(*chosen))
        cache.clear()
        lesson = LessonPage.objects.select_related("locale").get(pk=lessons[0].pk)
        with CaptureQueriesContext(
            connection,
        ) as found:
            pieces_of(lesson)
        return len(found)

    assert queries(*contents[:1]) == queries(*contents)


def test_trainers_write_it_and_reviewers_publish_it(client_for, trainer, site) -> None:
    html = client_for(trainer).get("/admin/snippets/courses/sharedcontent/add/").content.decode()
    assert "Reusable content" in html or "reusable content" in html
    assert "action-publish" not in html


def test_it_is_previewed_as_lessons_show_it(client_for, administrator, site) -> None:
    shared = content("Listen first")
    shared.save_revision()
    response = client_for(administrator).get(f"/admin/snippets/courses/sharedcontent/edit/{shared.pk}/")
    assert response.status_code == 200
    assert "Listen first" in shared.make_preview_request().content.decode()


@pytest.mark.parametrize("language", ["fr"])
def test_a_translation_keeps_the_name_of_packs(site, language: str) -> None:
    shared = content("Listen first")
    copy = shared.copy_for_translation(Locale.objects.get(language_code=language))
    copy.save()
    assert copy.key == shared.key
