"""Mail to the holder of a certificate. Neutral: neither subject nor text says what the course was about."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.services import email_of

from .models import CertificateEvent, CertificateNotice

logger = logging.getLogger(__name__)

TOLD = {CertificateEvent.Action.ISSUED, CertificateEvent.Action.REVOKED, CertificateEvent.Action.REINSTATED}
LEFT_TO_THE_QUEUE = timedelta(minutes=30)


def message(event: CertificateEvent) -> EmailMessage:
    """The mail about ``event``, in the language of its reader."""
    certificate, user = event.certificate, event.certificate.user
    with translation.override(user.language or certificate.language or settings.LANGUAGE_CODE):
        issued = event.action == CertificateEvent.Action.ISSUED
        subject = _("Your certificate is ready") if issued else _("News about your certificate")
        context = {
            "action": event.action,
            "reason": event.get_reason_display(),
            "name": certificate.holder_name,
            "issuer": certificate.issuer.name,
            "site_name": settings.SITE_NAME,
            "url": settings.SITE_URL + reverse("certificates:detail", args=[certificate.public_id]),
        }
        return EmailMessage(
            subject,
            render_to_string("certificates/email/notice.txt", context),
            to=[email_of(user)],
            headers={"Auto-Submitted": "auto-generated"},
        )


def send(notice: CertificateNotice) -> CertificateNotice:
    """Send ``notice`` unless it was sent. A mail that fails is noted and logged, and never an error of the caller."""
    event = CertificateEvent.objects.select_related("certificate__user", "certificate__issuer").get(pk=notice.pk)
    if notice.sent_at or event.certificate.user is None:
        return notice
    notice.tries += 1
    notice.tried_at = timezone.now()
    try:
        message(event).send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that no mail can be written to
        logger.warning("Mail about certificate %s could not be sent: %s", event.certificate.public_id, type(error).__name__)
    else:
        notice.sent_at = notice.tried_at
    notice.save(update_fields=["tries", "tried_at", "sent_at"])
    return notice


def unsent() -> Iterator[CertificateNotice]:
    """Notices that nobody is about to send: never sent, and not tried for a while."""
    since = timezone.now() - LEFT_TO_THE_QUEUE
    waiting = CertificateNotice.objects.filter(sent_at=None, event__certificate__user__isnull=False)
    yield from waiting.filter(Q(tried_at__lt=since) | Q(tried_at=None, event__at__lt=since)).order_by("pk")
