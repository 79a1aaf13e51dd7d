"""The script that saves by itself, when replies are late or lost: no false alarm, nothing older over something newer."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.services import start_attempt
from tests.factories.kinds import example
from tests.factories.quizzes import make_question, make_quiz, question_url, submit_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = "All answers on this page are saved."


@pytest.fixture
def attempt(learner, site, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # the end of its time is a task for later
    questions = [make_question(example("short_text")), make_question()]
    return start_attempt(user=learner, quiz=make_quiz(questions, time_limit=60))


@pytest.fixture
def page(new_page, learner, attempt):
    page = new_page(user=learner)
    page.goto(question_url(attempt, 1))
    return page


def saved(attempt):
    return attempt.responses.get(position=1).answer


def test_continue_while_an_older_answer_is_on_its_way_is_no_second_window(page, attempt):
    held = []
    page.route("**/save/", lambda route: held.append(route))
    field = page.locator("main input[type=text]")
    with page.expect_request("**/save/"):
        field.fill("a gua")
    field.fill("a guardian")
    page.get_by_role("button", name="Continue").click()
    expect(field).to_have_value("a guardian")
    held[0].continue_()
    page.wait_for_url(re.compile(r"/2/$"))
    assert "a guardian" in saved(attempt).values()


def test_an_answer_whose_reply_was_lost_is_followed_by_what_was_typed_since(page, attempt):
    def lose(route):
        route.fetch()  # the server stores it
        route.abort()
        page.unroute("**/save/")

    page.route("**/save/", lose)
    field, state = page.locator("main input[type=text]"), page.locator("[data-save-state]")
    field.fill("a lawyer")
    expect(state).to_have_text(re.compile("Not saved yet"))
    field.fill("a guardian")
    expect(state).to_have_text(SAVED, timeout=15_000)
    expect(page.locator("[data-alert]")).to_be_empty()
    assert "a guardian" in saved(attempt).values() and attempt.responses.get(position=1).version == 2


def test_a_press_while_the_site_does_not_answer_goes_on_once_it_does(page, attempt):
    page.route("**/save/", lambda route: route.fulfill(status=503))
    field = page.locator("main input[type=text]")
    field.fill("a guardian")
    expect(page.locator("[data-alert]")).to_have_text(re.compile("Not saved yet"))
    page.get_by_role("button", name="Continue").click()
    expect(field).to_have_value("a guardian")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Not saved yet"))
    page.unroute("**/save/")
    page.wait_for_url(re.compile(r"/2/$"))
    assert "a guardian" in saved(attempt).values()


def test_a_change_after_such_a_press_takes_it_back(page, attempt):
    page.route("**/save/", lambda route: route.fulfill(status=503))
    field = page.locator("main input[type=text]")
    field.fill("a guardian")
    expect(page.locator("[data-alert]")).to_have_text(re.compile("Not saved yet"))
    page.get_by_role("button", name="Continue").click()
    field.fill("a lawyer")
    page.unroute("**/save/")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED, timeout=15_000)
    assert page.url.endswith("/1/") and "a lawyer" in saved(attempt).values()


@pytest.mark.parametrize("hours", [-3, 3])
def test_the_time_left_is_that_of_the_site_whatever_the_visitors_clock_says(new_page, learner, attempt, hours):
    page = new_page(user=learner)
    page.clock.install(time=timezone.now() + timedelta(hours=hours))
    page.goto(question_url(attempt, 1))
    expect(page.locator("[data-time-left]")).to_have_text(re.compile("(59|60|61) minutes"))


def ending(attempt, **left):
    attempt.ends_at = timezone.now() + timedelta(**left)
    attempt.save()


def test_one_minute_is_left_and_nothing_covers_the_page(page, attempt):
    ending(attempt, seconds=50)
    page.reload()
    expect(page.locator("[data-time-left]")).to_have_text("Time left: 1 minute")
    expect(page.locator("[data-status]")).to_be_empty()


def test_whoever_waits_on_the_last_page_until_the_time_is_over_sees_the_result(page, attempt):
    ending(attempt, seconds=20)
    page.goto(submit_url(attempt))
    expect(page.locator("[data-time-left]")).to_have_text("Time left: 1 minute")
    page.wait_for_url(re.compile(r"/result/"), timeout=60_000)
