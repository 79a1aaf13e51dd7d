"""How allauth behaves here."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import tasks
from .models import User

logger = logging.getLogger(__name__)

# Keys in the visitor's session.
AFTER_CONFIRMATION = "accounts_after_confirmation"
SIGNED_UP_BY_CODE = "accounts_signed_up_by_code"
# Mail for which its reader is waiting. What else is sent tells them of something that was done.
ASKED_FOR = {
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/login_code",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}
SAYS_MAIL_WAS_SENT = {"account/messages/login_code_sent.txt", "account/messages/email_confirmation_sent.txt"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not go together. Check both, or ask for a code."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "enter_current_password": _("This is not the password you have now. Type it again."),
        "incorrect_password": _("This is not your password. Type it again."),
        "incorrect_code": _("This is not the code we sent. Check it, or ask for a new one."),
        "duplicate_email": _("This address is already in your account."),
        "rate_limited": _("Wait a moment, then try again."),
    }

    def language_of(self, request: HttpRequest) -> str:
        return get_language() or ""

    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        user.signup_key = form.cleaned_data.get("signup_key")
        user.language = self.language_of(request)
        return super().save_user(request, user, form, commit=commit)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Who has not answered the second page of the sign-up is asked first, then goes where they wanted."""
        response = super().post_login(request, user, **kwargs)
        if user.about_answered or not isinstance(response, HttpResponseRedirect):
            return response
        return HttpResponseRedirect(f"{reverse('accounts:about_you')}?{urlencode({'next': response.url})}")

    def reauthenticate(self, user: User, password: str) -> bool:
        """Ask for the password of this very person; another account may name the same address."""
        self.pre_authenticate(self.request, email=user.email)
        correct = user.check_password(password)
        if correct:
            self._rollback_login_failed_rl_usage()
        return correct

    def is_safe_url(self, url: str) -> bool:
        """A malformed address leads nowhere; allauth's own look at it would end in an error."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_email_verification_redirect_url(self, email_address) -> str:
        """Back to where the confirmation was needed, if it is opened in the same browser."""
        if self.request.user.is_authenticated:
            return self.request.session.pop(AFTER_CONFIRMATION, None) or reverse("accounts:profile")
        return super().get_email_verification_redirect_url(email_address)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return get_next_redirect_url(request) or reverse("accounts:profile")

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        self.rendered = super().render_mail(*args, **kwargs)
        return self.rendered

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send, or say that it did not work; news that nobody asked for is sent later instead.

        The log gets the kind of mail and of error, never the address.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTPException is one
            logger.error("Mail %s could not be sent: %s", template_prefix, type(error).__name__)
            if template_prefix not in ASKED_FOR:
                tasks.deliver.enqueue(self.rendered.subject, self.rendered.body, email)
                return
            self.request.allauth.mail_failed = True
            messages.error(self.request, _("We could not send the e-mail. Wait a few minutes, then ask for it again."))

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args, **kwargs) -> None:
        if message_template in SAYS_MAIL_WAS_SENT and getattr(request.allauth, "mail_failed", False):
            return
        super().add_message(request, level, message_template, *args, **kwargs)
