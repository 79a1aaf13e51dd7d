"""What the script adds to pages that work without it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import NewPage

pytestmark = pytest.mark.browser


@pytest.fixture
def neutral(page: Page) -> Page:
    """A page whose way out ends on this machine, so that no test leaves it."""
    page.context.route("https://**", lambda route: route.fulfill(body="weather", content_type="text/html"))
    page.context.route("**/leave/", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    return page


def test_leaving_leaves_no_page_to_go_back_to(site, neutral):
    neutral.goto("/en/search/")
    neutral.goto("/en/")
    neutral.get_by_role("banner").get_by_role("link", name="Leave this site").last.click()
    expect(neutral).to_have_title("Weather")
    neutral.go_back()
    expect(neutral).to_have_url("/en/search/")


def test_shift_three_times_leaves(site, neutral):
    neutral.goto("/en/")
    neutral.keyboard.press("Shift")
    neutral.keyboard.press("Shift")
    expect(neutral.locator("[data-status]")).to_contain_text("Press Shift again to leave this site.")
    neutral.keyboard.press("Shift")
    expect(neutral).to_have_title("Weather")


def test_capital_letters_do_not_leave(site, neutral):
    neutral.goto("/en/search/")
    box = neutral.get_by_label("Words to look for")
    for _letter in range(4):
        box.press("Shift+A")
    expect(box).to_have_value("AAAA")
    assert neutral.locator("[data-status]").inner_text() == ""


def test_a_form_is_sent_once_and_says_so(site, page):
    page.goto("/en/settings/place/")
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    # An answer without content leaves the page as it is, as a slow answer does for a while.
    page.route("**/settings/place/", lambda route: route.fulfill(status=204))
    button = page.get_by_role("button", name="Save")
    button.click()
    expect(button).to_contain_text("saving")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert len(posts) == 1


def test_without_a_connection_the_answers_stay(site, page):
    page.goto("/en/settings/place/")
    page.get_by_label("Belgium").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-alert]")).to_have_text("No connection. Your answers are still here.")
    expect(page.get_by_label("Belgium")).to_be_checked()
    page.context.set_offline(False)
    expect(page.locator("[data-alert]")).to_have_text("")


def test_a_summary_of_errors_takes_the_focus(site, page):
    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title("Error: Sign in – Your account – ReACT training")


def test_all_parts_of_an_accordion_open_at_once(site, new_page: NewPage, administrator):
    page = new_page(user=administrator)
    page.goto("/styleguide/")
    accordion = page.locator(".accordion")
    accordion.get_by_role("button", name="Open all").click()
    expect(accordion.locator("details[open]")).to_have_count(2)
    accordion.get_by_role("button", name="Close all").click()
    expect(accordion.locator("details[open]")).to_have_count(0)


def test_a_code_is_copied(site, new_page: NewPage, administrator):
    page = new_page(user=administrator)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/styleguide/")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "7KQM-2F9X-HD3T"
