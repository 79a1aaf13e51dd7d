"""What is done to people, addresses and roles. Other apps ask here; nothing below knows of a request."""

from allauth.account.models import EmailAddress

from .models import User


def email_of(user: User) -> str:
    """Where mail to ``user`` goes: the main address, confirmed or not."""
    return user.email


def has_verified_email(user: User) -> bool:
    """Whether ``user`` proved that an address is theirs: by a mailed code, a mailed link, or an administrator's word.

    Where this is needed and false, send the person to ``{% url "accounts:confirm_email" %}?next=<path to come back to>``:
    that page sends the link, says so, and brings the person back. No other app sends confirmations.
    """
    return EmailAddress.objects.filter(user_id=user.pk, verified=True).exists()
