"""What colleagues chose in “What would you do?”: numbers from ten people on, each counted once, and never who."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import CoursePage, LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Contribution, Enrolment
from tests.factories.practice import example, put_into

SCRIPT = {"HX-Request": "true"}
TOO_FEW = "What all chose is shown here once ten people have answered."


@pytest.fixture
def me(course: CoursePage, client_for: Callable[[User], Client], learner: User) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


@pytest.fixture
def decision(lessons: list[LessonPage]) -> str:
    return put_into(lessons[1], example("decision"))[0]


def colleagues(course: CoursePage, lesson: LessonPage, *counts: int, ident: int = 0) -> None:
    """People who have chosen: ``counts`` of them the first option, the second, and so on."""
    piece = pieces_of(lesson)[ident]
    chosen = [piece.material["options"][place]["id"] for place, count in enumerate(counts) for _n in range(count)]
    for n, option in enumerate(chosen):
        user, _new = User.objects.get_or_create(email=f"person-{n}@example.org")
        enrolment, _new = Enrolment.objects.get_or_create(user=user, course_key=course.translation_key)
        place = {"enrolment": enrolment, "lesson_key": lesson.translation_key, "block_id": piece.ident, "kind": "decision"}
        BlockState.objects.create(**place, state={"option": option}, done_at=enrolment.started_at)


def choose(client: Client, lesson: LessonPage, place: int, *, language: str = "en", **options: Any) -> Any:
    piece = pieces_of(lesson)[0]
    data = {f"{piece.prefix}-option": piece.material["options"][place]["id"]}
    return client.post(f"/{language}/learn/lessons/{lesson.translation_key}/b/{piece.ident}/", data, **options)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_nine_answers_tell_nothing_and_ten_tell_all(
    me: Client, course: CoursePage, lessons: list[LessonPage], decision: str
) -> None:
    colleagues(course, lessons[1], 3, 5)
    choose(me, lessons[1], 0)
    nine = text_of(me.get(lessons[1].get_url()))
    assert TOO_FEW in nine
    assert not re.search(r"\d of \d", nine.split('class="practice"')[1].split("practice__again")[0])
    User.objects.create_user("tenth@example.org", "correct horse battery")
    late = Enrolment.objects.create(user=User.objects.get(email="tenth@example.org"), course_key=course.translation_key)
    state = BlockState.objects.first().state
    BlockState.objects.create(
        enrolment=late, lesson_key=lessons[1].translation_key, block_id=decision, state=state, done_at=late.started_at
    )
    ten = text_of(me.get(lessons[1].get_url()))
    assert TOO_FEW not in ten
    assert "What 10 people answered" in ten
    assert ten.index("5 of 10") < ten.index("0 of 10")


def test_nothing_is_told_before_answering(me: Client, course: CoursePage, lessons: list[LessonPage], decision: str) -> None:
    colleagues(course, lessons[1], 4, 8)
    before = text_of(me.get(lessons[1].get_url()))
    assert "people answered" not in before and "8 of 12" not in before
    assert "Your answer is counted without your name." in before


def test_changed_answer_counts_once_with_the_last_one(
    me: Client, course: CoursePage, lessons: list[LessonPage], decision: str
) -> None:
    colleagues(course, lessons[1], 4, 5)
    for place in (0, 1, 1, 2):
        choose(me, lessons[1], place)
    page = text_of(me.get(lessons[1].get_url()))
    assert "What 10 people answered" in page
    assert [f"{n} of 10" in page for n in (4, 5, 1)] == [True, True, True]
    assert Contribution.objects.count() == 0


def test_who_leaves_is_counted_no_more(me: Client, course: CoursePage, lessons: list[LessonPage], decision: str) -> None:
    colleagues(course, lessons[1], 4, 5)
    choose(me, lessons[1], 0)
    assert "What 10 people answered" in text_of(me.get(lessons[1].get_url()))
    User.objects.get(email="person-3@example.org").delete()
    assert TOO_FEW in text_of(me.get(lessons[1].get_url()))


def test_script_gets_the_numbers_at_once(me: Client, course: CoursePage, lessons: list[LessonPage], decision: str) -> None:
    colleagues(course, lessons[1], 4, 5)
    fragment = text_of(choose(me, lessons[1], 1, headers=SCRIPT))
    assert "6 of 10" in fragment and "<html" not in fragment


def test_choice_that_is_no_more_is_counted_no_more(
    me: Client, course: CoursePage, lessons: list[LessonPage], decision: str
) -> None:
    colleagues(course, lessons[1], 10)
    BlockState.objects.filter(enrolment__user__email="person-0@example.org").update(state={"option": "gone"})
    choose(me, lessons[1], 0)
    assert "10 of 10" in text_of(me.get(lessons[1].get_url()))
    BlockState.objects.filter(enrolment__user__email="person-1@example.org").update(state={"other": ["a"]})
    assert TOO_FEW in text_of(me.get(lessons[1].get_url()))


def test_author_says_whether(me: Client, course: CoursePage, lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("decision", show_totals=False))
    before = text_of(me.get(lessons[1].get_url()))
    colleagues(course, lessons[1], 10)
    choose(me, lessons[1], 0)
    after = text_of(me.get(lessons[1].get_url()))
    for page in (before, after):
        assert "counted" not in page and "What colleagues chose" not in page and TOO_FEW not in page


def test_block_written_before_the_setting_shows_none(me: Client, course: CoursePage, lessons: list[LessonPage]) -> None:
    old = example("decision")
    del old["value"]["show_totals"]
    put_into(lessons[1], old)
    colleagues(course, lessons[1], 10)
    assert choose(me, lessons[1], 0).status_code == 303
    page = text_of(me.get(lessons[1].get_url()))
    assert "What an expert would say" in page and "What colleagues chose" not in page


def test_guest_of_the_open_lesson_reads_numbers_and_is_not_one(
    client: Client, course: CoursePage, lessons: list[LessonPage]
) -> None:
    put_into(lessons[0], example("decision"))
    colleagues(course, lessons[0], 4, 6)
    page = text_of(choose(client, lessons[0], 2))
    assert "What 10 people answered" in page and "0 of 10" in page
    assert BlockState.objects.count() == 10


def test_numbers_cost_one_query_however_many_blocks(me: Client, course: CoursePage, lessons: list[LessonPage]) -> None:
    def queries() -> int:
        me.get(lessons[1].get_url())
        with CaptureQueriesContext(connection) as captured:
            assert "of 11" in text_of(me.get(lessons[1].get_url()))
        return len(captured)

    seen = []
    for count in (1, 6):
        BlockState.objects.all().delete()
        put_into(lessons[1], *(example("decision", heading=f"Number {n}") for n in range(count)))
        lessons[1].refresh_from_db()
        for n, piece in enumerate(pieces_of(lessons[1])):
            colleagues(course, lessons[1], 4, 6, ident=n)
            me.post(
                f"/en/learn/lessons/{lessons[1].translation_key}/b/{piece.ident}/",
                {f"{piece.prefix}-option": piece.material["options"][0]["id"]},
            )
        seen.append(queries())
    assert seen[0] == seen[1]
