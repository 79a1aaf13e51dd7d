"""Faults F1 and F2: server processes are killed while they answer, and after they have stored something but before they say so.

``FAULT_ROUNDS=25`` in the environment makes 200 killed requests of each sort; by default there are enough to notice a loss.
"""

import os
import random
import threading

import pytest

from quizzes.models import Attempt, AttemptEvent
from quizzes.services import save_response, start_attempt
from tests.factories.quizzes import best_answer, make_question, make_quiz, result_url, submit_url
from tests.faults.ledger import at_once
from tests.faults.server import held_replies, wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "4"))
TOGETHER = 8  # requests that are under way when the processes are killed
LATEST = 0.12  # seconds after the requests were sent


def answered(learner, quiz):
    """An open attempt with its first question answered."""
    attempt = start_attempt(user=learner.user, quiz=quiz)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1))
    return attempt


def test_processes_killed_in_the_middle_lose_nothing_that_was_acknowledged(make_server, class_of, ledger, site):
    server, learners = make_server(), class_of(TOGETHER)
    outcomes = []
    for round_ in range(ROUNDS):
        quiz = make_quiz([make_question(), make_question()], title=f"Round {round_}")
        attempts = [answered(learner, quiz) for learner in learners]
        answers = [best_answer(attempt, 2) for attempt in attempts]

        def act(n, attempts=attempts, answers=answers):
            if n % 2:
                return ledger.hand_in(learners[n], server.port, attempts[n])
            return ledger.answer(learners[n], server.port, attempts[n], 2, answers[n], save=n % 4 == 0)

        def kill():
            threading.Event().wait(random.uniform(0, LATEST))
            server.kill_workers()

        outcomes += at_once([lambda n=n, act=act: act(n) for n in range(TOGETHER)], meanwhile=kill)
        ledger.check()
        for n, attempt in enumerate(attempts):  # whoever heard nothing presses again
            wait_until(lambda n=n, act=act: act(n).status in {200, 302}, "an answer after the kill")
            wait_until(lambda n=n, a=attempt: ledger.hand_in(learners[n], server.port, a).status == 302, "handed in")
        ledger.check()
        assert AttemptEvent.objects.filter(attempt__in=attempts).count() == TOGETHER, "one result each"
    assert None in outcomes, "nobody was cut off: the kill came too late to test anything"


def test_what_was_stored_before_the_kill_is_told_at_the_next_press(make_server, class_of, ledger, site):
    """Pressing again gives the same page as if nothing had happened: no "changed elsewhere", no second change."""
    server, learners = make_server(workers=1), class_of(3)
    quiz = make_quiz([make_question(), make_question()])
    attempts = [answered(learner, quiz) for learner in learners]
    answers = [best_answer(attempt, 2) for attempt in attempts]
    acts = [
        lambda port: ledger.answer(learners[0], port, attempts[0], 2, answers[0]),
        lambda port: ledger.answer(learners[1], port, attempts[1], 2, answers[1], save=True),
        lambda port: ledger.hand_in(learners[2], port, attempts[2]),
    ]
    with held_replies(server) as door:

        def kill():
            door.wait_for(len(acts))
            server.kill_workers()
            door.drop()

        assert at_once([lambda act=act: act(door.port) for act in acts], meanwhile=kill) == [None] * 3
    rows = list(Attempt.objects.order_by("pk").values())
    assert [attempt.responses.get(position=2).answer for attempt in attempts] == [answers[0], answers[1], None]
    page, saved, handed_in = [act(server.port) for act in acts]
    assert (page.status, page.location) == (302, submit_url(attempts[0]))
    assert saved.status == 200 and '"versions": {"q": 1}' in saved.body
    assert handed_in.location == f"{result_url(attempts[2])}#result"
    assert [attempt.responses.get(position=2).version for attempt in attempts] == [1, 1, 0]
    assert [row["submitted_at"] for row in Attempt.objects.order_by("pk").values()] == [row["submitted_at"] for row in rows]
