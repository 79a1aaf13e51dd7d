"""Blocks that are for some professions or countries alone, and notes on what a block holds."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.models import User
from courses.models import CoursePage, LessonPage, SharedContent
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment, LessonCompletion
from printables.documents import draft_of
from tests.courses.blocks.editing import offered_to_translators
from tests.factories.courses import block
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
NO_CACHE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
NOTE = "Somebody tells of violence at work."
BODY = {
    "all": {},
    "guardians": {"for_occupations": ["guardian"]},
    "lawyers": {"for_occupations": ["lawyer", "justice"]},
    "belgium": {"for_countries": ["BE", "FR"]},
    "germany": {"for_countries": ["DE"]},
    "guardians in germany": {"for_occupations": ["guardian"], "for_countries": ["DE"]},
    "lawyers in belgium": {"for_occupations": ["lawyer"], "for_countries": ["BE"]},
}
PEOPLE = [
    ({"occupation": "guardian", "country": "BE"}, {"all", "guardians", "belgium"}),
    ({"occupation": "lawyer", "country": "BE"}, {"all", "lawyers", "belgium", "lawyers in belgium"}),
    ({"occupation": "guardian", "country": "DE"}, {"all", "guardians", "germany", "guardians in germany"}),
    ({"occupation": "lawyer", "country": ""}, {"all", "lawyers"}),
    ({"occupation": "undisclosed", "country": "--"}, {"all"}),
    ({}, {"all"}),
]


@pytest.fixture
def person(course: CoursePage, client_for: Callable[[User], Client]) -> Callable[..., Client]:
    """``person(occupation=..., country=...)``: a learner of the course, signed in."""

    def make(**about: str) -> Client:
        user = User.objects.create_user(f"person-{User.objects.count()}@example.org", "correct horse battery", **about)
        Enrolment.objects.create(user=user, course_key=course.translation_key)
        return client_for(user)

    return make


def messages(*names: str) -> list[dict[str, Any]]:
    """One block for each of ``BODY``, or of ``names``, that says whom it is for."""
    return [example("key_message", text=f"For {name}.", **BODY[name]) for name in names or BODY]


def seen_in(html: str) -> set[str]:
    return {name for name in BODY if f"For {name}." in html}


def page_of(client: Client, lesson: LessonPage) -> str:
    return client.get(lesson.get_url()).content.decode()


def answer_address(lesson: LessonPage, ident: str) -> str:
    return f"/en/learn/lessons/{lesson.translation_key}/b/{ident}/"


def done(client: Client, lesson: LessonPage) -> bool:
    client.post(reverse("learning:complete_lesson", args=[lesson.translation_key]))
    return LessonCompletion.objects.filter(
        enrolment__user=client.session["_auth_user_id"], lesson_key=lesson.translation_key
    ).exists()


# --- Who sees what ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("about", "expected"), PEOPLE)
def test_everyone_finds_what_is_theirs(
    person: Callable[..., Client], lessons: list[LessonPage], about: dict[str, str], expected: set[str]
) -> None:
    put_into(lessons[1], *messages())
    assert seen_in(page_of(person(**about), lessons[1])) == expected


def test_guest_finds_what_is_for_all_whatever_country_they_look_at(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], *messages())
    client.cookies["country"] = "BE"
    assert seen_in(page_of(client, lessons[0])) == {"all"}


def test_lesson_written_before_the_settings_is_for_everyone(client: Client, lessons: list[LessonPage]) -> None:
    old = block("key_message", {"text": "Old words.", "source": ""})
    put_into(lessons[0], old, block("text", "<p>Plain words.</p>"))
    page = page_of(client, lessons[0])
    assert "Old words." in page and "Plain words." in page


def test_what_one_reader_found_is_not_remembered_for_the_next(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    put_into(lessons[1], *messages())
    readers = [(person(**about), expected) for about, expected in PEOPLE[:3]]
    for _round in range(2):
        for client, expected in readers:
            assert seen_in(page_of(client, lessons[1])) == expected
    with override_settings(CACHES=NO_CACHE):
        for client, expected in readers:
            assert seen_in(page_of(client, lessons[1])) == expected


def test_settings_cost_no_query(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    client = person(occupation="guardian", country="BE")

    def queries(*body: dict[str, Any]) -> int:
        put_into(lessons[1], *body)
        page_of(client, lessons[1])
        with CaptureQueriesContext(connection) as captured:
            page_of(client, lessons[1])
        return len(captured)

    plain = queries(example("confidence"), example("key_message"))
    settled = [example("confidence", for_countries=["BE"], content_note=NOTE) for _n in range(5)]
    assert queries(*settled, *messages(), example("ordering", for_countries=["DE"])) == plain


# --- What is needed -----------------------------------------------------------------------------------------------------


def test_activity_of_others_is_not_waited_for(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("confidence", heading="For lawyers alone", for_occupations=["lawyer"]))
    guardian, lawyer = person(occupation="guardian"), person(occupation="lawyer")
    assert "For lawyers alone" not in page_of(guardian, lessons[1])
    assert "Answer “For lawyers alone”." in page_of(lawyer, lessons[1])
    assert done(guardian, lessons[1])
    assert not done(lawyer, lessons[1])


def test_quiz_of_others_is_not_waited_for(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    lesson = next(lesson for lesson in lessons if lesson.quizzes)
    put_into(lesson, block("quiz", {"quiz": lesson.quizzes[0].pk, "for_countries": ["DE"]}))
    belgian, german = person(country="BE"), person(country="DE")
    title = lesson.quizzes[0].title
    assert title not in page_of(belgian, lesson)
    assert title in page_of(german, lesson)
    assert done(belgian, lesson)
    assert not done(german, lesson)


def test_gate_below_an_activity_of_others_stands_open(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    gate = block("gate", None)
    put_into(lessons[1], example("confidence", for_occupations=["lawyer"]), gate, block("text", "<p>Behind the gate.</p>"))
    assert "Behind the gate." in page_of(person(occupation="guardian"), lessons[1])
    assert "Behind the gate." not in page_of(person(occupation="lawyer"), lessons[1])


def test_answer_to_a_block_of_others_is_not_found(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    ident = put_into(lessons[1], example("confidence", for_occupations=["lawyer"]))[0]
    sent = {f"b{ident[:8]}-level": "3"}
    for headers in ({}, {"HX-Request": "true"}):
        refused = person(occupation="guardian").post(answer_address(lessons[1], ident), sent, headers=headers)
        assert refused.status_code == HTTPStatus.NOT_FOUND
    assert not BlockState.objects.exists()
    lawyer = person(occupation="lawyer")
    assert lawyer.post(answer_address(lessons[1], ident), sent).status_code == HTTPStatus.SEE_OTHER
    assert BlockState.objects.count() == 1


def test_guest_who_answers_one_is_asked_to_sign_in(client: Client, lessons: list[LessonPage]) -> None:
    ident = put_into(lessons[0], example("confidence", for_occupations=["lawyer"]))[0]
    response = client.post(answer_address(lessons[0], ident), {f"b{ident[:8]}-level": "3"})
    assert response.status_code == HTTPStatus.FORBIDDEN and "You were signed out in the meantime." in response.content.decode()


def test_who_changes_country_keeps_what_is_done(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("confidence", heading="German matters", for_countries=["DE"]))
    client = person(country="BE")
    assert done(client, lessons[1])
    User.objects.filter(pk=client.session["_auth_user_id"]).update(country="DE")
    page = page_of(client, lessons[1])
    assert "German matters" in page and "Before this lesson is done" not in page
    assert done(client, lessons[1])


# --- Notes --------------------------------------------------------------------------------------------------------------


def test_note_stands_before_the_block_with_a_way_past_it(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    body = [example("confidence", required=False, content_note=NOTE), example("key_message", content_note=f"<b>{NOTE}")]
    first, second = put_into(lessons[1], *body)
    client = person()
    for _answered in range(2):
        page = page_of(client, lessons[1])
        assert page.index(NOTE) < page.index(f'id="p-{first}"') < page.index(f'id="e-{first}"') < page.index(f'id="b-{second}"')
        assert page.count(f'href="#e-{first}"') == 1
        assert "&lt;b&gt;Somebody" in page
        assert page.count("You can skip this part.") == 2
        client.post(answer_address(lessons[1], first), {f"b{first[:8]}-level": "3"})


def test_what_a_lesson_waits_for_can_be_left_for_later(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("confidence", content_note=NOTE))
    page = page_of(person(), lessons[1])
    assert "You can leave this part for later." in page and "You can skip this part." not in page


def test_translators_get_the_note_and_no_key(lessons: list[LessonPage]) -> None:
    before = offered_to_translators(lessons[0], "key_message")
    after = offered_to_translators(lessons[0], "key_message", content_note=NOTE, for_countries=["BE"], for_occupations=["lawyer"])
    assert after - before == {NOTE}


# --- Previews and paper -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("guest", {"all"}),
        ("learner-BE", {"all", "guardians", "lawyers", "belgium", "lawyers in belgium"}),
        ("learner-DE", {"all", "guardians", "lawyers", "germany", "guardians in germany"}),
        ("completed", set(BODY)),
        ("wrong", set(BODY)),
    ],
)
def test_preview_shows_what_such_a_learner_may_see_and_says_who_alone(
    client_for: Callable[[User], Client], trainer: User, lessons: list[LessonPage], mode: str, expected: set[str]
) -> None:
    put_into(lessons[1], *messages())
    view = reverse("wagtailadmin_pages:view_draft", args=[lessons[1].pk])
    page = client_for(trainer).get(view, {"mode": mode}).content.decode()
    assert seen_in(page) == expected
    assert ("Only for: Lawyer, Judge or prosecutor." in page) == ("lawyers" in expected)
    assert ("Only in: Belgium, France." in page) == ("belgium" in expected)


def test_learner_is_not_told_whom_a_block_is_for(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    put_into(lessons[1], *messages())
    assert "Only for" not in page_of(person(occupation="lawyer"), lessons[1])


def test_printed_lesson_is_the_learners_and_the_handbook_is_whole(
    client_for: Callable[[User], Client], learner: User, course: CoursePage, lessons: list[LessonPage]
) -> None:
    put_into(lessons[1], *messages(), example("confidence", for_occupations=["lawyer"], content_note=NOTE))
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    order = reverse("printables:order", args=["lesson", lessons[1].translation_key])
    client = client_for(learner)
    client.post(order)
    lawyer = User.objects.create_user("lawyer@example.org", "correct horse battery", occupation="lawyer", country="BE")
    Enrolment.objects.create(user=lawyer, course_key=course.translation_key)
    files = {client.post(order).url, client_for(lawyer).post(order).url}
    assert len(files) == 2
    lesson = LessonPage.objects.get(pk=lessons[1].pk)
    handbook = re.sub(r"\s+", " ", draft_of("handbook", lesson.get_parent().specific).html)
    assert seen_in(handbook) == set(BODY)
    assert 'For lawyers in belgium. <span class="meta">Only for: Lawyer. Only in: Belgium.</span>' in handbook
    assert NOTE in handbook


def test_reusable_content_hands_its_settings_on(person: Callable[..., Client], lessons: list[LessonPage]) -> None:
    body = [("text", "<p>Stay calm.</p>"), ("text", "<p>Listen.</p>")]
    shared = SharedContent.objects.create(title="After", key="after", body=body, live=True, locale=lessons[1].locale)
    put_into(lessons[1], block("shared", {"content": shared.pk, "for_countries": ["DE"], "content_note": NOTE}))
    belgian, german = page_of(person(country="BE"), lessons[1]), page_of(person(country="DE"), lessons[1])
    assert "Stay calm." not in belgian and NOTE not in belgian
    assert "Stay calm." in german and NOTE in german
    lesson = LessonPage.objects.get(pk=lessons[1].pk)
    printed = draft_of("lesson", lesson).html
    assert printed.count(NOTE) == 1 and printed.count("Only in: Germany.") == 2
    assert {piece.name for piece in pieces_of(lesson)} == {"shared"}
