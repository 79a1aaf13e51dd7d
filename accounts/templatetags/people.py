"""What templates may ask about a person."""

from allauth.account.models import EmailAddress
from django import template
from django.template import Context
from wagtail.models import Page

from accounts.models import User

register = template.Library()


@register.filter
def has_unconfirmed_address(user: User) -> bool:
    """Whether an address still waits for its confirmation; allauth allows no second factor until none does. One query."""
    return EmailAddress.objects.filter(user=user, verified=False).exists()


@register.simple_tag(takes_context=True)
def privacy_url(context: Context) -> str:
    """Where the privacy page stands in the reader's language; empty while the site has none."""
    page = Page.objects.live().filter(slug="privacy").first()
    return page.localized.get_url(context.get("request")) or "" if page else ""
