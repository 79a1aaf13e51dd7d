"""Threat T1: nothing that is sent before an answer is final carries the right answer, its feedback or a hint of them."""

import re

import pytest

from quizzes.kinds import KINDS
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
from tests.quizzes.canaries import CANARY, case_with_canaries, told, with_canaries, wrong_post

pytestmark = pytest.mark.django_db
BODIES = {name: lambda name=name: with_canaries(name) for name in KINDS} | {
    "words in a case": lambda: case_with_canaries("short_text", "gap_text", "numeric"),
    "a case to be marked": lambda: case_with_canaries("essay", "matching", "ordering", "gap_choice"),
}
WHILE_TRYING = {"feedback", "feedback_true", "feedback_false", "when_right", "when_partly", "when_wrong", "hints1"}


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


# --- Every kind -------------------------------------------------------------------------------------------------------
def save_url(attempt, page):
    return question_url(attempt, page) + "save/"


def posts_to(client, attempt, page):
    """What a page and its script may be sent without checking anything: nothing, half, whole, from an older tab, and leaving."""
    answers = {"q-version": "0", "q-sure": "9"}
    for n, response in enumerate(attempt.responses.filter(page=page)):
        answers |= wrong_post(response.snapshot, "q" if n == 0 else f"q{n + 1}")
    url, half = question_url(attempt, page), dict(list(answers.items())[:3])
    yield from (client.get(url), client.post(url, {}), client.post(url, {"act": "invented"}), client.get(f"{url}?check"))
    yield from (client.post(save_url(attempt, page), data) for data in ({}, half, answers, answers, {"q-version": "99"}))
    yield from (client.post(url, {"act": "leave", **half}), client.get(url), client.post(url, {"act": "redo", **half}))


def crawl(client, quiz, attempt):
    """Every answer of the server before anything is checked or handed in."""
    seen = [client.get(start_url(quiz)), client.get(submit_url(attempt)), client.get(result_url(attempt))]
    for page in range(1, attempt.last_page() + 1):
        seen += posts_to(client, attempt, page)
    return [*seen, client.get(submit_url(attempt)), client.get(start_url(quiz))]


def two_of(name, **fields):
    return make_quiz([make_question(BODIES[name](), outcome="", source=f"{CANARY}-source") for _ in range(2)], **fields)


@pytest.mark.parametrize("name", BODIES)
def test_no_kind_tells_anything_before_handing_in(taker, name):
    quiz = two_of(name, questions_per_page=0)
    attempt = begin(taker, quiz)
    seen = crawl(taker, quiz, attempt)
    assert {response.status_code for response in seen} >= {200, 302}
    assert told(seen) == set()
    answers = {"act": "continue"}
    for prefix, response in zip(("q", "q2"), attempt.responses.all(), strict=True):
        answers |= wrong_post(response.snapshot, prefix)
    assert told([taker.post(question_url(attempt, 1), answers), taker.get(submit_url(attempt))]) == set()
    after = told([taker.post(submit_url(attempt), follow=True)])
    assert after >= ({"source"} if name == "information" else {"source", "explanation"}), "learners read them afterwards"
    assert "marker_notes" not in after, "what is for markers stays with them"


@pytest.mark.parametrize("behaviour", ["immediate", "interactive", "adaptive"])
@pytest.mark.parametrize("name", BODIES)
def test_a_check_tells_of_its_own_question_alone_and_while_trying_only_what_helps(taker, name, behaviour):
    quiz = two_of(name, behaviour=behaviour)
    attempt = begin(taker, quiz)
    assert told(crawl(taker, quiz, attempt)) == set()
    first = attempt.responses.get(position=1)
    act = "continue" if behaviour == "immediate" else "check"
    taker.post(question_url(attempt, 1), {"act": act, "q-version": str(first.version), **wrong_post(first.snapshot, "q")})
    first.refresh_from_db()
    shown = told([taker.get(question_url(attempt, 1))])
    assert "marker_notes" not in shown
    if behaviour == "interactive" and KINDS[first.snapshot["kind"]].asks and not first.seen_feedback:
        assert "hints1" in shown and shown <= WHILE_TRYING
    others = [taker.get(url) for url in (question_url(attempt, 2), submit_url(attempt), start_url(quiz))]
    others += [taker.post(question_url(attempt, 2), {}), taker.post(save_url(attempt, 1), wrong_post(first.snapshot, "q"))]
    assert told(others) == set()
