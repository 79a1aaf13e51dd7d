"""Words that break careless pages: markup, emoji, right-to-left text, and very long ones, in every field."""

import pytest

from tests.factories.quizzes import (
    begin,
    choice,
    make_question,
    make_quiz,
    multiple_response,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    take_quiz,
    true_false,
)

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def quiz_saying(words):
    rich = f"<p>{words}</p>"
    choices = [choice(words, True, words), choice(f"{words} 2", False, words), choice(f"{words} 3", False, words)]
    questions = [
        make_question(single_choice(rich, choices=choices, explanation=rich), outcome=words[:255], source=words[:255]),
        make_question(multiple_response(rich, choices=choices, explanation=rich), outcome=words[:255], source=words[:255]),
        make_question(true_false(rich, feedback_true=words, feedback_false=words, explanation=rich), source=words[:255]),
    ]
    return make_quiz(questions, title=words[:200], intro=rich)


def every_page(client, learner, quiz):
    yield client.get(start_url(quiz))
    attempt = begin(client, quiz)
    for position in (1, 2, 3):
        yield client.get(question_url(attempt, position))
        yield client.post(question_url(attempt, position), {})
    yield client.get(submit_url(attempt))
    yield client.post(submit_url(attempt), follow=True)
    yield client.get(start_url(quiz))
    yield client.get(result_url(take_quiz(learner, quiz)))


def test_markup_in_every_field_is_shown_or_dropped_and_never_run(taker, learner):
    for response in every_page(taker, learner, quiz_saying(SCRIPT)):
        html = response.content.decode()
        main = html[html.index("<title>") :]
        assert "<script>alert" not in main and "<img src=x" not in main


@pytest.mark.parametrize("words", ["Kind 👧🏽 zwischen Ängsten 🇧🇬", "من يتحدث باسم الطفل؟", "Đ" * 60 + " " + "Въпросът " * 700])
def test_any_writing_survives(taker, learner, words):
    pages = list(every_page(taker, learner, quiz_saying(words)))
    assert all(response.status_code in {200, 422} for response in pages)
    assert words.strip()[:50] in pages[1].content.decode() and words.strip()[:50] in pages[-1].content.decode()
    assert '<span dir="auto" lang="en">' in pages[1].content.decode()
