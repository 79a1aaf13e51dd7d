"""Many at once, on a real PostgreSQL server: one certificate, one code, one document, one mail."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse

from certificates import services
from certificates.awards import award_certificate, award_missing
from certificates.documents import document_of
from certificates.models import Certificate, CertificateDocument, CertificateEvent, CertificateNotice
from learning.models import Enrolment
from learning.signals import course_completed
from tests.factories.certificates import HolderFactory, TemplateFactory, complete, due, issuer_of, requested

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 10


def at_once(act, many: int = MANY) -> list:
    """What ``many`` threads return that all begin ``act(n)`` at the same moment."""
    barrier = threading.Barrier(many)

    def run(n: int):
        try:
            barrier.wait(timeout=30)
            return act(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(run, range(many)))


@pytest.fixture
def template(course, organisation):
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


def test_ten_completions_award_one(template):
    enrolment = complete(HolderFactory(), template.course_key)
    found = at_once(lambda n: award_certificate(Enrolment.objects.get(pk=enrolment.pk)))
    assert len({certificate.pk for certificate in found}) == len({certificate.code for certificate in found}) == 1
    assert CertificateEvent.objects.filter(action="earned").count() == 1


def test_the_signal_and_the_command_together(template):
    enrolments = [complete(HolderFactory(), template.course_key) for _ in range(5)]

    def act(n: int):
        if n % 2:
            return award_missing()
        return [course_completed.send(sender=Enrolment, enrolment=enrolment) for enrolment in enrolments]

    at_once(act)
    assert Certificate.objects.count() == CertificateEvent.objects.count() == 5


def test_ten_requests_issue_once(template):
    holder = HolderFactory()
    certificate = due(holder, template)
    url = reverse("certificates:detail", args=[certificate.public_id])
    clients = [Client() for _ in range(MANY)]
    for client in clients:
        client.force_login(holder)
    data = [{"holder_name": f"Name {n} of Holder", "language": "en"} for n in range(MANY)]
    responses = at_once(lambda n: clients[n].post(url, data[n]))
    assert {(response.status_code, response.url) for response in responses} == {(302, url)}
    certificate.refresh_from_db()
    assert certificate.status == "issued"
    assert certificate.details["holder"] == certificate.holder_name
    assert CertificateEvent.objects.filter(action="issued").count() == 1
    assert CertificateDocument.objects.count() == 1
    assert len(mail.outbox) == CertificateNotice.objects.count() == 1


def test_ten_downloads_make_one_document(template):
    holder = HolderFactory()
    certificate = requested(holder, template)
    CertificateDocument.objects.all().delete()
    clients = [Client() for _ in range(MANY)]
    for client in clients:
        client.force_login(holder)
    url = reverse("certificates:download", args=[certificate.public_id])
    contents = {response.content for response in at_once(lambda n: clients[n].get(url))}
    assert len(contents) == CertificateDocument.objects.count() == 1
    assert contents == {bytes(document_of(certificate).pdf)}


def test_ten_approvals_issue_each_once(organisation, template):
    template.mode = "approval"
    template.save()
    people = [requested(HolderFactory(), template, f"Holder {n}").pk for n in range(3)]
    issuers = [issuer_of(organisation) for _ in range(MANY)]
    results = at_once(lambda n: services.approve(certificates=Certificate.objects.filter(pk__in=people), actor=issuers[n]))
    assert sum(result.issued for result in results) == 3
    assert all(result.issued + result.before == 3 for result in results)
    assert CertificateEvent.objects.filter(action="issued").count() == CertificateDocument.objects.count() == 3
    assert len(mail.outbox) == 3


def test_revoking_at_once_is_one_act_and_one_mail(organisation, template):
    certificate = requested(HolderFactory(), template)
    mail.outbox.clear()
    issuers = [issuer_of(organisation) for _ in range(MANY)]
    at_once(lambda n: services.revoke(certificate=certificate, actor=issuers[n], reason="mistake"))
    assert CertificateEvent.objects.filter(action="revoked").count() == len(mail.outbox) == 1
