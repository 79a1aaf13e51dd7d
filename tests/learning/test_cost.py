"""What a page costs: a fixed number of queries, and few bytes."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def started(client_for, learner, course):
    client = client_for(learner)
    client.post(reverse("learning:start", args=[course.translation_key]))
    return client


def test_a_lesson_read_again_costs_five_queries(started, lessons):
    started.get(lessons[0].url)
    assert queries(started, lessons[0].url) <= 5  # page, session, user, enrolment, completions


def test_the_outline_and_my_learning_cost_few_queries(started, course):
    outline = reverse("learning:outline", args=[course.translation_key])
    started.get(outline)
    assert queries(started, outline) <= 6
    assert queries(started, reverse("learning:my_learning")) <= 6


def test_a_lesson_is_the_same_with_and_without_cache(started, lessons):
    url = lessons[0].url
    cold = started.get(url).content
    warm = started.get(url).content
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
        uncached = started.get(url).content
    tokens = [line for line in cold.splitlines() if b"csrfmiddlewaretoken" in line]

    def without_tokens(content):
        return [line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line]

    assert tokens and without_tokens(cold) == without_tokens(warm) == without_tokens(uncached)


def test_what_an_editor_changes_shows_at_once(started, lessons, course):
    outline = reverse("learning:outline", args=[course.translation_key])
    started.get(outline)
    started.get(lessons[0].url)
    lesson = lessons[0]
    lesson.title = "A better title"
    lesson.body = [("heading", "A heading added later")]
    lesson.save_revision().publish()
    assert "A better title" in started.get(outline).content.decode()
    assert "A heading added later" in started.get(lesson.url).content.decode()
    lesson.unpublish()
    assert started.get(lesson.url).status_code == 404
    assert "A better title" not in started.get(outline).content.decode()


def test_the_html_of_a_lesson_is_small(started, lessons):
    assert len(gzip.compress(started.get(lessons[0].url).content)) < 15_000
