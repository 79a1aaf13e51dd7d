"""Opening, closing, limits and more time: decided by the server's clock, and never at the cost of a saved answer."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from quizzes.models import AttemptEvent, QuizOverride
from quizzes.services import (
    AnswerLocked,
    AttemptsUsedUp,
    NotOpen,
    TimeIsOver,
    TooSoon,
    save_response,
    settle,
    start_attempt,
    submit_attempt,
)
from tests.factories.quizzes import (
    begin,
    best_answer,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    start_url,
    submit_url,
    wrong_answer,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def timed(**fields):
    return make_quiz([make_question(), make_question()], **{"time_limit": 10, **fields})


def test_before_opening_and_after_closing_nobody_starts(learner, site):
    quiz = make_quiz([make_question()], opens_at=NOW + DAY, closes_at=NOW + 2 * DAY)
    for at, opens in ((NOW, NOW + DAY), (NOW + 3 * DAY, None)):
        with pytest.raises(NotOpen) as refused:
            start_attempt(user=learner, quiz=quiz, now=at)
        assert refused.value.opens_at == opens
    assert start_attempt(user=learner, quiz=quiz, now=NOW + DAY).is_open


def test_the_start_page_says_when_it_opens(taker):
    quiz = make_quiz([make_question()], opens_at=timezone.now() + DAY)
    html = taker.get(start_url(quiz)).content.decode()
    assert "This quiz opens on" in html and ">Start<" not in html
    assert "This quiz opens on" in taker.post(start_url(quiz), follow=True).content.decode()


def test_late_is_said_and_counts(taker, learner):
    quiz = make_quiz([make_question()], due_at=timezone.now() - DAY)
    attempt = begin(taker, quiz)
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.passed and attempt.is_late
    assert "Handed in late" in taker.get(start_url(quiz)).content.decode()


def test_when_time_is_over_what_was_saved_is_handed_in_and_dated_at_the_end(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(), now=NOW)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=NOW + 5 * MINUTE)
    with pytest.raises(TimeIsOver):
        save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2), now=NOW + 11 * MINUTE)
    closed = settle(attempt=attempt, now=NOW + 60 * MINUTE)
    assert closed.submitted_at == NOW + 10 * MINUTE and closed.percent == 50 and not closed.discarded
    assert closed.events.get().kind == AttemptEvent.Kind.TIME_UP
    assert [response.points for response in closed.responses.all()] == [1, 0]


def test_handing_in_too_late_is_the_clocks_result(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(when_time_ends="discard"), now=NOW)
    for position in (1, 2):
        save_response(attempt=attempt, position=position, answer=best_answer(attempt, position), now=NOW)
    closed = submit_attempt(attempt=attempt, now=NOW + 11 * MINUTE)
    assert closed.discarded and not closed.passed and closed.submitted_at == NOW + 10 * MINUTE


def test_in_the_grace_period_one_may_hand_in_but_change_nothing(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(when_time_ends="grace", grace=5), now=NOW)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=NOW)
    with pytest.raises(TimeIsOver):
        save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2), now=NOW + 12 * MINUTE)
    assert settle(attempt=attempt, now=NOW + 12 * MINUTE).is_open
    assert submit_attempt(attempt=attempt, now=NOW + 14 * MINUTE).percent == 50


def test_after_the_grace_period_the_try_does_not_count(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(when_time_ends="grace", grace=5), now=NOW)
    assert settle(attempt=attempt, now=NOW + 15 * MINUTE).discarded


def test_an_attempt_of_which_nobody_came_back_is_closed_by_the_command(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(), now=timezone.now() - 30 * MINUTE)
    out = StringIO()
    call_command("close_attempts", stdout=out)
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.ends_at and "Closed 1" in out.getvalue()
    call_command("close_attempts", stdout=out)
    assert attempt.events.count() == 1


def test_opening_a_page_of_an_attempt_whose_time_is_over_shows_the_result(taker, learner):
    attempt = start_attempt(user=learner, quiz=timed(), now=timezone.now() - 30 * MINUTE)
    assert taker.get(question_url(attempt, 1)).url == result_url(attempt)


def test_the_result_says_that_the_clock_handed_it_in(taker):
    attempt = begin(taker, timed())
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    type(attempt).objects.update(ends_at=timezone.now() - MINUTE)
    late = taker.post(question_url(attempt, 2), posted(best_answer(attempt, 2)), follow=True).content.decode()
    assert "Your time was over. What you sent after that was not saved." in late and "handed in before" not in late
    for html in (late, taker.get(result_url(attempt)).content.decode()):
        assert "What was saved by then was handed in for you." in html and "1 of 2." in html


def test_a_result_handed_in_by_hand_says_nothing_of_the_clock(taker):
    attempt = begin(taker, timed())
    taker.post(submit_url(attempt))
    assert "Your time was over" not in taker.get(result_url(attempt)).content.decode()


def test_in_the_grace_period_the_page_leads_to_handing_in(taker, learner):
    quiz = timed(when_time_ends="grace", grace=60)
    attempt = start_attempt(user=learner, quiz=quiz, now=timezone.now() - 15 * MINUTE)
    assert taker.get(question_url(attempt, 1)).url == submit_url(attempt)
    assert "The time is over. Hand in what is saved." in taker.get(submit_url(attempt)).content.decode()


def test_the_page_says_until_when(taker):
    attempt = begin(taker, timed())
    assert "There is time until" in taker.get(question_url(attempt, 1)).content.decode()


def test_closing_ends_open_attempts_even_without_a_limit(learner, site):
    attempt = start_attempt(user=learner, quiz=make_quiz([make_question()], closes_at=NOW + 5 * MINUTE), now=NOW)
    assert attempt.ends_at == NOW + 5 * MINUTE


def test_a_clock_set_back_makes_no_negative_time(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(), now=NOW)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=NOW - 120 * MINUTE)
    assert attempt.responses.get(position=1).seconds == 0
    assert settle(attempt=attempt, now=NOW - 120 * MINUTE).is_open


def test_nothing_ends_before_it_began(learner, site):
    attempt = start_attempt(user=learner, quiz=make_quiz([make_question()]), now=NOW)
    assert submit_attempt(attempt=attempt, now=NOW - 120 * MINUTE).submitted_at == NOW


def test_time_spent_is_counted_between_answers_and_a_long_pause_as_half_an_hour(learner, site):
    attempt = start_attempt(user=learner, quiz=make_quiz([make_question(), make_question()]), now=NOW)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=NOW + 90 * MINUTE)
    save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2), now=NOW + 92 * MINUTE)
    assert [response.seconds for response in attempt.responses.all()] == [1800, 120]


def test_after_a_try_whose_time_is_over_another_one_begins(learner, site):
    quiz = timed()
    first = start_attempt(user=learner, quiz=quiz, now=NOW)
    second = start_attempt(user=learner, quiz=quiz, now=NOW + 11 * MINUTE)
    first.refresh_from_db()
    assert second.number == 2 and first.submitted_at == NOW + 10 * MINUTE


def test_an_answer_that_was_checked_stays_even_for_what_posts_past_the_page(learner, site):
    attempt = start_attempt(user=learner, quiz=make_quiz([make_question()], behaviour="immediate"))
    answer, other = best_answer(attempt, 1), wrong_answer(attempt, 1)
    for _ in range(2):
        assert save_response(attempt=attempt, position=1, answer=answer, check=True).version == 1
    with pytest.raises(AnswerLocked):
        save_response(attempt=attempt, position=1, answer=other)


# --- Overrides --------------------------------------------------------------------------------------------------------
def override(quiz, **fields):
    return QuizOverride.objects.create(quiz_key=quiz.translation_key, reason="More time, agreed", **fields)


def test_a_person_gets_more_time_and_later_dates(learner, site):
    quiz = timed(closes_at=NOW - DAY)
    override(quiz, user=learner, closes_at=NOW + DAY, extra_minutes=15)
    assert start_attempt(user=learner, quiz=quiz, now=NOW).ends_at == NOW + 25 * MINUTE


def test_the_people_of_an_organisation_get_it_too_and_nobody_else(learner, trainer, organisation, site):
    quiz = timed()
    override(quiz, organisation=organisation, no_time_limit=True)
    assert start_attempt(user=trainer, quiz=quiz, now=NOW).ends_at is None
    assert start_attempt(user=learner, quiz=quiz, now=NOW).ends_at == NOW + 10 * MINUTE


def test_a_persons_own_override_comes_before_that_of_the_organisation(trainer, organisation, site):
    quiz = make_quiz([make_question()], attempts_allowed=1)
    override(quiz, organisation=organisation, attempts_allowed=5)
    override(quiz, user=trainer, attempts_allowed=2)
    for _ in range(2):
        submit_attempt(attempt=start_attempt(user=trainer, quiz=quiz))
    with pytest.raises(AttemptsUsedUp):
        start_attempt(user=trainer, quiz=quiz)


def test_more_time_makes_no_limit_where_there_is_none(learner, site):
    quiz = make_quiz([make_question()])
    override(quiz, user=learner, extra_minutes=15)
    assert start_attempt(user=learner, quiz=quiz).ends_at is None


def test_of_two_organisations_the_newest_word_holds_and_the_longest_time(trainer, organisation, site):
    second = Organisation.objects.create(name="Second", slug="second", country="AT")
    Membership.objects.create(user=trainer, organisation=second, role=Role.LEARNER)
    quiz = timed(closes_at=NOW - DAY, opens_at=NOW + DAY)
    dates = {"opens_at": NOW - 3 * DAY, "due_at": NOW + DAY}
    override(quiz, organisation=second, closes_at=NOW + DAY, extra_minutes=5, created_at=NOW, **dates)
    override(quiz, organisation=organisation, closes_at=NOW + 3 * MINUTE, extra_minutes=20, created_at=NOW - DAY)
    attempt = start_attempt(user=trainer, quiz=quiz, now=NOW)
    assert attempt.ends_at == NOW + 30 * MINUTE
    assert (attempt.promised.closes_at, attempt.promised.due_at) == (NOW + DAY, NOW + DAY)


def test_an_override_is_for_one_quiz(learner, site):
    first, second = timed(), timed()
    override(first, user=learner, no_time_limit=True)
    assert start_attempt(user=learner, quiz=second, now=NOW).ends_at == NOW + 10 * MINUTE


def test_whichever_comes_first_ends_the_try(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(closes_at=NOW + 5 * MINUTE), now=NOW)
    assert attempt.ends_at == NOW + 5 * MINUTE


def test_to_the_minute(learner, site):
    quiz = make_quiz([make_question()], opens_at=NOW, closes_at=NOW + DAY)
    assert start_attempt(user=learner, quiz=quiz, now=NOW).is_open
    with pytest.raises(NotOpen):
        start_attempt(user=User.objects.create_user(email="late@example.org"), quiz=quiz, now=NOW + DAY)


def test_a_page_that_hands_itself_in_has_a_moment_to_arrive(learner, site):
    attempt = start_attempt(user=learner, quiz=timed(), now=NOW)
    ends = NOW + 10 * MINUTE
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), now=ends + timedelta(seconds=9))
    with pytest.raises(TimeIsOver):
        save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2), now=ends + timedelta(seconds=10))


def test_between_two_tries_there_is_time_to_read(learner, site):
    quiz = make_quiz([make_question()], delay=30)
    submit_attempt(attempt=start_attempt(user=learner, quiz=quiz, now=NOW), now=NOW)
    with pytest.raises(TooSoon) as refused:
        start_attempt(user=learner, quiz=quiz, now=NOW + 29 * MINUTE)
    assert refused.value.again_at == NOW + 30 * MINUTE
    assert start_attempt(user=learner, quiz=quiz, now=NOW + 30 * MINUTE).number == 2


@pytest.mark.parametrize(("later", "third_after"), [(None, 30), (0, 0), (90, 90)])
def test_after_later_tries_the_time_to_read_may_be_another(learner, site, later, third_after):
    quiz, at = make_quiz([make_question()], delay=30, later_delay=later), NOW
    for wait in (30, third_after, third_after):
        submit_attempt(attempt=start_attempt(user=learner, quiz=quiz, now=at), now=at)
        if wait:
            with pytest.raises(TooSoon) as refused:
                start_attempt(user=learner, quiz=quiz, now=at + (wait - 1) * MINUTE)
            assert refused.value.again_at == at + wait * MINUTE
        at += wait * MINUTE
    assert start_attempt(user=learner, quiz=quiz, now=at).number == 4


def test_learners_are_told_of_both_waits(taker):
    told = taker.get(start_url(make_quiz([make_question()], delay=30, later_delay=90))).content.decode()
    assert "After the first try you wait 30 minutes. After later ones you wait 90 minutes." in " ".join(told.split())
    told = taker.get(start_url(make_quiz([make_question()], delay=0, later_delay=90))).content.decode()
    assert "After the first try" not in told and "After later ones you wait 90 minutes." in told
