"""Whoever completes a course with a template has one certificate due, whichever came first."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from certificates.awards import award_certificate, award_missing
from certificates.models import Certificate, CertificateEvent
from certificates.services import save_template
from learning.models import Enrolment
from learning.signals import course_completed
from tests.factories.certificates import HolderFactory, TemplateFactory, complete
from tests.factories.learning import pass_quiz

pytestmark = pytest.mark.django_db


def test_the_last_lesson_earns_the_certificate(client_for, learner, template, lessons, quiz, django_capture_on_commit_callbacks):
    client = client_for(learner)
    client.post(reverse("learning:start", args=[template.course_key]))
    pass_quiz(learner, quiz)
    for lesson in lessons:
        assert not Certificate.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("learning:complete_lesson", args=[lesson.translation_key]))
    certificate = Certificate.objects.get()
    assert (certificate.user, certificate.course_key) == (learner, template.course_key)
    assert certificate.status == Certificate.Status.DUE
    enrolment = Enrolment.objects.get()
    assert certificate.earned_at == enrolment.completed_at
    assert [event.action for event in certificate.events.all()] == [CertificateEvent.Action.EARNED]
    page = client.get(response.url, follow=True).content.decode()
    assert reverse("certificates:detail", args=[certificate.public_id]) in page


def test_awarding_again_changes_nothing(holder, template):
    enrolment = complete(holder, template.course_key)
    first = award_certificate(enrolment)
    course_completed.send(sender=Enrolment, enrolment=enrolment)
    again = award_certificate(enrolment)
    assert first == again and first.code == again.code
    assert CertificateEvent.objects.count() == 1


def test_without_template_or_completion_there_is_none(holder, course, template):
    other = complete(HolderFactory(), course.pk and "9a0b0c0d-0000-4000-8000-000000000000")
    assert award_certificate(other) is None
    begun = Enrolment.objects.create(user=holder, course_key=template.course_key)
    assert award_certificate(begun) is None
    assert not Certificate.objects.exists()


def test_completed_before_the_template_existed(course, organisation, django_capture_on_commit_callbacks):
    people = HolderFactory.create_batch(3)
    for person in people:
        complete(person, course.translation_key)
    Enrolment.objects.create(user=HolderFactory(), course_key=course.translation_key)
    assert award_missing() == 0
    with django_capture_on_commit_callbacks(execute=True):
        save_template(TemplateFactory.build(course_key=course.translation_key, issuer=organisation))
    assert {certificate.user for certificate in Certificate.objects.all()} == set(people)


def test_the_command_finds_what_was_missed_once(holder, template, capsys):
    complete(holder, template.course_key)
    call_command("award_missing_certificates")
    call_command("award_missing_certificates")
    assert capsys.readouterr().out.split() == ["1", "awarded", "0", "awarded"]
    assert Certificate.objects.count() == 1
