"""From "Create your account" to the first lesson: two pages, by password or by mailed code."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.inbox import mailed_code
from tests.factories.accounts import PASSWORD, PersonFactory

SIGN_UP, ABOUT_YOU, CODE = reverse("account_signup"), reverse("accounts:about_you"), reverse("account_confirm_login_code")
WANTED = "/en/learn/"
pytestmark = pytest.mark.django_db


def sign_up(client: Client, email: str = "amelie@example.com", **data):
    return client.post(SIGN_UP, {"email": email, "password1": PASSWORD, "next": WANTED, **data})


def test_two_pages_lead_to_where_the_person_wanted_to_go(client: Client):
    response = sign_up(client)
    assert response.status_code == 302
    assert response.url == f"{ABOUT_YOU}?next=%2Fen%2Flearn%2F"
    assert "Which country do you work in?" in client.get(response.url).content.decode()

    response = client.post(response.url, {"country": "BE", "occupation": "lawyer", "next": WANTED})
    assert (response.status_code, response.url) == (302, WANTED)
    user = User.objects.get()
    assert (user.email, user.country, user.occupation, user.language) == ("amelie@example.com", "BE", "lawyer", "en")
    assert user.check_password(PASSWORD)
    assert mail.outbox == []
    assert not EmailAddress.objects.get().verified


def test_session_starts_at_once_and_with_a_new_key(client: Client):
    client.get(f"{SIGN_UP}?next={WANTED}")
    client.session["before"] = 1
    before = client.cookies.get("sessionid")
    sign_up(client)
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert before is None or before.value != client.cookies["sessionid"].value


def test_without_a_wish_the_first_stop_is_my_learning(client: Client):
    response = sign_up(client, next="")
    response = client.post(response.url, {"country": "--", "occupation": "undisclosed"})
    assert response.url == reverse("learning:my_learning")
    assert User.objects.get().about_answered


def test_code_by_mail_instead_of_a_password(client: Client):
    response = sign_up(client, password1="", by="code")
    assert response.url.startswith(CODE)
    assert mail.outbox[0].subject == "Your sign-in code"
    response = client.post(CODE, {"code": mailed_code(), "next": WANTED})
    assert response.url == f"{ABOUT_YOU}?next=%2Fen%2Flearn%2F"
    user = User.objects.get()
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


def test_code_by_mail_leads_the_owner_into_the_account_that_exists(client: Client):
    owner = PersonFactory(email="amelie@example.com", verified=True)
    sign_up(client, password1="", by="code")
    response = client.post(CODE, {"code": mailed_code(), "next": WANTED})
    assert response.url == WANTED
    assert client.session["_auth_user_id"] == str(owner.pk)
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_code_by_mail_takes_the_account_back_from_whoever_set_its_password(client: Client):
    stranger = Client()
    sign_up(stranger, password1="set by a stranger 1")
    sign_up(client, password1="", by="code")
    response = client.post(CODE, {"code": mailed_code()}, follow=True)
    assert "the old password of this account stopped working" in response.content.decode()
    assert "_auth_user_id" in client.session
    assert stranger.get(reverse("accounts:profile")).status_code == 302
    assert not User.objects.get().has_usable_password()


def test_wrong_code_is_refused_and_may_be_tried_again(client: Client):
    sign_up(client, password1="", by="code")
    response = client.post(CODE, {"code": "WRONG1"})
    assert response.status_code == 422
    assert "This is not the code we sent." in response.content.decode()
    assert client.post(CODE, {"code": mailed_code()}).status_code == 302


def test_weak_password_is_explained_and_the_address_is_kept(client: Client):
    response = sign_up(client, password1="short")
    html = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in html and "at least 10 characters" in html
    assert 'value="amelie@example.com"' in html
    assert "<title>Error:" in html
    assert not User.objects.exists()


def test_empty_form_says_what_to_type(client: Client):
    html = client.post(SIGN_UP, {}).content.decode()
    assert html.count("Type your e-mail address.") == html.count("Choose a password.") == 2  # in the summary and at the field
    assert "Type a whole e-mail address" in client.post(SIGN_UP, {"email": "amelie"}).content.decode()


def test_password_managers_and_pasting_work(client: Client):
    html = client.get(SIGN_UP).content.decode()
    assert 'autocomplete="email"' in html and 'autocomplete="new-password"' in html
    assert "onpaste" not in html and "maxlength" not in html.split('type="password"')[1].split(">")[0]


def test_machine_that_fills_every_field_makes_no_account(client: Client):
    response = sign_up(client, leave_empty="http://spam.example")
    assert response.url == reverse("account_email_verification_sent")
    assert not User.objects.exists()


def test_form_sent_twice_makes_one_person():
    """Two browsers stand for one whose second click leaves before the first answer brings the session cookie."""
    first, second = Client(), Client()
    key = re.search(r'name="signup_key" value="([^"]+)"', first.get(SIGN_UP).content.decode()).group(1)
    assert sign_up(first, signup_key=key).url == sign_up(second, signup_key=key).url
    assert User.objects.count() == EmailAddress.objects.count() == 1
    assert mail.outbox == []
    assert first.session["_auth_user_id"] == second.session["_auth_user_id"]


def test_old_form_filled_in_for_somebody_else_makes_a_second_person():
    key = "3f0c1a52-6d2f-4d7b-9d0e-0f4b6a1c2d3e"
    for email in ("amelie@example.com", "jonas@example.com"):
        client = Client()
        sign_up(client, email, signup_key=key)
        assert User.objects.get(pk=client.session["_auth_user_id"]).email == email


def test_somebody_who_forgot_their_account_gets_in_with_their_password(client: Client):
    owner = PersonFactory(email="amelie@example.com")
    response = sign_up(client)
    assert response.url == WANTED
    assert client.session["_auth_user_id"] == str(owner.pk)
    assert mail.outbox == []


def test_signed_in_person_is_not_offered_a_second_account(client: Client):
    client.force_login(PersonFactory())
    assert client.get(SIGN_UP).status_code == 302


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "verified", "full_name", "date_joined", "groups"])
def test_form_sets_nothing_but_its_fields(client: Client, field: str):
    sign_up(client, **{field: "1"})
    user = User.objects.get()
    client.post(ABOUT_YOU, {"country": "BE", "occupation": "lawyer", field: "1", "email": "other@example.com"})
    client.post(reverse("accounts:name"), {"full_name": "Amélie", "email": "other@example.com", field: "1"})
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, user.email, user.groups.count()) == (False, False, "amelie@example.com", 0)
    assert not EmailAddress.objects.get(user=user).verified
