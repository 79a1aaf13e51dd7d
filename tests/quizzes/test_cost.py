"""The cost of a page is fixed, whatever the number of attempts, of questions in the bank and of learners: 10 or 10,000."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from quizzes.models import Attempt, Question, QuizItem
from quizzes.services import save_response
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import (
    begin,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    start_url,
    submit_url,
    wrong_answer,
)

pytestmark = pytest.mark.django_db


def quiz_of(asked, bank_size):
    """A quiz that draws ``asked`` questions from a bank of ``bank_size``, one of them fixed."""
    model = make_question(bank=QuestionBankFactory())
    copies = [
        Question(
            bank=model.bank,
            locale=model.locale,
            body=model.body,
            body_kind=model.body_kind,
            outcome=f"Outcome {n % 7}",
            live=True,
        )
        for n in range(bank_size)
    ]
    Question.objects.bulk_create(copies, batch_size=500)
    quiz = make_quiz([model])
    QuizItem.objects.create(quiz=quiz, draw_bank=model.bank, draw_count=asked - 1, sort_order=2)
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


def costs(client, user, *, asked=5, bank_size=10, attempts=10):
    quiz = quiz_of(asked, bank_size)
    attempts_before(user, quiz, attempts)
    client.post(start_url(quiz))
    attempt = Attempt.objects.open().get(quiz_key=quiz.translation_key)
    answer = {"choice": attempt.responses.get(position=2).snapshot["choices"][0]["id"]}
    return {
        "start page": queries(lambda: client.get(start_url(quiz))),
        "question page": queries(lambda: client.get(question_url(attempt, 2))),
        "save": queries(lambda: client.post(question_url(attempt, 2) + "save/", posted(answer))),
        "answer": queries(lambda: client.post(question_url(attempt, 2), posted(answer | {"other": 1}))),
        "check page": queries(lambda: client.get(submit_url(attempt))),
        "hand in": queries(lambda: client.post(submit_url(attempt))),
        "result": queries(lambda: client.get(result_url(attempt))),
    }


@pytest.mark.parametrize("many", [{"attempts": 10_000}, {"bank_size": 10_000}, {"asked": 200, "bank_size": 300}], ids=str)
def test_a_page_costs_the_same_queries_however_much_there_is(client_for, learner, site, many):
    client = client_for(learner)
    costs(client, learner)  # warms what is read once per process
    few = costs(client, learner)
    assert costs(client, learner, **many) == few
    assert few["question page"] <= 8 and few["save"] <= 12 and few["answer"] <= 12 and few["hand in"] <= 12, few


def test_answers_of_others_cost_nothing(client_for, learner, site):
    client = client_for(learner)
    costs(client, learner)
    alone = costs(client, learner)
    quiz = make_quiz()
    now = timezone.now()
    others = User.objects.bulk_create(User(email=f"other{n}@example.org") for n in range(1_000))
    Attempt.objects.bulk_create(
        Attempt(user=other, quiz_key=quiz.translation_key, title="", language="en", length=1, pass_mark=80, rules={},
                submitted_at=now, points=0, max_points=1, percent=0)
        for other in others for _ in range(10)
    )  # fmt: skip
    assert costs(client, learner) == alone and Attempt.objects.count() >= 10_000


@pytest.mark.parametrize("behaviour", ["deferred", "immediate"])
def test_links_to_lessons_cost_the_same_however_many(client_for, learner, lessons, behaviour):
    client = client_for(learner)

    def cost_with(reviewed):
        questions = [make_question(outcome=f"Outcome {n}", review_key=key) for n, key in enumerate(reviewed)]
        attempt = begin(client, make_quiz(questions, behaviour=behaviour, questions_per_page=0))
        for position in range(1, len(questions) + 1):
            answer = wrong_answer(attempt, position)
            save_response(attempt=attempt, position=position, answer=answer, check=behaviour == "immediate")
        address = question_url(attempt, 1)
        if behaviour == "deferred":
            client.post(submit_url(attempt))
            address = result_url(attempt)
        page = client.get(address).content.decode()
        assert page.count("Look at it again:") == sum(key is not None for key in reviewed)
        return queries(lambda: client.get(address))

    keys = [lesson.translation_key for lesson in lessons]
    assert cost_with(keys) == cost_with([*keys[:1], None, None, None])
