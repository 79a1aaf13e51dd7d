"""Pages that learners' records hang on cannot be deleted or moved away: single, in bulk, or with an ancestor."""

import pytest
from django.urls import reverse

from courses.models import CoursePage, LessonPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolled(client_for, learner, course):
    client_for(learner).post(reverse("learning:start", args=[course.translation_key]))
    return course


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


@pytest.mark.parametrize("which", ["course", "ancestor"])
def test_deleting_is_refused_with_the_reason(client_for, administrator, enrolled, which):
    page = enrolled if which == "course" else enrolled.get_parent()
    response = delete(client_for(administrator), page)
    assert "1 learner has records here" in response.content.decode()
    assert CoursePage.objects.filter(pk=enrolled.pk).exists()


def test_deleting_a_lesson_that_was_done_is_refused(client_for, administrator, learner, enrolled):
    lesson = LessonPage.objects.order_by("path").first()
    client_for(learner).post(reverse("learning:complete_lesson", args=[lesson.translation_key]))
    assert "1 learner has records here" in delete(client_for(administrator), lesson).content.decode()
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_deleting_in_bulk_is_refused(client_for, administrator, enrolled):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    back = reverse("wagtailadmin_explore", args=[enrolled.get_parent().pk])
    response = client_for(administrator).post(f"{url}?id={enrolled.pk}&next={back}", follow=True)
    assert "1 learner has records here" in response.content.decode()
    assert CoursePage.objects.filter(pk=enrolled.pk).exists()


def test_moving_away_is_refused_and_reordering_is_not(client_for, administrator, learner, enrolled):
    client = client_for(administrator)
    lesson = LessonPage.objects.order_by("path").first()
    client_for(learner).post(reverse("learning:complete_lesson", args=[lesson.translation_key]))
    other = enrolled.get_children()[1]
    response = client.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk]), follow=True)
    assert "1 learner has records here" in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.get_parent().pk != other.pk
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[lesson.pk]) + "?position=1")
    assert enrolled.get_children().first().get_children()[1].pk == lesson.pk


def test_a_page_nobody_has_learned_from_can_be_deleted(client_for, administrator, course):
    lesson = LessonPage.objects.order_by("path").last()
    delete(client_for(administrator), lesson)
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()
