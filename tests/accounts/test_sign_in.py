"""Ways in: password, mailed code, second step, recovery code, new password. And ways out."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.inbox import mailed_code, mailed_link
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
LOGIN, PROFILE = reverse("account_login"), reverse("accounts:profile")
SECRET = "JBSWY3DPEHPK3PXP"


def sign_in(client: Client, user: User, password: str = PASSWORD, **data):
    return client.post(LOGIN, {"login": user.email, "password": password, **data})


def app_code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def is_signed_in(client: Client) -> bool:
    return client.get(PROFILE).status_code == 200


@pytest.fixture
def user() -> User:
    return PersonFactory(verified=True)


def test_password_opens_the_account_and_leads_to_the_wanted_page(client: Client, user: User):
    response = sign_in(client, user, next=PROFILE)
    assert response.url == PROFILE
    assert is_signed_in(client)


def test_address_may_be_typed_in_any_case(client: Client, user: User):
    client.post(LOGIN, {"login": f" {user.email.upper()} ", "password": PASSWORD})
    assert is_signed_in(client)


def test_wrong_password_is_one_neutral_message_and_keeps_the_address(client: Client, user: User):
    response = sign_in(client, user, "not my password")
    html = response.content.decode()
    assert response.status_code == 422
    assert "This e-mail address and password do not go together." in html
    assert f'value="{user.email}"' in html
    assert "not my password" not in html


def test_closed_account_says_so(client: Client):
    response = sign_in(client, PersonFactory(is_active=False))
    assert response.url == reverse("account_inactive")


def test_session_key_changes_at_sign_in(client: Client, user: User):
    """T7: nobody can plant a session and wait for its owner to sign in."""
    client.post(reverse("accounts:about_you"), {"country": "BE"})  # as a stranger, which the session remembers
    before = client.cookies["sessionid"].value
    sign_in(client, user)
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["max-age"] == 12 * 3600


def test_code_by_mail(client: Client, user: User):
    response = client.post(reverse("account_request_login_code"), {"email": user.email, "next": PROFILE})
    assert response.url == f"{reverse('account_confirm_login_code')}?next=%2Fen%2Faccounts%2F"
    assert mail.outbox[0].to == [user.email]
    assert client.post(response.url, {"code": mailed_code(), "next": PROFILE}).url == PROFILE
    assert is_signed_in(client)


def test_new_code_on_request(client: Client, user: User):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    old = mailed_code()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert mailed_code() != old
    assert client.post(reverse("account_confirm_login_code"), {"code": old}).status_code == 422
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert is_signed_in(client)


def test_three_wrong_codes_end_the_try(client: Client, user: User):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "WRONG"})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_second_step_is_set_up_asked_for_and_replaced_by_a_recovery_code(client: Client, user: User):
    sign_in(client, user)
    setup = reverse("mfa_activate_totp")
    response = client.get(setup)
    assert response.url.startswith(reverse("account_reauthenticate"))  # a found, open screen is not enough
    client.post(response.url, {"password": PASSWORD})
    assert "Type the code that the app shows." in client.get(setup).content.decode()
    secret = client.session["mfa.totp.secret"]
    response = client.post(setup, {"code": app_code(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert "Unused codes" in client.get(response.url).content.decode()
    assert mail.outbox[-1].subject == "Two-step sign-in is on"

    recovery = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    other = Client()
    assert sign_in(other, user).url == reverse("mfa_authenticate")
    assert not is_signed_in(other)
    assert "Type the code from the app" in other.get(reverse("mfa_authenticate")).content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 422
    other.post(reverse("mfa_authenticate"), {"code": recovery})
    assert is_signed_in(other)


def test_mailed_code_does_not_go_around_the_second_step(client: Client, user: User):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    assert client.post(reverse("account_confirm_login_code"), {"code": mailed_code()}).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_forgotten_password_is_replaced_by_mail_and_ends_other_sessions(client: Client, user: User):
    other = Client()
    sign_in(other, user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    assert mail.outbox[-1].subject == "Set a new password"
    page = client.get(mailed_link(), follow=True).request["PATH_INFO"]
    assert client.post(page, {"password1": "a brand new phrase", "password2": "another phrase"}).status_code == 422
    client.post(page, {"password1": "a brand new phrase", "password2": "a brand new phrase"})
    assert not is_signed_in(other)
    sign_in(client, user, "a brand new phrase")
    assert is_signed_in(client)


def test_password_link_works_once(client: Client, user: User):
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = mailed_link()
    page = client.get(link, follow=True).request["PATH_INFO"]
    client.post(page, {"password1": "a brand new phrase", "password2": "a brand new phrase"})
    assert Client().get(link).content.decode().count("<form") <= 2
    assert 'name="password1"' not in Client().get(link, follow=True).content.decode()


def test_changed_password_ends_every_other_session_and_is_told_by_mail(client: Client, user: User):
    """T7: the second browser dies on a change of password, the first stays."""
    other = Client()
    sign_in(other, user)
    sign_in(client, user)
    page = reverse("account_change_password")
    wrong = client.post(page, {"oldpassword": "wrong", "password1": "a brand new phrase", "password2": "a brand new phrase"})
    assert wrong.status_code == 422
    response = client.post(page, {"oldpassword": PASSWORD, "password1": "a brand new phrase", "password2": "a brand new phrase"})
    assert response.url == PROFILE
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_list_of_sessions_signs_out_everywhere_else(client: Client, user: User):
    other = Client(headers={"user-agent": "Phone"})
    sign_in(other, user)
    sign_in(client, user)
    page = reverse("usersessions_list")
    html = client.get(page).content.decode()
    assert "Phone" in html and "this device" in html
    client.post(page)
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_sign_out_needs_a_post_and_clears_what_the_browser_kept(client: Client, user: User):
    sign_in(client, user)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    response = client.post(reverse("account_logout"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)


def test_wagtails_own_sign_in_page_is_ours(client: Client):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response.url == f"{LOGIN}?next=/admin/pages/"
    assert client.get("/admin/").url.startswith(LOGIN)


def test_without_a_password_one_can_be_set(client: Client):
    user = PersonFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert reverse("account_set_password") in client.get(PROFILE).content.decode()
    client.post(reverse("account_set_password"), {"password1": "a brand new phrase", "password2": "a brand new phrase"})
    user.refresh_from_db()
    assert user.check_password("a brand new phrase")


HOSTILE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example/?https://testserver/",
    "//testserver@evil.example",
    "http:///evil.example",
    "\x00//evil.example",
    " https://evil.example",
    "ftp://testserver/",
    "https://еvil.example/",
]


@pytest.mark.parametrize("wanted", HOSTILE)
@pytest.mark.parametrize("page", ["account_login", "account_signup", "accounts:about_you", "accounts:confirm_email"])
def test_next_never_leads_away(client: Client, user: User, wanted: str, page: str):
    """T17."""
    if page.startswith("accounts:"):
        client.force_login(user)
    data = {"login": user.email, "password": PASSWORD, "email": "new@example.com", "password1": PASSWORD}
    response = client.post(reverse(page), {**data, "country": "BE", "occupation": "lawyer", "next": wanted})
    hops = 0
    while response.status_code == 302:
        assert response.url.startswith("/en/"), response.url
        assert "evil" not in response.url.split("?")[0]
        response = client.get(response.url) if hops else client.post(response.url, {"country": "BE", "occupation": "lawyer"})
        hops += 1
        if hops > 3:
            break
