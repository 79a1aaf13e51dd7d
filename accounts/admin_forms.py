"""Forms with which administrators look after people. They set no passwords: people get in by a mailed code and set their own."""

from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from . import services
from .forms import visible
from .models import User


class PersonForm(forms.ModelForm):
    """A person's account. Roles are given on the page of an organisation, never here."""

    class Meta:
        model = User
        fields = ["email", "full_name", "country", "occupation", "language", "is_superuser", "is_active"]
        labels = {"is_superuser": _("Administrator")}
        help_texts = {
            "email": _("The person signs in with a code sent to this address, and can set a password then."),
            "is_superuser": _("May do everything, for every organisation. Other rights come from roles in organisations."),
            "is_active": _("Take this away instead of deleting a person who has certificates."),
        }

    def __init__(self, *args, editing_self: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if editing_self:  # nobody locks themselves out
            del self.fields["is_superuser"], self.fields["is_active"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if EmailAddress.objects.filter(email=email, verified=True).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError(_("Another person has confirmed this address. Look for it in the list of people."))
        return email

    def clean_full_name(self) -> str:
        return visible(self.cleaned_data["full_name"])

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        new = self.instance.pk is None
        if new:
            self.instance.set_unusable_password()
        user = super().save()
        if new or "email" in self.changed_data:
            services.set_address(user, user.email)
        return user
