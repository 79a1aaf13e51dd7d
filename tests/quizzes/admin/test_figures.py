"""The figures of the item analysis against another calculation: Python's own statistics, over answers that chance made."""

import csv
import io
import re
from random import Random
from statistics import correlation, fmean, median, variance

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, QuestionFlag, Response
from tests.factories.quizzes import choice, make_question, make_quiz, multiple_response, single_choice
from tests.factories.results import hand_in, make_people

pytestmark = pytest.mark.django_db
WORTH = (1, 3, 2, 1)  # the most points of each question
PEOPLE = 60


@pytest.fixture
def quiz(site):
    return make_quiz([make_question(single_choice(f"<p>Question {letter}?</p>")) for letter in "ABCD"])


@pytest.fixture
def people(db):
    return make_people(None, PEOPLE)


def url_of(quiz, query=""):
    return reverse("quizzes_reports:analysis", args=[quiz.translation_key]) + query


def page(client, quiz):
    return client.get(url_of(quiz)).content.decode()


def rows(client, quiz):
    """The lines of the download about whole questions, by their headings."""
    content = client.get(url_of(quiz, "?export=csv")).content.decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(content)) if row["Facility"]]


def by_chance(quiz, people):
    """Marks for parts of the points, questions of unequal weight, times of all sorts; shares and seconds by person."""
    chance = Random(7)
    shares = [[chance.choice((0, 0.25, 0.5, 1)) for _question in WORTH] for _person in people]
    seconds = [[chance.randint(5, 300) for _question in WORTH] for _person in people]
    attempts = hand_in(quiz, people)
    for n, attempt in enumerate(attempts):
        for q, worth in enumerate(WORTH):
            answer = {"points": shares[n][q] * worth, "max_points": worth, "seconds": seconds[n][q]}
            Response.objects.filter(attempt=attempt, position=q + 1).update(**answer)
        total = sum(map(lambda share, worth: share * worth, shares[n], WORTH))
        figures = {"points": total, "max_points": sum(WORTH), "percent": round(total * 100 / sum(WORTH), 2)}
        Attempt.objects.filter(pk=attempt.pk).update(**figures)
    return shares, seconds


def test_the_figures_of_a_question_are_what_another_calculation_gives(at_work, quiz, people):
    shares, seconds = by_chance(quiz, people)
    found = rows(at_work, quiz)
    assert [row["Question"] for row in found] == [f"Question {letter}?" for letter in "ABCD"]
    for q, row in enumerate(found):
        own = [line[q] for line in shares]
        left = [n for n in range(len(WORTH)) if n != q]
        rest = [sum(line[n] * WORTH[n] for n in left) / sum(WORTH[n] for n in left) for line in shares]
        times = [line[q] for line in seconds]
        assert row["Answers"] == str(PEOPLE)
        assert float(row["Facility"]) == pytest.approx(fmean(own), abs=1e-3)
        assert float(row["Discrimination"]) == pytest.approx(correlation(own, rest), abs=1e-3)
        assert float(row["Median seconds"]) == median(times)
        assert float(row["Mean seconds"]) == pytest.approx(fmean(times), abs=1e-3)


def test_mean_median_and_reliability_are_what_another_calculation_gives(at_work, quiz, people):
    shares, _seconds = by_chance(quiz, people)
    points = [[share * worth for share, worth in zip(line, WORTH, strict=True)] for line in shares]
    percents = [sum(line) * 100 / sum(WORTH) for line in points]
    single, whole = sum(variance(column) for column in zip(*points, strict=True)), variance([sum(line) for line in points])
    alpha = len(WORTH) / (len(WORTH) - 1) * (1 - single / whole)
    html = page(at_work, quiz)
    told = " ".join(re.findall(r"<dd>\s*([^<]*?)\s*</dd>", html))
    for figure in (f"{fmean(percents):.1f}%", f"{median(percents):.1f}%", f"{alpha:.2f}"):
        assert figure in told, (figure, told)


def test_each_version_of_a_question_has_figures_of_its_own(at_work, quiz, people):
    attempts = hand_in(quiz, people[:12], lambda person, question, snapshot: (None, int(person < 6)))
    older = Response.objects.filter(attempt__in=attempts[:6], position=1)
    older.update(question_version=1)
    Response.objects.filter(attempt__in=attempts[6:], position=1).update(question_version=2)
    key = quiz.pool()[0].translation_key
    QuestionFlag.objects.create(question_key=key, question_version=2, user=people[0], reason="unclear", language="en")

    found = [(row["Version"], row["Answers"], row["Facility"], row["Doubts"]) for row in rows(at_work, quiz)[:2]]

    assert found == [("1", "6", "1.0", ""), ("2", "6", "0.0", "The question is unclear: 1")]
    assert page(at_work, quiz).count("Question A?") >= 2


def test_what_was_left_out_and_doubts_that_were_dealt_with_count_no_more(at_work, quiz, people, trainer):
    hand_in(quiz, people[:8])
    asked = quiz.pool()
    Response.objects.filter(question_key=asked[1].translation_key).update(excluded=True)
    doubt = {"question_key": asked[0].translation_key, "language": "en", "reason": "unclear"}
    QuestionFlag.objects.create(user=people[0], resolved_at=timezone.now(), **doubt)

    html = page(at_work, quiz)

    assert "Question B?" not in html and "Question C?" in html
    assert "The question is unclear" not in html


def test_questions_come_in_the_order_in_which_they_were_asked_whatever_their_keys(at_work, quiz, people):
    attempts = hand_in(quiz, people[:6])
    Response.objects.filter(attempt__in=attempts).update(position=F("position") + 100)
    for place, question in enumerate(reversed(quiz.pool()), start=1):
        Response.objects.filter(question_key=question.translation_key).update(position=place)
    assert [row["Question"][9] for row in rows(at_work, quiz)] == list("DCBA")


def test_the_words_are_those_of_the_newest_answer_and_an_answer_with_two_choices_counts_once_for_each(at_work, site, people):
    quiz = make_quiz([make_question(multiple_response("<p>Which are signs?</p>"))])

    def all_right(person, question, snapshot):
        return {"choices": [choice["id"] for choice in snapshot["choices"] if choice["correct"]]}, 1

    attempts = hand_in(quiz, people[:6], all_right)
    newest = Response.objects.filter(attempt=attempts[-1]).get()
    newest.snapshot = {**newest.snapshot, "text": "<p>Which may be signs?</p>"}
    newest.save()
    html = page(at_work, quiz)
    assert "Which may be signs?" in html and "Which are signs?" not in html
    told = re.findall(r'<tr><th scope="row">([^<]*)</th><td>Right</td><td>(\d+)</td>', html)
    assert told == [("Debt", "6"), ("No papers", "6")]


def test_who_ticks_two_choices_of_the_same_words_is_one_person(at_work, site, people):
    twice = [choice("Debt", True), choice("Debt", True), choice("A bicycle")]
    quiz = make_quiz([make_question(multiple_response("<p>Which are signs?</p>", choices=twice))])
    hand_in(quiz, people[:6], lambda person, question, snapshot: ({"choices": [one["id"] for one in snapshot["choices"][:2]]}, 1))
    assert re.findall(r'<tr><th scope="row">Debt</th><td>Right</td><td>(\d+)</td>', page(at_work, quiz)) == ["6"]


def test_four_results_have_no_mean_and_a_bar_of_everybody_is_full(at_work, quiz, people):
    hand_in(quiz, people[:4])
    assert "100.0" not in page(at_work, quiz).split("</dl>")[0]
    hand_in(quiz, people[4:8], lambda person, question, snapshot: (None, int(question != 1)))
    html = page(at_work, quiz)
    heights = {y: int(height) for y, height in re.findall(r'<rect[^>]* y="(\d+)"[^>]* height="(\d+)"', html)}
    assert len(heights) == 2, "three full bars and one of half the height"
    full, half = sorted(heights.values(), reverse=True)
    assert full == 2 * half and all(int(y) + height == 200 for y, height in heights.items()), "they stand on the ground"
