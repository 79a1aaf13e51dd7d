"""Addresses of this site: which may be followed, which page stands behind one, what it is in another language."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.urls import resolve, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page, Site


def local_address(address: str | None) -> str:
    """``address`` when it is a path of this site, with its query; else an empty string."""
    is_path = bool(address) and address.startswith("/") and not address.startswith("//")
    return address if is_path and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def page_at(request: HttpRequest, address: str) -> Page | None:
    """The live Wagtail page at a local address, or None when a view of ours or nothing is there."""
    path = urlsplit(address).path
    language, site = get_language_from_path(path), Site.find_for_request(request)
    if not language or not site:
        return None
    with override(language):  # addresses of other languages than the active one do not resolve
        try:
            if resolve(path).url_name != "wagtail_serve":
                return None
            root = site.root_page.localized.specific
            return root.route(request, [part for part in path.split("/") if part][1:]).page
        except Http404:  # Resolver404 is one
            return None


def in_language(request: HttpRequest, address: str, language: str) -> str:
    """The local ``address`` in ``language``; empty when the page there has no live translation."""
    page = page_at(request, address)
    if page is None:
        with override(get_language_from_path(urlsplit(address).path)):
            return translate_url(address, language)
    if page.locale.language_code == language:
        return address
    translation = page.get_translations().live().filter(locale__language_code=language).first()
    return (translation.get_url(request) or "") if translation else ""
