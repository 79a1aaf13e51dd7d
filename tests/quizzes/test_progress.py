"""My progress by topic: right points, only those that may be read, one's own, and always at the same cost."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quizzes.models import Attempt, Question, Response
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories.courses import QuestionBankFactory, block
from tests.factories.quizzes import best_answer, make_question, make_quiz, result_url, take_quiz, translated

pytestmark = pytest.mark.django_db
URL = "/en/quizzes/progress/"
HIDDEN = {"review_just_after": ["verdict", "explanation", "right_answer"], "review_later": [], "review_closed": []}


@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1]))


def topics(client, url=URL):
    """What is told of each topic, in order, by its name."""
    html = client.get(url).content.decode().split("<main")[1]
    found = re.findall(r'<li class="task-list__item">(.*?)</li>', html, re.DOTALL)
    names = [re.search(r"<h2[^>]*>(.*?)</h2>", row)[1] for row in found]
    return dict(zip(names, [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in found], strict=True))


def quiz_on(*outcomes, **fields):
    return make_quiz([make_question(outcome=outcome) for outcome in outcomes], **fields)


def test_points_of_all_quizzes_by_topic_what_to_look_at_again_first(taker, learner):
    take_quiz(learner, quiz_on("Law", "Signs", "Signs"), right=2)
    attempt = take_quiz(learner, quiz_on("Signs", "Law", title="Second quiz"))
    found = topics(taker)
    assert list(found) == ["Signs", "Law"]
    assert "2 of 3 points (66%)" in found["Signs"] and "Look at it again" in found["Signs"]
    assert "2 of 2 points (100%)" in found["Law"] and "Solid" in found["Law"]
    html = taker.get(URL).content.decode()
    assert "Last try: Second quiz ," in found["Law"] and f'href="{result_url(attempt)}"' in html
    assert 'href="/en/quizzes/?topic=Signs"' in html


@pytest.mark.parametrize(
    ("grading", "points"), [("best", "2 of 2"), ("first", "0 of 2"), ("last", "1 of 2"), ("average", "3 of 6")]
)
def test_of_each_quiz_the_try_that_counts(taker, learner, grading, points):
    quiz = quiz_on("Signs", "Signs", grading=grading)
    for right in (0, 2, 1):
        attempt = take_quiz(learner, quiz, right=right)
    assert f"{points} points" in topics(taker)["Signs"]
    assert f'href="{result_url(attempt)}"' in taker.get(URL).content.decode()  # the last try, whichever counts


def test_nothing_handed_in_is_an_invitation(taker, learner):
    start_attempt(user=learner, quiz=quiz_on("Signs"))
    text = text_of(taker.get(URL))
    assert "once you have handed in a quiz" in text and "Signs" not in text


def test_it_is_private(client_for, trainer, learner, site):
    take_quiz(learner, quiz_on("Signs"))
    assert not topics(client_for(trainer)) and "login" in Client().get(URL).url
    page = client_for(learner).get(URL)
    assert "no-store" in page.headers["Cache-Control"] and client_for(learner).post(URL).status_code == 405


# --- What is not due --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("grading", ["best", "first", "last", "average"])
def test_points_that_are_not_due_are_not_told(taker, learner, grading):
    quiz = quiz_on(*["Signs"] * 7, grading=grading, **HIDDEN)
    for right in (5, 3):
        attempt = take_quiz(learner, quiz, right=right)
    page = taker.get(URL)
    assert not re.search(r"[0-9] of|%|Signs|Solid|again", text_of(page)), text_of(page)
    assert "2 tries are left out: their points are not shown now." in text_of(page)
    Attempt.objects.update(rules=attempt.rules | {"review": {"just_after": ["points"]}})
    assert "of 7 points" in topics(taker)["Signs"] or "8 of 14 points" in topics(taker)["Signs"]


def test_points_are_told_from_the_minute_at_which_they_are_due_and_until_then(taker, learner):
    take_quiz(learner, quiz_on("Signs", review_just_after=[], review_later=["points"], review_closed=[]))
    assert not topics(taker)
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=1))
    assert "1 of 1" in topics(taker)["Signs"]
    rules = Attempt.objects.get().rules | {"closes_at": (timezone.now() - timedelta(minutes=1)).isoformat()}
    Attempt.objects.update(rules=rules)
    assert not topics(taker)


@pytest.mark.parametrize("hidden_is_better", [True, False])
def test_a_hidden_try_does_not_show_by_what_is_missing(taker, learner, hidden_is_better):
    """Whether the shown try is the best one would tell how the hidden one went."""
    quiz = quiz_on("Signs", "Signs", "Signs")
    shown = take_quiz(learner, quiz, right=1)
    take_quiz(learner, quiz, right=3 if hidden_is_better else 0)
    Attempt.objects.exclude(pk=shown.pk).update(rules=shown.rules | {"review": {}})
    assert "1 of 3 points" in topics(taker)["Signs"] and "1 try is left out" in text_of(taker.get(URL))


def test_open_discarded_and_unmarked_tries_do_not_count(taker, learner):
    quiz = quiz_on("Signs")
    take_quiz(learner, quiz, right=0)
    take_quiz(learner, quiz, right=1)
    Attempt.objects.filter(passed=True).update(discarded=True)
    opened = start_attempt(user=learner, quiz=quiz)
    save_response(attempt=opened, position=1, answer=best_answer(opened, 1))
    assert "0 of 1 points" in topics(taker)["Signs"]
    essay = block("essay", {"text": "<p>Write a note.</p>", "rubric": []})
    texts = make_quiz([make_question(essay, outcome="Writing"), make_question(outcome="Law")])
    attempt = start_attempt(user=learner, quiz=texts)
    save_response(attempt=attempt, position=1, answer={"text": "A note"})
    save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2))
    assert submit_attempt(attempt=attempt).waiting
    assert list(topics(taker)) == ["Signs"] and "a person is still marking it" in text_of(taker.get(URL))


def test_what_was_left_out_of_a_result_is_left_out_here(taker, learner):
    attempt = take_quiz(learner, quiz_on("Signs", "Signs"), right=1)
    attempt.responses.filter(position=2).update(excluded=True)
    assert "1 of 1 points (100%)" in topics(taker)["Signs"]


def test_nobody_has_less_than_nothing(taker, learner):
    take_quiz(learner, quiz_on("Signs", wrong_costs=50), right=0)
    assert "0 of 1 points (0%)" in topics(taker)["Signs"] and not Response.objects.filter(points__gte=0).exists()


# --- Names and lessons ------------------------------------------------------------------------------------------------
def test_lessons_to_look_at_again_are_those_of_what_was_not_right(taker, learner, lessons):
    right, wrong = lessons[0], lessons[1]
    questions = [make_question(outcome="Signs", review_key=lesson.translation_key) for lesson in (right, wrong)]
    take_quiz(learner, make_quiz(questions), right=1)
    html = taker.get(URL).content.decode()
    assert f'href="{wrong.url}"' in html and f'href="{right.url}"' not in html
    wrong.unpublish()
    assert f'href="{wrong.url}"' not in taker.get(URL).content.decode()


def test_a_topic_is_one_in_all_languages(taker, learner):
    question = make_question(outcome="Signs")
    translated(question, "fr", outcome="Les signes")
    quiz = make_quiz([question], title="Quiz")
    french = translated(quiz, "fr", title="Questionnaire")
    take_quiz(learner, quiz)
    take_quiz(learner, make_quiz([make_question(outcome="Signs")]), right=0)
    Attempt.objects.all().update(language="fr")
    assert french.locale.language_code == "fr"
    assert list(topics(taker)) == ["Signs"] and "1 of 2" in topics(taker)["Signs"]
    assert list(topics(taker, "/fr/quizzes/progress/")) == ["Les signes"]


def test_without_an_outcome_it_is_the_bank_and_without_a_question_it_is_the_rest(taker, learner):
    bank = QuestionBankFactory(name="Old category")
    take_quiz(learner, make_quiz([make_question(outcome="", bank=bank)]))
    gone = take_quiz(learner, quiz_on("Gone"))
    Question.objects.filter(translation_key=gone.responses.get().question_key).update(live=False)
    assert list(topics(taker)) == ["Old category", "Questions that are no longer asked"]


# --- Cost -------------------------------------------------------------------------------------------------------------
def queries(client):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(URL).status_code == 200
    return len(caught)


def many_tries(learner, quiz, count):
    """``count`` tries of one quiz, and one of each of ``count`` others, with the same answers."""
    model = take_quiz(learner, quiz, right=1)
    asked, now = list(model.responses.all()), timezone.now()
    fields = {"language": "en", "length": 2, "pass_mark": 80, "rules": model.rules, "submitted_at": now, "points": 1,
              "max_points": 2, "percent": Decimal(50)}  # fmt: skip
    tries = [Attempt(user=learner, quiz_key=quiz.translation_key, title="Same", **fields) for _ in range(count)]
    tries += [Attempt(user=learner, title="Other", **fields) for _ in range(count)]
    for other in tries[count:]:
        other.quiz_key = other.public_id
    Attempt.objects.bulk_create(tries)
    Response.objects.bulk_create(
        Response(attempt=attempt, position=r.position, question_key=r.question_key, snapshot=r.snapshot, answer=r.answer,
                 points=r.points, max_points=r.max_points)
        for attempt in Attempt.objects.filter(title__in=["Same", "Other"], responses=None) for r in asked
    )  # fmt: skip


def test_the_page_costs_the_same_whatever_the_number_of_quizzes_and_tries(taker, learner, lessons):
    questions = [make_question(outcome=f"Topic {n}", review_key=lessons[n].translation_key) for n in range(2)]
    quiz = make_quiz(questions, grading="average")
    many_tries(learner, quiz, 10)
    taker.get(URL)
    few = queries(taker)
    many_tries(learner, quiz, 1_000)
    assert queries(taker) == few <= 12
    assert "2022 of 2022 points" in topics(taker)["Topic 0"] and "0 of 2022" in topics(taker)["Topic 1"]
