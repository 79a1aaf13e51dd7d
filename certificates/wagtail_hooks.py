"""The issuer's menu in the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from .issuing.lists import CertificateDesk
from .issuing.template_desk import TemplateDesk


class CertificatesGroup(ViewSetGroup):
    menu_label = _("Certificates")
    menu_icon = "tick-inverse"
    menu_order = 300
    items = (CertificateDesk, TemplateDesk)


@hooks.register("register_admin_viewset")
def certificates_desk() -> ViewSetGroup:
    return CertificatesGroup()


@hooks.register("register_permissions")
def revoking() -> object:
    return Permission.objects.filter(content_type__app_label="certificates", codename="revoke_certificate")
