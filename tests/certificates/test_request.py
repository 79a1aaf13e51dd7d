"""The holder says how their name is printed, and has their certificate."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from certificates.models import Certificate, CertificateDocument, CertificateEvent, CertificateTemplate
from tests.factories.certificates import HolderFactory, confirm, due

pytestmark = pytest.mark.django_db
Status = Certificate.Status


def address(certificate):
    return reverse("certificates:detail", args=[certificate.public_id])


@pytest.fixture
def ask(client_for, holder, due_certificate, django_capture_on_commit_callbacks):
    def post(name="Amélie Dubois", language="fr", follow=False, **more):
        data = {"holder_name": name, "language": language, **more}
        with django_capture_on_commit_callbacks(execute=True):
            return client_for(holder).post(address(due_certificate), data, follow=follow)

    return post


def test_issued_at_once(ask, holder, due_certificate, settings):
    settings.SITE_URL = "https://training.example.org"
    response = ask("  D'Áöß   Ğışı ")
    assert response.status_code == 302 and response.url == address(due_certificate)
    due_certificate.refresh_from_db()
    assert due_certificate.status == Status.ISSUED
    details = due_certificate.details
    assert details["holder"] == "D'Áöß Ğışı"
    assert details["course"] == "Recognising"
    assert details["outcomes"] == ["Recognise the signs"]
    assert (details["hours"], details["version"], details["language"]) == ("3.50", "1.0", "fr")
    assert (details["issuer"], details["signatory"], details["signatory_role"]) == ("Partner Belgium", "Anke Peeters", "Director")
    assert details["code"] == due_certificate.code
    assert details["url"] == f"https://training.example.org/v/{due_certificate.public_id}/"
    holder.refresh_from_db()
    assert holder.full_name == "D'Áöß Ğışı"
    assert CertificateDocument.objects.get().certificate == due_certificate


def test_the_page_then_offers_the_pdf(ask, client_for, holder, due_certificate):
    ask()
    page = client_for(holder).get(address(due_certificate)).content.decode()
    assert "Valid" in page
    assert reverse("certificates:download", args=[due_certificate.public_id]) in page
    response = client_for(holder).get(reverse("certificates:download", args=[due_certificate.public_id]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-") and response.content == bytes(CertificateDocument.objects.get().pdf)
    assert "no-store" in response["Cache-Control"]
    due_certificate.refresh_from_db()
    assert f'filename="certificate-{due_certificate.grouped_code}.pdf"' in response["Content-Disposition"]


def test_the_date_never_moves(ask, due_certificate):
    ask()
    due_certificate.refresh_from_db()
    before = due_certificate.issued_at, due_certificate.details
    ask("Somebody Else", "bg")
    due_certificate.refresh_from_db()
    due_certificate.save()
    assert (due_certificate.issued_at, due_certificate.details) == before
    assert CertificateEvent.objects.filter(action="issued").count() == 1


def test_what_was_promised_stays_when_the_source_changes(ask, due_certificate, course, organisation, template):
    ask()
    due_certificate.refresh_from_db()
    before = due_certificate.details
    course.title, organisation.signatory_name, template.hours = "Renamed", "Somebody New", 99
    for changed in (course, organisation, template):
        changed.save()
    due_certificate.refresh_from_db()
    assert due_certificate.details == before


def test_the_course_is_named_in_the_language_of_the_certificate(ask, due_certificate, course, site):
    french = course.copy_for_translation(site.homes["fr"].locale, copy_parents=True)
    french.title = "Reconnaître"
    french.save_revision().publish()
    ask(language="fr")
    due_certificate.refresh_from_db()
    assert (due_certificate.details["course"], due_certificate.details["course_language"]) == ("Reconnaître", "fr")


def test_where_there_is_no_translation_the_source_stands(ask, due_certificate):
    ask(language="bg")
    due_certificate.refresh_from_db()
    assert (due_certificate.details["course"], due_certificate.details["course_language"]) == ("Recognising", "en")


def test_approval_is_said_plainly(ask, client_for, holder, template, due_certificate):
    CertificateTemplate.objects.update(mode=CertificateTemplate.Mode.APPROVAL)
    ask()
    due_certificate.refresh_from_db()
    assert due_certificate.status == Status.REQUESTED and due_certificate.issued_at is None
    page = client_for(holder).get(address(due_certificate)).content.decode()
    assert "Waiting for approval" in page and "Partner Belgium looks at it before it is issued" in page
    pdf = client_for(holder).get(reverse("certificates:download", args=[due_certificate.public_id]))
    assert pdf.status_code == 404


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("", "en", "Write your name"),
        ("Amélie 🌻", "en", "cannot print this character: 🌻"),
        ("محمد", "en", "cannot print these characters"),
        ("Weber" * 38, "en", "longer than"),
        ("x" * 300, "en", "at most 200 characters"),
        ("Amélie", "xx", "Choose the language of the certificate"),
    ],
)
def test_a_refusal_keeps_what_was_typed(ask, due_certificate, name, language, words):
    response = ask(name, language)
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page and words in page and "<title>Error:" in page
    assert f'value="{name}"' in page or not name
    due_certificate.refresh_from_db()
    assert due_certificate.status == Status.DUE


def test_markup_in_a_name_is_text(ask, client_for, holder, due_certificate):
    ask("<script>alert(1)</script> Li")
    page = client_for(holder).get(address(due_certificate)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_an_unconfirmed_address_loses_nothing(client_for, template, django_capture_on_commit_callbacks):
    holder = HolderFactory(confirmed=False)
    certificate = due(holder, template)
    client = client_for(holder)
    page = client.get(address(certificate)).content.decode()
    assert "A certificate needs a confirmed e-mail address" in page
    response = client.post(address(certificate), {"holder_name": "Çelik Müller", "language": "bg"})
    assert response.url == f"{reverse('accounts:confirm_email')}?next={address(certificate).replace('/', '%2F')}"
    assert "Your name is kept" in " ".join(str(m) for m in get_messages(response.wsgi_request))
    certificate.refresh_from_db()
    assert (certificate.status, certificate.holder_name, certificate.language) == (Status.DUE, "Çelik Müller", "bg")
    confirm(holder)
    page = client.get(address(certificate)).content.decode()
    assert 'value="Çelik Müller"' in page and re.search('value="bg"[^>]* checked', page)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(certificate), {"holder_name": "Çelik Müller", "language": "bg"})
    certificate.refresh_from_db()
    assert certificate.status == Status.ISSUED


def test_looking_again_saves_and_shows_the_name(ask, client_for, holder, due_certificate):
    response = ask("Çelik Müller", preview="1")
    assert response.url == address(due_certificate) + "#preview"
    page = client_for(holder).get(address(due_certificate)).content.decode()
    assert '<strong dir="auto">Çelik Müller</strong>' in page
    due_certificate.refresh_from_db()
    assert due_certificate.status == Status.DUE


def test_prefilled_with_the_name_of_the_person(client_for, holder, due_certificate):
    holder.full_name = "Amélie Dubois"
    holder.save()
    assert 'value="Amélie Dubois"' in client_for(holder).get(address(due_certificate)).content.decode()


def test_a_course_that_is_gone_is_said(ask, due_certificate, course):
    course.delete()
    page = ask(follow=True).content.decode()
    assert "no longer on the site" in page
    due_certificate.refresh_from_db()
    assert due_certificate.status == Status.DUE and due_certificate.holder_name == "Amélie Dubois"


def test_a_form_left_open_does_no_harm(ask, client_for, holder, due_certificate):
    ask()
    response = client_for(holder).post(address(due_certificate), {"holder_name": "Other", "language": "en"})
    assert response.status_code == 302
    due_certificate.refresh_from_db()
    assert due_certificate.details["holder"] == "Amélie Dubois"


def test_fields_that_nobody_asked_for_change_nothing(ask, due_certificate):
    code = due_certificate.code
    ask(status="revoked", code="X", issued_at="2001-01-01", template="99", user="99", public_id="x", details="{}")
    due_certificate.refresh_from_db()
    assert due_certificate.code == code and due_certificate.status == Status.ISSUED
    assert due_certificate.issued_at.year > 2001


def test_strangers_find_nothing(client, client_for, due_certificate):
    for name in ("certificates:detail", "certificates:download"):
        url = reverse(name, args=[due_certificate.public_id])
        assert client.get(url).status_code == 302
        assert client_for(HolderFactory()).get(url).status_code == 404
    assert client_for(HolderFactory()).post(address(due_certificate), {"holder_name": "X", "language": "en"}).status_code == 404
