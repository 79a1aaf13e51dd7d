"""The cost of a page is fixed: 10 questions or 1,000, no attempts before or 1,000."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from quizzes.models import Attempt, Question, Quiz, QuizItem, Response
from tests.factories.quizzes import make_question, make_quiz, posted, question_url, result_url, start_url, submit_url

pytestmark = pytest.mark.django_db


def quiz_of(size):
    """A quiz that asks ``size`` questions, and as many others in its bank."""
    model = make_question()
    copies = [
        Question(
            bank=model.bank,
            locale=model.locale,
            body=model.body,
            body_kind=model.body_kind,
            outcome=f"Outcome {n % 7}",
            live=True,
        )
        for n in range(size)
    ]
    Question.objects.bulk_create(copies)
    quiz = make_quiz([])
    QuizItem.objects.bulk_create(QuizItem(quiz=quiz, question=question, sort_order=n) for n, question in enumerate(copies))
    return quiz


def attempts_before(user, quiz, count):
    now = timezone.now()
    Attempt.objects.bulk_create(
        Attempt(user=user, quiz_key=quiz.translation_key, title="", language="en", length=1, pass_mark=80, rules={},
                submitted_at=now, points=0, max_points=1, percent=0)
        for _ in range(count)
    )  # fmt: skip


def queries(act):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = act()
    assert response.status_code in {200, 302}, response
    return len(caught)


def costs(client, user, size):
    quiz = quiz_of(size)
    attempts_before(user, quiz, size)
    client.post(start_url(quiz))
    attempt = Attempt.objects.open().get(quiz_key=quiz.translation_key)
    answer = {"choice": attempt.responses.get(position=2).snapshot["choices"][0]["id"]}
    found = {
        "start page": queries(lambda: client.get(start_url(quiz))),
        "question page": queries(lambda: client.get(question_url(attempt, 2))),
        "answer": queries(lambda: client.post(question_url(attempt, 2), posted(answer))),
        "check page": queries(lambda: client.get(submit_url(attempt))),
        "hand in": queries(lambda: client.post(submit_url(attempt))),
        "result": queries(lambda: client.get(result_url(attempt))),
    }
    Quiz.objects.all().delete()
    return found


def test_queries_are_the_same_for_10_and_for_1000(client_for, learner, site):
    client = client_for(learner)
    costs(client, learner, 3)  # warms what is read once per process
    few, many = costs(client, learner, 10), costs(client, learner, 1_000)
    assert few == many
    assert few["question page"] <= 8 and few["answer"] <= 12 and few["hand in"] <= 12, few


def test_answers_of_others_cost_nothing(client_for, learner, site):
    client = client_for(learner)
    costs(client, learner, 3)
    alone = costs(client, learner, 3)
    quiz = make_quiz()
    for n in range(50):
        other = User.objects.create_user(f"other{n}@example.org")
        attempts_before(other, quiz, 20)
    assert costs(client, learner, 3) == alone and Response.objects.count() >= 9
