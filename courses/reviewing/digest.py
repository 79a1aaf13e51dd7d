"""One mail a day about reviews, to those for whom something new has come up; never one for each event."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.models import Comment

from accounts.models import User
from accounts.services import email_of

from .desk import PATIENCE, Waiting, comments_for, decisions_for, reviews_for, working_days_between
from .models import DigestSent

logger = logging.getLogger(__name__)
A_DAY = timedelta(hours=20)  # a schedule that runs a little early sends all the same


def send_digests() -> int:
    """Write to everyone who works in the editor and has news. How many mails were sent; a second run on one day sends none."""
    return sum(send_digest(user) for user in people())


def people() -> list[User]:
    """Who may have something to review or to read: active members of any group, and administrators."""
    working = User.objects.filter(is_active=True).exclude(email="")
    return list((working.filter(groups__isnull=False) | working.filter(is_superuser=True)).distinct().order_by("pk"))


def send_digest(user: User) -> bool:
    """Whether a mail was sent. What fails is logged, and the news is told by the next mail."""
    now = timezone.now()
    last = DigestSent.objects.filter(user=user).values_list("sent_at", flat=True).first()
    if last and now - last < A_DAY:
        return False
    news = news_for(user, last or now - timedelta(days=1))
    if news is None:
        return False
    try:
        message(user, news).send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that no mail can be written to
        logger.warning("Mail about reviews to person %s could not be sent: %s", user.pk, type(error).__name__)
        return False
    DigestSent.objects.update_or_create(user=user, defaults={"sent_at": now})
    return True


def news_for(user: User, since: Any) -> dict[str, Any] | None:
    """What the mail says; None where nothing has happened since. Whatever waits is named along with the news."""
    waiting = reviews_for(user)
    decisions, comments = list(decisions_for(user, since)), list(comments_for(user, since))
    is_news = decisions or comments or any(review.since > since or became_late(review, since) for review in waiting)
    return {"waiting": waiting, "decisions": decisions, "comments": comments} if is_news else None


def became_late(review: Waiting, since: Any) -> bool:
    """Whether this is the first mail in which the review waits for too long: the reminder."""
    return review.is_late and working_days_between(localdate(review.since), localdate(since)) < PATIENCE


def address_of(comment: Comment) -> str:
    """Where the editor opens at ``comment``."""
    return f"{reverse('wagtailadmin_pages:edit', args=[comment.page_id])}#comment-{comment.pk}"


def message(user: User, news: dict[str, Any]) -> EmailMessage:
    """The mail, in the language of its reader. Its subject names no page: it may be read over a shoulder."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        context = {
            **news,
            "comments": [(comment.page.title, address_of(comment)) for comment in news["comments"]],
            "patience": PATIENCE,
            "site": settings.SITE_URL,
            "site_name": settings.SITE_NAME,
            "url": settings.SITE_URL + reverse("wagtailadmin_home"),
        }
        text = render_to_string("courses/email/review_digest.txt", context)
        return EmailMessage(_("Reviews: what is new"), text, to=[email_of(user)], headers={"Auto-Submitted": "auto-generated"})
