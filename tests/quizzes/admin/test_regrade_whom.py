"""Which tries a regrade looks at, which of them it lists, and that it is carried out some at a time and once."""

import pytest

from accounts.models import Role
from quizzes import corrections
from quizzes.correction_jobs import confirm as begin_change
from quizzes.models import Attempt, AttemptEvent, Question
from quizzes.services import save_hand_mark
from quizzes.visibility import try_code
from tests.factories.correcting import confirm, job_url, preview, publish, raw_choices, regrade_url, with_right
from tests.factories.marking import colleague, make_essay_quiz, write
from tests.factories.quizzes import make_quiz, take_quiz, translated

pytestmark = pytest.mark.django_db


def test_only_who_changes_is_listed(corrector, organisation, question, quiz):
    right, wrong = (take_quiz(colleague(organisation), quiz, right=n) for n in (3, 0))
    answered = [one["id"] for one in raw_choices(question)].index(wrong.responses.get(position=1).answer["choice"])
    publish(question, choices=with_right(question, next(n for n in (1, 2) if n != answered)))
    job = preview(corrector, regrade_url(question))
    html = corrector.get(job_url(job)).content.decode()
    assert try_code(right) in html and try_code(wrong) not in html
    assert (job.parameters["totals"]["checked"], job.parameters["totals"]["changed"]) == (2, 1)


def test_a_kept_pass_is_listed_where_a_later_correction_could_take_it_away(corrector, taker, question, quiz):
    attempt = take_quiz(taker, quiz, right=2)
    publish(question, choices=with_right(question, 1))
    confirm(corrector, preview(corrector, regrade_url(question)))
    publish(question, explanation="<p>Better words, and not another per cent.</p>")

    job = preview(corrector, regrade_url(question))

    assert job.parameters["totals"] == {"checked": 1, "changed": 1, "lost": 1, "won": 0}
    assert try_code(attempt) in corrector.get(job_url(job)).content.decode()
    confirm(corrector, job, take_away="yes")
    attempt.refresh_from_db()
    assert not attempt.passed


def test_a_try_whose_question_stays_the_same_gets_no_history_of_a_correction(corrector, taker, question, quiz):
    attempt = take_quiz(taker, quiz)
    publish(question)
    job = preview(corrector, regrade_url(question))
    assert (job.parameters["totals"]["checked"], job.parameters["totals"]["changed"]) == (1, 0)
    confirm(corrector, job)
    assert not attempt.events.filter(kind="regraded").exists()
    assert preview(corrector, regrade_url(question)).parameters["totals"]["checked"] == 0


def test_many_tries_are_corrected_some_at_a_time(corrector, organisation, question, monkeypatch):
    monkeypatch.setattr(corrections, "AT_ONCE", 2)
    quiz = make_quiz([question])
    attempts = [take_quiz(colleague(organisation), quiz) for _n in range(3)]
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))
    assert job.parameters["totals"]["checked"] == 3
    confirm(corrector, job)
    assert AttemptEvent.objects.filter(kind="regraded", attempt__in=attempts).count() == 3


def test_a_correction_that_has_begun_begins_once(corrector, taker, question, quiz):
    take_quiz(taker, quiz)
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))
    assert [begin_change(job=job, reason="x", take_away=False) for _press in range(2)] == [True, False]


def test_a_try_that_does_not_count_wins_no_pass(corrector, taker, question):
    attempt = take_quiz(taker, make_quiz([question]), right=0)
    Attempt.objects.update(discarded=True)
    answered = [one["id"] for one in raw_choices(question)].index(attempt.responses.get().answer["choice"])
    publish(question, choices=with_right(question, answered))
    assert preview(corrector, regrade_url(question)).parameters["totals"]["won"] == 0


def test_a_translation_that_is_a_draft_marks_nothing_again(corrector, taker, question):
    french = publish(translated(question, "fr"), explanation="<p>As it was asked.</p>")
    take_quiz(taker, translated(make_quiz([question]), "fr"))
    publish(french, choices=with_right(french, 1))
    assert preview(corrector, regrade_url(question)).parameters["totals"]["checked"] == 1
    Question.objects.get(pk=french.pk).unpublish()
    assert preview(corrector, regrade_url(question)).parameters["totals"]["checked"] == 0


def test_the_draft_of_a_marker_does_not_count(corrector, trainer, taker, organisation):
    quiz = make_essay_quiz()
    response = write(quiz, taker).responses.get(position=1)
    keys = [row["id"] for row in response.snapshot["rubric"]]
    draft = {"marker": colleague(organisation, Role.TRAINER), "scores": dict.fromkeys(keys, 0), "draft": True}
    save_hand_mark(response=response, **draft)
    save_hand_mark(response=response, marker=trainer, scores=dict(zip(keys, [2, 1], strict=True)))
    question = quiz.items.first().question
    publish(question, model_answer="<p>A better note.</p>")
    job = preview(corrector, regrade_url(question))
    assert (job.parameters["totals"]["checked"], job.parameters["totals"]["changed"]) == (1, 0)
    confirm(corrector, job)
    response.refresh_from_db()
    assert response.hand_fraction == 1, "nor in the correction"
