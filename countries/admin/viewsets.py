"""What the menu “Countries” holds. Everybody finds the rows of their own countries alone."""

from typing import Any

from django.db.models import Model, QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from accounts.permissions import countries_of
from countries.models import AnnexEntry, Contact

from .access import CountryPolicy, OfOwnCountry
from .filters import ContactFilterSet, EntryFilterSet
from .forms import CONTACT_PANELS, ENTRY_PANELS

GIVEN = ("country", "slot", "language", "kind")  # what a link to “add” may fill in


class OwnListView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return self.model.objects.filter(country__in=countries_of(self.request.user))


class ContactListView(OwnListView):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().prefetch_related("words")


class OwnCreateView(generic.CreateView):
    def get_initial_form_instance(self) -> Model:
        """A row with what the address gives; a form offers no choice that is not its user's anyway."""
        names = {field.name for field in self.model._meta.fields} & {*GIVEN}
        return self.model(**{name: self.request.GET[name] for name in names if name in self.request.GET})


class OwnEditView(OfOwnCountry, generic.EditView):
    pass


class OwnDeleteView(OfOwnCountry, generic.DeleteView):
    pass


class OwnUsageView(OfOwnCountry, generic.UsageView):
    pass


class OwnHistoryView(OfOwnCountry, HistoryView):
    pass


class CountryViewSet(ModelViewSet):
    """Abstract: rows that belong to a country."""

    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    index_view_class = OwnListView
    add_view_class = OwnCreateView
    edit_view_class = OwnEditView
    delete_view_class = OwnDeleteView
    usage_view_class = OwnUsageView
    history_view_class = OwnHistoryView


class EntryViewSet(CountryViewSet):
    model = AnnexEntry
    name = "country_texts"
    url_prefix = "countries/texts"
    icon = "doc-full-inverse"
    menu_label = _("Texts")
    permission_policy = CountryPolicy(AnnexEntry)
    filterset_class = EntryFilterSet
    edit_handler = ENTRY_PANELS
    list_display = [
        "__str__",
        Column("state", label=_("State"), accessor="state_in_words"),
        Column("checked_on", label=_("Checked on"), sort_key="checked_on"),
        Column("review_by", label=_("Check again by"), sort_key="review_by"),
    ]


class StillCorrectColumn(Column):
    """One press for a contact that somebody has just tried."""

    cell_template_name = "countries/admin/still_correct_cell.html"

    def get_cell_context_data(self, instance: Contact, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        address = reverse("countries_admin:still_correct", args=[instance.pk])
        return {**context, "address": address, "csrf_token": get_token(parent_context["request"])}


class ContactViewSet(CountryViewSet):
    model = Contact
    name = "country_contacts"
    url_prefix = "countries/contacts"
    icon = "mail"
    menu_label = _("Contacts")
    permission_policy = CountryPolicy(Contact)
    filterset_class = ContactFilterSet
    edit_handler = CONTACT_PANELS
    index_view_class = ContactListView
    list_display = [
        "__str__",
        Column("name", label=_("Name")),
        Column("state", label=_("State"), accessor="state_in_words"),
        Column("checked_on", label=_("Last checked"), sort_key="checked_on"),
        StillCorrectColumn("still_correct", label=_("Still correct?")),
    ]


class CoverageMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bool(countries_of(request.user))


class CountriesGroup(ModelViewSetGroup):
    items = (EntryViewSet("country_texts"), ContactViewSet("country_contacts"))
    menu_label = _("Countries")
    menu_name = "countries"
    menu_icon = "site"
    menu_order = 257

    def get_submenu_items(self) -> list[MenuItem]:
        address = reverse("countries_admin:coverage")
        coverage = CoverageMenuItem(_("What is written"), address, name="country-coverage", icon_name="table", order=0)
        return [coverage, *super().get_submenu_items()]
