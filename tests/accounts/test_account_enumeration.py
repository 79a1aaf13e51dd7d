"""Nobody learns here who has an account: not from words, status, redirects, cookies, nor from a second visit."""

import re
import statistics
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.inbox import mailed_code, mailed_link
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "known@example.com", "nobody@example.com"
ABOUT_YOU = reverse("accounts:about_you")


@pytest.fixture(params=[True, False], ids=["confirmed", "unconfirmed"])
def owner(request: pytest.FixtureRequest) -> User:
    return PersonFactory(email=KNOWN, password="the owner's own phrase", verified=request.param)


def told(response, email: str) -> tuple:
    """All that a visitor can see of a response, without what differs by chance."""
    html = response.content.decode().replace(email, "ADDRESS").replace(email.replace("@", "%40"), "ADDRESS")
    html = re.sub(r'name="(csrfmiddlewaretoken|signup_key)" value="[^"]*"', "", html)
    return response.status_code, response.headers.get("Location"), sorted(response.cookies), html


def visit(email: str, steps: list[tuple[str, dict]]) -> list[tuple]:
    client, seen = Client(), []
    for path, data in steps:
        response = client.post(path, data) if data else client.get(path)
        seen.append(told(response, email))
        while response.status_code == 302:
            response = client.get(response.url)
            seen.append(told(response, email))
    return seen


def sign_up_steps(email: str) -> list[tuple[str, dict]]:
    return [
        (reverse("account_signup"), {"email": email, "password1": PASSWORD}),
        (ABOUT_YOU, {"country": "BE", "occupation": "guardian"}),
        (reverse("accounts:profile"), {}),
        (reverse("account_email"), {}),
        (reverse("accounts:confirm_email"), {}),
    ]


STEPS = {
    "sign up": sign_up_steps,
    "sign up by code": lambda email: [(reverse("account_signup"), {"email": email, "by": "code"})],
    "sign in": lambda email: [(reverse("account_login"), {"login": email, "password": "not the right one"})],
    "sign in by code": lambda email: [
        (reverse("account_request_login_code"), {"email": email}),
        (reverse("account_confirm_login_code"), {"code": "ABCDEF"}),
    ],
    "new password": lambda email: [(reverse("account_reset_password"), {"email": email})],
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_known_and_unknown_address_look_the_same(owner: User, steps):
    assert visit(KNOWN, steps(KNOWN)) == visit(UNKNOWN, steps(UNKNOWN))


def test_second_visit_tells_nothing_either(owner: User):
    """Signing up, leaving and coming back with the same password works whether or not the address had an owner."""
    for email in (KNOWN, UNKNOWN):
        Client().post(reverse("account_signup"), {"email": email, "password1": PASSWORD})
    steps = [(reverse("account_login"), {"login": "", "password": PASSWORD})]
    known, unknown = (visit(email, [(path, {**data, "login": email}) for path, data in steps]) for email in (KNOWN, UNKNOWN))
    assert known == unknown
    assert known[0][1].startswith(ABOUT_YOU)


def test_both_accounts_open_with_their_own_password(owner: User):
    Client().post(reverse("account_signup"), {"email": KNOWN, "password1": PASSWORD})
    assert User.objects.count() == 2
    second = User.objects.latest("pk")
    for password, user in (("the owner's own phrase", owner), (PASSWORD, second)):
        client = Client()
        client.post(reverse("account_login"), {"login": KNOWN, "password": password})
        assert client.session["_auth_user_id"] == str(user.pk)


def test_owner_is_told_in_their_language_and_stays_untouched(owner: User):
    User.objects.filter(pk=owner.pk).update(language="en", full_name="Owner")
    Client().post(reverse("account_signup"), {"email": KNOWN, "password1": PASSWORD})
    assert [message.to for message in mail.outbox] == [[KNOWN]]
    assert mail.outbox[0].subject == "You already have an account"
    assert f"{reverse('account_login')}" in mail.outbox[0].body
    owner.refresh_from_db()
    assert owner.full_name == "Owner" and owner.check_password("the owner's own phrase")


def test_codes_and_confirmed_addresses_belong_to_the_owner(owner: User):
    Client().post(reverse("account_signup"), {"email": KNOWN, "password1": PASSWORD})
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": KNOWN})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert client.session["_auth_user_id"] == str(owner.pk)
    assert list(EmailAddress.objects.filter(verified=True).values_list("user", flat=True)) == [owner.pk]


def test_once_confirmed_an_address_is_nobody_elses(client: Client):
    """The link of the second account still opens, says why it cannot confirm, and only the mailbox's owner reads that."""
    PersonFactory(email=KNOWN, verified=True, password="the owner's own phrase")
    client.post(reverse("account_signup"), {"email": KNOWN, "password1": PASSWORD})
    client.post(reverse("accounts:confirm_email"))
    response = Client().get(mailed_link())
    assert "is already confirmed in another account" in response.content.decode()
    assert EmailAddress.objects.filter(verified=True).count() == 1


def test_adding_somebody_elses_address_tells_nothing(owner: User):
    answers = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        client.force_login(PersonFactory(email="curious@example.com"))
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        response = client.post(reverse("account_email"), {"email": email, "action_add": ""}, follow=True)
        assert email in response.content.decode()
        answers.append(told(response, email))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("path", ["account_login", "account_signup"])
def test_known_and_unknown_address_take_about_as_long(settings, path: str):
    """With a hash that dominates the time, as in production, the medians lie close together."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    owners = PersonFactory.create_batch(5, verified=True)
    times: dict[bool, list[float]] = {True: [], False: []}
    for number, owner in enumerate(owners):
        for known in (True, False):
            email = owner.email if known else f"unknown{number}@example.com"
            client, started = Client(), time.perf_counter()
            client.post(reverse(path), {"login": email, "password": "wrong", "email": email, "password1": "another phrase 77"})
            times[known].append(time.perf_counter() - started)
    known, unknown = (statistics.median(times[key]) for key in (True, False))
    assert abs(known - unknown) < 0.35 * max(known, unknown)
