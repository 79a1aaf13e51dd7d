"""The card of a course in the catalogue."""

import pytest
from django.test import Client

from courses.models import LessonPage
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


def test_the_catalogue_and_the_course_tell_its_length_in_the_same_words(client: Client, site, course, lessons):
    LessonPage.objects.filter(pk=lessons[0].pk).update(minutes=178)
    for url in (site.catalogue.url, course.url):
        assert "about 3 hours" in client.get(url).content.decode().lower(), url


def test_a_short_course_counts_minutes(client: Client, site, course, lessons):
    LessonPage.objects.descendant_of(course).update(minutes=6)
    assert "24 minutes" in client.get(site.catalogue.url).content.decode()


def test_courses_in_the_language_of_the_reader_come_first(client: Client, site, course):
    make_course(site.catalogues["fr"], title="Un autre cours", slug="autre")
    for language, first in (("en", course.title), ("fr", "Un autre cours")):
        for page in (site.homes[language], site.catalogues[language]):
            html = client.get(page.url).content.decode()
            assert sorted(("Un autre cours", course.title), key=html.index)[0] == first, page.url
