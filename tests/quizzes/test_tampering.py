"""Threats T2, T3 and T17: other people's attempts, changed forms, closed attempts and planted addresses change nothing."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import User
from quizzes.models import Attempt, Response
from quizzes.services import start_attempt
from tests.factories.quizzes import (
    begin,
    best_answer,
    make_quiz,
    posted,
    question_url,
    result_url,
    start_url,
    submit_url,
    take_quiz,
    wrong_answer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


@pytest.fixture
def other(db):
    return User.objects.create_user("other@example.org", "correct horse battery")


def state_of(attempt):
    return (
        Attempt.objects.filter(pk=attempt.pk).values().get(),
        list(Response.objects.filter(attempt=attempt).order_by("position").values()),
    )


@pytest.mark.parametrize("submitted", [False, True])
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_another_persons_attempt_is_not_found(taker, other, submitted, method):
    quiz = make_quiz()
    theirs = take_quiz(other, quiz) if submitted else start_attempt(user=other, quiz=quiz)
    before = state_of(theirs)
    data = posted(wrong_answer(theirs, 1)) if method == "post" else {}
    for url in (question_url(theirs, 1), submit_url(theirs), result_url(theirs)):
        assert getattr(taker, method)(url, data).status_code in {404, 405}
    assert state_of(theirs) == before


@pytest.mark.parametrize("url_name", ["page", "submit", "result"])
def test_staff_have_no_back_door(client_for, administrator, other, url_name):
    theirs = take_quiz(other, make_quiz())
    args = [theirs.public_id, 1] if url_name == "page" else [theirs.public_id]
    assert client_for(administrator).get(reverse(f"quizzes:{url_name}", args=args)).status_code == 404


def test_what_does_not_exist_is_not_found(taker):
    attempt = begin(taker, make_quiz())
    assert taker.get(question_url(attempt, 99)).status_code == 404
    assert taker.post(question_url(attempt, 0), {}).status_code == 404
    assert taker.get(reverse("quizzes:result", args=[uuid.uuid4()])).status_code == 404
    assert taker.get(reverse("quizzes:start", args=[uuid.uuid4()])).status_code == 404


def test_hidden_and_invented_fields_change_nothing(taker):
    attempt = begin(taker, make_quiz())
    wrong = wrong_answer(attempt, 1)
    extra = {
        "points": "9",
        "correct": "true",
        "passed": "true",
        "user": "1",
        "position": "3",
        "seen_feedback": "1",
        "percent": "100",
    }
    taker.post(question_url(attempt, 1), posted(wrong) | extra)
    taker.post(submit_url(attempt), extra | {"submitted_at": "2000-01-01", "pass_mark": "0"})
    attempt.refresh_from_db()
    assert (attempt.points, attempt.percent, attempt.passed, attempt.pass_mark) == (0, 0, False, 80)
    first, second, third = attempt.responses.all()
    assert (first.answer, first.points, third.answer) == (wrong, 0, None)


@pytest.mark.parametrize("version", ["-1", "x", "", "1" * 400, "٣", "1e9"])
def test_a_nonsense_version_is_no_error(taker, version):
    attempt = begin(taker, make_quiz())
    response = taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)) | {"q-version": version})
    assert response.status_code in {302, 409}


@pytest.mark.parametrize("value", ["invented", "", "true", "0", "<script>", "\x00", "x" * 5000])
def test_a_choice_that_was_not_offered_is_refused(taker, value):
    attempt = begin(taker, make_quiz())
    response = taker.post(question_url(attempt, 1), {"act": "continue", "q-choice": value})
    assert response.status_code == 422
    assert attempt.responses.get(position=1).answer is None


def test_a_choice_of_another_question_is_refused(taker):
    attempt = begin(taker, make_quiz())
    stolen = best_answer(attempt, 1)["choice"]
    assert taker.post(question_url(attempt, 2), {"q-choice": [stolen]}).status_code == 422


def test_a_closed_attempt_takes_nothing_any_more_and_says_so(taker, learner):
    attempt = take_quiz(learner, make_quiz(), right=0)
    before = state_of(attempt)
    response = taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)), follow=True)
    assert response.redirect_chain[-1][0] == result_url(attempt)
    assert "handed in before. Nothing was changed." in response.content.decode()
    taker.post(submit_url(attempt))
    assert taker.get(question_url(attempt, 1)).url == taker.get(submit_url(attempt)).url == result_url(attempt)
    assert state_of(attempt) == before


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "evil.example",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "http://[::1",
        "?next=https://evil.example",
        "/" + "x" * 600,
    ],
)
def test_next_never_leads_elsewhere(taker, address):
    quiz = make_quiz()
    response = taker.get(start_url(quiz), {"next": address})
    assert response.context["return_to"] == "" and response.context["start_url"] == start_url(quiz)
    taker.post(start_url(quiz) + "?next=" + address.replace("\n", "%0A").replace("\t", "%09"))
    assert Attempt.objects.get().return_to == ""


def test_next_keeps_a_path_of_this_site(taker):
    quiz = make_quiz()
    attempt = begin(taker, quiz, "?next=/en/курс/урок/%3Fa%3D1")
    assert attempt.return_to == "/en/курс/урок/?a=1"
    assert 'href="/en/курс/урок/?a=1"' in taker.get(start_url(quiz)).content.decode()


def test_state_changes_by_post_only(taker):
    quiz = make_quiz()
    taker.get(start_url(quiz))
    assert not Attempt.objects.exists()
    attempt = begin(taker, quiz)
    before = state_of(attempt)
    taker.get(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    taker.get(submit_url(attempt))
    taker.head(submit_url(attempt))
    assert state_of(attempt) == before
