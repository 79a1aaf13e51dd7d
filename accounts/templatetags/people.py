"""What templates may ask about a person."""

from allauth.account.models import EmailAddress
from django import template

from accounts.models import User

register = template.Library()


@register.filter
def has_unconfirmed_address(user: User) -> bool:
    """Whether an address still waits for its confirmation; allauth allows no second factor until none does. One query."""
    return EmailAddress.objects.filter(user=user, verified=False).exists()
