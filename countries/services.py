"""The verbs that write the country layer, beside the forms of the editor."""

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from accounts.models import User

from .models import Contact

STILL_CORRECT = "countries.still_correct"  # in the history of a contact


@transaction.atomic
def still_correct(contact: Contact, user: User) -> None:
    """``user`` called or looked it up today: it is confirmed from now on, and its history says by whom. Safe to repeat."""
    contact.checked_on, contact.confirmed = localdate(), True
    contact.save(update_fields=["checked_on", "confirmed"])
    log(instance=contact, action=STILL_CORRECT, user=user)
