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
from tests.factories.quizzes import make_question, make_quiz, take_quiz, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def taker(organisation):
    return colleague(organisation, full_name="Ivana Petrova")


@pytest.fixture
def at_work(client_for, trainer, site, django_capture_on_commit_callbacks):
    """A trainer, signed in; what a request leaves to the background has run when it returns."""
    client = client_for(trainer)
    post = client.post

    def post_and_work(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **kwargs)

    client.post = post_and_work
    return client


@pytest.fixture
def question(db):
    return make_question()


@pytest.fixture
def quiz(question):
    return make_quiz([question, make_question(), make_question()], pass_mark=60)


def test_only_who_changes_is_listed(at_work, organisation, question, quiz):
    right, wrong = (take_quiz(colleague(organisation), quiz, right=n) for n in (3, 0))
    answered = [one["id"] for one in raw_choices(question)].index(wrong.responses.get(position=1).answer["choice"])
    publish(question, choices=with_right(question, next(n for n in (1, 2) if n != answered)))
    job = preview(at_work, regrade_url(question))
    html = at_work.get(job_url(job)).content.decode()
    assert try_code(right) in html and try_code(wrong) not in html
    assert (job.parameters["totals"]["checked"], job.parameters["totals"]["changed"]) == (2, 1)


def test_many_tries_are_corrected_some_at_a_time(at_work, organisation, question, quiz, monkeypatch):
    monkeypatch.setattr(corrections, "AT_ONCE", 2)
    attempts = [take_quiz(colleague(organisation), quiz, right=3) for _n in range(3)]
    publish(question, choices=with_right(question, 1))
    job = preview(at_work, regrade_url(question))
    assert job.parameters["totals"]["checked"] == 3
    confirm(at_work, job)
    assert AttemptEvent.objects.filter(kind="regraded", attempt__in=attempts).count() == 3


def test_a_correction_that_has_begun_begins_once(at_work, taker, question, quiz):
    take_quiz(taker, quiz)
    publish(question, choices=with_right(question, 1))
    job = preview(at_work, regrade_url(question))
    assert [begin_change(job=job, reason="x", take_away=False) for _press in range(2)] == [True, False]


def test_a_try_that_does_not_count_wins_no_pass(at_work, taker, question):
    attempt = take_quiz(taker, make_quiz([question]), right=0)
    Attempt.objects.update(discarded=True)
    answered = [one["id"] for one in raw_choices(question)].index(attempt.responses.get().answer["choice"])
    publish(question, choices=with_right(question, answered))
    assert preview(at_work, regrade_url(question)).parameters["totals"]["won"] == 0


def test_a_translation_that_is_a_draft_marks_nothing_again(at_work, taker, question):
    french = translated(question, "fr")
    take_quiz(taker, translated(make_quiz([question]), "fr"))
    publish(french, choices=with_right(french, 1))
    assert preview(at_work, regrade_url(question)).parameters["totals"]["checked"] == 1
    Question.objects.get(pk=french.pk).unpublish()
    assert preview(at_work, regrade_url(question)).parameters["totals"]["checked"] == 0


def test_the_draft_of_a_marker_does_not_count_in_the_preview(at_work, trainer, taker, organisation):
    quiz = make_essay_quiz()
    response = write(quiz, taker).responses.get(position=1)
    keys = [row["id"] for row in response.snapshot["rubric"]]
    draft = {"marker": colleague(organisation, Role.TRAINER), "scores": dict.fromkeys(keys, 0), "draft": True}
    save_hand_mark(response=response, **draft)
    save_hand_mark(response=response, marker=trainer, scores=dict(zip(keys, [2, 1], strict=True)))
    question = quiz.items.first().question
    publish(question, model_answer="<p>A better note.</p>")
    totals = preview(at_work, regrade_url(question)).parameters["totals"]
    assert (totals["checked"], totals["changed"]) == (1, 0)
