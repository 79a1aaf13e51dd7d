"""Certificate templates in the admin: each organisation's own. Every change is a new version, for later certificates."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from accounts.permissions import organisations_as
from certificates import services
from certificates.models import CertificateTemplate
from certificates.sources import course_titles

from .access import TEMPLATE_ROLES, RolePolicy
from .forms import TemplateForm


class OwnTemplates:
    """Limits every view to the templates of the person's organisations, and saves through the service."""

    def own(self):
        organisations = organisations_as(self.request.user, *TEMPLATE_ROLES)
        return CertificateTemplate.objects.filter(issuer__in=organisations).select_related("issuer")

    def get_base_queryset(self):
        return self.own()

    def get_base_object_queryset(self):
        return self.own()

    def save_instance(self) -> CertificateTemplate:
        is_new = self.form.instance.pk is None
        template = services.save_template(self.form.save(commit=False))
        log(instance=template, action="wagtail.create" if is_new else "wagtail.edit", content_changed=True)
        return template


class TemplateList(OwnTemplates, generic.IndexView):
    @cached_property
    def titles(self) -> dict:
        return course_titles(self.own().values_list("course_key", flat=True), get_language())

    def course(self, template: CertificateTemplate) -> str:
        return self.titles.get(template.course_key) or _("A course that is no longer here")

    @cached_property
    def columns(self) -> list:
        return [
            TitleColumn("course", label=_("Course"), accessor=self.course, get_url=self.get_edit_url),
            Column("issuer", label=_("Issuer")),
            Column("mode", label=_("Certificates are issued"), accessor=CertificateTemplate.get_mode_display),
            Column("hours", label=_("Hours")),
            Column("version", label=_("Version")),
        ]

    def get_list_more_buttons(self, instance) -> list:
        return []


class TemplateCreate(OwnTemplates, generic.CreateView):
    success_message = gettext_lazy("The template is saved. Whoever has completed the course is awarded the certificate now.")


class TemplateEdit(OwnTemplates, generic.EditView):
    success_message = gettext_lazy("The template is saved. Certificates already issued stay as they are.")

    def get_object(self, queryset=None):
        """By way of ``get_base_object_queryset``, so that another organisation's template is not found."""
        return super().get_object(self.own())

    def get_page_subtitle(self) -> str:
        return course_titles([self.object.course_key], get_language()).get(self.object.course_key, str(self.object.issuer))


class TemplateDesk(ModelViewSet):
    model = CertificateTemplate
    name = "certificate_templates"
    url_prefix = "certificate-templates"
    icon = "doc-full"
    menu_label = gettext_lazy("Templates")
    index_view_class = TemplateList
    add_view_class = TemplateCreate
    edit_view_class = TemplateEdit
    add_to_reference_index = False
    copy_view_enabled = False
    permission_policy = RolePolicy(CertificateTemplate, TEMPLATE_ROLES, {"view", "add", "change"})

    def get_form_class(self, for_update: bool = False):
        return TemplateForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(("delete_url_name", "history_url_name", "usage_url_name"))

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]
