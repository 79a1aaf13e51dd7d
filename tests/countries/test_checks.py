"""Beside a lesson that is being written: which countries have nothing to say in its boxes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.checks.checking import findings_in
from courses.models import LessonPage
from tests.factories.countries import EntryFactory
from tests.factories.practice import example, put_into
from training.places import PARTNERS

pytestmark = pytest.mark.django_db


def told(lesson: LessonPage) -> list[str]:
    return [finding.advice for finding in findings_in(LessonPage.objects.get(pk=lesson.pk))]


def test_countries_without_a_text_are_named_for_each_box(lessons):
    lesson = lessons[0]
    idents = put_into(lesson, example("national"), example("national", slot="hearing"), example("contacts"))
    for country in PARTNERS:
        if country not in {"AL", "TR"}:
            EntryFactory(country=country)
    EntryFactory(country="AL", state="draft")
    guardian, hearing = told(lesson)
    assert guardian.startswith("“Who is the guardian” is empty in 2 countries: Albania, Turkey.")
    assert hearing.startswith("“How a child is heard” is empty in every country.")
    assert [finding.place for finding in findings_in(lesson)] == idents[:2]
    EntryFactory(country="TR", language="tr")
    assert "in 1 country: Albania." in told(lesson)[0]
    lesson.not_country_specific = True
    lesson.save()
    assert told(lesson) == []


def test_a_lesson_whose_boxes_are_filled_gives_nothing_to_look_at(lessons):
    put_into(lessons[0], example("national"), example("pause"))
    for country in PARTNERS:
        EntryFactory(country=country)
    assert told(lessons[0]) == []


def test_many_boxes_cost_one_query(lessons):
    lesson = lessons[0]

    def cost(count: int) -> int:
        put_into(lesson, *(example("national") for _ in range(count)))
        page = LessonPage.objects.get(pk=lesson.pk)
        with CaptureQueriesContext(connection) as captured:
            findings_in(page)
        return sum("countries_annexentry" in query["sql"] for query in captured)

    assert [cost(0), cost(1), cost(9)] == [0, 1, 1]
