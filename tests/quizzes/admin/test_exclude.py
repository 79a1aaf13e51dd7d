"""A question with a mistake is left out of the results of a quiz, and taken in again."""

from decimal import Decimal

import pytest

from accounts.models import Role
from quizzes.models import Attempt, AttemptEvent, QuizReport
from quizzes.services import start_attempt
from quizzes.visibility import try_code
from tests.factories.correcting import confirm, exclude_url, job_url, preview
from tests.factories.marking import colleague, make_essay_quiz, mark_url, marks, stranger, write
from tests.factories.quizzes import make_question, make_quiz, result_url, take_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(db):
    return make_quiz(pass_mark=60)


def act(attempt, act, position=3):
    return {"act": act, "question": str(attempt.responses.get(position=position).question_key)}


def test_leaving_out_is_previewed_confirmed_and_told_to_the_learner(corrector, taker, quiz, client_for):
    attempt = take_quiz(taker, quiz, right=1)
    assert "A border must be crossed." in corrector.get(exclude_url(quiz)).content.decode()

    job = preview(corrector, exclude_url(quiz), act(attempt, "leave_out"))
    html = corrector.get(job_url(job)).content.decode()
    assert "Leave a question out" in html and f"<code>{try_code(attempt)}</code>" in html and "33.33 %" in html and "50 %" in html
    attempt.refresh_from_db()
    assert attempt.percent == Decimal("33.33")

    confirm(corrector, job, reason="A wrong law")

    attempt.refresh_from_db()
    assert attempt.percent == 50
    event = attempt.events.get(kind=AttemptEvent.Kind.EXCLUDED)
    assert (
        event.reason == "A wrong law" and event.data["before"]["percent"] == "33.33" and event.data["after"]["percent"] == "50.00"
    )
    assert "was left out of the result afterwards" in client_for(taker).get(result_url(attempt)).content.decode()


def test_taking_in_again_restores_the_result(corrector, taker, quiz):
    attempt = take_quiz(taker, quiz, right=1)
    confirm(corrector, preview(corrector, exclude_url(quiz), act(attempt, "leave_out")))

    again = preview(corrector, exclude_url(quiz), act(attempt, "leave_out"))
    assert again.parameters["totals"]["checked"] == 0, "it is left out already"
    confirm(corrector, preview(corrector, exclude_url(quiz), act(attempt, "take_in")))

    attempt.refresh_from_db()
    assert attempt.percent == Decimal("33.33")
    assert attempt.events.filter(kind="excluded").count() == 2


def test_a_pass_stays_unless_somebody_says_so(corrector, organisation, quiz):
    kept, taken = (take_quiz(colleague(organisation), quiz, right=2) for _n in range(2))
    assert kept.passed
    job = preview(corrector, exclude_url(quiz), act(kept, "leave_out", 1))
    assert job.parameters["totals"]["lost"] == 2
    confirm(corrector, job)
    assert all(Attempt.objects.values_list("passed", flat=True))

    confirm(corrector, preview(corrector, exclude_url(quiz), act(taken, "take_in", 1)))
    confirm(corrector, preview(corrector, exclude_url(quiz), act(taken, "leave_out", 1)), take_away="yes")
    assert not any(Attempt.objects.values_list("passed", flat=True))


def test_a_try_that_is_open_is_left_alone(corrector, organisation, taker, quiz):
    attempt, opened = take_quiz(taker, quiz, right=1), start_attempt(user=colleague(organisation), quiz=quiz)

    job = preview(corrector, exclude_url(quiz), act(attempt, "leave_out"))
    confirm(corrector, job)

    assert job.parameters["totals"]["checked"] == 1
    assert not opened.responses.filter(excluded=True).exists()


@pytest.mark.parametrize("data", [{}, {"act": "leave_out"}, {"act": "x", "question": "y"}, {"act": "leave_out", "question": "0"}])
def test_odd_posts_begin_nothing(corrector, taker, quiz, data):
    take_quiz(taker, quiz)
    assert corrector.post(exclude_url(quiz), data).status_code == 302
    assert not QuizReport.objects.exists()


def test_other_quizzes_with_the_same_question_stay(corrector, taker, quiz):
    attempt = take_quiz(taker, quiz, right=1)
    other = take_quiz(taker, make_quiz([item.question for item in quiz.items.all()], title="Other"), right=1)

    confirm(corrector, preview(corrector, exclude_url(quiz), act(attempt, "leave_out")))

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


def test_a_text_that_is_left_out_waits_for_no_marker_and_gets_no_other_points(corrector, trainer, organisation):
    quiz = make_essay_quiz()
    waiting, marked = (write(quiz, colleague(organisation)) for _n in range(2))
    corrector.post(mark_url(marked), marks(marked, 0, 1))

    confirm(corrector, preview(corrector, exclude_url(quiz), act(waiting, "leave_out", 1)))

    assert [(one.percent, one.waiting, one.passed) for one in Attempt.objects.all()] == [(100, False, True)] * 2
    assert not waiting.responses.filter(waits_for_marker=True).exists()
    assert "Nothing was saved" in corrector.post(mark_url(marked), marks(marked, 2, 1), follow=True).content.decode()
    assert marked.responses.get(position=1).hand_fraction == Decimal("0.33333")
    confirm(corrector, preview(corrector, exclude_url(quiz), act(waiting, "take_in", 1)))
    waiting.refresh_from_db()
    assert waiting.waiting and waiting.responses.get(position=1).waits_for_marker


def test_what_was_decided_last_about_a_pass_holds_when_points_change_later(corrector, organisation):
    quiz = make_essay_quiz()
    quiz.items.create(question=make_question(), sort_order=9)
    attempt = write(quiz, colleague(organisation))  # the third question stays unanswered
    corrector.post(mark_url(attempt), marks(attempt, 2, 1))
    passed = []
    for action, take_away in (("leave_out", "no"), ("take_in", "no"), ("leave_out", "yes"), ("take_in", "no")):
        confirm(corrector, preview(corrector, exclude_url(quiz), act(attempt, action, 2)), take_away=take_away)
        passed.append(Attempt.objects.get().passed)
    assert passed == [True, True, False, True]

    corrector.post(mark_url(attempt), marks(attempt, 0, 0))

    assert not Attempt.objects.get().passed
