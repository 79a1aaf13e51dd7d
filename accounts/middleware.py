"""What account pages and staff need on top of their views."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from .permissions import needs_second_factor

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ACCOUNT_PAGES = ("account_", "mfa_", "usersessions_")


class StaffMfaMiddleware:
    """The door of the administration: for those with a role there, and with a second factor where they can publish or issue.

    Publishing and issuing happen under the administration's address only. Pages outside it cost nothing: no query.
    A learner is told so here; Wagtail would send them to the sign-in page, which sends the signed-in back, for ever.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_guarded(request.path_info):
            return self.get_response(request)
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if settings.STAFF_MFA_REQUIRED and self.must_set_up(request.user):
            messages.warning(
                request,
                _("You can publish or issue here, so your account needs two-step sign-in. Set up an app or a passkey first."),
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    @staticmethod
    def is_guarded(path: str) -> bool:
        home = reverse("wagtailadmin_home")
        return path.startswith(home) and path != reverse("wagtailadmin_logout")

    @staticmethod
    def must_set_up(user) -> bool:
        if not user.is_authenticated or not needs_second_factor(user):
            return False
        return not Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


class AccountPagesMiddleware:
    """allauth's views, with our rules: a form with errors answers 422, and signing out clears what the browser kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.url_name == "account_logout" and request.method == "POST":
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        name = request.resolver_match.url_name or ""
        form = (response.context_data or {}).get("form")
        if response.status_code == 200 and name.startswith(ACCOUNT_PAGES) and getattr(form, "is_bound", False) and form.errors:
            response.status_code = 422
        return response
