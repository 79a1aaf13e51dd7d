"""Feedback after each question: the same address, and the answer is final once its feedback was shown."""

import pytest

from tests.factories.quizzes import begin, best_answer, make_quiz, posted, question_url, submit_url, wrong_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(taker):
    return begin(taker, make_quiz(behaviour="immediate"))


def test_continue_shows_the_feedback_at_the_same_address(taker, attempt):
    url = question_url(attempt, 1)
    response = taker.post(url, posted(wrong_answer(attempt, 1)))
    assert response.url == f"{url}#feedback"
    html = taker.get(url).content.decode()
    assert 'id="feedback" tabindex="-1"' in html and "Not quite" in html
    assert "An employer has interests" in html and "See the law." in html
    assert f'href="{question_url(attempt, 2)}"' in html and "<form" not in html.split("<main")[1].split("</main")[0]


def test_a_final_answer_stays(taker, attempt):
    url, wrong = question_url(attempt, 1), wrong_answer(attempt, 1)
    taker.post(url, posted(wrong))
    response = taker.post(url, posted(best_answer(attempt, 1), version=1), follow=True)
    assert "This answer is final" in response.content.decode()
    assert attempt.responses.get(position=1).answer == wrong


def test_posting_the_same_answer_twice_is_quiet(taker, attempt):
    url, answer = question_url(attempt, 1), best_answer(attempt, 1)
    first = taker.post(url, posted(answer, version=0))
    second = taker.post(url, posted(answer, version=0))
    assert first.url == second.url and attempt.responses.get(position=1).version == 1
    assert "This answer is final" not in taker.get(url).content.decode()


def test_not_knowing_shows_the_feedback_too(taker, attempt):
    taker.post(question_url(attempt, 1), {"act": "unsure"})
    html = taker.get(question_url(attempt, 1)).content.decode()
    assert "Best answer" in html and "I don&#x27;t know yet" in html


def test_leaving_saves_without_feedback_and_resume_comes_back_to_it(taker, attempt):
    url = question_url(attempt, 1)
    taker.post(url, posted(best_answer(attempt, 1), act="leave"))
    response = attempt.responses.get(position=1)
    assert response.answer and not response.seen_feedback and "See the law." not in taker.get(url).content.decode()
    assert attempt.resume_page() == 1
    taker.post(url, posted(best_answer(attempt, 1), version=1))
    assert attempt.responses.get(position=1).seen_feedback and attempt.resume_page() == 2


def test_the_last_feedback_leads_to_handing_in(taker, attempt):
    for position in (1, 2, 3):
        taker.post(question_url(attempt, position), posted(best_answer(attempt, position)))
    assert f'href="{submit_url(attempt)}"' in taker.get(question_url(attempt, 3)).content.decode()
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.passed and attempt.points == 3
