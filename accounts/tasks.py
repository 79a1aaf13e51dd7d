"""Mail that must not delay an answer, or be lost when the mail server is down."""

import logging
from datetime import timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from .models import User

logger = logging.getLogger(__name__)
WAITS = (1, 5, 15, 60, 240, 1200)  # minutes between the tries of a mail: about a day in all


def tell_owner_of_second_signup(request: HttpRequest, email: str) -> None:
    """Tell the owner of ``email`` that somebody signed up with it, at most three times an hour.

    In the background: sending it at once would make the answer slower for known addresses than for unknown ones.
    """
    if ratelimit.consume(request, action="second_signup_mail", key=email):
        send_second_signup_mail.enqueue(email)


@task()
def send_second_signup_mail(email: str) -> None:
    owner = User.objects.claiming(email)[0]
    with translation.override(owner.language or settings.LANGUAGE_CODE):
        context = {
            "login_url": settings.SITE_URL + reverse("account_login"),
            "code_url": settings.SITE_URL + reverse("account_request_login_code"),
            "site_name": settings.SITE_NAME,
        }
        subject = render_to_string("account/email/second_signup_subject.txt").strip()
        body = render_to_string("account/email/second_signup_message.txt", context).strip()
        deliver.enqueue(subject, body, email)


@task()
def deliver(subject: str, body: str, to: str, tries: int = 0) -> None:
    """Send one mail; when the server fails, come back later where the queue can wait. The log never gets the address."""
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError as error:  # SMTPException is one
        logger.warning("A mail could not be sent (try %d): %s", tries + 1, type(error).__name__)
        if tries < len(WAITS) and deliver.get_backend().supports_defer:
            later = timezone.now() + timedelta(minutes=WAITS[tries])
            deliver.using(run_after=later).enqueue(subject, body, to, tries + 1)
