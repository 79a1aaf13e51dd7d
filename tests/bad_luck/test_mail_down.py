"""Fault F13: the mail server is down, slow to come back, or refuses. Nothing else stops, and each mail leaves once, later."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from certificates.models import Certificate, CertificateNotice
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.certificates import HolderFactory, due

from .mail_server import TAKEN, MailServer, free_port
from .words import said

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr", "bg"])
COULD_NOT = "We could not send the e-mail. Wait a few minutes, then ask for it again."
DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """Where the site sends its mail. Not running until a test starts it."""
    server = MailServer(free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield server
    server.stop()


def work(times: int = 1) -> None:
    """What the task worker does, with the waiting between the tries left out."""
    for _ in range(times):
        DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*", verbosity=0)


# --- Accounts ---------------------------------------------------------------------------------------------------------
def test_the_sign_up_needs_no_mail(client, site, mail_server):
    response = client.post(reverse("account_signup"), {"email": "ana@example.com", "password1": PASSWORD})
    assert response.status_code == 302 and User.objects.get().email == "ana@example.com"
    assert client.get(response.url).status_code == 200


@LANGUAGES
def test_a_code_that_cannot_leave_is_said_and_can_be_sent_again(client, site, mail_server, language, caplog):
    person = PersonFactory()
    with override(language):
        ask_url, confirm_url = reverse("account_request_login_code"), reverse("account_confirm_login_code")
    response = client.post(ask_url, {"email": person.email}, follow=True)
    assert response.request["PATH_INFO"] == confirm_url
    assert said(COULD_NOT, language) in response.content.decode()
    mail_server.start()
    client.post(confirm_url, {"action": "resend"})
    assert len(mail_server.received(person.email)) == 1
    code = re.search(r":\s+([\w-]+)\s*$", mail_server.inbox[0].get_content(), re.M)[1]
    client.post(confirm_url, {"code": code})
    assert "_auth_user_id" in client.session
    assert person.email not in caplog.text, "the log gets no address"


@LANGUAGES
@pytest.mark.parametrize("known", [True, False])
def test_a_link_for_a_new_password_that_cannot_leave(client, site, mail_server, language, known):
    email = PersonFactory(email="ana@example.com").email if known else "ana@example.com"
    with override(language):
        url = reverse("account_reset_password")
    assert said(COULD_NOT, language) in client.post(url, {"email": email}, follow=True).content.decode()
    mail_server.start()
    assert said(COULD_NOT, language) not in client.post(url, {"email": email}, follow=True).content.decode()
    assert len(mail_server.received(email)) == 1


def test_a_known_and_an_unknown_address_look_alike_when_mail_is_down(site, mail_server):
    PersonFactory(email="known@example.com")
    for name in ("account_request_login_code", "account_reset_password"):
        pages = []
        for email in ("known@example.com", "nobody@example.com"):
            response = Client().post(reverse(name), {"email": email}, follow=True)
            body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
            pages.append((response.status_code, response.redirect_chain, body.replace(email, "EMAIL")))
        assert pages[0] == pages[1], name


def test_the_sign_up_by_code_can_be_tried_again(client, site, mail_server):
    data = {"email": "ana@example.com", "by": "code", "signup_key": ""}
    first = client.post(reverse("account_signup"), data, follow=True)
    assert COULD_NOT in first.content.decode()
    mail_server.start()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert User.objects.count() == 1 and len(mail_server.inbox) == 1
    code = re.search(r"Your code:\s+(\S+)", mail_server.inbox[0].get_content())[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" in client.session


@LANGUAGES
def test_the_link_that_confirms_an_address(client_for, mail_server, site, language):
    person = PersonFactory()
    browser = client_for(person)
    with override(language):
        url = reverse("accounts:confirm_email")
    page = browser.post(url, {"next": "/en/learn/"}, follow=True).content.decode()
    assert said(COULD_NOT, language) in page
    mail_server.start()
    browser.post(url, {"next": "/en/learn/"})
    assert len(mail_server.received(person.email)) <= 1


@pytest.mark.django_db(transaction=True)
def test_news_about_the_account_is_sent_later_and_once(client, mail_server, settings):
    """A changed password is changed; its owner hears of it when the mail server is back."""
    settings.TASKS = DATABASE_QUEUE
    person = PersonFactory()
    client.force_login(person)
    data = {"oldpassword": PASSWORD, "password1": "a brand new phrase", "password2": "a brand new phrase"}
    response = client.post(reverse("account_change_password"), data, follow=True)
    assert response.status_code == 200 and COULD_NOT not in response.content.decode(), "nobody asked for this mail"
    person.refresh_from_db()
    assert person.check_password("a brand new phrase")
    work(3)
    mail_server.start()
    work(2)
    assert mail_server.received(person.email) == ["Your password was changed"]


@pytest.mark.django_db(transaction=True)
def test_the_owner_hears_of_a_second_sign_up_later_and_once(client, mail_server, settings):
    settings.TASKS = DATABASE_QUEUE
    owner = PersonFactory(email="ana@example.com", verified=True)
    client.post(reverse("account_signup"), {"email": owner.email, "password1": "another phrase here"})
    work(3)
    mail_server.start()
    work(3)
    assert len(mail_server.received(owner.email)) == 1


# --- Certificates -----------------------------------------------------------------------------------------------------
def ask(browser: Client, certificate: Certificate):
    url = reverse("certificates:detail", args=[certificate.public_id])
    return browser.post(url, {"holder_name": "Ana Ilieva", "language": "en"}, follow=True)


@pytest.mark.django_db(transaction=True)
def test_a_certificate_needs_no_mail_and_its_news_leaves_once(client_for, due_certificate, holder, mail_server, settings):
    settings.TASKS = DATABASE_QUEUE
    page = ask(client_for(holder), due_certificate).content.decode()
    assert "Download PDF" in page
    work(2)
    assert CertificateNotice.objects.get().tries == 2
    mail_server.start()
    work(3)
    assert mail_server.received(holder.email) == ["Your certificate is ready"]


@pytest.mark.django_db(transaction=True)
def test_the_command_sends_what_the_queue_gave_up(client_for, template, mail_server, settings, capsys):
    """No worker at all, an hour without a mail server, then one that refuses some: each mail leaves once in the end."""
    settings.TASKS = DATABASE_QUEUE
    holders = [HolderFactory() for _ in range(6)]
    for person in holders:
        ask(client_for(person), due(person, template))
    assert CertificateNotice.objects.filter(sent_at=None).count() == 6
    mail_server.answers = ["451 try later", "550 no such mailbox", TAKEN, "421 too many connections", TAKEN, "554 no"]
    mail_server.start()
    for _ in range(3):
        an_hour_ago = timezone.now() - timedelta(hours=1)
        CertificateNotice.objects.filter(sent_at=None).update(tried_at=an_hour_ago)
        call_command("send_certificate_notices")
    assert [len(mail_server.received(person.email)) for person in holders] == [1] * 6
    work()
    call_command("send_certificate_notices")
    assert len(mail_server.inbox) == 6, "the worker, when it comes, finds them sent"


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_hangs_up_in_the_middle(client_for, due_certificate, holder, mail_server, settings):
    settings.TASKS = DATABASE_QUEUE
    ask(client_for(holder), due_certificate)
    mail_server.answers = ["421 closing"]
    mail_server.start()
    work(1)
    assert not mail_server.inbox
    work(2)
    assert mail_server.received(holder.email) == ["Your certificate is ready"]
