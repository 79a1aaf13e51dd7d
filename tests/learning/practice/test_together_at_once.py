"""Ten answers of one person to one poll at one moment, on a real PostgreSQL: SQLite queues its writers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from courses.models import CoursePage, LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Contribution, Enrolment
from tests.factories.practice import example, put_into
from tests.quizzes.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_ten_answers_at_once_count_once(
    client_for: Callable[[User], Client], learner: User, course: CoursePage, lessons: list[LessonPage]
) -> None:
    assert connection.vendor == "postgresql"
    (block_id,) = put_into(lessons[1], example("poll"))
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    piece = pieces_of(lessons[1])[0]
    url = f"/en/learn/lessons/{lessons[1].translation_key}/b/{block_id}/"
    sent = {f"{piece.prefix}-choice": piece.material["choices"][0]["id"]}
    clients = [client_for(learner) for _ in range(10)]
    answers = at_once([lambda c=c: c.post(url, sent) for c in clients])
    assert {(answer.status_code, answer.url) for answer in answers} == {(303, f"{lessons[1].get_url()}#p-{block_id}-news")}
    assert (Contribution.objects.count(), BlockState.objects.get().tries) == (1, 1)
    Contribution.objects.bulk_create(
        Contribution(lesson_key=lessons[1].translation_key, block_id=block_id, kind="poll", text=text, state="shown")
        for text in [*sent.values()] * 4
    )
    assert "5 of 5" in clients[0].get(lessons[1].get_url()).content.decode()
