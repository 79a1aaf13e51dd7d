"""The page that shows mail on a desk, and only there."""

import pytest
from django.core.mail import EmailMessage, get_connection

BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEVELOPMENT = True
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def send(folder, *mails: tuple[str, str]) -> None:
    connection = get_connection(BACKEND, file_path=str(folder))
    for subject, body in mails:
        EmailMessage(subject, body, "training@example.org", ["learner@example.org"], connection=connection).send()


def test_there_is_no_such_page_elsewhere(client, settings, db):
    assert settings.DEVELOPMENT is False

    assert client.get("/dev/mail/", follow=True).status_code == 404


def test_shows_the_newest_with_its_code_and_link(client, folder, db):
    send(folder, ("First", "Old"))
    body = "Code: 7KQM-2F9X\n\nhttp://127.0.0.1:8000/en/accounts/confirm/abc/?x=1&y=2 – Élodie\n<script>alert(1)</script>"
    send(folder, ("Вашият код", body))

    html = client.get("/dev/mail/").content.decode()

    assert "<h2>Вашият код</h2>" in html
    assert "7KQM-2F9X" in html
    assert 'href="http://127.0.0.1:8000/en/accounts/confirm/abc/?x=1&amp;y=2"' in html
    assert "Élodie" in html
    assert "<script>alert" not in html


def test_lists_the_last_ten_and_opens_each(client, folder, db):
    send(folder, *[(f"Mail {n}", f"Body {n}") for n in range(12)])

    page = client.get("/dev/mail/", {"number": "3"})

    assert [mail.subject for mail in page.context["mails"]] == [f"Mail {n}" for n in range(11, 1, -1)]
    assert page.context["mail"].text.strip() == "Body 9"
    for odd in ("0", "11", "x", "-1", "²"):
        assert client.get("/dev/mail/", {"number": odd}).context["mail"].subject == "Mail 11"


def test_says_what_will_be_here_while_nothing_is(client, folder, db):
    assert "The next mail that the site sends will be here." in client.get("/dev/mail/").content.decode()


def test_says_so_when_mail_goes_to_a_server(client, settings, db):
    settings.DEVELOPMENT = True
    settings.EMAIL_FILE_PATH = None

    assert "goes to the server" in client.get("/dev/mail/").content.decode()
