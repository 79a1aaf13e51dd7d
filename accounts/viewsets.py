"""People and organisations in the Wagtail admin: for administrators only, as no group holds the rights of these models."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import IndexView, UserViewSet

from .admin_forms import PersonForm
from .models import Organisation, User


class PersonIndexView(IndexView):
    search_fields = {"email", "full_name"}

    @cached_property
    def columns(self) -> list[Column]:
        columns = super().columns
        for column in columns:
            if column.name == User.USERNAME_FIELD:
                column.label = User._meta.get_field("email").verbose_name.capitalize()
        return columns


class PersonViewSet(UserViewSet):
    index_view_class = PersonIndexView
    create_template_name = edit_template_name = "wagtailadmin/generic/form.html"

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonForm


class PersonFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Name or e-mail address"), required=False)

    def filter(self, objects: QuerySet[User]) -> QuerySet[User]:
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        if not self.is_searching:
            return objects
        return objects.filter(Q(email__icontains=self.search_query) | Q(full_name__icontains=self.search_query))


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wagtail opens a chooser to all of its users; this one lists everybody who has an account."""

    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class PersonChooserViewSet(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    register_widget = False

    @property
    def choose_view_class(self):
        return type("ChoosePerson", (ChooserViewSet.choose_view_class,), {"filter_form_class": PersonFilterForm})

    @property
    def choose_results_view_class(self):
        return type("ChoosePersonResults", (ChooserViewSet.choose_results_view_class,), {"filter_form_class": PersonFilterForm})

    def get_urlpatterns(self) -> list:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = administrators_only(pattern.callback)
        return patterns


person_chooser = PersonChooserViewSet("person_chooser", url_prefix="choose-person")


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["name", "country", "is_issuer"]
    list_filter = ["country", "is_issuer"]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("country"),
        FieldPanel("website"),
        FieldPanel("is_issuer"),
        FieldPanel("signatory_name"),
        FieldPanel("signatory_role"),
        InlinePanel(
            "memberships",
            [FieldPanel("user", widget=person_chooser.widget_class), FieldPanel("role")],
            heading=_("People and their roles"),
            label=_("Person"),
        ),
    ]
