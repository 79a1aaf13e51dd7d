"""The list of certificates: who completed, in which state, with which code."""

from datetime import datetime

import django_filters
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from accounts.models import Role
from certificates.codes import normalised
from certificates.models import Certificate
from certificates.sources import course_titles
from training.spreadsheets import csv_response, xlsx_response

from . import views
from .access import RolePolicy, own_certificates


def own_courses(request) -> list[tuple[str, str]]:
    """Key and title of every course in which the issuer's organisations give certificates."""
    keys = own_certificates(request.user).order_by().values_list("course_key", flat=True).distinct()
    titles = course_titles(keys, get_language())
    return sorted(((str(key), title) for key, title in titles.items()), key=lambda choice: choice[1])


def day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "SHORT_DATE_FORMAT") if moment else ""


class CertificateFilters(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label=gettext_lazy("Status"), choices=Certificate.Status.choices)
    course_key = django_filters.ChoiceFilter(label=gettext_lazy("Course"), choices=lambda: [], empty_label=None)
    earned_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Completed"), widget=DateRangePickerWidget)
    issued_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Issued"), widget=DateRangePickerWidget)

    class Meta:
        model = Certificate
        fields = ["status", "course_key", "earned_at", "issued_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["course_key"].extra["choices"] = [("", _("All")), *own_courses(self.request)]


class CertificateList(generic.IndexView):
    """Everyone who completed a course of the issuer's organisations; filters, search and exports work on the same rows."""

    any_permission_required = ["view"]
    default_ordering = "-earned_at"
    is_searchable = True
    filterset_class = CertificateFilters
    page_title = gettext_lazy("Certificates")
    list_export = ["holder", "course", "completed", "status", "issued", "code"]

    def get_base_queryset(self):
        return own_certificates(self.request.user)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        by_name = Q(holder_name__icontains=self.search_query) | Q(user__full_name__icontains=self.search_query)
        code = normalised(self.search_query)
        return queryset.filter(by_name | Q(code__startswith=code) if code else by_name)

    @cached_property
    def titles(self) -> dict:
        keys = self.get_base_queryset().order_by().values_list("course_key", flat=True).distinct()
        return course_titles(keys, get_language())

    def holder(self, certificate: Certificate) -> str:
        return certificate.holder_name or (certificate.user and certificate.user.full_name) or _("Name not given yet")

    def course(self, certificate: Certificate) -> str:
        return certificate.details.get("course") or self.titles.get(certificate.course_key, "")

    def get_inspect_url(self, instance: Certificate) -> str:
        return reverse("certificates_desk:single", args=[instance.public_id])

    def get_list_more_buttons(self, instance: Certificate) -> list:
        if not instance.issued_at:
            return []
        return [MenuItem(_("Download PDF"), reverse("certificates_desk:pdf", args=[instance.public_id]), icon_name="download")]

    @cached_property
    def columns(self) -> list:
        status = Certificate.get_status_display
        return [
            TitleColumn("holder", label=_("Holder"), accessor=self.holder, get_url=self.get_inspect_url, sort_key="holder_name"),
            Column("course", label=_("Course"), accessor=self.course),
            Column("earned_at", label=_("Completed"), accessor=lambda c: day(c.earned_at), sort_key="earned_at"),
            Column("status", label=_("Status"), accessor=status, sort_key="status"),
            Column("issued_at", label=_("Issued"), accessor=lambda c: day(c.issued_at), sort_key="issued_at"),
            Column("code", label=_("Code"), accessor="grouped_code"),
        ]

    @cached_property
    def header_buttons(self) -> list:
        waiting = own_certificates(self.request.user).waiting().count()
        label = ngettext("%(n)d waits for approval", "%(n)d wait for approval", waiting) % {"n": waiting}
        return [HeaderButton(label, url=reverse("certificates_desk:waiting"), icon_name="check")] if waiting else []

    def as_spreadsheet(self, queryset, spreadsheet_format: str) -> HttpResponse:
        """What is seen, with the code, as cells that only show."""
        rows = [[_("Holder"), _("Course"), _("Completed"), _("Status"), _("Issued"), _("Code")]]
        for certificate in queryset:
            dates = (certificate.earned_at, certificate.issued_at)
            earned, issued = (localtime(date).date().isoformat() if date else "" for date in dates)
            status = certificate.get_status_display()
            course = self.course(certificate)
            rows.append([self.holder(certificate), course, earned, str(status), issued, certificate.grouped_code])
        respond = csv_response if spreadsheet_format == self.FORMAT_CSV else xlsx_response
        return respond("certificates", rows)


class CertificateDesk(ModelViewSet):
    """The list and the views of one certificate. Nothing is added, edited or deleted by hand: see ``services``."""

    model = Certificate
    name = "certificates_desk"
    url_prefix = "certificates"
    icon = "tick-inverse"
    menu_label = gettext_lazy("Issued and waiting")
    index_view_class = CertificateList
    search_fields = ["holder_name", "code"]
    add_to_reference_index = False
    copy_view_enabled = False
    permission_policy = RolePolicy(Certificate, (Role.ISSUER,), {"view"})

    def get_common_view_kwargs(self, **kwargs):
        unused = ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(unused)

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("waiting/", views.waiting, name="waiting"),
            path("approve/", views.approve, name="approve"),
            path("<uuid:public_id>/", views.single, name="single"),
            path("<uuid:public_id>/pdf/", views.download, name="pdf"),
            path("<uuid:public_id>/revoke/", views.revoke, name="revoke"),
            path("<uuid:public_id>/reinstate/", views.reinstate, name="reinstate"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""
