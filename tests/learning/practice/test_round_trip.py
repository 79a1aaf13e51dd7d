"""A practice block on its way: asked, answered, explained, kept, and asked again. Card sort stands for all."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from courses.models import LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment
from tests.factories.courses import block
from tests.factories.practice import example, put_into


@pytest.fixture
def block_id(lessons: list[LessonPage]) -> str:
    return put_into(lessons[1], example("card_sort"))[0]


@pytest.fixture
def enrolled(learner: User, course, client_for: Callable[[User], Client]) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


def address(lesson: LessonPage, block_id: str) -> str:
    return f"/en/learn/lessons/{lesson.translation_key}/b/{block_id}/"


def answers(lesson: LessonPage, *, right: bool = True) -> dict[str, str]:
    """What a learner posts who sorts every card rightly, or every card onto the first pile."""
    piece = pieces_of(lesson)[0]
    snapshot = piece.material["snapshot"]
    first = snapshot["boxes"][0]["id"]
    return {f"{piece.prefix}-{card['id']}": card["box"] if right else first for card in snapshot["cards"]}


def test_answer_is_kept_and_explained_on_the_page(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    lesson = lessons[1]
    response = enrolled.post(address(lesson, block_id), answers(lesson))
    assert (response.status_code, response.url) == (303, f"{lesson.get_url()}#p-{block_id}-news")
    kept = BlockState.objects.get()
    assert (str(kept.block_id), kept.kind, kept.score, kept.tries, kept.lesson_key) == (
        block_id,
        "card_sort",
        1,
        1,
        lesson.translation_key,
    )
    assert kept.done_at
    page = enrolled.get(lesson.get_url()).content.decode()
    assert "A minimum sum is a sign." in page
    assert "Try again" in page


def test_nothing_tells_the_answer_before(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    page = enrolled.get(lessons[1].get_url()).content.decode()
    assert "She must bring home a fixed sum each day" in page
    assert "A minimum sum is a sign." not in page
    assert "No single sign proves anything" not in page


def test_trying_again_counts_and_keeps_the_last_score(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    enrolled.post(address(lessons[1], block_id), answers(lessons[1], right=False))
    first = BlockState.objects.get()
    assert 0 < first.score < 1
    enrolled.post(address(lessons[1], block_id), answers(lessons[1]))
    again = BlockState.objects.get()
    assert (again.score, again.tries, again.done_at) == (1, 2, first.done_at)


def test_unfinished_answer_comes_back_with_what_was_chosen(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    some = dict(list(answers(lessons[1]).items())[:1])
    response = enrolled.post(address(lessons[1], block_id), some)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error:" in page
    assert "There is a problem" in page
    assert page.count("checked") == 1
    assert not BlockState.objects.exists()


def test_script_gets_the_block_alone(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    for posted, status in [(answers(lessons[1]), 200), ({}, 422)]:
        response = enrolled.post(address(lessons[1], block_id), posted, headers={"HX-Request": "true"})
        page = response.content.decode()
        assert response.status_code == status
        assert "<html" not in page
        assert f'id="p-{block_id}"' in page
        assert ("There is a problem" in page) == (status == 422)


def test_script_keeps_what_was_answered_before_beside_what_is_missing_now(
    enrolled: Client, lessons: list[LessonPage], block_id: str
) -> None:
    enrolled.post(address(lessons[1], block_id), answers(lessons[1]))
    for headers in [{}, {"HX-Request": "true"}]:
        page = enrolled.post(address(lessons[1], block_id), {}, headers=headers).content.decode()
        assert "There is a problem" in page and "A minimum sum is a sign." in page


def test_script_gets_the_end_of_the_page_that_the_answer_opened(
    enrolled: Client, lessons: list[LessonPage], block_id: str
) -> None:
    response = enrolled.post(address(lessons[1], block_id), answers(lessons[1]), headers={"HX-Request": "true"})
    page = response.content.decode()
    assert 'id="lesson-actions" hx-swap-oob="true"' in page
    assert "Mark as done and continue" in page
    wrong = enrolled.post(address(lessons[1], block_id), {}, headers={"HX-Request": "true"})
    assert "lesson-actions" not in wrong.content.decode()


def test_visitor_of_the_open_first_lesson_reads_feedback_and_leaves_nothing(client: Client, lessons: list[LessonPage]) -> None:
    (block_id,) = put_into(lessons[0], example("card_sort"))
    response = client.post(address(lessons[0], block_id), answers(lessons[0]))
    assert response.status_code == 200
    assert "A minimum sum is a sign." in response.content.decode()
    assert not BlockState.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_who_was_signed_out_finds_the_answer_again_signs_in_beside_it_and_sends_it(
    learner: User, course, lessons: list[LessonPage], headers: dict[str, str]
) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    (block_id,) = put_into(lessons[1], example("reflection"))
    client, sent = Client(), {f"b{block_id[:8]}-text": "What I will <i>ask</i> first"}
    response = client.post(address(lessons[1], block_id), sent, headers=headers)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Your answer is still here." in page and 'href="/en/accounts/login/"' in page
    assert "What I will &lt;i&gt;ask&lt;/i&gt; first" in page and f'action="{address(lessons[1], block_id)}' in page
    assert not BlockState.objects.exists()
    client.force_login(learner)
    assert client.post(address(lessons[1], block_id), sent).status_code == 303
    assert BlockState.objects.get().state["text"] == "What I will <i>ask</i> first"


def test_page_for_who_was_signed_out_shows_the_block_and_nothing_else_of_the_lesson(
    client: Client, lessons: list[LessonPage]
) -> None:
    _text, block_id = put_into(lessons[1], block("text", "<p>For learners alone</p>"), example("card_sort"))
    page = client.post(address(lessons[1], block_id)).content.decode()
    assert lessons[1].title in page and "Your answer is still here." in page
    assert "For learners alone" not in page and "A minimum sum is a sign." not in page


def test_learner_of_another_course_is_led_to_the_course(
    learner: User, client_for: Callable[[User], Client], course, lessons: list[LessonPage], block_id: str
) -> None:
    response = client_for(learner).post(address(lessons[1], block_id), answers(lessons[1]))
    assert (response.status_code, response.url) == (302, course.get_url())
    script = client_for(learner).post(address(lessons[1], block_id), answers(lessons[1]), headers={"HX-Request": "true"})
    assert script["HX-Redirect"] == course.get_url() and "Location" not in script
    assert not BlockState.objects.exists()


def test_only_a_practice_block_of_this_lesson_can_be_answered(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    text = str(lessons[2].body[0].id)
    assert enrolled.post(address(lessons[2], text)).status_code == 404
    assert enrolled.post(address(lessons[2], block_id), answers(lessons[1])).status_code == 404
    assert enrolled.post(address(lessons[1], str(uuid.uuid4()))).status_code == 404


def test_page_that_an_answer_led_to_may_be_asked_for_again(client: Client, lessons: list[LessonPage]) -> None:
    (block_id,) = put_into(lessons[0], example("card_sort"))
    response = client.get(address(lessons[0], block_id))
    assert (response.status_code, response.url) == (302, f"{lessons[0].get_url()}#b-{block_id}")
    assert client.get(address(lessons[0], str(uuid.uuid4()))).status_code == 404


def test_lesson_is_not_done_before_what_it_needs_is_answered(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    lesson = lessons[1]
    done = f"/en/learn/lessons/{lesson.translation_key}/complete/"
    page = enrolled.get(lesson.get_url()).content.decode()
    assert f'href="#b-{block_id}"' in page
    response = enrolled.post(done, follow=True)
    assert "Answer “Signal or noise?”." in response.content.decode()
    assert not Enrolment.objects.get().completions.exists()
    enrolled.post(address(lesson, block_id), answers(lesson, right=False))
    enrolled.post(done)
    assert Enrolment.objects.get().completions.count() == 1


def test_block_that_is_not_needed_may_be_left_open(enrolled: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("card_sort", required=False))
    enrolled.post(f"/en/learn/lessons/{lessons[1].translation_key}/complete/")
    assert Enrolment.objects.get().completions.count() == 1


def test_old_answer_survives_a_changed_block(enrolled: Client, lessons: list[LessonPage], block_id: str) -> None:
    enrolled.post(address(lessons[1], block_id), answers(lessons[1]))
    changed = example("card_sort")
    changed["id"] = block_id
    for box in changed["value"]["boxes"]:
        box["id"] = str(uuid.uuid4())
    put_into(lessons[1], changed)
    assert enrolled.get(lessons[1].get_url()).status_code == 200
