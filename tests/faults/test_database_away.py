"""Faults F3 and F4: the database stops and comes back. Nobody starts anything again but the database itself."""

import re
import time

import pytest
from playwright.sync_api import expect

from quizzes.models import Response
from quizzes.services import start_attempt
from tests.browsing import session_cookie
from tests.factories.quizzes import best_answer, make_question, make_quiz, question_url
from tests.faults.ledger import Learner, at_once
from tests.faults.server import wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SAVED, UNSAVED = "All answers on this page are saved.", re.compile("Not saved yet")
SOON = 15  # seconds from the return of the database until everything is saved
THREADS = 8
LONG = 30_000  # milliseconds; a request waits up to five seconds for the database, and the machine may be busy


@pytest.fixture
def server(make_server):
    return make_server()


@pytest.fixture
def page(browser, server, learner, site):
    """The learner's browser on the real server."""
    context = browser.new_context(base_url=server.url)
    context.set_default_timeout(LONG)
    context.add_cookies([session_cookie(learner, server.url)])
    yield context.new_page()
    context.close()


@pytest.fixture
def attempt(learner, site):
    return start_attempt(user=learner, quiz=make_quiz([make_question(), make_question()]))


def test_a_page_keeps_what_was_chosen_says_so_and_saves_it_when_the_database_is_back(page, database, attempt):
    first, second = [choice["id"] for choice in attempt.responses.get(position=1).snapshot["choices"]][:2]
    page.goto(question_url(attempt, 1))
    state, tries = page.locator("[data-save-state]"), []
    page.get_by_role("radio").and_(page.locator(f"[value='{first}']")).check()
    expect(state).to_have_text(SAVED, timeout=LONG)
    page.on("requestfinished", lambda request: tries.append(request.url) if request.url.endswith("/save/") else None)

    database.stop()
    page.locator(f"[value='{second}']").check()
    expect(state).to_have_text(UNSAVED, timeout=LONG)
    expect(page.locator("[data-alert]")).to_have_text(UNSAVED)
    expect(page.locator(f"[value='{second}']")).to_be_checked()
    page.wait_for_function("() => performance.getEntriesByType('resource').filter(e => e.name.endsWith('/save/')).length > 2")

    database.start()
    began = time.monotonic()
    expect(state).to_have_text(SAVED, timeout=SOON * 1000)
    assert time.monotonic() - began < SOON and tries
    assert page.url.endswith(question_url(attempt, 1)), "the page itself was never replaced"
    assert attempt.responses.get(position=1).answer == {"choice": second}


def test_continue_waits_where_saving_fails_and_goes_on_when_it_works_again(page, database, attempt):
    """A press during the failure leads to no error page; once everything is saved it goes on by itself."""
    choice = attempt.responses.get(position=1).snapshot["choices"][0]["id"]
    page.goto(question_url(attempt, 1))
    database.stop()
    page.locator(f"[value='{choice}']").check()
    state = page.locator("[data-save-state]")
    expect(state).to_have_text(UNSAVED, timeout=LONG)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[data-alert]")).to_have_text(UNSAVED)
    expect(page.locator(f"[value='{choice}']")).to_be_checked()
    database.start()
    page.wait_for_url(re.compile(r"/2/$"), timeout=SOON * 1000)
    assert attempt.responses.get(position=1).answer == {"choice": choice}


def test_without_javascript_continue_keeps_the_answer_in_the_page_until_it_is_saved(browser, server, learner, database, attempt):
    choice = attempt.responses.get(position=1).snapshot["choices"][1]["id"]
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    context.set_default_timeout(LONG)
    context.add_cookies([session_cookie(learner, server.url)])
    page = context.new_page()
    page.goto(question_url(attempt, 1))
    page.locator(f"[value='{choice}']").check()

    database.stop()
    statuses = []
    page.on("response", lambda response: statuses.append(response.status))
    for name in ("Continue", "Send again"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet", timeout=LONG)
    assert statuses == [503, 503]

    database.start()
    wait_until(lambda: server.status("/readyz") == 200, "ready again")
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url(re.compile(r"/2/$"))
    assert attempt.responses.get(position=1).answer == {"choice": choice}
    context.close()


def test_after_a_restart_of_the_database_old_connections_are_replaced(server, database, learner, ledger, site):
    attempt = start_attempt(user=learner, quiz=make_quiz([make_question()]))
    who, answer = Learner(learner), best_answer(attempt, 1)

    def save():
        reply = ledger.answer(who, server.port, attempt, 1, answer, save=True)
        return reply and reply.status

    assert set(at_once([save] * THREADS * server.count)) == {200}, "every process holds connections"
    database.stop("fast")
    wait_until(lambda: server.status("/readyz") == 503, "readers are sent elsewhere")
    assert server.status("/healthz") == 200, "a healthy process is left alone"
    workers = {worker.pid for worker in server.workers()}
    database.start()
    wait_until(lambda: server.status("/readyz") == 200, "ready again")
    answers = [status for _round in range(3) for status in at_once([save] * THREADS * server.count)]
    assert sum(status != 200 for status in answers) <= server.count, "at most one failed request for each process"
    assert {worker.pid for worker in server.workers()} == workers, "nobody had to start the site again"
    assert Response.objects.get(attempt=attempt).version == 1
