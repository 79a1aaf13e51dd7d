"""What people give to anonymous blocks on its way: kept once, apart from whoever gave it, and read by those who gave too."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import CoursePage, LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Contribution, Enrolment
from tests.factories.practice import example, put_into

SCRIPT = {"HX-Request": "true"}
THANKS = "Your answer is counted."


@pytest.fixture
def people(course: CoursePage, client_for: Callable[[User], Client]) -> Iterator[Client]:
    """One learner of the course after another, signed in."""

    def each() -> Iterator[Client]:
        for n in range(100):
            user = User.objects.create_user(f"person-{n}@example.org", "correct horse battery")
            Enrolment.objects.create(user=user, course_key=course.translation_key)
            yield client_for(user)

    return each()


@pytest.fixture
def poll(lessons: list[LessonPage]) -> str:
    return put_into(lessons[1], example("poll"))[0]


def address(lesson: LessonPage, block_id: str, language: str = "en") -> str:
    return f"/{language}/learn/lessons/{lesson.translation_key}/b/{block_id}/"


def vote(lesson: LessonPage, place: int = 0) -> dict[str, str]:
    piece = pieces_of(lesson)[0]
    return {f"{piece.prefix}-choice": piece.material["choices"][place]["id"]}


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_answer_is_kept_apart_from_the_learner(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    client, lesson = next(people), lessons[1]
    response = client.post(address(lesson, poll), vote(lesson, 2))
    assert (response.status_code, response.url) == (303, f"{lesson.get_url()}#p-{poll}-news")
    state, kept = BlockState.objects.get(), Contribution.objects.get()
    assert (state.state, state.score, bool(state.done_at)) == ({"given": True}, None, True)
    assert (kept.lesson_key, str(kept.block_id), kept.kind) == (lesson.translation_key, poll, "poll")
    assert (kept.state, kept.language) == ("shown", "")
    assert [field.name for field in Contribution._meta.get_fields() if field.is_relation] == []
    choice = next(iter(vote(lesson, 2).values()))
    assert kept.text == choice
    assert choice not in str(model_to_dict(state) | {"state": state.state})


def test_page_thanks_and_asks_no_more(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    client, lesson = next(people), lessons[1]
    before = text_of(client.get(lesson.get_url()))
    assert "so you cannot change it or take it back" in before and "Send my answer" in before
    client.post(address(lesson, poll), vote(lesson))
    after = text_of(client.get(lesson.get_url()))
    assert THANKS in after and "Send my answer" not in after


def test_second_click_or_tab_counts_once(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    client, lesson = next(people), lessons[1]
    for place in (0, 1, 1):
        assert client.post(address(lesson, poll), vote(lesson, place)).status_code == 303
    assert THANKS in text_of(client.post(address(lesson, poll), vote(lesson), headers=SCRIPT))
    assert client.post(address(lesson, poll), {}).status_code == 303, "an answered poll asks nothing again"
    assert [one.text for one in Contribution.objects.all()] == list(vote(lesson, 0).values())
    assert BlockState.objects.get().tries == 1


def test_unfinished_answer_comes_back_and_counts_nothing(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    response = next(people).post(address(lessons[1], poll), {})
    assert response.status_code == 422
    assert "Choose what fits you best." in text_of(response)
    assert not Contribution.objects.exists() and not BlockState.objects.exists()


def test_totals_show_to_the_fifth_and_to_who_came_before(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    lesson = lessons[1]
    first, *_others = four = [next(people) for _ in range(4)]
    for client in four:
        page = text_of(client.post(address(lesson, poll), vote(lesson), headers=SCRIPT))
        assert THANKS in page and "1 of" not in page and "4 of" not in page
    assert "4 of 4" not in text_of(first.get(lesson.get_url()))
    fifth = next(people)
    assert "5 people" not in text_of(fifth.get(lesson.get_url())), "totals stand there before the answer"
    page = text_of(fifth.post(address(lesson, poll), vote(lesson, 1), headers=SCRIPT))
    assert "What 5 people answered" in page and "4 of 5" in page and "1 of 5" in page
    assert "What 5 people answered" in text_of(first.get(lesson.get_url()))


def test_languages_count_together(people: Iterator[Client], lessons: list[LessonPage], poll: str, site: Any) -> None:
    lesson = lessons[1]
    french = lesson.copy_for_translation(site.home.get_translations().get(locale__language_code="fr").locale, copy_parents=True)
    french.save_revision().publish()
    for n in range(5):
        last = next(people)
        last.post(address(lesson, poll, "fr" if n % 2 else "en"), vote(lesson, n % 2))
    for page in (lesson, french):
        assert text_of(last.get(page.get_url())).count(">3 ") == 1


def test_visitor_and_staff_who_look_are_not_counted(
    client: Client, client_for: Callable[[User], Client], trainer: User, lessons: list[LessonPage]
) -> None:
    (block_id,) = put_into(lessons[0], example("poll"))
    for visitor in (client, client_for(trainer)):
        for headers in ({}, SCRIPT):
            page = text_of(visitor.post(address(lessons[0], block_id), vote(lessons[0]), headers=headers))
            assert "You have not started this course, so your answer was not counted." in page
            assert THANKS not in page
    assert not Contribution.objects.exists()


def test_copied_lesson_begins_with_nothing(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    lesson = lessons[1]
    for client in [next(people) for _ in range(5)]:
        client.post(address(lesson, poll), vote(lesson))
    copied = lesson.copy(update_attrs={"slug": "copied", "title": "Copied"})
    copied.save_revision().publish()
    client = next(people)
    page = text_of(client.post(address(copied, poll), vote(copied), headers=SCRIPT))
    assert THANKS in page and "6 people" not in page
    assert Contribution.objects.filter(lesson_key=copied.translation_key).count() == 1


def test_deleted_account_leaves_what_is_nobodys(people: Iterator[Client], lessons: list[LessonPage], poll: str) -> None:
    next(people).post(address(lessons[1], poll), vote(lessons[1]))
    User.objects.get(email="person-0@example.org").delete()
    assert not BlockState.objects.exists()
    assert Contribution.objects.count() == 1


def test_preview_sends_nothing(client_for: Callable[[User], Client], trainer: User, lessons: list[LessonPage], poll: str) -> None:
    page = pieces_of(lessons[1], preview=True)[0].html
    assert "Send my answer" in page and "hx-post" not in page and "action=" not in page


def test_many_blocks_cost_the_queries_of_one(people: Iterator[Client], lessons: list[LessonPage]) -> None:
    client, lesson = next(people), lessons[1]

    def queries() -> int:
        client.get(lesson.get_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(lesson.get_url()).status_code == 200
        return len(captured)

    def answered(count: int) -> int:
        for block_id in put_into(lesson, *(example("poll") for _ in range(count))):
            place = {"enrolment": Enrolment.objects.get(), "lesson_key": lesson.translation_key, "block_id": block_id}
            BlockState.objects.create(**place, kind="poll", state={"given": True})
        return queries()

    put_into(lesson, example("poll"))
    fresh = queries()
    assert answered(1) == answered(20) == fresh + 1
