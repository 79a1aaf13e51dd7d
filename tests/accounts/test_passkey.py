"""A passkey, with Chromium's virtual authenticator in the place of a fingerprint."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def user() -> User:
    return PersonFactory(email="amelie@example.com", full_name="Amélie Peeters", verified=True)


def give_fingerprint_reader(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_passkey(page: Page) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/2fa/recovery-codes/**")


def test_passkey_is_added_and_opens_the_account_without_a_password(new_page, user: User):
    page = new_page(user=user)
    give_fingerprint_reader(page)
    add_passkey(page)
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkeys")
    expect(page.get_by_text("Not used yet.")).to_be_visible()

    page.goto(reverse("accounts:profile"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:profile')}")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"**{reverse('accounts:profile')}")
    expect(page.get_by_role("main")).to_contain_text("Amélie Peeters")


def test_passkey_counts_as_the_second_step_of_staff(new_page, administrator: User, settings):
    settings.STAFF_MFA_REQUIRED = True
    administrator.country, administrator.occupation = "BE", "other"
    administrator.set_password(PASSWORD)
    administrator.save()
    page = new_page(user=administrator)
    give_fingerprint_reader(page)
    page.goto("/admin/")
    expect(page.get_by_text("so your account needs two-step sign-in")).to_be_visible()
    add_passkey(page)
    page.goto("/admin/")
    expect(page).to_have_url(f"{page.url.split('/admin/')[0]}/admin/")


def test_passkey_that_fails_is_said_in_words(new_page, user: User):
    page = new_page()
    page.goto(reverse("account_login"))
    page.context.set_offline(True)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey did not work.")


def test_without_javascript_no_passkey_is_offered_and_the_password_works(new_page, user: User):
    page = new_page(javascript=False)
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:profile')}")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


def test_password_can_be_shown_and_is_hidden_again_on_sending(new_page, user: User):
    page = new_page()
    page.goto(reverse("account_login"))
    field = page.get_by_label("Password", exact=True)
    field.fill("something")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")
