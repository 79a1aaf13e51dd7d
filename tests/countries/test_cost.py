"""However many boxes a lesson has, its texts cost one query and its contacts one; and no cache changes what is shown."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from countries.slots import CONTACT_KINDS, SLOTS
from courses.models import LessonPage
from tests.factories.countries import EntryFactory, make_contact
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
NO_CACHE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def filled(db: None) -> None:
    for slot, _label in SLOTS:
        for language in ("en", "fr", "nl"):
            EntryFactory(slot=slot, language=language)
    for kind, _label in CONTACT_KINDS:
        for name in ("One", "Two", "Three"):
            make_contact(f"{name} {kind}", kind=kind, words={"fr": {"hours": "toujours"}, "en": {"hours": "always"}})


def put_boxes(lesson: LessonPage, count: int) -> None:
    boxes = [example("national", slot=slot) for slot, _label in SLOTS[:count]]
    put_into(lesson, *boxes, *(example("contacts", kind=kind) for kind, _label in CONTACT_KINDS[:count]))


def asked(client: Client, lesson: LessonPage) -> list[str]:
    client.get(lesson.url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(lesson.url).status_code == 200
    return [query["sql"] for query in captured]


def test_many_boxes_cost_one_query_for_texts_and_one_for_contacts(client_for, learner, lessons, filled):
    client = client_for(learner)
    put_into(lessons[0], example("pause"))
    none = asked(client, lessons[0])
    for count in (1, 6, len(SLOTS)):
        put_boxes(lessons[0], count)
        queries = asked(client, lessons[0])
        assert sum('FROM "countries_annexentry"' in sql for sql in queries) == 1
        assert sum('FROM "countries_contact' in sql for sql in queries) == 1
        assert len(queries) == len(none) + 2
    assert not [sql for sql in none if "countries_" in sql]


def test_without_a_country_nothing_is_asked(client, lessons, filled):
    put_boxes(lessons[0], 3)
    assert not [sql for sql in asked(client, lessons[0]) if "countries_" in sql]


def test_the_page_is_the_same_without_a_cache(client_for, learner, lessons, filled):
    put_boxes(lessons[0], len(SLOTS))
    client = client_for(learner)

    def page(**query: str) -> str:
        return re.sub(r'value="[^"]{64}"', "", client.get(lessons[0].url, query).content.decode())

    seen = [page(), page()]
    with override_settings(CACHES=NO_CACHE):
        seen.append(page())
    assert len(set(seen)) == 1 and "Rule of BE about hearing in en" in seen[0]
    assert page(country="DE") != seen[0] and page() == seen[0]


def test_one_readers_country_is_not_anothers(client_for, learner, trainer, lessons, filled):
    put_boxes(lessons[0], 1)
    assert "Rule of BE" in client_for(learner).get(lessons[0].url).content.decode()
    assert "Rule of BE" not in client_for(trainer).get(lessons[0].url).content.decode()
    assert "Rule of BE" in client_for(learner).get(lessons[0].url).content.decode()
