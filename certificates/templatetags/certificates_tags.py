"""The certificates of a learner inside the pages of courses and learning."""

import datetime
import re
import uuid

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from certificates.codes import grouped
from certificates.models import Certificate, RevocationReason
from certificates.sources import course_titles

register = template.Library()

# The state that components/status.html knows, for each status of a certificate.
STATES = {
    Certificate.Status.DUE: "attention",
    Certificate.Status.REQUESTED: "waiting",
    Certificate.Status.ISSUED: "valid",
    Certificate.Status.REVOKED: "revoked",
}

register.filter("grouped", grouped)


@register.filter
def reason_words(reason: str) -> str:
    """A public reason as it stands in the database, in the reader's language."""
    return RevocationReason(reason).label if reason in RevocationReason.values else ""


@register.filter
def iso_day(day: str) -> datetime.date:
    """A date as frozen in the details (``2026-11-23``)."""
    return datetime.date.fromisoformat(day)


@register.filter
def breakable(address: str) -> str:
    """An address that may be broken after each slash and dash, so that a narrow page holds it."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in re.findall(r"[^/-]*[/-]?", address)))


@register.filter
def state_of(certificate: Certificate) -> str:
    return STATES[certificate.status]


def certificates_by_course(user) -> dict[uuid.UUID, Certificate]:
    """The certificates of ``user`` by course key. One query; remembered on the user, who is read anew with every request."""
    if not hasattr(user, "certificates_read"):
        user.certificates_read = Certificate.objects.of(user).select_related("issuer").by_course()
    return user.certificates_read


@register.inclusion_tag("certificates/components/certificate_card.html", takes_context=True)
def certificate_card(context, course_key: uuid.UUID):
    """What there is to say of the reader's certificate for one course; nothing when there is none."""
    user = getattr(context.get("request"), "user", None)
    return {"certificate": certificates_by_course(user).get(course_key) if user is not None else None}


@register.inclusion_tag("certificates/components/certificates_list.html")
def certificates_of(user):
    """All certificates of ``user``, newest first, with their states in words. Two queries, however many."""
    certificates = list(certificates_by_course(user).values())
    titles = course_titles([c.course_key for c in certificates], get_language()) if certificates else {}
    return {"rows": [(c, c.details.get("course") or titles.get(c.course_key, "")) for c in certificates]}
