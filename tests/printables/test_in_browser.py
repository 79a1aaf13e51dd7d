"""The way to a file in a browser: by keyboard, without script, on a phone, and with axe watching each state of its page."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from printables.models import Printable, State
from tests.browsing import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def no_worker(settings) -> None:
    """Tasks wait in the database, so that each state of the page can be looked at."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_of_a_file_in_every_state(new_page, lessons, assert_no_violations, assert_fits, monkeypatch, dark):
    monkeypatch.setattr("printables.views.RELOAD_AFTER", 3600)  # not while it is looked at
    page = new_page(width=PHONE, dark=dark)
    page.goto(lessons[0].url)
    page.get_by_role("button", name="Save as PDF").focus()
    page.keyboard.press("Enter")
    status = page.locator("main").get_by_role("status")
    expect(status).to_be_visible()
    for state, said in [
        (State.QUEUED, "waits for its turn"),
        (State.WORKING, "is being made"),
        (State.FAILED, "was not made"),
    ]:
        Printable.objects.update(state=state)
        page.reload()
        expect(status).to_contain_text(said)
        assert_no_violations(page)
        assert_fits(page)
    monkeypatch.setattr("printables.views.RELOAD_AFTER", 1)
    page.get_by_role("button", name="Try again").click()
    expect(status).to_contain_text("waits for its turn")
    call_command("make_printables", verbosity=0)
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()  # the page loads itself again
    assert_no_violations(page)


def test_without_script_the_file_is_three_presses_away(new_page, client_for, trainer, lessons, assert_fits):
    page = new_page(width=320, javascript=False, user=trainer)
    page.goto(lessons[0].get_parent().specific.url)
    page.get_by_role("link", name="Handbook for trainers").click()
    expect(page.get_by_text("It holds answers")).to_be_visible()
    assert_fits(page)
    page.get_by_role("button", name="Save as PDF").click()
    call_command("make_printables", verbosity=0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert download.value.suggested_filename.startswith("handbook-")
