"""Whatever is typed or thrown at an account page, the answer is a clear page, never an error of ours."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
STRANGE = {
    "emoji": "😀😀😀😀😀😀😀😀😀😀",
    "script": "<script>alert(1)</script>",
    "right to left": "\u202eمرحبا بالعالم العربي",
    "null": "a\x00b@example.com",
    "one megabyte": "x" * 1_000_000,
    "long address": f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example.com",
    "template": "{{ 7*7 }}{% load x %}",
    "header": "a@example.com\r\nBcc: b@example.com",
    "blank": "   ",
}
FORMS = {
    "account_signup": ["email", "password1", "signup_key", "by"],
    "account_login": ["login", "password"],
    "account_request_login_code": ["email"],
    "account_reset_password": ["email"],
}
OWN_FORMS = {
    "account_change_password": ["oldpassword", "password1", "password2"],
    "account_email": ["email", "action_add"],
    "accounts:confirm_email": ["next"],
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("page", FORMS)
def test_forms_for_everybody(client: Client, page: str, text: str):
    for strange in FORMS[page]:
        data = {field: "sane@example.com" if field in {"email", "login"} else PASSWORD for field in FORMS[page]}
        response = client.post(reverse(page), {**data, "signup_key": "", "by": "", strange: text})
        assert response.status_code in {200, 302, 422, 429}
        assert "<script>alert" not in response.content.decode()
        client.logout()


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("page", OWN_FORMS)
def test_forms_of_the_person(client: Client, page: str, text: str):
    client.force_login(PersonFactory())
    for strange in OWN_FORMS[page]:
        response = client.post(reverse(page), {**dict.fromkeys(OWN_FORMS[page], PASSWORD), strange: text})
        assert response.status_code in {302, 422}
        assert "<script>alert" not in response.content.decode()


def test_address_that_the_database_could_not_hold_is_refused_in_words(client: Client):
    response = client.post(reverse("account_signup"), {"email": STRANGE["long address"], "password1": PASSWORD})
    assert response.status_code == 422
    assert "254" in response.content.decode()
    assert not User.objects.exists()


def test_five_megabytes_are_refused(client: Client):
    response = client.post(reverse("account_signup"), {"email": "x" * 5_000_000, "password1": PASSWORD})
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("password", ["😀" * 10, "парола на български език", "  spaces around it  ", "a" * 200])
def test_any_phrase_is_a_password(client: Client, password: str):
    client.post(reverse("account_signup"), {"email": "ana@example.com", "password1": password})
    other = Client()
    other.post(reverse("account_login"), {"login": "ana@example.com", "password": password})
    assert "_auth_user_id" in other.session


@pytest.mark.parametrize("link", ["account_reset_password_from_key", "account_confirm_email"])
def test_broken_links_explain_themselves(client: Client, link: str):
    kwargs = {"uidb36": "zz", "key": "broken"} if "password" in link else {"key": "broken:key"}
    response = client.get(reverse(link, kwargs=kwargs))
    assert response.status_code == 200
    assert "<h1" in response.content.decode()
