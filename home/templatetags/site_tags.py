"""Small helps for templates that concern the whole site."""

from django import template
from django.conf.locale import LANG_INFO
from django.template import Context
from django.utils.translation import get_language, get_language_from_path

from home.addresses import in_language

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """A language's own name, "Français" for "fr"; an unknown code comes back as it is."""
    return LANG_INFO.get(code, {}).get("name_local", code).capitalize()


@register.simple_tag(takes_context=True)
def in_reader_language(context: Context, address: str) -> str:
    """The local ``address`` in the language of this page; as it is when it does not exist in that language."""
    language = get_language()
    if not address or get_language_from_path(address) == language:
        return address
    return in_language(context["request"], address, language) or address
