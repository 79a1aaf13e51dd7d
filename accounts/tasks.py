"""Mail that must not delay an answer."""

from allauth.core import ratelimit
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from .models import User


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
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [email])
