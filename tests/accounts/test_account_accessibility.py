"""axe, 320 px and dark on every account page, error states included."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from playwright.sync_api import Page

from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOR_EVERYBODY = ["account_signup", "account_login", "account_request_login_code", "account_reset_password"]
FOR_THE_PERSON = [
    "accounts:profile",
    "accounts:about_you",
    "accounts:name",
    "accounts:confirm_email",
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_generate_recovery_codes",
    "usersessions_list",
]


def submit_main_form(page: Page) -> None:
    page.get_by_role("main").locator("form button.button--primary").first.click()
    page.wait_for_selector(".error-summary")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_for_everybody_and_their_errors(new_page, assert_no_violations, assert_fits, dark: bool):
    page = new_page(width=320, dark=dark)
    for name in FOR_EVERYBODY:
        page.goto(reverse(name))
        assert_no_violations(page)
        assert_fits(page)
        submit_main_form(page)
        assert_no_violations(page)
        assert_fits(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_of_the_person(new_page, assert_no_violations, assert_fits, dark: bool):
    user = PersonFactory(email="somebody-with-a-rather-long-address@department.partner.example.com", verified=True)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    page = new_page(width=320, dark=dark, user=user)
    for name in FOR_THE_PERSON:
        page.goto(reverse(name))
        assert_no_violations(page)
        assert_fits(page)
