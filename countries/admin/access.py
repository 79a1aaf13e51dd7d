"""Whose rows somebody may change: those of their own countries. Those of others do not exist for them."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from accounts.permissions import countries_of
from training.places import PARTNER_CHOICES


class CountryPolicy(ModelPermissionPolicy):
    """By role in an organisation, as what may be changed depends on its country."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return bool(countries_of(user))

    def user_has_any_permission(self, user: User, actions: Any) -> bool:
        return bool(countries_of(user))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return instance.country in countries_of(user)


class OfOwnCountry:
    """For every view of one row."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        get_object_or_404(self.model, pk=kwargs["pk"], country__in=countries_of(request.user))
        return super().dispatch(request, *args, **kwargs)


class CountryForm(WagtailAdminModelForm):
    """Offers and takes the countries of whoever writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = countries_of(self.for_user)
        self.fields["country"].choices = [choice for choice in PARTNER_CHOICES if choice[0] in own]
