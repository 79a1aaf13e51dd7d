"""The rig works: a visitor opens the site in a real browser, wide and narrow, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browsing import DESKTOP, PHONE, NewPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("javascript", [True, False])
def test_visitor_opens_the_front_door(site, new_page: NewPage, width: int, javascript: bool) -> None:
    page = new_page(width=width, javascript=javascript)
    answer = page.goto("/")
    assert answer is not None
    assert answer.ok
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_front_door_has_no_accessibility_violation(site, page, assert_no_violations, assert_fits) -> None:
    page.set_viewport_size({"width": 320, "height": 780})
    page.goto("/")
    assert_fits(page)
    assert_no_violations(page)
