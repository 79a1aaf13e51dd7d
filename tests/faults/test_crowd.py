"""Faults F5, F6 and F7 against real server processes: two windows, ten presses, and a whole class in the same second."""

import os
import time
from collections import Counter
from decimal import Decimal

import pytest

from accounts.models import User
from quizzes.models import Attempt, AttemptEvent
from quizzes.services import save_response, start_attempt
from tests.factories.quizzes import best_answer, make_question, make_quiz, result_url, wrong_answer
from tests.faults.ledger import Learner, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "4")) * 5
PRESSES = 10
LEARNERS = 200
SECONDS = 60  # for all of them, on a machine that does other things too


@pytest.fixture
def server(make_server):
    return make_server()


def test_of_two_windows_one_wins_the_other_is_told_and_answers_never_mix(server, class_of, ledger, site):
    (one,) = class_of(1)
    attempt = start_attempt(user=one.user, quiz=make_quiz([make_question()]))
    choices = [{"choice": choice["id"]} for choice in attempt.responses.get(position=1).snapshot["choices"]]
    for version in range(ROUNDS):
        stored = attempt.responses.get(position=1).answer
        pair = [choice for choice in choices if choice != stored][:2]
        replies = at_once(
            [lambda a=a, v=version: ledger.answer(one, server.port, attempt, 1, a, version=v, save=v % 2) for a in pair]
        )
        told = [reply.status for reply in replies]
        kept = attempt.responses.get(position=1)
        assert sorted(told) == [200 if version % 2 else 302, 409]
        assert (kept.answer, kept.version) == (pair[told.index(min(told))], version + 1)
    assert Attempt.objects.count() == 1


def test_ten_presses_hand_in_once_with_ten_equal_replies(server, class_of, ledger, site):
    (one,) = class_of(1)
    attempt = start_attempt(user=one.user, quiz=make_quiz([make_question(), make_question()]))
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1))
    replies = at_once([lambda: ledger.hand_in(one, server.port, attempt)] * PRESSES)
    assert {(reply.status, reply.location) for reply in replies} == {(302, f"{result_url(attempt)}#result")}
    attempt.refresh_from_db()
    assert (attempt.points, attempt.percent) == (Decimal(1), Decimal(50))
    assert AttemptEvent.objects.count() == 1


def test_two_hundred_learners_hand_in_in_the_same_second(server, ledger, site):
    quiz = make_quiz([make_question() for _ in range(3)])
    people = User.objects.bulk_create(User(email=f"learner{n}@example.org", password="!", country="BE") for n in range(LEARNERS))
    learners = [Learner(person) for person in people]
    attempts = [start_attempt(user=person, quiz=quiz) for person in people]
    for n, attempt in enumerate(attempts):
        save_response(attempt=attempt, position=1, answer=(best_answer if n % 2 else wrong_answer)(attempt, 1))
    began = time.monotonic()
    replies = at_once(
        [lambda who=who, a=a: ledger.hand_in(who, server.port, a) for who, a in zip(learners, attempts, strict=True)]
    )
    assert time.monotonic() - began < SECONDS
    assert Counter(reply and reply.status for reply in replies) == {302: LEARNERS}
    assert Attempt.objects.submitted().count() == AttemptEvent.objects.count() == LEARNERS
    assert Counter(Attempt.objects.values_list("points", flat=True)) == {Decimal(0): LEARNERS / 2, Decimal(1): LEARNERS / 2}
