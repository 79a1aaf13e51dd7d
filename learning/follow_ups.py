"""The one mail that learners ask for, to come back to what they wrote. It says where that stands, and not a word of it."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import email_of

from .links import Link, lesson_links
from .models import FollowUp

logger = logging.getLogger(__name__)
AT_MOST = timedelta(days=14)  # so late a mail may still go, after a failure; later it would only surprise


def send_due() -> int:
    """Send all mails that are due; return how many went. Safe to run twice, and by two at once."""
    due = FollowUp.objects.due(timezone.localdate(), at_most=AT_MOST).order_by("pk")
    waiting = due.select_related("block_state__enrolment__user").defer("block_state__state")  # nobody needs the text here
    return sum(send(follow_up) for follow_up in list(waiting))


def send(follow_up: FollowUp) -> bool:
    """Whether the mail went. Where the mail server refuses it, that is logged, and the next run tries again."""
    kept, user = follow_up.block_state, follow_up.block_state.enrolment.user
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lesson = lesson_links([kept.lesson_key], None).get(kept.lesson_key)
        if lesson is None or not _claimed(follow_up):
            return False
        try:
            message(user, lesson, anchor=f"b-{kept.block_id}").send()
        except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that no mail can be written to
            logger.warning("Follow-up mail %s could not be sent: %s", follow_up.pk, type(error).__name__)
            FollowUp.objects.filter(pk=follow_up.pk, sent_at=follow_up.sent_at).update(sent_at=None)
            return False
    return True


def _claimed(follow_up: FollowUp) -> bool:
    """Whether this run, and no other, is the one to send it. It is not where its learner has changed their mind since."""
    follow_up.sent_at = timezone.now()
    mine = FollowUp.objects.filter(pk=follow_up.pk, due_on=follow_up.due_on, sent_at=None)
    return mine.update(sent_at=follow_up.sent_at) == 1


def message(user: User, lesson: Link, *, anchor: str) -> EmailMessage:
    """The mail, in the language that is active. Its subject says nothing of courses: it may be read over a shoulder."""
    context = {
        "name": user.full_name,
        "lesson": lesson["title"],
        "url": f"{urljoin(settings.SITE_URL, lesson['url'])}#{anchor}",
        "site_name": settings.SITE_NAME,
    }
    text = render_to_string("learning/email/follow_up.txt", context)
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(_("The reminder that you asked for"), text, to=[email_of(user)], headers=headers)
