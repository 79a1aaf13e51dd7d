"""No task worker runs: learners notice nothing, editors neither, and what waits is done once the worker is back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from certificates.models import Certificate, CertificateDocument, CertificateNotice, CertificateTemplate
from certificates.tasks import render_certificate
from courses.models import LessonPage
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.certificates import complete

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_worker(settings) -> None:
    """Tasks wait in the database, as in production, and nobody takes them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def waiting() -> int:
    return DBTaskResult.objects.ready().count()


def the_worker_comes() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*", verbosity=0)


def ask(browser: Client, certificate: Certificate):
    url = reverse("certificates:detail", args=[certificate.public_id])
    return browser.post(url, {"holder_name": "Ana Ilieva", "language": "en"}, follow=True)


def test_the_certificate_is_there_at_once_and_made_once(client_for, client, holder, due_certificate):
    browser = client_for(holder)
    page = ask(browser, due_certificate).content.decode()
    assert "Valid" in page and "Download PDF" in page
    first = browser.get(reverse("certificates:download", args=[due_certificate.public_id])).content
    assert first.startswith(b"%PDF-")
    due_certificate.refresh_from_db()
    assert "Ana Ilieva" in client.get(reverse("certificates:verify_code", args=[due_certificate.code])).content.decode()
    the_worker_comes()
    assert CertificateDocument.objects.count() == 1
    assert browser.get(reverse("certificates:download", args=[due_certificate.public_id])).content == first


def test_news_waits_in_its_ledger_and_leaves_once(client_for, holder, due_certificate):
    ask(client_for(holder), due_certificate)
    assert mail.outbox == [] and CertificateNotice.objects.get().sent_at is None
    call_command("send_certificate_notices")
    assert mail.outbox == [], "a worker that is only slow is given time"
    event = CertificateNotice.objects.get().event
    type(event).objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(hours=1))
    call_command("send_certificate_notices")
    assert [message.to for message in mail.outbox] == [[holder.email]]
    the_worker_comes()
    call_command("send_certificate_notices")
    assert len(mail.outbox) == 1


def test_sign_up_and_sign_in_need_no_worker(client, site):
    client.post(reverse("account_request_login_code"), {"email": PersonFactory(email="ana@example.com").email})
    assert len(mail.outbox) == 1, "a code is sent at once"
    other = Client()
    other.post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
    assert "_auth_user_id" in other.session


def test_the_owner_hears_of_a_second_sign_up_when_the_worker_is_back(client, site):
    owner = PersonFactory(email="ana@example.com", verified=True)
    client.post(reverse("account_signup"), {"email": owner.email, "password1": "another phrase here"})
    assert mail.outbox == [] and waiting()
    the_worker_comes()
    the_worker_comes()
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_whoever_finished_before_the_template_gets_theirs_later(client_for, course, holder, issuer, organisation):
    complete(holder, course.translation_key)
    data = {"course": course.pk, "issuer": organisation.pk, "mode": "automatic", "hours": "3.5"}
    response = client_for(issuer).post(reverse("certificate_templates:add"), data)
    assert response.status_code == 302 and CertificateTemplate.objects.exists()
    assert client_for(holder).get(reverse("learning:my_learning")).status_code == 200
    the_worker_comes()
    the_worker_comes()
    assert Certificate.objects.get().user == holder


def edit(browser: Client, lesson: LessonPage, text: str):
    comments = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    body = streamfield([("text", rich_text(f"<p>{text}</p>"))])
    data = nested_form_data({"title": "Zebra crossing", "slug": "zebra", "minutes": "5", "body": body, "comments": comments})
    return browser.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data | {"action-publish": "1"})


def test_a_page_is_live_at_once_and_found_when_the_worker_is_back(client_for, client, administrator, lessons):
    editor = client_for(administrator)
    assert edit(editor, lessons[0], "A new paragraph.").status_code == 302
    lesson = LessonPage.objects.get(pk=lessons[0].pk)
    assert "A new paragraph." in client.get(lesson.url).content.decode()
    search = {"q": "Zebra"}
    assert client.get(reverse("home:search"), search).status_code == 200
    for name in ("wagtailadmin_explore", "wagtailadmin_pages:usage", "wagtailadmin_pages:delete"):
        assert editor.get(reverse(name, args=[lesson.pk])).status_code == 200, name
    assert editor.get(reverse("wagtailadmin_pages:search"), search).status_code == 200
    assert waiting()
    the_worker_comes()
    assert "Zebra crossing" in client.get(reverse("home:search"), search).content.decode()


def test_a_quiz_that_a_lesson_asks_is_known_when_the_worker_is_back(client_for, administrator, quiz, lessons):
    """Where a quiz is used comes from the reference index; its pages open with and without it."""
    editor = client_for(administrator)
    usage = reverse(quiz.snippet_viewset.get_url_name("usage"), args=[quiz.pk])
    ReferenceIndex.objects.all().delete()
    assert editor.get(usage).status_code == 200
    lessons[1].save_revision().publish()
    the_worker_comes()
    assert lessons[1].title in editor.get(usage).content.decode()


def test_a_task_that_always_fails_holds_up_no_other(client_for, holder, due_certificate, caplog):
    """Fault F25: its certificate is gone; the next one's mail leaves all the same."""
    render_certificate.enqueue("00000000-0000-4000-8000-000000000000")
    ask(client_for(holder), due_certificate)
    the_worker_comes()
    assert len(mail.outbox) == 1
    assert DBTaskResult.objects.failed().count() == 1 and waiting() == 0


def test_the_site_says_it_is_ready(client, site):
    assert client.get(reverse("readyz")).status_code == 200
