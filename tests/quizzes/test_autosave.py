"""Answers that are saved while somebody is still answering: what a 2xx acknowledges is in the database."""

import pytest
from django.test import Client

from quizzes.services import submit_attempt
from tests.factories.kinds import example
from tests.factories.quizzes import begin, best_answer, make_question, make_quiz, posted, question_url, result_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(taker):
    return begin(taker, make_quiz([make_question(), make_question()], questions_per_page=0))


def save(client, attempt, data):
    return client.post(question_url(attempt, 1) + "save/", data)


def test_a_saved_answer_is_in_the_database_and_its_version_is_told(taker, attempt):
    answer = best_answer(attempt, 2)
    response = save(taker, attempt, {"q2-choice": answer["choice"], "q2-version": "0", "q-version": "0"})
    assert response.status_code == 200 and response.json() == {"versions": {"q2": 1}, "questions": []}
    assert attempt.responses.get(position=2).answer == answer and attempt.responses.get(position=1).answer is None


def test_saving_again_changes_nothing(taker, attempt):
    data = {"q-choice": best_answer(attempt, 1)["choice"], "q-version": "0"}
    assert save(taker, attempt, data).json()["versions"] == save(taker, attempt, data).json()["versions"] == {"q": 1}


def test_an_older_tab_is_told_which_question_changed(taker, attempt):
    choices = [choice["id"] for choice in attempt.responses.get(position=1).snapshot["choices"]]
    save(taker, attempt, {"q-choice": choices[0], "q-version": "0"})
    stale = save(taker, attempt, {"q-choice": choices[1], "q-version": "0"})
    assert stale.status_code == 409 and stale.json()["questions"] == ["q"]
    assert attempt.responses.get(position=1).answer == {"choice": choices[0]}


def test_an_unfinished_answer_is_kept_as_far_as_it_goes(taker):
    attempt = begin(taker, make_quiz([make_question(example("case_study"))]))
    parts = attempt.responses.get().snapshot["parts"]
    first = next(n for n, part in enumerate(parts, start=1) if part["kind"] in {"single_choice", "multiple_response"})
    chosen = parts[first - 1]["choices"][0]["id"]
    assert save(taker, attempt, {f"q-{first}-choice": chosen}).status_code == 200
    assert chosen in str(attempt.responses.get().answer)
    assert "checked" in taker.get(question_url(attempt, 1)).content.decode()


def test_nothing_chosen_saves_nothing_and_takes_nothing_away(taker, attempt):
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    kept = attempt.responses.get(position=1).answer
    assert save(taker, attempt, {"q-version": "1"}).status_code == 200
    assert attempt.responses.get(position=1).answer == kept


def test_it_says_who_may_not_and_why(taker, attempt, client_for, trainer):
    data = {"q-choice": best_answer(attempt, 1)["choice"]}
    assert save(Client(), attempt, data).status_code == 401
    assert save(client_for(trainer), attempt, data).status_code == 404
    submit_attempt(attempt=attempt)
    closed = save(taker, attempt, data)
    assert closed.status_code == 410 and closed.json()["url"] == result_url(attempt)
    assert attempt.responses.get(position=1).answer is None


def test_saving_tells_nothing_about_the_answer(taker, attempt):
    choices = [choice["id"] for choice in attempt.responses.get(position=1).snapshot["choices"]]
    answers = [save(taker, attempt, {"q-choice": choice}).content for choice in (choices[0], choices[1], choices[0])]
    assert all(b"right" not in answer and b"correct" not in answer and len(answer) < 60 for answer in answers)
