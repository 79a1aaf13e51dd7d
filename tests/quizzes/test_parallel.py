"""Faults F5 and F6 on a real PostgreSQL: ten threads at one barrier. SQLite queues its writers and would prove nothing."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import User
from quizzes.models import Attempt, Response
from quizzes.services import save_response, start_attempt
from tests.factories.quizzes import begin, best_answer, make_quiz, posted, question_url, start_url, submit_url, wrong_answer
from tests.quizzes.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TOGETHER = 10


@pytest.fixture(autouse=True)
def real_server(request):
    assert connection.vendor == "postgresql"


def clients(client_for, user, count=TOGETHER):
    return [client_for(user) for _ in range(count)]


def test_ten_starts_open_one_attempt(client_for, learner):
    quiz = make_quiz()
    url = start_url(quiz)
    answers = at_once([lambda c=c: c.post(url) for c in clients(client_for, learner)])
    attempt = Attempt.objects.get()
    assert {response.url for response in answers} == {question_url(attempt, 1)}
    assert Response.objects.count() == 3


def test_ten_starts_with_one_try_left_open_one(client_for, learner):
    quiz = make_quiz(attempts_allowed=1)
    at_once([lambda c=c: c.post(start_url(quiz)) for c in clients(client_for, learner)])
    assert Attempt.objects.count() == 1


def test_ten_submits_close_once_with_one_result(client_for, learner):
    quiz = make_quiz()
    first, *others = clients(client_for, learner)
    attempt = begin(first, quiz)
    for position in (1, 2):
        save_response(attempt=attempt, position=position, answer=best_answer(attempt, position))
    submitted = []

    def submit(client):
        response = client.post(submit_url(attempt))
        submitted.append(Attempt.objects.values_list("submitted_at", "points", "percent", "passed").get(pk=attempt.pk))
        return response.status_code, response.url

    answers = at_once([lambda c=c: submit(c) for c in [first, *others]])
    assert len(set(answers)) == 1 and answers[0][0] == 302
    assert len(set(submitted)) == 1, "whoever comes second sees the result of the first"
    assert submitted[0][1:] == (Decimal(2), Decimal("66.66"), False)


def test_ten_equal_answers_are_one_change(client_for, learner):
    quiz = make_quiz()
    many = clients(client_for, learner)
    attempt = begin(many[0], quiz)
    data = posted(best_answer(attempt, 1), version=0)
    answers = at_once([lambda c=c: c.post(question_url(attempt, 1), data) for c in many])
    assert Counter(response.status_code for response in answers) == {302: TOGETHER}
    assert attempt.responses.get(position=1).version == 1


@pytest.mark.parametrize("round_", range(5))
def test_of_two_tabs_with_different_answers_one_wins_and_the_other_is_told(client_for, learner, round_):
    quiz = make_quiz()
    one, two = clients(client_for, learner, 2)
    attempt = begin(one, quiz)
    url, answers = question_url(attempt, 1), [best_answer(attempt, 1), wrong_answer(attempt, 1)]
    told = at_once(
        [lambda c=c, a=a: c.post(url, posted(a, version=0)).status_code for c, a in zip((one, two), answers, strict=True)]
    )
    assert sorted(told) == [302, 409]
    assert attempt.responses.get(position=1).answer == answers[told.index(302)]


@pytest.mark.parametrize("round_", range(5))
def test_an_answer_during_handing_in_counts_wholly_or_not_at_all(client_for, learner, round_):
    quiz = make_quiz()
    one, two = clients(client_for, learner, 2)
    attempt = begin(one, quiz)
    data = posted(best_answer(attempt, 1), version=0)
    saved, handed_in = at_once([lambda: one.post(question_url(attempt, 1), data), lambda: two.post(submit_url(attempt))])
    attempt.refresh_from_db()
    answered = attempt.responses.get(position=1).answer is not None
    assert attempt.points == int(answered) and handed_in.status_code == saved.status_code == 302
    assert answered is (saved.url == question_url(attempt, 2))


def test_many_learners_at_once_each_get_their_own(client_for):
    quiz = make_quiz()
    people = [User.objects.create_user(f"learner{n}@example.org") for n in range(TOGETHER)]
    attempts = at_once([lambda p=p: start_attempt(user=p, quiz=quiz).pk for p in people])
    assert len(set(attempts)) == TOGETHER == Attempt.objects.values("user").distinct().count()
