"""The card of a quiz inside a lesson: what is asked, and the reader's own state."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from quizzes.models import Attempt
from quizzes.services import start_attempt
from tests.factories.quizzes import make_quiz, start_url, take_quiz

pytestmark = pytest.mark.django_db
CARD = Template('{% include "quizzes/components/quiz_card.html" with quiz=quiz page=page %}')


@pytest.fixture
def card():
    def render(quiz, user=None, preview=False):
        request = RequestFactory().get("/en/courses/lesson/")
        request.is_preview = preview
        if user:
            request.user = user
        return " ".join(CARD.render(Context({"quiz": quiz, "page": None, "request": request})).split())

    return render


def test_it_says_what_is_asked_and_leads_to_the_start_page_and_back(card, learner):
    quiz = make_quiz(minutes=7)
    html = card(quiz, learner)
    assert "3 questions" in html and "about 7 minutes" in html and "pass mark 80%" in html and "Go to the quiz" in html
    assert f'href="{start_url(quiz)}?next=%2Fen%2Fcourses%2Flesson%2F"' in html


def test_it_shows_the_readers_state(card, learner):
    quiz = make_quiz()
    start_attempt(user=learner, quiz=quiz)
    assert "Started" in card(quiz, learner) and "Resume the quiz" in card(quiz, learner)
    take_quiz(learner, quiz, right=1)
    assert "Not yet passed" in card(quiz, learner) and "1 of 3" in card(quiz, learner) and "Try again" in card(quiz, learner)
    take_quiz(learner, quiz)
    take_quiz(learner, quiz, right=2)
    assert "Passed" in card(quiz, learner) and "3 of 3" in card(quiz, learner)


def test_a_preview_and_a_visitor_see_no_state_and_write_nothing(card, administrator):
    quiz = make_quiz()
    take_quiz(administrator, quiz)
    for html in (card(quiz, administrator, preview=True), card(quiz)):
        assert "Passed" not in html and "Go to the quiz" in html
    assert "next=" not in card(quiz, administrator, preview=True)
    assert " ".join(CARD.render(Context({"quiz": quiz})).split()).count("<section") == 1, "no request at all"
    assert Attempt.objects.count() == 1


def test_a_deleted_quiz_leaves_a_sentence(card, learner):
    assert "not available" in card(None, learner)


def test_the_card_costs_little(card, learner, django_assert_max_num_queries):
    quiz = make_quiz(questions_per_attempt=2)
    with django_assert_max_num_queries(1):
        card(quiz, learner)


def test_the_card_stands_in_the_lesson(client_for, learner, course, lessons, quiz):
    client = client_for(learner)
    client.post(f"/en/learn/{course.translation_key}/start/")
    html = client.get(lessons[1].url).content.decode()
    assert f'href="{start_url(quiz)}?next=' in html and "3 questions" in html
