"""Sound and film that count where the author ticks it: the learner says that they have listened or watched."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import LessonPage
from learning.models import BlockState, Enrolment
from printables.documents import draft_of
from tests.courses.blocks.editing import block_of, offered_in
from tests.courses.blocks.journeys import LOOKS, Answer, Journeys
from tests.factories.courses import block
from tests.factories.films import make_captions, make_film
from tests.factories.pictures import make_picture
from tests.factories.practice import put_into

pytestmark = pytest.mark.django_db
SAYS = {"audio": "I have listened to it", "video": "I have watched it"}
TO_DO = {"audio": "Listen to “The first meeting”.", "video": "Watch “The first meeting”."}
SAID = {"audio": "Listened", "video": "Watched"}


def media(name: str, **own: Any) -> dict[str, Any]:
    """One block as the database stores it. A film has captions and a picture before it."""
    value = {"file": make_film().pk, "title": "The first meeting", "minutes": 3, "transcript": "<p>Good morning.</p>"}
    if name == "video":
        value |= {"captions": make_captions().pk, "poster": make_picture().pk, "link": ""}
    return block(name, {**value, **own})


@pytest.fixture
def enrolled(learner: User, course, client_for: Callable[[User], Client]) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


def address(lesson: LessonPage, ident: str) -> str:
    return reverse("learning:practice", args=[lesson.translation_key, ident])


def body_of(client: Client, lesson: LessonPage) -> str:
    return client.get(lesson.get_url()).content.decode().split('<div class="body">')[1].split("</article>")[0]


@pytest.mark.parametrize("name", SAYS)
def test_without_the_tick_nothing_is_asked_and_nothing_waited_for(enrolled: Client, lessons, name: str) -> None:
    before = media(name)  # as it was stored before there was a tick
    for part in (before, media(name, required=False)):
        [ident] = put_into(lessons[1], part)
        assert "<form" not in body_of(enrolled, lessons[1])
        assert enrolled.post(address(lessons[1], ident)).status_code == 404
    assert not BlockState.objects.exists()
    assert block_of(name).get_default()["required"] is False


@pytest.mark.parametrize("name", SAYS)
def test_with_the_tick_the_learner_says_so_once_and_it_counts(enrolled: Client, lessons, name: str) -> None:
    [ident] = put_into(lessons[1], media(name, required=True))
    page = enrolled.get(lessons[1].get_url()).content.decode()
    assert SAYS[name] in page and f"<{name} controls" in page and page.count("The first meeting</h2>") == 1
    assert page.count(f'href="#b-{ident}"') == 1 and TO_DO[name] in page  # among what is still to be done
    complete = reverse("learning:complete_lesson", args=[lessons[1].translation_key])
    assert TO_DO[name] in enrolled.post(complete, follow=True).content.decode().split("<article")[0]
    response = enrolled.post(address(lessons[1], ident))
    assert (response.status_code, response.url) == (303, f"{lessons[1].get_url()}#p-{ident}-news")
    kept = BlockState.objects.get()
    assert (kept.kind, kept.score, bool(kept.done_at)) == (name, None, True)
    page = enrolled.get(lessons[1].get_url()).content.decode()
    assert SAID[name] in page and SAYS[name] not in page and f"<{name} controls" in page
    assert f'href="#b-{ident}"' not in page


def test_a_tick_that_is_taken_back_leaves_the_sound_alone(enrolled: Client, lessons) -> None:
    part = media("audio", required=True)
    [ident] = put_into(lessons[1], part)
    enrolled.post(address(lessons[1], ident))
    part["value"]["required"] = False
    put_into(lessons[1], part)
    html = body_of(enrolled, lessons[1])
    assert "Listened" not in html and "<audio" in html


def test_a_film_elsewhere_counts_too_and_nothing_is_fetched_from_there(enrolled: Client, lessons) -> None:
    put_into(lessons[1], media("video", file=None, captions=None, link="https://films.example/3", required=True))
    html = body_of(enrolled, lessons[1])
    assert "Watch the film on films.example" in html and "I have watched it" in html
    assert "<video" not in html and "<iframe" not in html


def test_a_visitor_may_say_so_and_nothing_is_kept(client: Client, lessons) -> None:
    [ident] = put_into(lessons[0], media("audio", required=True))
    assert "Listened" in client.post(address(lessons[0], ident)).content.decode()
    assert not BlockState.objects.exists()


@pytest.mark.parametrize("name", SAYS)
def test_on_paper_it_is_an_address_with_its_transcript(lessons, name: str) -> None:
    put_into(lessons[0], media(name, required=True))
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    assert "Good morning." in html and "/documents/" in html
    assert SAYS[name] not in html


@pytest.mark.parametrize("name", SAYS)
def test_the_tick_travels_with_a_course_and_is_no_matter_of_translators(course, lessons, tmp_path: Path, name: str) -> None:
    put_into(lessons[0], media(name, required=True))
    assert offered_in(LessonPage.objects.get(pk=lessons[0].pk)) == {"The first meeting", "Good morning."}
    call_command("export_course", course.slug, tmp_path / "course.zip", verbosity=0)
    course.delete()
    call_command("import_course", tmp_path / "course.zip", verbosity=0)
    again = LessonPage.objects.get(translation_key=lessons[0].translation_key)
    assert json.loads(json.dumps(again.body.get_prep_value()))[0]["value"]["required"] is True


def saying(name: str) -> Answer:
    return lambda hand, section: hand.press(section.get_by_role("button", name=SAYS[name]))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", SAYS)
def test_by_keyboard_in_place_and_without_javascript(journeys: Journeys, name: str) -> None:
    journeys.by_keyboard(media(name, required=True), saying(name), SAID[name])
    journeys.without_javascript(media(name, required=True), saying(name), SAID[name])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing(journeys: Journeys, width: int, dark: bool) -> None:
    journeys.axe_clean(media("video", required=True), saying("video"), width, dark, verb="")
