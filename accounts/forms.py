"""The forms of account pages: allauth's, in our words, and our own. Each names its fields, so nothing else can be set."""

import unicodedata
import uuid

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url, perform_login, setup_user_email
from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.places import Country

from . import services, tasks
from .adapter import SIGNED_UP_BY_CODE
from .models import Occupation, User

EMAIL_MAX_LENGTH = User._meta.get_field("email").max_length
PASSWORD_MAX_LENGTH = 200  # of a phrase, not of a file; never cut short in the browser
JOINERS = "\u200c\u200d"
PASSWORD_HINT = _("At least 10 characters. A few words in a row are easy to remember.")


class PlainFields:
    """Labels stay visible, so placeholders go; lengths are checked here so that the database never has to complain."""

    words = {
        "email": {"label": _("E-mail address")},
        "login": {"label": _("E-mail address")},
        "password": {"label": _("Password")},
        "password1": {"label": _("Password"), "help_text": PASSWORD_HINT},
        "password2": {"label": _("The same password again")},
        "oldpassword": {"label": _("Password you have now"), "help_text": ""},
        "code": {"label": _("Code"), "help_text": ""},
    }
    missing = {
        "email": _("Type your e-mail address."),
        "login": _("Type your e-mail address."),
        "password": _("Type your password."),
        "password1": _("Choose a password."),
        "password2": _("Type the same password again."),
        "oldpassword": _("Type the password you have now."),
        "code": _("Type the code from the e-mail."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            for attribute, text in self.words.get(name, {}).items():
                setattr(field, attribute, text)
            if name in self.missing:
                field.error_messages["required"] = self.missing[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Type a whole e-mail address, like name@example.com.")
                others = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
                field.validators = [*others, MaxLengthValidator(EMAIL_MAX_LENGTH)]
            if isinstance(field.widget, forms.PasswordInput):
                field.validators.append(MaxLengthValidator(PASSWORD_MAX_LENGTH))


class LoginForm(PlainFields, allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(PlainFields, allauth_forms.RequestLoginCodeForm):
    def clean_email(self) -> str:
        email = super().clean_email()
        self._user = services.owner_of(email)
        return email


class ConfirmLoginCodeForm(PlainFields, allauth_forms.ConfirmLoginCodeForm):
    pass


class ResetPasswordForm(PlainFields, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFields, allauth_forms.SetPasswordForm):
    pass


class AddEmailForm(PlainFields, allauth_forms.AddEmailForm):
    words = {"email": {"label": _("New e-mail address")}}


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    words = {"password": {"label": _("Password"), "help_text": ""}}


class SignupForm(PlainFields, allauth_forms.SignupForm):
    """First page of the sign-up: an address and a password, or an address and a mailed code.

    Every way through looks the same whether the address is known here or not:
    docs/decisions/0003-accounts-and-enumeration.md says how and why.
    """

    signup_key = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_code = self.data.get("by") == "code"
        if self.by_code:
            self.fields["password1"].required = False
        trap = self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        trap.label = _("Leave this field empty")
        trap.widget.attrs = {"tabindex": "-1", "autocomplete": "off"}

    @property
    def trap(self) -> forms.BoundField:
        return self[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]

    def clean(self) -> dict:
        if self.by_code:
            self.cleaned_data["password1"] = ""
            if email := self.cleaned_data.get("email"):
                self._count_code_request(email)
            return self.cleaned_data
        return super().clean()

    def _count_code_request(self, email: str) -> None:
        """Codes asked for here and on the sign-in page count together against the limit per address."""
        request_form = RequestLoginCodeForm({"email": email})
        if not request_form.is_valid():
            self.add_error("email", request_form.errors["email"].as_data())

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.cleaned_data[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]:
            return super().try_save(request)
        email = self.cleaned_data["email"]
        if self.by_code:
            return None, self._send_code(request, email)
        same = services.find_same_person(email, self.cleaned_data["password1"])
        if same:
            return None, self._sign_in(request, same)
        try:
            user = self.save(request)
        except IntegrityError:
            return self._try_save_again(request)
        if len(User.objects.claiming(email)) > 1:
            tasks.tell_owner_of_second_signup(request, email)
        return user, None

    def _try_save_again(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The same form came twice at once: the first to arrive has made the account. Or an old form was filled in anew."""
        winner = User.objects.filter(signup_key=self.cleaned_data["signup_key"], email=self.cleaned_data["email"]).first()
        if winner and winner.check_password(self.cleaned_data["password1"]):
            return None, self._sign_in(request, winner)
        self.cleaned_data["signup_key"] = None
        return self.save(request), None

    def save(self, request: HttpRequest) -> User:
        """Hash the password first (slow), then write; on SQLite a transaction holds up everybody's writing."""
        adapter = get_adapter()
        user = adapter.save_user(request, adapter.new_user(request), self, commit=False)
        with transaction.atomic():
            user.save()
            setup_user_email(request, user, [])
        return user

    def _sign_in(self, request: HttpRequest, user: User) -> HttpResponse:
        email = self.cleaned_data["email"]
        return perform_login(request, user, redirect_url=get_next_redirect_url(request), email=email)

    def _send_code(self, request: HttpRequest, email: str) -> HttpResponse:
        user = services.owner_of(email) or services.create_person(email, language=get_adapter().language_of(request))
        request.session[SIGNED_UP_BY_CODE] = True
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
        return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse("account_confirm_login_code"), "next"))


class AboutYouForm(forms.ModelForm):
    """Second page of the sign-up. Both need an answer; "I prefer not to say" is one."""

    country = forms.ChoiceField(
        label=_("Which country do you work in?"),
        help_text=_("It decides which laws, contacts and help lines you see."),
        choices=Country.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose a country, or choose “I prefer not to say”.")),
    )
    occupation = forms.ChoiceField(
        label=_("What is your occupation?"),
        help_text=_("It chooses examples. In reports we only count how many people of each occupation learn here."),
        choices=Occupation.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose an occupation, or choose “I prefer not to say”.")),
    )

    class Meta:
        model = User
        fields = ["country", "occupation"]


def visible(name: str) -> str:
    """``name`` without the characters that show nothing, such as those that turn the writing direction of what follows.

    The two joiners stay: Persian names and emoji need them.
    """
    return "".join(c for c in name if c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"}).strip()


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name"]
        labels = {"full_name": _("Your name")}
        help_texts = {"full_name": _("Only you and your trainers see it. You choose the name on a certificate separately.")}
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def clean_full_name(self) -> str:
        return visible(self.cleaned_data["full_name"])
