"""The gate: what follows comes after the activity above, and nobody is locked out."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from courses.models import LessonPage
from courses.pieces import pieces_of
from learning.models import Enrolment
from tests.factories.courses import block
from tests.factories.practice import example, put_into

GATE = block("gate", None)


def fill(lesson: LessonPage) -> None:
    put_into(lesson, example("scenario"), GATE, example("pause"), GATE | {"id": "11111111-1111-4111-8111-111111111111"})


def test_rest_is_shown_on_demand(client: Client, lessons: list[LessonPage]) -> None:
    fill(lessons[0])
    page = client.get(lessons[0].url).content.decode()
    assert "The first meeting" in page and "This is a good place" not in page and page.count('class="gate"') == 1
    address = re.search(r'href="([^"]+)">Read on<', page)[1]
    page = client.get(address).content.decode()
    assert "This is a good place" in page and f'id="{address.split("#")[1]}"' in page


def test_rest_is_there_once_the_activity_is_answered(client_for: Callable, learner, course, lessons: list[LessonPage]) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    client = client_for(learner)
    fill(lessons[0])
    piece = pieces_of(lessons[0])[0]
    choice = piece.material["steps"][0]["choices"][0]["id"]
    client.post(reverse("learning:practice", args=[lessons[0].translation_key, piece.ident]), {f"{piece.prefix}-choice": choice})
    page = client.get(lessons[0].url).content.decode()
    assert "This is a good place" in page and 'class="gate"' not in page


def test_gate_without_an_activity_above_is_open(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], GATE, example("pause"))
    assert "This is a good place" in client.get(lessons[0].url).content.decode()


def test_preview_shows_everything(client_for: Callable, trainer, lessons: list[LessonPage]) -> None:
    fill(lessons[0])
    page = client_for(trainer).get(reverse("wagtailadmin_pages:view_draft", args=[lessons[0].pk])).content.decode()
    assert "This is a good place" in page and 'class="gate"' in page and "Read on" not in page


def test_script_gets_what_the_answer_opened(client: Client, lessons: list[LessonPage]) -> None:
    first, gate, *_rest = put_into(lessons[0], example("checklist"), GATE, example("pause"), example("scenario"), GATE)
    address = reverse("learning:practice", args=[lessons[0].translation_key, first])
    page = client.post(address, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-target="#b-{gate}:has(.gate)"' in page
    assert "This is a good place" in page and page.count('class="gate"') == 1, "up to the next gate"


def test_script_gets_nothing_where_no_gate_follows(client: Client, lessons: list[LessonPage]) -> None:
    first, *_rest = put_into(lessons[0], example("checklist"), example("scenario"), GATE)
    address = reverse("learning:practice", args=[lessons[0].translation_key, first])
    assert "hx-partial" not in client.post(address, headers={"HX-Request": "true"}).content.decode()


def test_visitor_who_answers_behind_a_gate_sees_the_answer(client: Client, lessons: list[LessonPage]) -> None:
    _first, _gate, second, _last = put_into(lessons[0], example("checklist"), GATE, example("decision"), GATE)
    address = reverse("learning:practice", args=[lessons[0].translation_key, second])
    unanswered = client.post(address).content.decode()
    assert f'id="p-{second}-news"' in unanswered and unanswered.count('class="gate"') == 1
    piece = pieces_of(lessons[0])[2]
    told = client.post(address, {f"{piece.prefix}-option": piece.material["options"][0]["id"]}).content.decode()
    assert "What an expert would say" in told and 'class="gate"' not in told


def test_what_is_missing_behind_a_gate_leads_there(client_for: Callable, learner, course, lessons: list[LessonPage]) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    first, gate, second = put_into(lessons[0], example("confidence"), GATE, example("decision"))
    page = client_for(learner).get(lessons[0].url).content.decode()
    assert re.findall(r'href="#(b-[^"]+)"', page) == [f"b-{first}", f"b-{gate}"]
    page = client_for(learner).get(f"{lessons[0].url}?b{gate[:8]}=open").content.decode()
    assert re.findall(r'href="#(b-[^"]+)"', page) == [f"b-{first}", f"b-{second}"]
