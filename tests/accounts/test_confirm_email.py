"""An address is confirmed only when something needs it, and then the person comes back to where they were."""

import smtplib

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import email_of, has_verified_email
from tests.accounts.inbox import mailed_link
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
CONFIRM, WANTED = reverse("accounts:confirm_email"), "/en/learn/"


@pytest.fixture
def user() -> User:
    return PersonFactory()


def test_link_by_mail_confirms_and_brings_the_person_back(client: Client, user: User):
    client.force_login(user)
    assert user.email in client.get(f"{CONFIRM}?next={WANTED}").content.decode()
    response = client.post(CONFIRM, {"next": WANTED}, follow=True)
    assert "Open the link that we sent to" in response.content.decode()
    assert mail.outbox[0].subject == "Confirm your e-mail address"
    assert mail.outbox[0].to == [email_of(user)]
    assert not has_verified_email(user)

    link = mailed_link()
    assert "did you ask for this yourself?" in client.get(link).content.decode()
    assert not has_verified_email(user)  # opening alone does nothing: mail programs open links by themselves
    assert client.post(link).url == WANTED
    assert has_verified_email(user)
    assert client.get(f"{CONFIRM}?next={WANTED}").url == WANTED


def test_link_works_on_another_device(client: Client, user: User):
    client.force_login(user)
    client.post(CONFIRM, {"next": WANTED})
    Client().post(mailed_link())
    assert client.get(f"{CONFIRM}?next={WANTED}").url == WANTED


def test_second_request_within_minutes_sends_no_second_mail(client: Client, user: User, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    client.force_login(user)
    client.post(CONFIRM)
    response = client.post(CONFIRM, follow=True)
    assert "We sent you a link a moment ago." in response.content.decode()
    assert len(mail.outbox) == 1


class BrokenMail:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("connection lost")


@pytest.fixture
def broken_mail(settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("account_signup", {"email": "new@example.com", "by": "code"}),
        ("account_request_login_code", {"email": "somebody@example.com"}),
        ("account_reset_password", {"email": "somebody@example.com"}),
    ],
)
def test_mail_that_cannot_be_sent_is_said_and_may_be_tried_again(client: Client, broken_mail, settings, caplog, page, data):
    PersonFactory(email="somebody@example.com")
    response = client.post(reverse(page), data, follow=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert "We could not send the e-mail." in html
    assert "We sent a code to" not in html.split("<h1>")[0]
    assert "SMTPServerDisconnected" in caplog.text
    assert "@example.com" not in caplog.text

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Client().post(reverse(page), data)
    assert len(mail.outbox) == 1


def test_broken_mail_does_not_stop_a_change_of_password(client: Client, user: User, broken_mail):
    client.force_login(user)
    new = "a brand new phrase"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


def test_sign_up_needs_no_mail_at_all(client: Client, broken_mail):
    client.post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
    assert "_auth_user_id" in client.session


def test_change_of_address_in_the_hub(client: Client, user: User):
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = reverse("account_email")
    client.post(page, {"action_add": "", "email": "new@example.com"})
    client.post(mailed_link())
    client.post(page, {"action_primary": "", "email": "new@example.com"})
    old = user.email
    user.refresh_from_db()
    assert (email_of(user), has_verified_email(user)) == ("new@example.com", True)
    client.post(page, {"action_remove": "", "email": old})
    html = client.get(page).content.decode()
    assert "new@example.com" in html
    assert f'value="{old}"' not in html


NEUTRAL = ["traffick", "exploit", "child", "victim", "guardian", "abuse", "minor"]


def test_no_mail_says_what_the_site_is_about(client: Client, user: User):
    """T8: somebody else may see the screen or the mailbox."""
    Client().post(reverse("account_request_login_code"), {"email": user.email})
    Client().post(reverse("account_request_login_code"), {"email": "nobody@example.com"})
    Client().post(reverse("account_reset_password"), {"email": user.email})
    Client().post(reverse("account_signup"), {"email": user.email, "password1": "another phrase 77"})
    client.force_login(user)
    client.post(CONFIRM)
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        text = f"{message.subject} {message.from_email} {message.body}".lower()
        assert not [word for word in NEUTRAL if word in text]
        assert message.alternatives == []
