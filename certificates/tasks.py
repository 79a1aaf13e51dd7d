"""Work that must not hold up a page. Every task may run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from . import awards, documents, notices
from .models import Certificate, CertificateEvent

# Minutes until the next try of a mail that could not be sent: about a day in all, then `send_certificate_notices` remains.
WAITS = (1, 5, 15, 60, 240, 1200)


@task()
def render_certificate(public_id: str) -> None:
    documents.document_of(Certificate.objects.get(public_id=public_id))


@task()
def tell_holder(event_id: int) -> None:
    """Send the mail of an event; when that fails, come back later where the task queue can wait."""
    notice = notices.send(CertificateEvent.objects.select_related("notice").get(pk=event_id).notice)
    if notice.sent_at is None and notice.tries <= len(WAITS) and tell_holder.get_backend().supports_defer:
        later = timezone.now() + timedelta(minutes=WAITS[notice.tries - 1])
        tell_holder.using(run_after=later).enqueue(event_id)


@task()
def award_missing(course_key: str) -> None:
    awards.award_missing(course_key=course_key)
