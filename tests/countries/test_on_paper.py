"""Printed lessons and handouts show the country of whoever asks for them."""

import pytest
from django.urls import reverse

from courses.models import LessonPage
from printables.documents import draft_of
from printables.models import Printable, State
from tests.factories.countries import EntryFactory, make_contact
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    EntryFactory(country="BE")
    EntryFactory(country="DE")
    make_contact("Belgian line", languages="fr", words={"en": {"hours": "day and night", "cost": "free"}})
    put_into(lessons[0], example("national"), example("contacts", kind="helpline"))
    return LessonPage.objects.get(pk=lessons[0].pk)


@pytest.mark.parametrize("kind", ["lesson", "handout"])
def test_paper_holds_the_texts_of_one_country_and_no_choice(lesson, kind):
    page = lesson if kind == "lesson" else lesson.get_parent().specific
    html = draft_of(kind, page, "BE").html
    assert "Rule of BE" in html and "Belgian line" in html and "0800 12 345" in html
    assert "another country" not in html and "Choose a country" not in html
    without = draft_of(kind, page).html
    assert "as soon as a professional learns" in without and "Rule of" not in without and "Choose a country" not in without
    assert "The text for Bulgaria is still missing." in draft_of(kind, page, "BG").html


def test_each_country_gets_a_file_of_its_own_and_readers_of_one_share_it(client, client_for, learner, lesson):
    address = reverse("printables:order", args=["lesson", lesson.translation_key])
    for country in ("DE", "BG", "DE"):
        client.cookies["country"] = country
        assert client.post(address).status_code == 303
    assert client_for(learner).post(address).status_code == 303
    assert list(Printable.objects.values_list("state", flat=True)) == [State.READY] * 3


def test_a_handbook_is_made_with_boxes_in_its_lessons(lesson):
    assert draft_of("handbook", lesson.get_parent().specific, "BE").html
