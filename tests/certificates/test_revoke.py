"""Withdrawing and making valid again: with a reason, by the issuer alone, and for ever in the history."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from certificates import services
from certificates.models import Certificate, CertificateEvent
from tests.factories.certificates import OrganisationFactory, issuer_of, revoked

pytestmark = pytest.mark.django_db
Status = Certificate.Status


def desk(act, certificate):
    return reverse(f"certificates_desk:{act}", args=[certificate.public_id])


def test_revoke_with_a_reason(client, client_for, certificate, issuer, mailoutbox, django_capture_on_commit_callbacks):
    browser = client_for(issuer)
    page = browser.get(desk("revoke", certificate)).content.decode()
    assert "It was issued by mistake." in page and certificate.grouped_code in page
    data = {"reason": "details", "note": "Birth name was meant", "code": certificate.grouped_code.lower()}
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(desk("revoke", certificate), data)
    certificate.refresh_from_db()
    assert certificate.status == Status.REVOKED
    page = browser.get(response.url).content.decode()
    assert "The certificate is revoked" in page and "Birth name was meant" in page and "Sent" in page
    assert mailoutbox[-1].to == [certificate.user.email] and "The details on it are not right." in mailoutbox[-1].body
    public = client.get(reverse("certificates:verify_code", args=[certificate.code])).content.decode()
    assert "The details on it are not right." in public and "Birth name was meant" not in public


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"reason": "mistake", "code": "ABCD-EFGH-JKMN"}, "Type the code of this certificate"),
        ({"reason": "mistake", "code": ""}, "This field is required"),
        ({"code": "right"}, "Choose a reason."),
        ({"reason": "because", "code": "right"}, "because is not one of the available choices"),
    ],
)
def test_a_wrong_form_changes_nothing(client_for, certificate, issuer, data, words):
    data = {key: certificate.code if value == "right" else value for key, value in data.items()} | {"note": "kept words"}
    response = client_for(issuer).post(desk("revoke", certificate), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page and words in page and "kept words" in page
    certificate.refresh_from_db()
    assert certificate.status == Status.ISSUED


def test_by_get_nothing_happens(client_for, certificate, issuer):
    client_for(issuer).get(desk("revoke", certificate), {"reason": "mistake", "code": certificate.code})
    certificate.refresh_from_db()
    assert certificate.status == Status.ISSUED


def test_reinstate_keeps_the_date_and_both_acts(
    client, client_for, certificate, issuer, mailoutbox, django_capture_on_commit_callbacks
):
    before = certificate.issued_at
    with django_capture_on_commit_callbacks(execute=True):
        revoked(certificate, issuer)
        client_for(issuer).post(desk("reinstate", certificate), {"code": certificate.code})
    certificate.refresh_from_db()
    assert (certificate.status, certificate.issued_at) == (Status.ISSUED, before)
    actions = list(certificate.events.values_list("action", flat=True))
    assert actions == ["earned", "issued", "revoked", "reinstated"]
    assert "is valid" in client.get(reverse("certificates:verify_code", args=[certificate.code])).content.decode()
    assert "valid again" in mailoutbox[-1].body


def test_the_holder_sees_the_reason_and_no_pdf(client_for, holder, certificate, issuer):
    revoked(certificate, issuer, "person")
    page = client_for(holder).get(reverse("certificates:detail", args=[certificate.public_id])).content.decode()
    assert "The person named did not complete the course." in page and "write to Partner Belgium" in page
    assert client_for(holder).get(reverse("certificates:download", args=[certificate.public_id])).status_code == 404
    assert client_for(issuer).get(desk("pdf", certificate))["Content-Type"] == "application/pdf"


def test_twice_is_once(certificate, issuer):
    revoked(certificate, issuer)
    revoked(certificate, issuer, "other")
    assert CertificateEvent.objects.filter(action="revoked").count() == 1
    services.reinstate(certificate=certificate, actor=issuer)
    services.reinstate(certificate=certificate, actor=issuer)
    assert CertificateEvent.objects.filter(action="reinstated").count() == 1


def test_a_certificate_outlives_its_holders_account(client, client_for, certificate, issuer):
    certificate.user.delete()
    response = client_for(issuer).post(desk("revoke", certificate), {"reason": "holder", "code": certificate.code})
    assert response.status_code == 302
    public = client.get(reverse("certificates:verify_code", args=[certificate.code])).content.decode()
    assert "Revoked" in public and "Amélie Dubois" in public


def test_what_is_not_issued_cannot_be_revoked(due_certificate, issuer):
    services.revoke(certificate=due_certificate, actor=issuer, reason="mistake")
    due_certificate.refresh_from_db()
    assert due_certificate.status == Status.DUE and due_certificate.events.count() == 1


def test_the_service_asks_too(certificate, coordinator, trainer, holder):
    stranger = issuer_of(OrganisationFactory())
    for person in (coordinator, trainer, holder, stranger):
        for act in (
            lambda p: services.revoke(certificate=certificate, actor=p, reason="mistake"),
            lambda p: services.reinstate(certificate=certificate, actor=p),
        ):
            with pytest.raises(PermissionDenied):
                act(person)


def test_the_right_to_revoke_can_be_taken_from_issuers(client_for, certificate, issuer):
    issuer.groups.get(name="Issuers").permissions.filter(codename="revoke_certificate").get().group_set.clear()
    assert "Revoke" not in client_for(issuer).get(desk("single", certificate)).content.decode().split("<main")[-1]
    response = client_for(issuer).post(desk("revoke", certificate), {"reason": "mistake", "code": certificate.code})
    certificate.refresh_from_db()
    assert response.status_code in (302, 403) and certificate.status == Status.ISSUED


def test_history_is_only_added_to(certificate):
    event = certificate.events.first()
    event.note = "rewritten"
    with pytest.raises(TypeError):
        event.save()
