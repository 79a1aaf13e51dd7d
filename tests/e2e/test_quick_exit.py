"""Somebody looks over the learner's shoulder in the middle of a quiz: one press, and neither Back nor another tab shows a thing.

The neutral page stands on the server of the test here: a test makes no request to another host.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, NewPage
from tests.e2e.learner import Learner
from training.places import EXIT_URLS, Country

pytestmark = pytest.mark.browser


def by_link(page: Page) -> None:
    page.get_by_role("banner").get_by_role("link", name="Leave this site").locator("visible=true").last.click()


def by_shift(page: Page) -> None:
    for _press in range(3):
        page.keyboard.press("Shift")


def expect_nothing_personal(page: Page) -> None:
    expect(page.get_by_role("link", name="My profile")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("Question 1")


@pytest.mark.parametrize(
    ("javascript", "leave"),
    [(False, by_link), (True, by_link), (True, by_shift)],
    ids=["link-without-javascript", "link", "shift"],
)
def test_leaving_in_the_middle_of_a_quiz(new_page: NewPage, live_server, monkeypatch, learner, course, javascript, leave):
    neutral = f"{live_server.url}/healthz"
    monkeypatch.setitem(EXIT_URLS, Country.BE, neutral)
    reader = Learner(new_page(width=PHONE, javascript=javascript, user=learner))
    reader.page.goto(course.url)
    reader.press("Start the course")
    reader.finish_lesson()
    reader.open_quiz()
    question = reader.page.url
    expect(reader.main).to_contain_text("Question 1 of 3")
    other_tab = reader.page.context.new_page()
    other_tab.goto("/en/learn/")
    expect(other_tab.get_by_role("heading", level=1)).to_have_text("My learning")
    [copy] = [cookie for cookie in reader.page.context.cookies() if cookie["name"] == "sessionid"]

    leave(reader.page)
    expect(reader.page).to_have_url(neutral)
    assert "sessionid" not in {cookie["name"] for cookie in reader.page.context.cookies()}
    other_tab.reload()
    expect(other_tab.get_by_role("heading", level=1)).to_have_text("Sign in")
    other_tab.context.add_cookies([copy])  # as if something had kept it: the server has forgotten the session, too
    other_tab.goto("/en/learn/")
    expect(other_tab.get_by_role("heading", level=1)).to_have_text("Sign in")
    reader.page.go_back()
    expect_nothing_personal(reader.page)
    if javascript:
        expect(reader.page).not_to_have_url(question)  # the neutral page took the place of the question in the history
    for _step in range(2):
        reader.page.go_back()
        expect_nothing_personal(reader.page)
