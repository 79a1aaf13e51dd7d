"""Sources in parts: who wrote it, its title, year, address and licence; and those that were written in one line."""

import pytest
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from courses.models import LessonPage
from printables.documents import draft_of
from tests.courses.blocks.editing import AWKWARD, block_of, offered_in, offered_to_translators, told, value_of
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
PARTS = {
    "author": "Council of Europe",
    "text": "Convention on Action against Trafficking",
    "year": 2005,
    "link": "https://example.org/197",
    "licence": "CC BY 4.0",
}


def sources(*items: dict) -> dict:
    stored = example("sources")
    ident = "11111111-1111-1111-1111-11111111111"
    stored["value"]["items"] = [{"type": "item", "id": f"{ident}{n}", "value": item} for n, item in enumerate(items)]
    return stored


def page_with(client: Client, lesson: LessonPage, *items: dict) -> str:
    put_into(lesson, sources(*items))
    return client.get(lesson.url).content.decode()


def test_readers_see_the_parts_as_one_line(client: Client, lessons: list[LessonPage]) -> None:
    html = page_with(client, lessons[0], PARTS)
    line = html.split('<ul class="sources__list">')[1].split("</li>")[0]
    link = '<a href="https://example.org/197" rel="noreferrer"><cite>Convention on Action against Trafficking</cite></a>'
    assert f"Council of Europe, {link}, 2005 (licence: CC BY 4.0)" in line


def test_a_title_is_enough(client: Client, lessons: list[LessonPage]) -> None:
    assert told("sources", items=[{"text": "A handbook"}]) == []
    assert told("sources", items=[{"author": "Somebody"}])
    html = page_with(client, lessons[0], {"text": "A handbook", "year": 2016})
    assert "<li><cite>A handbook</cite>, 2016</li>" in html.replace("\n", "").replace("    ", "")


def test_a_source_of_before_there_were_parts_is_shown_as_it_was(client: Client, lessons: list[LessonPage]) -> None:
    html = page_with(
        client, lessons[0], {"text": "UN Protocol, 2000", "link": ""}, {"text": "A page", "link": "https://example.org"}
    )
    listed = html.split('<ul class="sources__list">')[1].split("</ul>")[0]
    assert "UN Protocol, 2000" in listed and '<a href="https://example.org" rel="noreferrer">A page</a>' in listed
    assert "cite" not in listed and "None" not in listed and "licence" not in listed


def test_awkward_text_stays_text(client: Client, lessons: list[LessonPage]) -> None:
    html = page_with(client, lessons[0], {**PARTS, "author": AWKWARD, "licence": AWKWARD})
    assert "<script>alert('x')" not in html


@pytest.mark.parametrize("year", [1499, 2101])
def test_a_year_is_one(year: int) -> None:
    with pytest.raises(StructBlockValidationError):
        block_of("sources").clean(value_of("sources", items=[{**PARTS, "year": year}]))


def test_translators_get_words_and_no_numbers_and_addresses(lessons: list[LessonPage]) -> None:
    offered = offered_to_translators(lessons[0], "sources")
    assert "United Nations" in offered and "2000" not in offered
    put_into(lessons[0], sources({"text": "A page of 2016", "link": "https://example.org"}))
    assert offered_in(lessons[0]) == {"A page of 2016"}


def test_on_paper_each_source_stands_once_with_its_parts(lessons: list[LessonPage]) -> None:
    put_into(lessons[0], sources(PARTS, {**PARTS, "year": 2016}), sources(PARTS))
    html = draft_of("handout", lessons[0].get_parent().specific).html
    listed = html.split('<ul class="sources__list">')[1].split("</ul>")[0]
    assert listed.count("<li>") == 2 and "Council of Europe" in listed and "2016" in listed
