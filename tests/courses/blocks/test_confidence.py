"""How sure somebody is of a statement, at the start of a module and at its end."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from courses.models import LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment
from tests.courses.blocks.editing import AWKWARD, answer, errors_of, offered_to_translators, page_of, told
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
STEPS = ["Not sure at all", "A little sure", "Fairly sure", "Very sure", "Completely sure"]


def test_editor_is_told_how_the_pair_is_named() -> None:
    assert told("confidence", pair="whom-to-call-2") == []
    for wrong in ["Whom to call", "whom_to_call", "-whom", "whom--to"]:
        assert told("confidence", pair=wrong) == [
            ", pair: Write lower-case letters, digits and single hyphens. Example: whom-to-call."
        ]


def test_every_step_has_words() -> None:
    page = page_of("confidence")
    assert all(step in page for step in STEPS)
    assert "whom-to-call" not in page


def test_choosing_a_step_is_noted_and_not_marked() -> None:
    noted = answer("confidence", {"level": "3"})
    assert (noted.state, noted.score, noted.done) == ({"level": 3, "pair": "whom-to-call", "moment": "before"}, None, True)


@pytest.mark.parametrize("sent", [{}, {"level": ""}, {"level": "6"}, {"level": "0"}, {"level": AWKWARD}])
def test_anything_else_is_asked_again(sent: dict[str, str]) -> None:
    assert errors_of("confidence", sent) == ["Choose how sure you are."]


def test_odd_letters_do_no_harm() -> None:
    page = page_of("confidence", {"level": 1}, statement=AWKWARD)
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


@pytest.mark.parametrize("state", [{"level": [3]}, {"level": {"a": 1}}, {"level": 9}, {"level": None, "before": "2"}])
def test_step_that_is_no_more_is_asked_for_again(state: dict) -> None:
    assert "Please answer it once more." in page_of("confidence", state)


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    statement = "I know whom to call when I suspect that a child is exploited."
    assert offered_to_translators(lessons[0], "confidence") == {"Before you begin", statement}


def test_at_the_end_one_reads_what_one_said_at_the_start(
    course, lessons: list[LessonPage], learner: User, client_for: Callable[[User], Client]
) -> None:
    put_into(lessons[0], example("confidence"))
    put_into(lessons[1], example("confidence", moment="after"), example("confidence", moment="after", pair="other"))
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    client = client_for(learner)
    for lesson, level in [(lessons[0], 2), (lessons[1], 5)]:
        for piece in pieces_of(lesson):
            address = f"/en/learn/lessons/{lesson.translation_key}/b/{piece.ident}/"
            page = client.post(address, {f"{piece.prefix}-level": level}, follow=True).content.decode()
    assert page.count("At the start of the module you said: A little sure.") == 1
    assert page.count("You said: Completely sure") == 2
    assert BlockState.objects.filter(score=None, done_at__isnull=False).count() == 3
