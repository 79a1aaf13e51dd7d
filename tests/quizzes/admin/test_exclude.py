"""A question with a mistake is left out of the results of a quiz, and taken in again."""

from decimal import Decimal

import pytest

from accounts.models import Role
from quizzes.models import Attempt, AttemptEvent, QuizReport
from quizzes.visibility import try_code
from tests.factories.correcting import confirm, exclude_url, job_url, preview
from tests.factories.marking import colleague, stranger
from tests.factories.quizzes import make_quiz, result_url, take_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def taker(organisation):
    return colleague(organisation)


@pytest.fixture
def quiz(db):
    return make_quiz(pass_mark=60)


@pytest.fixture
def at_work(client_for, trainer, site, django_capture_on_commit_callbacks):
    """A trainer, signed in; what a request leaves to the background has run when it returns."""
    client = client_for(trainer)
    post = client.post

    def post_and_work(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **kwargs)

    client.post = post_and_work
    return client


def act(attempt, act, position=3):
    return {"act": act, "question": str(attempt.responses.get(position=position).question_key)}


def test_leaving_out_is_previewed_confirmed_and_told_to_the_learner(at_work, taker, quiz, client_for):
    attempt = take_quiz(taker, quiz, right=1)
    assert "A border must be crossed." in at_work.get(exclude_url(quiz)).content.decode()

    job = preview(at_work, exclude_url(quiz), act(attempt, "leave_out"))
    html = at_work.get(job_url(job)).content.decode()
    assert "Leave a question out" in html and f"<code>{try_code(attempt)}</code>" in html and "33.33 %" in html and "50 %" in html
    attempt.refresh_from_db()
    assert attempt.percent == Decimal("33.33")

    confirm(at_work, job, reason="A wrong law")

    attempt.refresh_from_db()
    assert attempt.percent == 50
    event = attempt.events.get(kind=AttemptEvent.Kind.EXCLUDED)
    assert (
        event.reason == "A wrong law" and event.data["before"]["percent"] == "33.33" and event.data["after"]["percent"] == "50.00"
    )
    assert "was left out of the result afterwards" in client_for(taker).get(result_url(attempt)).content.decode()


def test_taking_in_again_restores_the_result(at_work, taker, quiz):
    attempt = take_quiz(taker, quiz, right=1)
    confirm(at_work, preview(at_work, exclude_url(quiz), act(attempt, "leave_out")))

    again = preview(at_work, exclude_url(quiz), act(attempt, "leave_out"))
    assert again.parameters["totals"]["checked"] == 0, "it is left out already"
    confirm(at_work, preview(at_work, exclude_url(quiz), act(attempt, "take_in")))

    attempt.refresh_from_db()
    assert attempt.percent == Decimal("33.33")
    assert attempt.events.filter(kind="excluded").count() == 2


def test_a_pass_stays_unless_somebody_says_so(at_work, organisation, quiz):
    kept, taken = (take_quiz(colleague(organisation), quiz, right=2) for _n in range(2))
    assert kept.passed
    job = preview(at_work, exclude_url(quiz), act(kept, "leave_out", 1))
    assert job.parameters["totals"]["lost"] == 2
    confirm(at_work, job)
    assert all(Attempt.objects.values_list("passed", flat=True))

    confirm(at_work, preview(at_work, exclude_url(quiz), act(taken, "take_in", 1)))
    confirm(at_work, preview(at_work, exclude_url(quiz), act(taken, "leave_out", 1)), take_away="yes")
    assert not any(Attempt.objects.values_list("passed", flat=True))


@pytest.mark.parametrize("data", [{}, {"act": "leave_out"}, {"act": "x", "question": "y"}, {"act": "leave_out", "question": "0"}])
def test_odd_posts_begin_nothing(at_work, taker, quiz, data):
    take_quiz(taker, quiz)
    assert at_work.post(exclude_url(quiz), data).status_code == 302
    assert not QuizReport.objects.exists()


def test_other_quizzes_with_the_same_question_stay(at_work, taker, quiz):
    attempt = take_quiz(taker, quiz, right=1)
    other = take_quiz(taker, make_quiz([item.question for item in quiz.items.all()], title="Other"), right=1)

    confirm(at_work, preview(at_work, exclude_url(quiz), act(attempt, "leave_out")))

    other.refresh_from_db()
    assert other.percent == Decimal("33.33")


@pytest.mark.parametrize("who", ["visitor", "taker", "issuer", "trainer elsewhere", "coordinator elsewhere"])
def test_others_find_and_change_nothing(who, request, client, client_for, taker, quiz, site):
    attempt = take_quiz(taker, quiz, right=1)
    elsewhere = {"trainer elsewhere": Role.TRAINER, "coordinator elsewhere": Role.COORDINATOR}
    if who == "visitor":
        nobody = client
    else:
        nobody = client_for(stranger(elsewhere[who]) if who in elsewhere else request.getfixturevalue(who))

    answers = [nobody.get(exclude_url(quiz)), nobody.post(exclude_url(quiz), act(attempt, "leave_out"))]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert not QuizReport.objects.exists()
    assert not attempt.responses.filter(excluded=True).exists()
