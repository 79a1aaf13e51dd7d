"""Threat T1: nothing that is sent before an answer is final carries the right answer, its feedback or a hint of them."""

import re

import pytest

from quizzes.models import Attempt
from tests.factories.quizzes import (
    begin,
    best_answer,
    choice,
    make_question,
    make_quiz,
    multiple_response,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    true_false,
)

pytestmark = pytest.mark.django_db
CANARY = "canary-7f3a"


@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


def questions_with_canaries():
    """One question of each kind with a canary in every field that is not for learners before they have answered."""
    secret = {"explanation": f"<p>{CANARY} explanation</p>"}
    choices = [choice("One", True, f"{CANARY} one"), choice("Two", False, f"{CANARY} two"), choice("Three", False, f"{CANARY} 3")]
    several = [*choices, choice("Four", True, f"{CANARY} four")]
    bodies = [
        single_choice(choices=choices, **secret),
        multiple_response(choices=several, **secret),
        true_false(feedback_true=f"{CANARY} true", feedback_false=f"{CANARY} false", **secret),
    ]
    return [make_question(body, outcome=f"{CANARY} outcome", source=f"{CANARY} source") for body in bodies]


def everything(response):
    """Whatever reaches the browser: headers, cookies, body."""
    return f"{response.headers} {response.cookies} {response.content.decode()}"


def crawl_before_handing_in(client, quiz):
    """Every page and every answer of the server on the way to, but not through, handing in."""
    seen = [client.get(start_url(quiz)), client.post(start_url(quiz, "?next=/en/lesson/"))]
    attempt = Attempt.objects.open().get(quiz_key=quiz.translation_key)
    for position in range(1, attempt.length + 1):
        url = question_url(attempt, position)
        seen += [client.get(url), client.post(url, {}), client.post(url, {"act": "unsure"}), client.get(url)]
        seen += [client.post(url, posted(best_answer(attempt, position), version=99)), client.get(f"{url}?check")]
        seen += [client.post(url, posted(best_answer(attempt, position), version=1)), client.get(url)]
        seen += [client.post(url, posted(best_answer(attempt, position), act="leave"))]
    seen += [client.get(submit_url(attempt)), client.get(result_url(attempt)), client.get(start_url(quiz))]
    return attempt, seen


def test_no_response_before_handing_in_carries_a_canary(taker):
    attempt, seen = crawl_before_handing_in(taker, make_quiz(questions_with_canaries()))
    assert len(seen) > 30 and {response.status_code for response in seen} >= {200, 302, 409, 422}
    assert [response.request["PATH_INFO"] for response in seen if CANARY in everything(response)] == []
    after = taker.post(submit_url(attempt), follow=True)
    assert everything(after).count(CANARY) > 15, "the canaries are where learners read them afterwards"


def test_with_feedback_after_each_only_the_answered_question_is_explained(taker):
    quiz = make_quiz(questions_with_canaries(), behaviour="immediate")
    attempt = begin(taker, quiz)
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    assert CANARY in everything(taker.get(question_url(attempt, 1)))
    for url in (question_url(attempt, 2), question_url(attempt, 3), submit_url(attempt), start_url(quiz)):
        assert CANARY not in everything(taker.get(url))


@pytest.mark.parametrize("body", [single_choice, multiple_response, true_false])
def test_a_question_page_is_the_same_whatever_the_right_answer_is(taker, body):
    """The strongest form of the rule: turn every right answer into a wrong one and back, and not a byte changes."""
    attempt = begin(taker, make_quiz([make_question(body())]))
    response = attempt.responses.get(position=1)
    url, pages = question_url(attempt, 1), []
    for turn in (False, True):
        for one in response.snapshot["choices"]:
            one["correct"] = one["correct"] is not turn
        response.save()
        for page in (taker.get(url), taker.post(url, {}), taker.get(submit_url(attempt))):
            pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.content.decode()))
    assert pages[:3] == pages[3:]


def test_ids_of_choices_tell_nothing(taker):
    """A choice is named by an id of its own, not by its place in the editor's list, where the right one often comes first."""
    attempt = begin(taker, make_quiz([make_question()], shuffle_choices=True))
    html = taker.get(question_url(attempt, 1)).content.decode()
    ids = re.findall(r'type="radio" name="q-choice" value="([^"]+)"', html)
    assert len(ids) == 3 and all(len(value) == 36 for value in ids)
