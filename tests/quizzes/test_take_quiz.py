"""A learner takes a quiz through its pages: start, answer, go back, leave, resume, check, hand in, try again."""

import re

import pytest

from quizzes.models import Attempt
from tests.factories.quizzes import (
    begin,
    best_answer,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    take_quiz,
    wrong_answer,
)

pytestmark = pytest.mark.django_db


def main_of(response):
    return re.search(r"<main.*</main>", response.content.decode(), re.S)[0]


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(response)))


def answer_all(client, attempt, answer=best_answer):
    for position in range(1, attempt.length + 1):
        response = client.post(question_url(attempt, position), posted(answer(attempt, position)))
        assert response.status_code == 302
    return response


# --- Start ------------------------------------------------------------------------------------------------------------
def test_start_page_says_what_to_expect_and_writes_nothing(taker):
    quiz = make_quiz(pass_mark=70, minutes=4, intro="<p>Take your time.</p>")
    words = words_of(taker.get(start_url(quiz)))
    for fact in [
        "What did you learn?",
        "Questions 3",
        "70%",
        "No time limit",
        "4 minutes",
        "As many as you like",
        "Take your time.",
    ]:
        assert fact in words
    assert "Who sees it" in words and "Your best result counts" in words
    assert not Attempt.objects.exists()


def test_start_draws_and_opens_the_first_question(taker, learner):
    quiz = make_quiz()
    response = taker.post(start_url(quiz))
    attempt = Attempt.objects.get(user=learner)
    assert response.url == question_url(attempt, 1)
    assert (attempt.length, attempt.pass_mark, attempt.title, attempt.language) == (3, 80, quiz.title, "en")
    assert taker.post(start_url(quiz)).url == question_url(attempt, 1)
    assert Attempt.objects.count() == 1


def test_a_quiz_without_live_questions_says_so(taker):
    quiz = make_quiz([make_question(live=False)])
    assert "no questions yet" in words_of(taker.get(start_url(quiz)))
    response = taker.post(start_url(quiz), follow=True)
    assert "no questions yet" in words_of(response) and not Attempt.objects.exists()


def test_a_draft_quiz_is_not_found(taker):
    quiz = make_quiz(live=False)
    assert taker.get(start_url(quiz)).status_code == taker.post(start_url(quiz)).status_code == 404


def test_visitors_are_asked_to_sign_in(client, site):
    quiz = make_quiz()
    response = client.post(start_url(quiz, "?next=/en/lesson/"))
    assert response.status_code == 302 and "login" in response.url and "next=" in response.url
    assert not Attempt.objects.exists()


# --- Questions --------------------------------------------------------------------------------------------------------
def test_continue_saves_and_goes_on_and_back_keeps_the_answer(taker):
    attempt = begin(taker, make_quiz())
    answer = best_answer(attempt, 1)
    response = taker.post(question_url(attempt, 1), posted(answer))
    assert response.url == question_url(attempt, 2)
    second = main_page = taker.get(question_url(attempt, 2))
    assert f'href="{question_url(attempt, 1)}"' in main_page.content.decode()
    first = taker.get(question_url(attempt, 1))
    assert re.search(rf'value="{answer["choice"]}"[^>]* checked', main_of(first))
    assert "Question 2 of 3" in words_of(second)


def test_nothing_chosen_is_an_error_that_says_what_to_do(taker):
    attempt = begin(taker, make_quiz())
    response = taker.post(question_url(attempt, 1), {"act": "continue"})
    html = response.content.decode()
    assert response.status_code == 422 and "There is a problem" in html and "<title>Error:" in html
    field_id = re.search(r'error-summary.*?href="#([^"]+)"', html, re.S)[1]
    assert f'id="{field_id}"' in html
    assert attempt.responses.get(position=1).answer is None


def test_not_knowing_is_an_answer_that_scores_zero(taker):
    attempt = begin(taker, make_quiz([make_question()]))
    response = taker.post(question_url(attempt, 1), {"act": "unsure"})
    assert response.url == submit_url(attempt)
    assert "I don't know yet" in words_of(taker.get(submit_url(attempt))).replace("&#x27;", "'")
    response = taker.post(submit_url(attempt), follow=True)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (0, False)
    assert "0 of 1. You need 1." in words_of(response)


def test_unsure_may_be_thought_over(taker):
    attempt = begin(taker, make_quiz())
    taker.post(question_url(attempt, 1), {"act": "unsure"})
    page = taker.get(question_url(attempt, 1))
    assert "Here you said" in words_of(page) and " checked" not in main_of(page)
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1), version=1))
    assert attempt.responses.get(position=1).answer == best_answer(attempt, 1)


def test_save_and_leave_goes_back_to_the_lesson_and_resume_finds_the_place(taker):
    quiz = make_quiz()
    attempt = begin(taker, quiz, "?next=/en/courses/lesson/")
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    response = taker.post(question_url(attempt, 2), posted(wrong_answer(attempt, 2), act="leave"))
    assert response.url == "/en/courses/lesson/"
    assert attempt.responses.get(position=2).answer == wrong_answer(attempt, 2)
    start = main_of(taker.get(start_url(quiz)))
    assert f'href="{question_url(attempt, 3)}"' in start and "Resume" in start and "<form" not in start


def test_leaving_without_a_choice_keeps_what_was_saved_before(taker):
    attempt = begin(taker, make_quiz())
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    response = taker.post(question_url(attempt, 1), {"act": "leave"})
    assert response.status_code == 302
    assert attempt.responses.get(position=1).answer == best_answer(attempt, 1)


# --- Check and hand in ------------------------------------------------------------------------------------------------
def test_the_last_continue_leads_to_a_check_page_with_links_that_return_to_it(taker):
    attempt = begin(taker, make_quiz())
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    response = taker.post(question_url(attempt, 3), posted(best_answer(attempt, 3)))
    assert response.url == submit_url(attempt)
    page = taker.get(submit_url(attempt))
    assert "1 question has no answer yet" in words_of(page)
    change = question_url(attempt, 2) + "?check"
    assert f'href="{change}"' in main_of(page)
    assert taker.post(change, posted(best_answer(attempt, 2))).url == submit_url(attempt)
    assert "Every question has an answer." in words_of(taker.get(submit_url(attempt)))


def test_failed_then_passed_and_the_best_result_counts(taker, learner):
    quiz = make_quiz([make_question(single_choice(f"<p>Question {n}?</p>"), outcome=f"Outcome {n // 5}") for n in range(10)])
    attempt = begin(taker, quiz, "?next=/en/courses/lesson/")
    answer_all(taker, attempt, lambda a, p: best_answer(a, p) if p <= 6 else wrong_answer(a, p))
    response = taker.post(submit_url(attempt), follow=True)
    assert response.redirect_chain[-1][0].startswith(result_url(attempt))
    words = words_of(response)
    assert "Not yet passed" in words and "6 of 10. You need 8." in words and "1 topic to look at again." in words
    assert "Outcome 0 5 of 5 Solid" in words and "Outcome 1 1 of 5" in words
    assert not Attempt.objects.passed_keys(learner, [quiz.translation_key])

    retry = re.search(r'<form method="post" action="([^"]+)".*?Try again now', main_of(response), re.S)[1]
    taker.post(retry)
    second = Attempt.objects.open().get()
    assert second.return_to == "/en/courses/lesson/"
    answer_all(taker, second)
    words = words_of(taker.post(submit_url(second), follow=True))
    assert "You have passed" in words and "10 of 10. You needed 8." in words and "Back to the lesson" in words
    assert Attempt.objects.passed_keys(learner, [quiz.translation_key]) == {quiz.translation_key}

    third = take_quiz(learner, quiz, right=2)
    words = words_of(taker.get(result_url(third)))
    assert "Your best result is 10 of 10. It is the one that counts." in words
    assert Attempt.objects.passed_keys(learner, [quiz.translation_key]) == {quiz.translation_key}
    start = words_of(taker.get(start_url(quiz)))
    assert start.count("This one counts.") == 1 and "Passed" in start


def test_result_explains_every_question(taker, learner):
    attempt = take_quiz(learner, make_quiz(), right=1)
    words = words_of(taker.get(result_url(attempt))).replace("&#x27;", "'")
    assert "Your answer, and a right one" in words and "Best answer" in words and "Not quite" in words
    assert "Yes, in the child's best interests." in words and "See the law." in words and "UN Protocol" in words
    assert "Wrong!" not in words and "failed" not in words.lower()


def test_result_heading_can_take_the_focus(taker, learner):
    attempt = take_quiz(learner, make_quiz())
    html = main_of(taker.get(result_url(attempt)))
    assert re.search(r'<h1 id="result" tabindex="-1"', html) and html.count("<h1") == 1


def test_partial_points_are_shown_as_people_write_them(taker, learner):
    quiz = make_quiz([make_question(single_choice())])
    attempt = take_quiz(learner, quiz)
    attempt.points, attempt.max_points = "6.50", "8.00"
    attempt.save()
    assert "6.5 of 8" in words_of(taker.get(result_url(attempt)))


def test_tries_are_limited_when_the_quiz_says_so(taker, learner):
    quiz = make_quiz(attempts_allowed=2)
    take_quiz(learner, quiz, right=0)
    assert "1 of 2 left" in words_of(taker.get(start_url(quiz)))
    last = take_quiz(learner, quiz, right=0)
    page = taker.get(start_url(quiz))
    assert "You have used all your tries" in words_of(page) and "<form" not in main_of(page)
    assert "Try again" not in words_of(taker.get(result_url(last)))
    taker.post(start_url(quiz))
    assert Attempt.objects.count() == 2


def test_an_open_attempt_has_no_result_yet(taker):
    attempt = begin(taker, make_quiz())
    assert taker.get(result_url(attempt)).url == question_url(attempt, 1)


# --- Plain HTML -------------------------------------------------------------------------------------------------------
def test_a_question_is_operable_as_plain_html(taker):
    attempt = begin(taker, make_quiz([make_question(single_choice("<p>A case.</p><p>What now?</p>"))]))
    html = main_of(taker.get(question_url(attempt, 1)))
    fieldset = re.search(r"<fieldset.*</fieldset>", html, re.S)[0]
    assert re.search(r"<legend[^>]*>What now\?</legend>", fieldset)
    controls = re.findall(r'<input type="radio" name="q-choice" value="[^"]+" id="([^"]+)"', fieldset)
    assert len(controls) == 3 and all(f'<label for="{c}">' in fieldset for c in controls)
    assert re.findall(r'choice__letter">(\w)<', fieldset) == ["A", "B", "C"]
    for described in re.search(r'aria-describedby="([^"]+)"', fieldset)[1].split():
        assert f'id="{described}"' in html
    assert html.count("<button") == 3 and 'method="post"' in html and "onclick" not in html and "<script" not in html


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_refused(taker, method):
    attempt = begin(taker, make_quiz())
    for url in (start_url(make_quiz()), question_url(attempt, 1), submit_url(attempt), result_url(attempt)):
        assert getattr(taker, method)(url).status_code == 405
