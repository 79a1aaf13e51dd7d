"""Mail to the holder: neutral, in their language, once, and never in the way."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from certificates import notices, services
from certificates.models import Certificate, CertificateNotice
from tests.factories.certificates import HolderFactory, due, issued, revoked

pytestmark = pytest.mark.django_db

DOWN = "tests.certificates.test_notices.DownBackend"


class DownBackend:
    """A mail server that refuses, as ``EMAIL_BACKEND``."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("connection unexpectedly closed")


def test_each_act_is_told(certificate, issuer, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        revoked(certificate, issuer)
        services.reinstate(certificate=certificate, actor=issuer)
    first, second = mailoutbox
    assert first.subject == second.subject == "News about your certificate"
    assert "Partner Belgium has withdrawn your certificate" in first.body and "It was issued by mistake." in first.body
    assert "valid again" in second.body


def test_neither_subject_nor_text_says_what_it_is_about(holder, template, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        certificate = issued(holder, template, "Amélie Dubois")
    (message,) = mailoutbox
    assert message.subject == "Your certificate is ready" and message.to == [holder.email]
    assert "Amélie Dubois" in message.body
    assert f"/en/certificates/{certificate.public_id}/" in message.body
    for word in ("traffick", "child", "Recognising", certificate.code):
        assert word.lower() not in (message.subject + message.body).lower()


def test_in_the_language_of_the_reader(template, mailoutbox, django_capture_on_commit_callbacks):
    holder = HolderFactory(language="bg")
    with override("en"), django_capture_on_commit_callbacks(execute=True):
        issued(holder, template, language="fr")
    assert "/bg/certificates/" in mailoutbox[0].body


def test_nobody_is_told_before_the_commit_and_nobody_of_what_failed(certificate, issuer, mailoutbox):
    revoked(certificate, issuer)
    assert mailoutbox == [] and CertificateNotice.objects.filter(sent_at=None).count() == 2


def test_a_dead_mail_server_stops_nothing(client_for, holder, template, settings, caplog, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = DOWN
    certificate = due(holder, template)
    client = client_for(holder)
    url = reverse("certificates:detail", args=[certificate.public_id])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"holder_name": "Amélie Dubois", "language": "en"})
    assert response.status_code == 302 and "could not be sent" in caplog.text
    assert "Download PDF" in client.get(url).content.decode()
    notice = CertificateNotice.objects.get()
    assert notice.sent_at is None and notice.tries == 1


def test_an_address_that_no_mail_can_be_written_to_stops_nothing(holder, template, caplog, django_capture_on_commit_callbacks):
    holder.email = "no address at all\n"
    holder.save()
    with django_capture_on_commit_callbacks(execute=True):
        issued(holder, template)
    notice = CertificateNotice.objects.get()
    assert notice.sent_at is None and notice.tries == 1
    assert "could not be sent" in caplog.text and "no address at all" not in caplog.text


def test_the_issuer_is_told_that_the_mail_waits(client_for, certificate, issuer, settings, monkeypatch):
    settings.EMAIL_BACKEND = DOWN
    monkeypatch.setattr(services.transaction, "on_commit", lambda act, robust=False: act())
    url = reverse("certificates_desk:revoke", args=[certificate.public_id])
    page = client_for(issuer).post(url, {"reason": "other", "code": certificate.code}, follow=True).content.decode()
    assert "The certificate is revoked" in page and "The e-mail could not be sent yet" in page
    assert "Not sent yet, 1 try" in page


def test_sent_later_and_once(certificate, settings, capsys):
    settings.EMAIL_BACKEND = DOWN
    notice = notices.send(CertificateNotice.objects.get())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_certificate_notices")
    assert mail.outbox == [], "the queue is given time to do it itself"
    CertificateNotice.objects.update(tried_at=timezone.now() - timedelta(hours=1))
    call_command("send_certificate_notices")
    call_command("send_certificate_notices")
    notices.send(CertificateNotice.objects.get(pk=notice.pk))
    assert len(mail.outbox) == 1
    assert capsys.readouterr().out.splitlines() == ["0 of 0 sent", "1 of 1 sent", "0 of 0 sent"]


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_can_wait_tries_again(holder, template, settings):
    """An hour without a mail server: the worker puts the mail back, and sends it once when the server is there again."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = DOWN
    issued(holder, template)
    for _ in range(3):
        call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
        DBTaskResult.objects.update(run_after=timezone.now())
    notice = CertificateNotice.objects.get()
    assert notice.tries == 3 and notice.sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert len(mail.outbox) == 1
    assert Certificate.objects.get().document


def test_a_holder_who_left_gets_no_mail(certificate, mailoutbox):
    certificate.user.delete()
    notices.send(CertificateNotice.objects.get())
    assert mailoutbox == []
