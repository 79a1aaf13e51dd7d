"""Faults F9 and F15: the learner vanishes and the clock goes on; the clock jumps. Only the server's time counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from quizzes.models import Attempt, AttemptEvent
from quizzes.services import TimeIsOver, save_response, settle, start_attempt, submit_attempt
from tests.factories.quizzes import best_answer, make_question, make_quiz, start_url
from tests.faults.server import manage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)
NOON = datetime(2026, 3, 10, 11, tzinfo=ZoneInfo("UTC"))
BRUSSELS = ZoneInfo("Europe/Brussels")
WORKER = ("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*")


@pytest.fixture(autouse=True)
def tasks_wait(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def timed(count=2):
    return make_quiz([make_question() for _ in range(count)], time_limit=60)


@pytest.mark.parametrize("closing", [WORKER, ("close_attempts",)], ids=["task worker", "command"])
def test_when_a_learner_vanishes_the_clock_hands_in_what_was_saved(make_server, class_of, ledger, site, tmp_path, closing):
    server, (gone,) = make_server(workers=1), class_of(1)
    assert gone.post(server.port, start_url(timed())).status == 302
    attempt = Attempt.objects.get()
    reply = ledger.answer(gone, server.port, attempt, 1, best_answer(attempt, 1), save=True)
    assert reply.status == 200
    manage(tmp_path, *closing)
    assert Attempt.objects.get().is_open, "not before its time is over"

    over = timezone.now() - SECOND  # an hour later
    Attempt.objects.update(ends_at=over)
    DBTaskResult.objects.ready().update(run_after=over)
    DBTaskResult.objects.filter(run_after__isnull=False).update(run_after=over)
    manage(tmp_path, *closing)
    attempt = Attempt.objects.get()
    assert (attempt.submitted_at, attempt.points, attempt.percent) == (over, 1, 50)
    assert AttemptEvent.objects.get().kind == AttemptEvent.Kind.TIME_UP and AttemptEvent.objects.get().at == over
    manage(tmp_path, *WORKER)
    manage(tmp_path, "close_attempts")
    assert AttemptEvent.objects.count() == 1, "closed once, whoever comes after"
    late = ledger.answer(gone, server.port, attempt, 2, best_answer(attempt, 2), save=True)
    assert late.status == 410 and attempt.responses.get(position=2).answer is None


def test_a_clock_that_jumps_ahead_ends_the_attempt_at_its_deadline(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(), now=NOON)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=NOON + 10 * MINUTE)
    with pytest.raises(TimeIsOver):
        save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2), now=NOON + 2 * HOUR)
    closed = settle(attempt=attempt, now=NOON + 2 * HOUR)
    assert (closed.submitted_at, closed.points) == (NOON + HOUR, 1)


def test_a_clock_that_is_set_back_ends_nothing_early_and_makes_no_negative_time(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(), now=NOON)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=NOON + 5 * MINUTE)
    for at in (NOON - 2 * HOUR, NOON + 59 * MINUTE):
        assert settle(attempt=attempt, now=at).is_open
        save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2), now=at)
        assert all(response.seconds >= 0 for response in attempt.responses.all())
    closed = submit_attempt(attempt=attempt, now=NOON - 2 * HOUR)
    assert closed.submitted_at >= closed.started_at, "handed in before it began"
    assert closed.points == 2


@pytest.mark.parametrize(
    "night",
    [datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS), datetime(2026, 3, 29, 1, 30, tzinfo=BRUSSELS)],
    ids=["back", "ahead"],
)
def test_the_night_of_the_clock_change_has_sixty_minutes_too(learner, site, night):
    begun = night.astimezone(ZoneInfo("UTC"))
    attempt = start_attempt(user=learner, quiz=timed(), now=begun)
    assert attempt.ends_at - begun == HOUR
    assert settle(attempt=attempt, now=begun + HOUR - SECOND).is_open
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=begun + 59 * MINUTE)
    assert attempt.responses.get(position=1).seconds <= 30 * 60
    assert settle(attempt=attempt, now=begun + HOUR).submitted_at == begun + HOUR
