"""axe and narrow windows on the screens of coordinators, and the one press for a contact that still holds."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.browsing import NewPage
from tests.factories.countries import EntryFactory, make_contact

pytestmark = pytest.mark.browser
OLD = localdate().replace(year=2020)


@pytest.mark.parametrize("width", [1280, 360])
def test_screens_of_coordinators(new_page: NewPage, site, coordinator, assert_no_violations, assert_nothing_cut_off, width):
    EntryFactory(state="confirmed", checked_on=OLD)
    EntryFactory(slot="hearing", language="fr", review_by=OLD)
    make_contact("Child line", checked_on=OLD)
    page = new_page(width=width, user=coordinator)
    page.goto(reverse("countries_admin:coverage"))
    expect(page.get_by_role("link", name="fr: Past review")).to_be_visible()
    assert_no_violations(page, "main")
    assert_nothing_cut_off(page)
    page.goto(reverse("country_texts:index"))
    assert_no_violations(page, "table.listing")
    page.goto(reverse("country_contacts:index"))
    assert_no_violations(page, "table.listing")
    page.get_by_role("button", name="Still correct").press("Enter")
    expect(page.get_by_text("Checked today:")).to_be_visible()
    expect(page.get_by_role("cell", name="Confirmed", exact=True)).to_be_visible()
