"""Who has earned a certificate: one for each person and course that has a template, whichever came first."""

import uuid

from django.db import transaction

from learning.models import Enrolment

from .models import Certificate, CertificateEvent, CertificateTemplate


def award_certificate(enrolment: Enrolment) -> Certificate | None:
    """The certificate that ``enrolment`` has earned: new the first time, the same ever after; None without course or template.

    The holder then says how their name is printed (``services.request_certificate``).
    """
    template = CertificateTemplate.objects.filter(course_key=enrolment.course_key).first()
    if template is None or enrolment.completed_at is None:
        return None
    with transaction.atomic():
        certificate, created = Certificate.objects.get_or_create(
            user_id=enrolment.user_id,
            course_key=enrolment.course_key,
            defaults={
                "template": template,
                "issuer_id": template.issuer_id,
                "course_version": enrolment.version,
                "earned_at": enrolment.completed_at,
            },
        )
        if created:
            CertificateEvent.objects.create(
                certificate=certificate, action=CertificateEvent.Action.EARNED, at=enrolment.completed_at
            )
    return certificate


def award_missing(*, course_key: uuid.UUID | str | None = None) -> int:
    """Award what was earned before there was a template, or while the site was down. Returns how many; safe to run twice."""
    templates = CertificateTemplate.objects.all()
    if course_key:
        templates = templates.filter(course_key=course_key)
    awarded = 0
    for template in templates:
        earned = Enrolment.objects.completed().filter(course_key=template.course_key)
        have = Certificate.objects.filter(course_key=template.course_key, user__isnull=False).values("user")
        for enrolment in earned.exclude(user__in=have).iterator():
            awarded += award_certificate(enrolment) is not None
    return awarded
