"""The account pages that allauth does not have: second page of the sign-up, hub, name, confirming the address."""

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from training.keeping import kept_input, signed_in_or_kept

from .adapter import AFTER_CONFIRMATION
from .forms import AboutYouForm, NameForm
from .models import User
from .services import has_verified_email

KEPT_ANSWERS = "accounts_kept_answers"


def wanted_path(request: HttpRequest, default: str) -> str:
    """Where ``next`` of this request leads, if that is on this site; else ``default`` (a path or the name of one)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(default)


def respond(request: HttpRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def about_you(request: HttpRequest) -> HttpResponse:
    """Country and occupation: after the sign-up, and to change them later."""
    after = wanted_path(request, settings.LOGIN_REDIRECT_URL)
    if not request.user.is_authenticated:
        return sign_in_and_come_back(request, after)
    kept = request.session.pop(KEPT_ANSWERS, None)
    form = AboutYouForm(request.POST or None, instance=request.user, initial=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        return HttpResponseRedirect(after)
    return respond(request, "accounts/about_you.html", form, next=after)


def sign_in_and_come_back(request: HttpRequest, after: str) -> HttpResponse:
    """The session ended while the page was open. The answers wait until the person is back."""
    if request.method == "POST":
        request.session[KEPT_ANSWERS] = {name: request.POST.get(name, "")[:20] for name in AboutYouForm.Meta.fields}
        messages.info(request, _("You were signed out in the meantime. Sign in and go on: your answers are kept."))
    here = f"{reverse('accounts:about_you')}?{urlencode({'next': after})}"
    return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")


@never_cache
@login_required
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Everything that can be changed about the account, one row each."""
    rows = [*person_rows(request.user), *sign_in_rows(request.user)]
    return render(request, "accounts/profile.html", {"rows": rows})


def person_rows(user: User) -> list[dict[str, str]]:
    here = urlencode({"next": reverse("accounts:profile")})
    about_url = f"{reverse('accounts:about_you')}?{here}"
    confirmed = _("%(email)s (confirmed)") if has_verified_email(user) else _("%(email)s (not confirmed yet)")
    language = get_language_info(user.language)["name_local"] if user.language else _("As in your browser")
    unknown = _("Not answered yet")
    return [
        row(_("Name"), user.full_name or _("Not given"), reverse("accounts:name")),
        row(_("E-mail address"), confirmed % {"email": user.email}, reverse("account_email")),
        row(_("Country you work in"), user.get_country_display() or unknown, about_url),
        row(_("Occupation"), user.get_occupation_display() or unknown, about_url),
        row(_("Language"), language, f"{reverse('home:place')}?{here}"),
    ]


def sign_in_rows(user: User) -> list[dict[str, str]]:
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    passkeys = kinds.count(Authenticator.Type.WEBAUTHN)
    sessions = UserSession.objects.filter(user=user).count()
    has_password = user.has_usable_password()
    password_page = "account_change_password" if has_password else "account_set_password"
    two_steps = _("On, with an app") if Authenticator.Type.TOTP in kinds else _("Off")
    return [
        row(_("Password"), _("Set") if has_password else _("None: you sign in with a code"), reverse(password_page)),
        row(_("Two-step sign-in"), two_steps, reverse("mfa_index")),
        row(
            _("Passkeys"),
            ngettext("%(count)s passkey", "%(count)s passkeys", passkeys) % {"count": passkeys} if passkeys else _("None"),
            reverse("mfa_list_webauthn"),
        ),
        row(
            _("Where you are signed in"),
            ngettext("%(count)s place", "%(count)s places", sessions) % {"count": sessions} if sessions else _("Here"),
            reverse("usersessions_list"),
            _("View"),
        ),
    ]


def row(key: str, value: str, url: str, action: str = "") -> dict[str, str]:
    return {"key": key, "value": value, "url": url, "action": action or _("Change")}


@never_cache
@signed_in_or_kept("full_name")
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=request.user, initial=kept_input(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:profile")
    return respond(request, "accounts/name.html", form)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def confirm_email(request: HttpRequest) -> HttpResponse:
    """Send the link that confirms the address, then wait for it. Apps that need a confirmed address send people here."""
    after = wanted_path(request, "accounts:profile")
    if has_verified_email(request.user):
        return HttpResponseRedirect(after)
    if request.method == "POST":
        request.session[AFTER_CONFIRMATION] = after
        if not send_verification_email_for_user(request, request.user):
            messages.info(request, _("We sent you a link a moment ago. Look for it among unwanted mail, too."))
        return redirect(f"{request.path}?{urlencode({'next': after, 'sent': 1})}")
    return render(request, "accounts/confirm_email.html", {"next": after, "sent": "sent" in request.GET})
