"""Every account page opens, in the site's look, for whom it is meant."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from home.models import StandardPage
from tests.factories.accounts import PersonFactory
from tests.factories.courses import SiteTree

FOR_EVERYBODY = [
    "account_signup",
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
]
FOR_THE_PERSON = [
    "accounts:profile",
    "accounts:about_you",
    "accounts:name",
    "accounts:confirm_email",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
]


def assert_ours(response) -> None:
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert 'id="main"' in html
    assert "</title>" in html and "<title> –" not in html
    assert "placeholder=" not in html
    assert "style=" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_EVERYBODY)
@pytest.mark.parametrize("language", ["en", "fr", "bg"])
def test_page_for_everybody_opens(client: Client, name: str, language: str):
    assert_ours(client.get(reverse(name).replace("/en/", f"/{language}/")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_THE_PERSON)
def test_page_for_the_person_opens(client: Client, name: str):
    client.force_login(PersonFactory())
    assert_ours(client.get(reverse(name)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_THE_PERSON)
def test_page_for_the_person_asks_strangers_to_sign_in(client: Client, name: str):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url == "/" if name == "account_logout" else response.url.startswith(reverse("account_login"))


@pytest.mark.django_db
def test_hub_leads_to_everything_that_can_be_changed(client: Client):
    client.force_login(PersonFactory(email="amelie@example.com", full_name="Amélie Peeters"))
    html = client.get(reverse("accounts:profile")).content.decode()
    assert "Amélie Peeters" in html
    assert "amelie@example.com (not confirmed yet)" in html
    assert "Belgium" in html and "Guardian" in html
    for name in ("accounts:name", "account_email", "accounts:about_you", "account_change_password", "mfa_index"):
        assert f'href="{reverse(name)}' in html
    for name in ("mfa_list_webauthn", "usersessions_list", "home:place"):
        assert f'href="{reverse(name)}' in html


@pytest.mark.django_db
def test_hub_costs_the_same_whatever_is_in_it(client: Client, django_assert_max_num_queries):
    client.force_login(PersonFactory())
    with django_assert_max_num_queries(8):
        client.get(reverse("accounts:profile"))


@pytest.mark.django_db
def test_personal_pages_are_not_kept_by_the_browser(client: Client):
    client.force_login(PersonFactory())
    for name in ("accounts:profile", "accounts:about_you", "account_email", "mfa_index", "usersessions_list"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_sign_up_leads_to_the_privacy_page_in_the_readers_language(client: Client, site: SiteTree):
    page = StandardPage(title="Privacy", slug="privacy")
    site.home.add_child(instance=page)
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.slug = "protection"
    french.save_revision().publish()
    assert f'href="{page.url}"' in client.get("/en/accounts/signup/").content.decode()
    assert 'href="/fr/protection/"' in client.get("/fr/accounts/signup/").content.decode()
