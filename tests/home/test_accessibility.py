"""The site's own pages in a real browser: axe finds nothing, nothing has to be scrolled sideways, no script is needed."""

import pytest

from tests.browsing import DESKTOP, PHONE
from tests.factories.home import StandardPageFactory

PAGES = [
    "/en/",
    "/bg/",
    "/en/settings/place/?next=/en/courses/",
    "/en/search/",
    "/en/search/?q=recognising",
    "/en/search/?q=zzzz",
    "/en/privacy/",
    "/fr/nothing/here/",
]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESKTOP, False)])
def test_pages_pass_axe_and_fit(new_page, site, course, assert_no_violations, assert_fits, width, dark):
    StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")
    page = new_page(width=width, dark=dark)

    for path in PAGES:
        page.goto(path)
        assert_no_violations(page)
        assert_fits(page)


@pytest.mark.browser
def test_the_error_summary_passes_axe(page, site, assert_no_violations):
    page.goto("/en/settings/place/")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error:")
    assert_no_violations(page)


@pytest.mark.browser
def test_place_and_search_without_javascript_at_320(new_page, site, course, assert_fits):
    page = new_page(width=320, javascript=False)
    page.goto("/en/search/")
    page.get_by_label("Words to look for").fill("recognising")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=course.title).wait_for()
    assert_fits(page)

    page.goto(f"/en/settings/place/?next={course.url}")
    page.get_by_label("Français").check()
    page.get_by_label("I prefer not to say").check()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/fr/settings/place/**")
    page.get_by_text("n’existe pas encore dans cette langue (Français)").wait_for()
    page.get_by_role("link", name=course.title).click()
    page.wait_for_url(f"**{course.url}")
    assert page.locator("html").get_attribute("data-theme") == "dark"
