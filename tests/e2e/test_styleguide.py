"""The style guide stands for every page that is built from it: axe finds nothing, nothing has to be scrolled sideways."""

import gzip

import pytest
from django.conf import settings

from tests.browsing import DESKTOP, NewPage

pytestmark = pytest.mark.browser
LEARNER_SHEETS = ["tokens", "base", "components", "blocks", "print"]


@pytest.mark.parametrize("width", [320, DESKTOP])
@pytest.mark.parametrize("dark", [False, True])
def test_style_guide_is_accessible(site, new_page: NewPage, administrator, assert_no_violations, assert_fits, width, dark):
    page = new_page(width=width, dark=dark, user=administrator)
    page.goto("/styleguide/")
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    assert_fits(page)
    assert_no_violations(page)


def test_a_learner_page_links_at_most_five_small_sheets(site, page):
    page.goto("/")
    sheets = page.locator("link[rel=stylesheet]").evaluate_all("links => links.map(link => link.href)")
    assert len(sheets) <= 5
    size = sum(len(gzip.compress((settings.BASE_DIR / f"static/css/{name}.css").read_bytes())) for name in LEARNER_SHEETS)
    assert size <= 12 * 1024


def test_the_site_script_is_small():
    assert len(gzip.compress((settings.BASE_DIR / "static/js/site.js").read_bytes())) <= 4 * 1024
