"""Our own pages among Wagtail's: what is written and what is missing, and one press for a contact that still holds."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import countries_of
from countries.coverage import contacts_there, written_texts
from countries.models import Contact
from countries.services import still_correct as record
from countries.slots import CONTACT_KINDS, SLOTS
from training.places import PARTNERS


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Slots and kinds of contacts beside countries, one's own first. Two queries, and that of the reader's countries."""
    own = countries_of(request.user)
    if not own:
        raise PermissionDenied
    columns = sorted(PARTNERS, key=lambda country: country not in own)
    texts, contacts = written_texts(), contacts_there()

    def cells(found: dict, key: str, name: str) -> list[dict[str, Any]]:
        return [
            {
                "country": country,
                "own": country in own,
                "found": found.get((key, country)),
                "query": urlencode({name: key, "country": country.value}),
            }
            for country in columns
        ]

    context = {
        "columns": columns,
        "texts": [(label, cells(texts, slot, "slot")) for slot, label in SLOTS],
        "contacts": [(label, cells(contacts, kind, "kind")) for kind, label in CONTACT_KINDS],
    }
    return render(request, "countries/admin/coverage.html", context)


@require_POST
def still_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of the country has tried the contact today."""
    contact = get_object_or_404(Contact, pk=pk, country__in=countries_of(request.user))
    record(contact, request.user)
    messages.success(request, _("Checked today: %(contact)s") % {"contact": contact})
    return redirect("country_contacts:index")
