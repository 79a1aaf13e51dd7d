"""The pause: a sentence, something small to do, and a way to stop for today."""

from django.test import Client

from courses.models import LessonPage
from tests.factories.practice import example, put_into


def test_reader_may_stop_here(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("pause"))
    page = client.get(lessons[0].url).content.decode()
    assert "This is a good place to stop for a moment." in page and "Stand up, look out of the window" in page
    assert 'href="/en/learn/">Stop for today</a>' in page


def test_suggestion_may_be_left_out(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("pause", suggestion=""))
    assert "<p></p>" not in client.get(lessons[0].url).content.decode()
