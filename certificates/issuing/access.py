"""Who sees which part of the desk. Roles decide (``accounts.permissions``); lists and objects are limited again by each view."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.permission_policies.base import BasePermissionPolicy

from accounts.models import Organisation, Role, User
from accounts.permissions import has_role, organisations_as
from certificates.models import Certificate

TEMPLATE_ROLES = (Role.ISSUER, Role.COORDINATOR)


class RolePolicy(BasePermissionPolicy):
    """Lets the holders of ``roles`` do ``actions``, with whatever their own organisations have."""

    def __init__(self, model, roles: tuple[Role, ...], actions: set[str]):
        super().__init__(model)
        self.roles, self.actions = roles, actions

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in self.actions and has_role(user, *self.roles)

    def user_has_any_permission(self, user: User, actions) -> bool:
        return bool(self.actions & set(actions)) and has_role(user, *self.roles)

    def user_has_permission_for_instance(self, user: User, action: str, instance) -> bool:
        return action in self.actions and organisations_as(user, *self.roles).filter(pk=instance.issuer_id).exists()


def own_issuers(user: User) -> QuerySet[Organisation]:
    return organisations_as(user, Role.ISSUER)


def own_certificates(user: User) -> QuerySet[Certificate]:
    return Certificate.objects.of_issuers(own_issuers(user)).select_related("issuer", "user", "template")


def own_certificate(request: HttpRequest, public_id) -> Certificate:
    """The certificate, or 404 for whoever is not an issuer of its organisation: its existence is not told either."""
    return get_object_or_404(own_certificates(request.user), public_id=public_id)
