"""Two markers, and a correction while learners hand in, at the same moment on a real PostgreSQL."""

import pytest
from django.db import connection

from accounts.models import Role
from quizzes.correction_jobs import carry_out
from quizzes.corrections import Regrade
from quizzes.models import Attempt, AttemptEvent, HandMark, JobState, QuizReport, Response
from quizzes.services import NotToMark, exclude_question, save_hand_mark, save_response, start_attempt, submit_attempt
from tests.factories.correcting import publish, with_right
from tests.factories.marking import colleague, make_essay_quiz, write
from tests.factories.quizzes import best_answer, make_question, make_quiz, take_quiz
from tests.quizzes.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _real_server(site):
    assert connection.vendor == "postgresql"


def give(response, marker, points):
    keys = [row["id"] for row in response.snapshot["rubric"]]
    try:
        save_hand_mark(response=response, marker=marker, scores=dict.fromkeys(keys, points))
    except NotToMark:
        return "refused"
    return "saved"


def test_of_two_single_markers_one_marks_and_the_other_is_refused(organisation):
    attempt = write(make_essay_quiz(), colleague(organisation))
    response = attempt.responses.get(position=1)
    markers = [colleague(organisation, Role.TRAINER) for _n in range(2)]

    told = at_once([lambda m=m, n=n: give(response, m, n) for n, m in enumerate(markers)])

    assert sorted(told) == ["refused", "saved"]
    assert HandMark.objects.count() == 1 and attempt.events.filter(kind="marked").count() == 1


def test_two_wanted_markers_at_once_both_count(organisation):
    attempt = write(make_essay_quiz(second_marker=True), colleague(organisation))
    response = attempt.responses.get(position=1)
    markers = [colleague(organisation, Role.TRAINER) for _n in range(3)]

    told = at_once([lambda m=m: give(response, m, 1) for m in markers])

    assert sorted(told) == ["refused", "saved", "saved"]
    attempt.refresh_from_db()
    assert not attempt.waiting and attempt.events.filter(kind="marked").count() == 1


def test_a_correction_during_handing_in_loses_and_doubles_nothing(organisation, trainer):
    question = make_question()
    quiz = make_quiz([question, make_question()])
    handed_in = [take_quiz(colleague(organisation), quiz) for _n in range(4)]
    opened = [start_attempt(user=colleague(organisation), quiz=quiz) for _n in range(4)]
    for attempt in opened:
        for position in (1, 2):
            save_response(attempt=attempt, position=position, answer=best_answer(attempt, position))
    publish(question, choices=with_right(question, 1))
    job = QuizReport.objects.create(
        kind="regrade",
        format="json",
        quiz_key=question.translation_key,
        by=trainer,
        state=JobState.RUNNING,
        total=4,
        parameters={"question": str(question.translation_key), "stage": "change", "reason": "x", "take_away": True},
    )

    at_once(
        [lambda: carry_out.call(job.pk), lambda: carry_out.call(job.pk), *(lambda a=a: submit_attempt(attempt=a) for a in opened)]
    )

    for attempt in Attempt.objects.all():
        events = list(attempt.events.values_list("kind", flat=True))
        regraded = events.count(AttemptEvent.Kind.REGRADED)
        response = attempt.responses.get(position=1)
        assert events.count(AttemptEvent.Kind.SUBMITTED) == 1 and regraded <= 1
        assert (response.question_version != 0) == bool(regraded)
        assert attempt.percent == (50 if regraded else 100)
    assert all(attempt.events.filter(kind="regraded").count() == 1 for attempt in handed_in)
    left = Regrade(question.translation_key).responses(Attempt.objects.all()).count()
    assert left == Response.objects.filter(question_key=question.translation_key, question_version=0).count()


def test_leaving_out_twice_at_once_is_done_once(organisation, trainer):
    attempt = take_quiz(colleague(organisation), make_quiz())
    key = attempt.responses.get(position=1).question_key

    def leave_out():
        exclude_question(attempt=attempt, question_key=key, excluded=True, by=trainer, reason="x")

    at_once([leave_out] * 4)

    assert attempt.events.filter(kind="excluded").count() == 1
