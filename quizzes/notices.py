"""Mail to learners. Neutral: neither subject nor text says what the quiz was about."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.services import email_of
from accounts.tasks import deliver

from .models import Attempt


def tell_marked(attempt: Attempt) -> None:
    """Tell the learner that everything of ``attempt`` is marked now, in the background and in their language."""
    with translation.override(attempt.user.language or attempt.language):
        context = {
            "name": attempt.user.full_name,
            "url": settings.SITE_URL + reverse("quizzes:result", args=[attempt.public_id]),
            "site_name": settings.SITE_NAME,
        }
        subject = gettext("Your answers have been marked")
        body = render_to_string("quizzes/email/marked.txt", context).strip()
    deliver.enqueue(subject, body, email_of(attempt.user))
