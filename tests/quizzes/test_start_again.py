"""Leaving an open try for a new one: offered where the quiz allows another try, told honestly, done by a post, once."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt
from quizzes.rules import Grading
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories.quizzes import best_answer, make_quiz, question_url, result_url, start_url, take_quiz

OFFER = "Start again"


def again_url(attempt):
    return reverse("quizzes:again", args=[attempt.public_id])


def begun(user, quiz):
    """An open try with its first question answered."""
    attempt = start_attempt(user=user, quiz=quiz, return_to="/en/lesson/")
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1))
    return attempt


@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


def test_the_start_page_offers_to_resume_first_and_to_start_again_second(taker, learner):
    quiz = make_quiz()
    assert OFFER not in taker.get(start_url(quiz)).content.decode()
    attempt = begun(learner, quiz)
    html = taker.get(start_url(quiz)).content.decode()
    assert 0 < html.index(">Resume<") < html.index(f'href="{again_url(attempt)}">{OFFER}<')


def test_the_page_before_says_what_happens_to_the_open_try_and_changes_nothing(taker, learner):
    attempt = begun(learner, make_quiz(attempts_allowed=3, grading=Grading.AVERAGE))
    html = unescape(taker.get(again_url(attempt)).content.decode())
    assert "handed in as it stands" in html
    assert "2 questions have no answer yet." in html
    assert "The average of your tries counts." in html
    assert "With the new try you have 2 tries left." in html
    attempt.refresh_from_db()
    assert attempt.is_open and Attempt.objects.count() == 1


def test_starting_again_hands_in_what_is_there_and_opens_the_next_try(taker, learner):
    attempt = begun(learner, make_quiz())
    reply = taker.post(again_url(attempt))
    old, new = Attempt.objects.order_by("number")
    assert reply.url == question_url(new, 1)
    assert old.pk == attempt.pk and not old.is_open and old.points == 1
    assert new.is_open and new.number == 2 and new.return_to == "/en/lesson/"
    assert new.responses.filter(answer__isnull=False).count() == 0


def test_a_second_press_goes_where_the_first_one_went(taker, learner):
    attempt = begun(learner, make_quiz())
    first, second = taker.post(again_url(attempt)), taker.post(again_url(attempt))
    assert first.url == second.url and Attempt.objects.count() == 2


def test_a_stale_page_starts_nothing_when_all_was_handed_in(taker, learner):
    attempt = take_quiz(learner, make_quiz())
    assert taker.post(again_url(attempt)).url == result_url(attempt)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    "settings",
    [{"attempts_allowed": 1}, {"delay": 10}, {"builds_on_last": True}, {"closes_at": timezone.now() + timedelta(days=1)}],
    ids=["no try left", "only after a while", "with the same answers", "closed"],
)
def test_it_is_neither_offered_nor_done_where_no_new_try_could_begin_afresh(taker, learner, settings):
    quiz = make_quiz(**settings)
    attempt = begun(learner, quiz)
    if quiz.closes_at:  # the open try was given longer
        quiz.closes_at = timezone.now() - timedelta(days=1)
        quiz.save()
    assert OFFER not in taker.get(start_url(quiz)).content.decode()
    for ask in (taker.get, taker.post):
        assert ask(again_url(attempt)).url.startswith(start_url(quiz))
    attempt.refresh_from_db()
    assert attempt.is_open and Attempt.objects.count() == 1


def test_where_only_the_first_try_is_followed_by_a_wait_later_ones_are_offered_at_once(taker, learner):
    quiz = make_quiz(delay=10, later_delay=0)
    long_ago = timezone.now() - timedelta(days=1)
    submit_attempt(attempt=start_attempt(user=learner, quiz=quiz, now=long_ago), now=long_ago)
    attempt = begun(learner, quiz)
    assert OFFER in taker.get(start_url(quiz)).content.decode()
    taker.post(again_url(attempt))
    assert Attempt.objects.open().get().number == 3


def test_a_wrong_access_code_hands_nothing_in(taker, learner):
    quiz = make_quiz(access_code="lantern")
    attempt = start_attempt(user=learner, quiz=quiz, code="lantern")
    refused = taker.post(again_url(attempt), {"code": "lamp"})
    attempt.refresh_from_db()
    assert refused.status_code == 422 and "This is not the access code." in refused.content.decode()
    assert attempt.is_open and Attempt.objects.count() == 1
    assert taker.post(again_url(attempt), {"code": "lantern"}).status_code == 302
    assert Attempt.objects.count() == 2


def test_a_visitor_who_practises_may_start_again(site):
    quiz, visitor = make_quiz(open_to_all=True), Client()
    visitor.post(start_url(quiz))
    attempt = Attempt.objects.get()
    reply = visitor.post(again_url(attempt))
    new = Attempt.objects.open().get()
    assert reply.url == question_url(new, 1) and new.visitor == attempt.visitor


def test_a_quiz_that_was_taken_away_cannot_be_started_again(taker, learner):
    quiz = make_quiz()
    attempt = begun(learner, quiz)
    quiz.live = False
    quiz.save()
    assert taker.post(again_url(attempt)).status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_open
