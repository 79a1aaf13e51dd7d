"""What a trainer sees before publishing: the lesson as a learner would see it, and nothing written."""

import pytest
from django.urls import reverse

from learning.models import Enrolment, LessonCompletion

pytestmark = pytest.mark.django_db


def preview(client, lesson):
    address = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])
    return client.get(address)


def test_a_draft_is_previewed_as_a_learner_would_see_it(client_for, trainer, lessons):
    lesson = lessons[1]
    lesson.title = "Words that are not published yet"
    lesson.save_revision()
    page = preview(client_for(trainer), lesson).content.decode()
    assert "Words that are not published yet" in page
    assert lesson.quizzes[0].title in page
    assert not Enrolment.objects.exists() and not LessonCompletion.objects.exists()


def test_the_editors_checks_are_in_the_preview_and_nowhere_else(client_for, trainer, lessons):
    client = client_for(trainer)
    assert "wagtail-userbar" in preview(client, lessons[0]).content.decode()
    assert "wagtail-userbar" not in client.get(lessons[0].url).content.decode()
