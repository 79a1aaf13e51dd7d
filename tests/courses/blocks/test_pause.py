"""The pause: a sentence, something small to do, and a way to stop for today."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from courses.models import LessonPage
from printables.documents import draft_of
from tests.courses.blocks.editing import block_of
from tests.factories.practice import example, put_into


def test_reader_may_stop_here(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("pause"))
    page = client.get(lessons[0].url).content.decode()
    assert "This is a good place to stop for a moment." in page and "Stand up, look out of the window" in page
    assert 'href="/en/learn/">Stop for today</a>' in page


@pytest.mark.parametrize("name", ["care", "pause"])
def test_an_author_may_lead_to_support_for_those_who_read(client: Client, lessons: list[LessonPage], name: str) -> None:
    put_into(lessons[0], example(name))
    assert "Find support for yourself" not in client.get(lessons[0].url).content.decode()
    put_into(lessons[0], example(name, support="https://example.org/support"))
    assert '<a href="https://example.org/support" rel="noreferrer">' in client.get(lessons[0].url).content.decode()
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    assert "https://example.org/support" in html and "Find support for yourself" in html
    block = block_of(name)
    with pytest.raises(ValidationError):
        block.clean(block.to_python({**example(name)["value"], "support": "javascript:alert(1)"}))
    block.clean(block.to_python({key: text for key, text in example(name)["value"].items() if key != "support"}))  # of before


def test_suggestion_may_be_left_out(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("pause", suggestion=""))
    assert "<p></p>" not in client.get(lessons[0].url).content.decode()
