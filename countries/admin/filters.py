"""How coordinators narrow their lists."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from countries.models import AnnexEntry, Contact, State
from countries.slots import CONTACT_KINDS, SLOTS
from training.places import LANGUAGES, PARTNER_CHOICES

ANY = pgettext_lazy("no choice in a filter", "Any")


class Choice(django_filters.ChoiceFilter):
    """One of a list that may be long."""

    def __init__(self, **options: object) -> None:
        super().__init__(widget=forms.Select, empty_label=ANY, **options)


class EntryFilterSet(WagtailFilterSet):
    country = Choice(label=_("Country"), choices=PARTNER_CHOICES)
    slot = Choice(label=_("About"), choices=SLOTS)
    language = Choice(label=_("Language"), choices=list(LANGUAGES.items()))
    state = Choice(label=_("State"), choices=State.choices)
    stale = Choice(label=_("Age"), choices=[("yes", _("Past review"))], method="past_review")

    class Meta:
        model = AnnexEntry
        fields = ["country", "slot", "language", "state"]

    def past_review(self, entries: QuerySet[AnnexEntry], name: str, value: str) -> QuerySet[AnnexEntry]:
        return entries.past_review()


class ContactFilterSet(WagtailFilterSet):
    country = Choice(label=_("Country"), choices=PARTNER_CHOICES)
    kind = Choice(label=_("Kind"), choices=CONTACT_KINDS)
    confirmed = Choice(label=_("State"), choices=[("True", _("Confirmed")), ("False", _("To be confirmed"))])
    stale = Choice(label=_("Age"), choices=[("yes", _("Not checked for 180 days"))], method="old")

    class Meta:
        model = Contact
        fields = ["country", "kind", "confirmed"]

    def old(self, contacts: QuerySet[Contact], name: str, value: str) -> QuerySet[Contact]:
        return contacts.stale()
