"""Small helps for templates that concern the whole site."""

from django import template
from django.conf.locale import LANG_INFO

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """A language's own name, "Français" for "fr"; an unknown code comes back as it is."""
    return LANG_INFO.get(code, {}).get("name_local", code).capitalize()
