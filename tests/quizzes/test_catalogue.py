"""The list of quizzes: who sees which, in which language, on which topic, and how far one is in each."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, Quiz, QuizItem, QuizOverride
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import begin, make_question, make_quiz, single_choice, start_url, take_quiz, translated

pytestmark = pytest.mark.django_db
URL = "/en/quizzes/"


@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


def rows(client, url=URL):
    """The text of each row of the list by its title."""
    html = client.get(url).content.decode()
    found = re.findall(r'<li class="task-list__item">(.*?)</li>', html.split('id="topics"')[0], re.DOTALL)
    texts = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in found]
    titles = [re.search(r"<a [^>]*>(.*?)</a>", row)[1] for row in found]
    return dict(zip(titles, texts, strict=True))


def test_a_learner_sees_what_is_live_and_asks_something(taker):
    make_quiz([make_question()], title="Open")
    make_quiz([make_question()], title="Draft", live=False)
    make_quiz([], title="Empty")
    make_quiz([make_question(live=False), make_question(retired=True)], title="Nothing to ask")
    assert list(rows(taker)) == ["Open"]


def test_a_visitor_sees_practice_only_and_how_to_see_more(site):
    practice = make_quiz([make_question()], title="Practice", open_to_all=True)
    make_quiz([make_question()], title="Members")
    visitor = Client()
    assert list(rows(visitor)) == ["Practice"]
    html = visitor.get(URL).content.decode()
    assert f'href="{start_url(practice)}"' in html and f"/en/accounts/login/?next={URL}" in html and "My progress" not in html
    practice.delete()
    assert "no quiz yet that can be taken without an account" in visitor.get(URL).content.decode()


def test_the_version_that_would_be_started_decides_whether_a_visitor_sees_it(site):
    quiz = make_quiz([make_question()], title="Quiz", open_to_all=True)
    translated(quiz, "fr", title="Questionnaire", open_to_all=False)
    assert list(rows(Client())) == ["Quiz"] and not rows(Client(), "/fr/quizzes/")


def test_each_quiz_once_in_the_language_of_the_page_and_marked_where_it_is_in_another(taker):
    both, english = make_quiz([make_question()], title="Both"), make_quiz([make_question()], title="English alone")
    translated(both, "fr", title="Les deux")
    assert list(rows(taker)) == ["Both", "English alone"] and "In:" not in str(rows(taker))
    french = rows(taker, "/fr/quizzes/")
    assert list(french) == ["English alone", "Les deux"]
    assert "English" in french["English alone"].removeprefix("English alone") and "English" not in french["Les deux"]
    assert f'lang="en" href="/fr/quizzes/{english.translation_key}/"' in taker.get("/fr/quizzes/").content.decode()


def test_a_quiz_of_a_course_leads_into_its_lesson(taker, quiz, course, lessons):
    alone = make_quiz([make_question()], title="Alone")
    html = taker.get(URL).content.decode()
    assert f'href="{lessons[1].url}#quiz-{quiz.translation_key}"' in html and f'href="{start_url(quiz)}"' not in html
    assert f'href="{start_url(alone)}"' in html and lessons[1].title in rows(taker)[quiz.title]
    assert taker.get(lessons[1].url).url == course.url  # who has not started the course starts it there
    taker.post(reverse("learning:start", args=[course.translation_key]))
    assert f'id="quiz-{quiz.translation_key}"' in taker.get(lessons[1].url).content.decode()
    lessons[1].unpublish()
    assert f'href="{start_url(quiz)}"' in taker.get(URL).content.decode()


def test_state_and_result_of_each_quiz(taker, learner):
    quizzes = {name: make_quiz([make_question(), make_question()], title=name) for name in ("New", "Begun", "Failed", "Passed")}
    begin(taker, quizzes["Begun"])
    for right in (1, 0):
        take_quiz(learner, quizzes["Failed"], right=right)
    take_quiz(learner, quizzes["Passed"])
    found = rows(taker)
    assert found["New"].endswith("Not started") and found["Begun"].endswith("Started")
    assert "Your result: 50% Not yet passed" in found["Failed"] and "Your result: 100% Passed" in found["Passed"]


@pytest.mark.parametrize(("grading", "result"), [("best", "100%"), ("first", "0%"), ("last", "50%"), ("average", "50%")])
def test_the_result_is_that_of_the_try_that_counts(taker, learner, grading, result):
    quiz = make_quiz([make_question(), make_question()], title="Quiz", grading=grading)
    for right in (0, 2, 1):
        take_quiz(learner, quiz, right=right)
    assert f"Your result: {result}" in rows(taker)["Quiz"]


@pytest.mark.parametrize("grading", ["best", "first", "last", "average"])
def test_a_result_that_is_not_due_is_not_told(taker, learner, grading):
    quiz = make_quiz([make_question(), make_question()], title="Quiz", grading=grading, review_just_after=["verdict"])
    take_quiz(learner, quiz, right=1)
    assert "%" not in rows(taker)["Quiz"].replace("pass mark 80%", "")
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=2))
    assert "Your result: 50%" in rows(taker)["Quiz"]


def test_nobody_sees_the_state_of_another(client_for, trainer, learner, site):
    take_quiz(learner, make_quiz([make_question()], title="Quiz"))
    assert rows(client_for(trainer))["Quiz"].endswith("Not started")


def test_dates_codes_and_used_up_tries_are_told(taker, learner):
    now, day = timezone.now(), timedelta(days=1)
    make_quiz([make_question()], title="Tomorrow", opens_at=now + day)
    make_quiz([make_question()], title="Over", closes_at=now - day)
    taken = make_quiz([make_question()], title="Taken and over")
    later = make_quiz([make_question()], title="Longer for her", closes_at=now - day)
    make_quiz([make_question()], title="Code", access_code="Bluebell")
    once = make_quiz([make_question()], title="Once", attempts_allowed=1)
    take_quiz(learner, once)
    take_quiz(learner, taken)
    Quiz.objects.filter(pk=taken.pk).update(closes_at=now - day)
    QuizOverride.objects.create(quiz_key=later.translation_key, user=learner, closes_at=now + day, reason="Away")
    found = rows(taker)
    assert list(found) == ["Code", "Longer for her", "Once", "Taken and over", "Tomorrow"]
    assert "Opens on" in found["Tomorrow"] and "This quiz is closed." in found["Taken and over"]
    assert "with an access code" in found["Code"] and "used all your tries" in found["Once"] and "Bluebell" not in str(found)
    assert "closed" not in found["Longer for her"]


# --- Topics -----------------------------------------------------------------------------------------------------------
def of_topic(topic, address=URL):
    return f"{address}?topic={quote(topic, safe='')}"


def test_topics_are_the_outcomes_of_what_a_quiz_asks_or_may_draw(taker):
    bank = QuestionBankFactory()
    for outcome in ("Signs", "Law & rights"):
        make_question(bank=bank, outcome=outcome)
    make_question(bank=bank, outcome="Elsewhere", retired=True)
    fixed = make_quiz([make_question(outcome="Signs")], title="Fixed")
    by_rule = make_quiz([], title="By rule")
    QuizItem.objects.create(quiz=by_rule, draw_bank=bank, draw_outcome="Law & rights", draw_count=1)
    make_quiz([], title="Whole bank", draw_from=bank)
    assert list(rows(taker, of_topic("Signs"))) == [fixed.title, "Whole bank"]
    assert list(rows(taker, of_topic("Law & rights"))) == ["By rule", "Whole bank"]
    html = taker.get(URL).content.decode()
    links = re.findall(r'href="(/en/quizzes/\?topic=[^"]+)"[^>]*>([^<]+)</a>\s*<span class="meta">(\d+)', html)
    assert [(name, number) for _url, name, number in links] == [("Law &amp; rights", "2"), ("Signs", "2")]
    assert list(rows(taker, links[0][0])) == ["By rule", "Whole bank"]


def test_a_question_without_an_outcome_is_on_the_topic_of_its_bank(taker):
    make_quiz([make_question(outcome="", bank=QuestionBankFactory(name="Old category"))], title="Brought over")
    assert list(rows(taker, of_topic("old category"))) == ["Brought over"]


def test_a_topic_may_be_named_in_any_language_and_is_shown_in_that_of_the_page(taker):
    question = make_question(outcome="Signs")
    translated(question, "fr", outcome="Les signes")
    make_quiz([question, make_question(outcome="Signs")], title="Quiz")
    for topic in ("Signs", "Les signes"):
        html = taker.get(of_topic(topic, "/fr/quizzes/")).content.decode()
        assert list(rows(taker, of_topic(topic, "/fr/quizzes/"))) == ["Quiz"]
        assert '<option value="Les signes" selected>' in html and ">Signs<" not in html


def test_an_unknown_topic_or_page_is_no_mistake(taker):
    make_quiz([make_question()], title="Quiz")
    html = taker.get(of_topic("\x00 <script>")).content.decode()
    assert "No quiz matches" in html and "<script>" not in html and "field__error" not in html
    assert list(rows(taker, URL + "?page=seven")) == ["Quiz"] and taker.post(URL).status_code == 405


def test_words_of_the_title_find_a_quiz_and_pages_keep_the_filter(taker):
    make_quiz([make_question()], title="Signs at work")
    for n in range(21):
        make_quiz([make_question(outcome="Law")], title=f"Law {n:02}")
    assert list(rows(taker, URL + "?q=WORK+signs")) == ["Signs at work"]
    first = taker.get(of_topic("Law")).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert len(rows(taker, of_topic("Law"))) == 20 and list(rows(taker, URL + following)) == ["Law 20"]


def test_my_learning_and_a_result_lead_to_the_list_and_to_progress(taker, learner):
    attempt = take_quiz(learner, make_quiz([make_question()]))
    for url in (reverse("learning:my_learning"), reverse("quizzes:result", args=[attempt.public_id])):
        html = taker.get(url).content.decode()
        assert f'href="{URL}"' in html and f'href="{URL}progress/"' in html


# --- Cost -------------------------------------------------------------------------------------------------------------
def queries(client):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(URL).status_code == 200
    return len(caught)


def many_quizzes(learner, count):
    question, now = make_question(single_choice(), bank=QuestionBankFactory()), timezone.now()
    quizzes = Quiz.objects.bulk_create(
        Quiz(title=f"Quiz {n}", locale=question.locale, live=True, draw_from=question.bank if n % 2 else None)
        for n in range(count)
    )
    QuizItem.objects.bulk_create(QuizItem(quiz=quiz, question=question) for quiz in quizzes)
    Attempt.objects.bulk_create(
        Attempt(user=learner, quiz_key=quiz.translation_key, title="", language="en", length=1, pass_mark=80, rules={},
                submitted_at=now, points=0, max_points=1, percent=0)
        for quiz in quizzes
    )  # fmt: skip


def test_the_list_costs_the_same_whatever_the_number_of_quizzes_and_tries(taker, learner, quiz):
    Quiz.objects.filter(pk=quiz.pk).update(title="A quiz of a lesson")  # on the first page, whatever else there is
    many_quizzes(learner, 10)
    taker.get(URL)
    few = queries(taker)
    many_quizzes(learner, 1_000)
    assert queries(taker) == few <= 24
