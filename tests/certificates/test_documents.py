"""The one document: made by the task or by whoever needs it; never half, whatever fails."""

import hashlib

import pytest
from django.db import connection
from django.urls import reverse

from certificates import documents
from certificates.documents import DocumentNotMade, document_of
from certificates.models import CertificateDocument
from certificates.tasks import render_certificate
from tests.factories.certificates import HolderFactory, TemplateFactory, issued

pytestmark = pytest.mark.django_db


def test_made_once_and_kept(certificate):
    render_certificate.enqueue(str(certificate.public_id))
    first = CertificateDocument.objects.get()
    render_certificate.enqueue(str(certificate.public_id))
    assert document_of(certificate).created_at == first.created_at
    assert first.sha256 == hashlib.sha256(bytes(first.pdf)).hexdigest()


def test_without_a_worker_the_download_makes_it(certificate, client_for, holder):
    assert not CertificateDocument.objects.exists()
    response = client_for(holder).get(reverse("certificates:download", args=[certificate.public_id]))
    assert response.content == bytes(CertificateDocument.objects.get().pdf)


def test_without_a_worker_the_page_makes_it(certificate, client_for, holder):
    page = client_for(holder).get(reverse("certificates:detail", args=[certificate.public_id])).content.decode()
    document = CertificateDocument.objects.get()
    assert f"Download PDF ({len(document.pdf) / 1024:.1f}" in page


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the full disk is simulated with a limit of SQLite")
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_nothing_half(course, organisation, client, client_for, caplog):
    """The database may not grow: a real "disk is full" from the database engine, at the moment of writing."""
    holder = HolderFactory()
    template = TemplateFactory(course_key=course.translation_key, issuer=organisation)
    certificate = issued(holder, template)
    CertificateDocument.objects.all().delete()
    browser = client_for(holder)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 1}")
    try:
        response = browser.get(reverse("certificates:detail", args=[certificate.public_id]))
        assert response.status_code == 200
        assert "We could not make the PDF just now. Your certificate is valid all the same" in response.content.decode()
        assert "Download PDF" not in response.content.decode()
        download = browser.get(reverse("certificates:download", args=[certificate.public_id]))
        assert download.status_code == 302
        assert not CertificateDocument.objects.exists()
        assert "Valid" in client.get(reverse("certificates:verify_code", args=[certificate.code])).content.decode()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert "full" in caplog.text
    page = browser.get(reverse("certificates:detail", args=[certificate.public_id])).content.decode()
    assert "Download PDF" in page and CertificateDocument.objects.count() == 1


def test_no_room_for_temporary_files(certificate, client_for, holder, monkeypatch, tmp_path, caplog):
    """WeasyPrint writes fonts to a temporary folder; one that is not there fails like one that is full."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(DocumentNotMade):
        document_of(certificate)
    assert not CertificateDocument.objects.exists()
    monkeypatch.undo()
    assert document_of(certificate).pdf


def test_a_failing_task_is_not_the_holders_problem(certificate, client_for, holder, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    render_certificate.enqueue(str(certificate.public_id))
    assert not CertificateDocument.objects.exists() and "could not be made" in caplog.text
    monkeypatch.undo()
    assert client_for(holder).get(reverse("certificates:download", args=[certificate.public_id])).status_code == 200


def test_the_winner_of_a_race_stays(certificate, monkeypatch):
    """The other maker commits while we draw: theirs is the document, and ours is thrown away."""
    drawn = documents.pdf.render(certificate.details)

    def meanwhile(details):
        CertificateDocument.objects.create(certificate=certificate, pdf=b"%PDF theirs", sha256="0" * 64)
        return drawn

    monkeypatch.setattr(documents.pdf, "render", meanwhile)
    assert bytes(document_of(certificate).pdf) == b"%PDF theirs"
    assert CertificateDocument.objects.count() == 1
