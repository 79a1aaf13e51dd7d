"""Fault F23: whatever is edited, unpublished or deleted while somebody is inside an attempt, the attempt stays as it began."""

import json
import re
from random import Random

import pytest
from django.utils import translation

from quizzes.models import Attempt, Question, Quiz
from quizzes.services import start_attempt, submit_attempt
from tests.factories.quizzes import (
    begin,
    best_answer,
    choice,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    translated,
)

pytestmark = pytest.mark.django_db


def test_editing_and_deleting_questions_changes_nothing_inside(taker):
    quiz = make_quiz()
    attempt = begin(taker, quiz)
    before = [taker.get(question_url(attempt, p)).content.decode().count("type=") for p in (1, 2, 3)]
    changed = single_choice("<p>Quite another question?</p>", choices=[choice("No"), choice("Yes", True)])
    for question in Question.objects.all():
        question.body = json.dumps([changed])
        question.save()
    quiz.items.all().delete()
    quiz.pass_mark, quiz.behaviour, quiz.title = 100, "immediate", "Renamed"
    quiz.save()
    Question.objects.all().delete()
    for position in (1, 2, 3):
        page = taker.get(question_url(attempt, position)).content.decode()
        assert page.count("type=") == before[position - 1] and "another question" not in page and "Renamed" not in page
        taker.post(question_url(attempt, position), posted(best_answer(attempt, position)))
    assert "explained" not in taker.get(question_url(attempt, 1)).content.decode()
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert (attempt.points, attempt.pass_mark, attempt.passed) == (3, 80, True)
    assert "What did you learn?" in taker.get(result_url(attempt)).content.decode()


def test_an_unpublished_quiz_can_be_finished_but_not_begun_again(taker):
    quiz = make_quiz()
    attempt = begin(taker, quiz)
    Quiz.objects.update(live=False)
    assert taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1))).status_code == 302
    page = taker.post(submit_url(attempt), follow=True).content.decode()
    assert "Not yet passed" in page and "Try again" not in page


def test_the_order_of_choices_stays_from_page_to_page(taker):
    attempt = begin(taker, make_quiz(shuffle_choices=True))
    orders = {
        tuple(re.findall(r'type="radio"[^>]*value="([^"]+)"', taker.get(question_url(attempt, 1)).content.decode()))
        for _ in "123"
    }
    assert len(orders) == 1


def test_each_attempt_draws_anew_and_asks_every_outcome(learner, db):
    outcomes = ["signs", "law", "rights"]
    pool = [make_question(single_choice(f"<p>{n}?</p>"), outcome=outcomes[n % 3]) for n in range(15)]
    quiz = make_quiz(pool, questions_per_attempt=4, shuffle_questions=True)
    drawn = set()
    for seed in range(6):
        attempt = start_attempt(user=learner, quiz=quiz, chance=Random(seed))
        responses = list(attempt.responses.all())
        assert {r.snapshot["outcome"] for r in responses} == set(outcomes) and len(responses) == attempt.length == 4
        drawn.add(tuple(r.question_key for r in responses))
        submit_attempt(attempt=attempt)
    assert len(drawn) > 3


def test_a_bank_is_drawn_from_with_the_chosen_questions_and_drafts_never(learner, db):
    chosen = make_question()
    for n in range(4):
        make_question(single_choice(f"<p>{n}?</p>"), bank=chosen.bank)
    make_question(single_choice("<p>Draft?</p>"), bank=chosen.bank, live=False)
    quiz = make_quiz([chosen], draw_from=chosen.bank)
    attempt = start_attempt(user=learner, quiz=quiz)
    assert attempt.length == 5 == quiz.asked()
    assert not any("Draft" in r.snapshot["text"] for r in attempt.responses.all())


# --- Languages --------------------------------------------------------------------------------------------------------
@pytest.fixture
def bilingual(site):
    """A quiz of two questions in English and French; the second question has no French translation yet."""
    first, second = make_question(single_choice("<p>Who?</p>")), make_question(single_choice("<p>What?</p>"))
    quiz = make_quiz([first, second], pass_mark=50)
    translated(first, "fr", body=json.dumps([single_choice("<p>Qui ?</p>")]))
    return quiz, translated(quiz, "fr", title="Qu'avez-vous appris ?")


def test_a_translated_quiz_asks_the_translated_questions_and_the_others_in_their_own_language(learner, bilingual):
    _english, french = bilingual
    attempt = start_attempt(user=learner, quiz=french)
    assert [(r.snapshot["language"], r.snapshot["text"]) for r in attempt.responses.all()] == [
        ("fr", "<p>Qui ?</p>"),
        ("en", "<p>What?</p>"),
    ]
    assert (attempt.language, attempt.title) == ("fr", "Qu'avez-vous appris ?")


def test_a_bank_is_asked_in_the_language_of_the_quiz(learner, site):
    english = make_question(single_choice("<p>Who?</p>"))
    quiz = make_quiz([], draw_from=english.bank)
    french_quiz = translated(quiz, "fr")
    assert [q.pk for q in french_quiz.pool()] == [english.pk], "better in English than not at all"
    french = translated(english, "fr")
    assert [q.pk for q in french_quiz.pool()] == [french.pk] and [q.pk for q in quiz.pool()] == [english.pk]


def test_switching_language_resumes_the_same_attempt_and_a_pass_counts_in_both(taker, learner, bilingual):
    english, french = bilingual
    attempt = begin(taker, english)
    with translation.override("fr"):
        page = taker.get(start_url(french)).content.decode()
        assert question_url(attempt, 1) in page and "/fr/" in question_url(attempt, 1)
        assert taker.post(start_url(french)).url == question_url(attempt, 1)
        html = taker.get(question_url(attempt, 1)).content.decode()
        assert '<legend class="field__label" lang="en">Who?</legend>' in html
        taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
        taker.post(submit_url(attempt))
    assert Attempt.objects.passed_keys(learner, [french.translation_key]) == {english.translation_key}


def test_a_quiz_without_a_translation_is_shown_in_the_first_language(taker):
    quiz = make_quiz()
    with translation.override("bg"):
        response = taker.get(start_url(quiz))
    assert response.status_code == 200 and '<h1 lang="en">What did you learn?</h1>' in response.content.decode()
