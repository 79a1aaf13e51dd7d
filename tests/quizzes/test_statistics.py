"""Facility and discrimination: the formulas, and which answers count."""

from decimal import Decimal

import pytest

from quizzes.models import Attempt, Response
from quizzes.statistics import Sums, discrimination, facility, question_figures
from tests.factories.quizzes import make_question, make_quiz, take_quiz

pairs = [(1, 90), (1, 70), (0, 40), (0.5, 60)]


def sums(values):
    return Sums(
        n=len(values),
        x=sum(x for x, _y in values),
        y=sum(y for _x, y in values),
        xx=sum(x * x for x, _y in values),
        yy=sum(y * y for _x, y in values),
        xy=sum(x * y for x, y in values),
    )


def test_facility_is_the_mean_share():
    assert facility(sums(pairs)) == 0.625
    assert facility(sums([])) is None


def test_discrimination_is_a_correlation():
    assert discrimination(sums(pairs)) == pytest.approx(0.9199, abs=1e-4)  # 110 / √(2.75 × 5200)
    assert discrimination(sums([(1, 80), (0, 20)])) == pytest.approx(1)
    assert discrimination(sums([(0, 80), (1, 20)])) == pytest.approx(-1)


@pytest.mark.parametrize("alike", [[], [(1, 50)], [(1, 50), (1, 70)], [(0.1, 70), (0.7, 70)], [(1 / 3, 66.67)] * 40])
def test_nobody_who_differs_means_no_discrimination(alike):
    assert discrimination(sums(alike)) is None


@pytest.mark.django_db
def test_only_answers_that_count_are_counted(learner, django_assert_num_queries):
    question, unused = make_question(), make_question()
    quiz = make_quiz([question])
    for _ in range(30):
        take_quiz(learner, quiz)
    take_quiz(learner, quiz, right=0)
    keys = [question.translation_key, unused.translation_key]
    with django_assert_num_queries(1):
        figures = question_figures(keys)
    found = figures[question.translation_key]
    assert (found.answers, round(found.facility, 3), round(found.discrimination, 3)) == (31, 0.968, 1)
    assert found.last_used == Attempt.objects.order_by("submitted_at").last().submitted_at
    assert figures[unused.translation_key].answers == 0

    one = Response.objects.filter(points=1).first()
    for change in ({"excluded": True}, {"waits_for_marker": True}):
        Response.objects.filter(pk=one.pk).update(**change)
        assert question_figures(keys)[question.translation_key].answers == 30, change
        Response.objects.filter(pk=one.pk).update(excluded=False, waits_for_marker=False)
    Response.objects.update(max_points=2)
    assert round(question_figures(keys)[question.translation_key].facility, 3) == 0.484, "half of the points, 30 times of 31"
    Response.objects.update(max_points=1)

    wrong = Response.objects.get(points=Decimal(0))
    Attempt.objects.filter(pk=wrong.attempt_id).update(discarded=True)
    assert question_figures(keys)[question.translation_key].facility == 1, "thirty are enough"
    Response.objects.exclude(pk=wrong.pk).order_by("pk").first().delete()
    left = question_figures(keys)[question.translation_key]
    assert (left.answers, left.facility, left.discrimination) == (29, None, None)
