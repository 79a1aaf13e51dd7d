"""The verbs that write certificates. Each may be repeated: the second time finds it done. Order: check, write, log, tell."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import may_issue_for
from accounts.services import has_verified_email

from .models import Certificate, CertificateEvent, CertificateNotice, CertificateTemplate, RevocationReason
from .names import clean_name
from .notices import TOLD
from .sources import CourseUnknown, course_facts
from .tasks import award_missing, render_certificate, tell_holder

Action, Status = CertificateEvent.Action, Certificate.Status


class EmailNotConfirmed(Exception):
    """The holder has not proved yet that an e-mail address is theirs."""


@dataclass(frozen=True)
class Approved:
    """What an approval did: ``issued`` now, ``before`` already, ``not_possible`` because holder or course is gone."""

    issued: int = 0
    before: int = 0
    not_possible: int = 0


def save_template(template: CertificateTemplate) -> CertificateTemplate:
    """Save a template that an issuer made or changed: a new version, for certificates that are not issued yet.

    Whoever completed the course before is awarded their certificate now, by a task.
    """
    with transaction.atomic():
        before = CertificateTemplate.objects.select_for_update().filter(pk=template.pk).first()
        fields = ("course_key", "issuer_id", "mode", "hours")
        if before and any(getattr(before, field) != getattr(template, field) for field in fields):
            template.version = before.version + 1
        template.save()
        template.certificates.filter(status__in=[Status.DUE, Status.REQUESTED]).update(issuer=template.issuer)
        transaction.on_commit(partial(award_missing.enqueue, str(template.course_key)), robust=True)
    return template


def save_draft(*, certificate: Certificate, holder_name: str, language: str) -> None:
    """Keep what the holder typed so far, so that confirming an address in between loses nothing."""
    name = holder_name[: Certificate._meta.get_field("holder_name").max_length]
    Certificate.objects.filter(pk=certificate.pk, status=Status.DUE).update(holder_name=name, language=language)


@transaction.atomic
def request_certificate(*, certificate: Certificate, holder_name: str, language: str) -> Certificate:
    """The holder asks for their certificate: issued at once, or handed to the issuer, as the template says.

    Raises ValidationError for a name that cannot be printed, EmailNotConfirmed, sources.CourseUnknown.
    """
    name = clean_name(holder_name)
    certificate = _locked(certificate)
    if certificate.status != Status.DUE:
        return certificate
    if not has_verified_email(certificate.user):
        raise EmailNotConfirmed
    certificate.holder_name, certificate.language = name, language
    User.objects.filter(pk=certificate.user_id).update(full_name=name)
    if certificate.template.mode == CertificateTemplate.Mode.AUTOMATIC:
        return _issue(certificate, actor=None)
    certificate.status = Status.REQUESTED
    certificate.save(update_fields=["status", "holder_name", "language"])
    _log(certificate, Action.REQUESTED, certificate.user)
    return certificate


def approve(*, certificates, actor: User) -> Approved:
    """Issue the requested ones among ``certificates``, each by itself. Raises PermissionDenied for another issuer's."""
    counts = {"issued": 0, "before": 0, "not_possible": 0}
    for certificate in certificates:
        counts[_approve_one(certificate, actor)] += 1
    return Approved(**counts)


def _approve_one(certificate: Certificate, actor: User) -> str:
    try:
        with transaction.atomic():
            certificate = _locked(certificate)
            if not may_issue_for(actor, certificate.issuer):
                raise PermissionDenied
            if certificate.issued_at:
                return "before"
            if certificate.status != Status.REQUESTED or certificate.user is None:
                return "not_possible"
            _issue(certificate, actor=actor)
    except CourseUnknown:
        return "not_possible"
    return "issued"


@transaction.atomic
def revoke(*, certificate: Certificate, actor: User, reason: RevocationReason | str, note: str = "") -> Certificate:
    """Withdraw an issued certificate. ``reason`` is public, ``note`` stays in the history. Raises PermissionDenied."""
    return _turn(certificate, Status.ISSUED, Status.REVOKED, Action.REVOKED, actor, reason=reason, note=note)


@transaction.atomic
def reinstate(*, certificate: Certificate, actor: User, note: str = "") -> Certificate:
    """Make a revoked certificate valid again, with its first date. Raises PermissionDenied."""
    return _turn(certificate, Status.REVOKED, Status.ISSUED, Action.REINSTATED, actor, note=note)


def may_revoke(actor: User, certificate: Certificate) -> bool:
    return actor.has_perm("certificates.revoke_certificate") and may_issue_for(actor, certificate.issuer)


def _turn(certificate: Certificate, was: Status, will: Status, action: Action, actor: User, **words: str) -> Certificate:
    certificate = _locked(certificate)
    if not may_revoke(actor, certificate):
        raise PermissionDenied
    if certificate.status == was:
        certificate.status = will
        certificate.save(update_fields=["status"])
        _log(certificate, action, actor, **words)
    return certificate


def _issue(certificate: Certificate, *, actor: User | None) -> Certificate:
    """Freeze what is promised and make it valid. The caller holds the lock and has seen that it was not issued before."""
    now = timezone.now()
    certificate.issuer = certificate.template.issuer
    certificate.details = frozen_details(certificate, now)
    certificate.status, certificate.issued_at = Status.ISSUED, now
    certificate.save()
    _log(certificate, Action.ISSUED, actor)
    transaction.on_commit(partial(render_certificate.enqueue, str(certificate.public_id)), robust=True)
    return certificate


def frozen_details(certificate: Certificate, issued_at: datetime) -> dict:
    """All that the paper and the public check say, as JSON. Nothing in it is ever read anew. Raises CourseUnknown."""
    course = course_facts(certificate.course_key, certificate.language)
    template, issuer = certificate.template, certificate.issuer
    return {
        "holder": certificate.holder_name,
        "language": certificate.language,
        "course": course.title,
        "course_language": course.language,
        "version": certificate.course_version or course.version,
        "outcomes": course.outcomes,
        "hours": str(template.hours),
        "issuer": issuer.name,
        "signatory": issuer.signatory_name,
        "signatory_role": issuer.signatory_role,
        "issued_on": timezone.localdate(issued_at).isoformat(),
        "code": certificate.code,
        "url": settings.SITE_URL + reverse("verify_short", args=[certificate.public_id]),
        "template_version": template.version,
        "site": settings.SITE_NAME,
    }


def _log(certificate: Certificate, action: Action, actor: User | None, **words: str) -> None:
    """Add to the history, and in the same transaction note that the holder must be told; the mail leaves after the commit."""
    event = CertificateEvent.objects.create(certificate=certificate, action=action, actor=actor, **words)
    if action in TOLD and certificate.user_id:
        CertificateNotice.objects.create(event=event)
        transaction.on_commit(partial(tell_holder.enqueue, event.pk), robust=True)


def _locked(certificate: Certificate) -> Certificate:
    """The row as it is now, held until the end of the transaction."""
    rows = Certificate.objects.select_related("template__issuer", "issuer", "user")
    return rows.select_for_update(of=("self",)).get(pk=certificate.pk)
