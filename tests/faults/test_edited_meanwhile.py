"""Fault F23: the course, the quiz and its questions change while learners are inside an attempt, which keeps its own version."""

import json
from threading import Event

import pytest

from courses.models import CoursePage
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import start_attempt
from tests.factories.quizzes import best_answer, question_url, single_choice
from tests.faults.ledger import Learner, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def turned(question):
    """The same question with every right answer wrong and back, and other words."""
    (body,) = json.loads(json.dumps(list(question.body.raw_data)))
    for item in body["value"]["choices"]:
        item["value"]["correct"] = not item["value"]["correct"]
    body["value"]["text"] = "<p>Rewritten meanwhile?</p>"
    return json.dumps([body])


def edit(quiz):
    for question in Question.objects.all():
        question.body = turned(question)
        question.save_revision().publish()


def retire(quiz):
    for question in Question.objects.all():
        question.unpublish()


def replace(quiz):
    Question.objects.all().update(body=json.dumps([single_choice()]))
    quiz.items.all().delete()


def tighten(quiz):
    quiz.pass_mark, quiz.time_limit, quiz.attempts_allowed = 100, 1, 1
    quiz.save_revision().publish()


def unpublish(quiz):
    quiz.unpublish()


def take_away_the_course(quiz):
    CoursePage.objects.get().unpublish()


@pytest.mark.parametrize("change", [edit, retire, replace, tighten, unpublish, take_away_the_course])
def test_learners_inside_finish_what_they_began(make_server, class_of, ledger, course, quiz, change):
    server, learners = make_server(workers=1), class_of(6)
    attempts = [start_attempt(user=who.user, quiz=quiz) for who in learners]
    before = [list(a.responses.values_list("question_key", "question_version", "snapshot")) for a in attempts]
    begun, halfway = [a.rules | {"pass": a.pass_mark} for a in attempts], Event()

    def take(who: Learner, attempt: Attempt):
        for position in range(1, attempt.length + 1):
            if position == 2:
                assert halfway.wait(60)
            reply = ledger.answer(who, server.port, attempt, position, best_answer(attempt, position))
            assert reply.status == 302, question_url(attempt, position)
        return ledger.hand_in(who, server.port, attempt)

    def author():
        change(Quiz.objects.get(pk=quiz.pk))
        halfway.set()

    replies = at_once([lambda w=w, a=a: take(w, a) for w, a in zip(learners, attempts, strict=True)], meanwhile=author)
    assert {reply.status for reply in replies} == {302}
    done = list(Attempt.objects.order_by("pk"))
    assert all(a.passed and a.percent == 100 for a in done), "by the answers that were right when they began"
    assert [list(a.responses.values_list("question_key", "question_version", "snapshot")) for a in done] == before
    assert [a.rules | {"pass": a.pass_mark} for a in done] == begun
