"""The block with a film: our own with captions, or one elsewhere, from which nothing is fetched before it is asked for."""

import json

import pytest
from django.test import Client
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model

from courses.models import LessonPage
from courses.packs.portable import Portable
from printables.documents import draft_of
from tests.courses.blocks.editing import block_of, offered_in
from tests.factories.courses import block
from tests.factories.films import make_captions, make_film
from tests.factories.pictures import make_picture
from tests.factories.practice import put_into

pytestmark = pytest.mark.django_db
LINK = "https://www.films.example/watch?v=3"
WORDS = {"title": "The first meeting", "minutes": 3, "transcript": "<p>Good morning.</p>"}


def page_with(client: Client, lesson: LessonPage, **fields: object) -> str:
    put_into(lesson, block("video", {**WORDS, **fields}))
    html = client.get(lesson.url).content.decode()
    return html.split('<div class="media">')[1].split("</details>")[0]


def asked_for(**fields: object) -> set[str]:
    """The fields of which an editor is told who publishes the film."""
    video = block_of("video")
    value = video.to_python({**WORDS, **fields})
    try:
        video.clean(value)
    except StructBlockValidationError as error:
        return set(error.block_errors)
    return set()


def test_a_film_or_a_link_is_asked_for_and_not_both() -> None:
    own, captions = make_film().pk, make_captions().pk
    assert asked_for(file=own, captions=captions) == set()
    assert asked_for(link=LINK) == set()
    assert asked_for() == {"file"}
    assert asked_for(file=own, captions=captions, link=LINK) == {"link"}
    assert asked_for(link="javascript:alert(1)") == {"link"}
    block_of("video").clean_deferred(block_of("video").to_python({}))


def test_captions_are_asked_for_where_the_film_is_our_own() -> None:
    assert asked_for(file=make_film().pk) == {"captions"}


def test_a_film_of_before_there_were_links_plays_as_it_did(client: Client, lessons: list[LessonPage]) -> None:
    own, captions = make_film(), make_captions()
    html = page_with(client, lessons[0], file=own.pk, captions=captions.pk)
    assert 'preload="none"' in html and own.url in html and captions.url in html
    assert "3 minutes, with captions" in html
    assert "poster" not in html and "new page" not in html
    assert {"The first meeting", "Good morning."} == offered_in(lessons[0])


def test_the_film_waits_behind_its_poster(client: Client, lessons: list[LessonPage]) -> None:
    picture = make_picture()
    html = page_with(client, lessons[0], file=make_film().pk, captions=make_captions().pk, poster=picture.pk)
    assert f'poster="{picture.get_rendition("width-800|format-webp").url}"' in html and 'preload="none"' in html


def test_a_film_elsewhere_says_where_it_leads_and_is_not_fetched(client: Client, lessons: list[LessonPage]) -> None:
    html = page_with(client, lessons[0], link=LINK, poster=make_picture().pk)
    assert f'href="{LINK}" target="_blank" rel="noopener noreferrer"' in html
    assert "Watch the film on films.example (new page)" in html and "You leave this site." in html
    assert html.count("films.example/") == 1, "nothing but the link leads there"
    assert "<iframe" not in html and "<video" not in html
    assert 'alt=""' in html and 'src="/media/images/' in html
    assert {"The first meeting", "Good morning."} == offered_in(lessons[0])


def test_an_unfinished_film_does_no_harm(client: Client, lessons: list[LessonPage]) -> None:
    html = page_with(client, lessons[0], title="", minutes=None)
    assert "<video" not in html and "new page" not in html


def test_paper_names_the_address(lessons: list[LessonPage]) -> None:
    put_into(lessons[0], block("video", {**WORDS, "link": LINK, "poster": make_picture().pk}))
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    assert f'href="{LINK}"' in html and "Good morning." in html


def test_packs_carry_the_poster_and_the_link(lessons: list[LessonPage]) -> None:
    picture = make_picture()
    portable = Portable()
    value = portable.value(block_of("video"), {**WORDS, "file": None, "link": LINK, "captions": None, "poster": picture.pk})
    name = value["poster"]["file"]
    assert value["link"] == LINK and name in portable.media
    assert get_image_model().objects.get(pk=picture.pk).file_hash.startswith(name.split("-")[0])
    assert json.dumps(value)
