"""The pages of item analysis: figures over everybody, nothing about a few, and what a trainer reads in them."""

import re

import pytest
from django.urls import reverse

from accounts.models import Organisation
from quizzes.kinds.base import UNSURE
from quizzes.models import QuestionFlag
from tests.browsing import PHONE
from tests.factories.quizzes import make_question, make_quiz, single_choice
from tests.factories.results import hand_in, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(site):
    return make_quiz([make_question(single_choice(f"<p>Question {letter}?</p>")) for letter in "ABC"])


@pytest.fixture
def people(db):
    """Of an organisation that the reader does not belong to."""
    return make_people(Organisation.objects.create(name="Elsewhere", slug="elsewhere", country="IT"), 40, "stranger")


def pick(snapshot, number):
    return {"choice": snapshot["choices"][number]["id"]}


def reversed_key(person, question, snapshot):
    """Who is good gets A and B right and C wrong, and the other way round. The first choice is the right one."""
    good = person % 2 == 0
    right = good if question < 2 else not good
    return pick(snapshot, 0 if right else 1), int(right)


def analysis_html(client, quiz):
    return client.get(reverse("quizzes_reports:analysis", args=[quiz.translation_key])).content.decode()


def told(html, number):
    section = html[html.index(f'id="item-{number}"') :].split("</section>")[0]
    cells = re.findall(r'<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td></tr>', section)
    return {said: (right, count, mean) for said, right, count, mean in cells}


def test_figures_are_over_everybody_and_name_nobody(at_work, quiz, people):
    hand_in(quiz, people, reversed_key)
    html = analysis_html(at_work, quiz)
    assert "<dd>40</dd>" in html
    assert "stranger" not in html.lower()
    assert re.findall(r'class="quiz-bars__number"[^>]*>([^<]*)<', html) == ["50%", "50%", "50%"]
    assert re.findall(r"<td>(-?1\.00)</td>", html) == ["-1.00"]  # C against A and B, which are at odds with each other or alike


def test_a_wrong_key_is_noticed_in_plain_words(at_work, quiz, people):
    hand_in(quiz, people, reversed_key)
    assert analysis_html(at_work, quiz).count("People who do well elsewhere get this wrong: check the key.") == 1


def test_each_answer_has_its_number_and_the_mean_of_those_who_gave_it(at_work, quiz, people):
    hand_in(quiz, people, reversed_key)
    assert told(analysis_html(at_work, quiz), 1) == {
        "The guardian": ("Right", "20", "66.7%"),
        "The employer": ("Wrong", "20", "33.3%"),
    }


def test_what_a_few_said_is_not_shown_and_does_not_follow(at_work, quiz, people):
    def says(person, question, snapshot):
        return (UNSURE, 0) if person < 3 else (pick(snapshot, int(person < 18)), int(person >= 18))

    hand_in(quiz, people, says)
    html = analysis_html(at_work, quiz)
    assert told(html, 1) == {"The guardian": ("Right", "22", "100.0%"), "Other answers": ("–", "18", "–")}
    row = html[html.index('href="#item-1"') :].split("</tr>")[0]
    assert "too few answers" in row  # the share of "I don't know yet"


def test_fewer_than_five_answers_tell_nothing(at_work, quiz, people):
    hand_in(quiz, people[:4], reversed_key)
    html = analysis_html(at_work, quiz)
    assert "too few answers" in html
    assert "<rect" not in html.split("<main")[1], "a bar would tell what the table keeps back"
    assert told(html, 1) == {}


def test_not_knowing_and_not_answering_are_shares(at_work, quiz, people):
    hand_in(
        quiz,
        people,
        lambda person, question, snapshot: (
            UNSURE if person < 10 else None if person < 20 else pick(snapshot, 0),
            int(person >= 20),
        ),
    )
    html = analysis_html(at_work, quiz)
    row = html[html.index('href="#item-1"') :].split("</tr>")[0]
    assert re.findall(r"<td>(\d+)%</td>", row) == ["50", "25", "25"]
    assert told(html, 1)["I don&#x27;t know yet"][1] == "10"


def test_reliability_says_on_how_many_tries_it_rests(at_work, quiz, people):
    hand_in(quiz, people, lambda person, question, snapshot: (pick(snapshot, person % 2), int(person % 2 == 0)))
    html = analysis_html(at_work, quiz)
    assert re.search(r"<dd>\s*1\.00\s*\(from 40 tries that were asked the same 3 questions\)", html)


def test_open_doubts_of_learners_are_told_by_reason(at_work, quiz, people):
    hand_in(quiz, people, reversed_key)
    key = quiz.pool()[0].translation_key
    for person in people[:2]:
        QuestionFlag.objects.create(question_key=key, user=person, reason="unclear", language="en")
    html = analysis_html(at_work, quiz)
    assert "The question is unclear (2)" in html
    assert "Learners doubt it: read what they say." in html


def test_tries_that_do_not_count_are_left_out(at_work, quiz, people):
    hand_in(quiz, people[:10], discarded=True)
    hand_in(quiz, people[10:20], waiting=True)
    hand_in(quiz, people[20:30], submitted_at=None)
    assert "Nobody has handed in this quiz yet." in analysis_html(at_work, quiz)


def test_learners_and_issuers_do_not_read_it(client_for, learner, issuer, quiz, people):
    hand_in(quiz, people)
    url = reverse("quizzes_reports:analysis", args=[quiz.translation_key])
    assert client_for(learner).get(url).status_code in {302, 403}
    assert client_for(issuer).get(url).status_code in {302, 403}


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("page_name", ["results", "analysis", "index"])
def test_the_pages_are_usable(new_page, assert_no_violations, administrator, site, people, quiz, page_name, width, dark):
    hand_in(quiz, people, reversed_key)
    page = new_page(width=width, dark=dark, user=administrator)
    args = [] if page_name == "index" else [quiz.translation_key]
    page.goto(reverse(f"quizzes_reports:{page_name}", args=args))
    assert_no_violations(page, ".quiz-report")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    wide = page.locator(".quiz-report").evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert wide[0] <= wide[1]
