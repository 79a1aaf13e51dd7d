"""Mistakes in the configuration that would only show on paper."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from accounts.models import Organisation

from . import fonts


@register(Tags.files)
def fonts_are_there(app_configs, **kwargs) -> list[Error]:
    """Without our own fonts the machine's would be used, and names might lose letters."""
    lost = [name for name in fonts.FILES if not fonts.path(name).is_file()]
    return [Error(f"The font for certificates is missing: static/fonts/{name}", id="certificates.E001") for name in lost]


@register(Tags.security, deploy=True)
def site_url_is_public(app_configs, **kwargs) -> list[Error]:
    """The address is printed on paper for years: it must be the site's real one, and safe."""
    url = urlsplit(settings.SITE_URL)
    if url.scheme == "https" and url.hostname not in (None, "localhost", "127.0.0.1", "::1"):
        return []
    return [
        Error(
            f"SITE_URL is {settings.SITE_URL!r}: it is printed on every certificate and in its QR code.",
            hint="Set SITE_URL in the environment to the site's public https address.",
            id="certificates.E002",
        )
    ]


@register(Tags.database)
def issuers_have_a_signatory(app_configs, databases=None, **kwargs) -> list[Warning]:
    """Runs with ``check --database default``. Silent before the first migration, when there is nobody yet."""
    found = []
    for alias in databases or []:
        if Organisation._meta.db_table not in connections[alias].introspection.table_names():
            continue
        nobody = Organisation.objects.using(alias).filter(is_issuer=True, signatory_name="")
        for name in nobody.values_list("name", flat=True):
            found.append(Warning(f"{name} issues certificates but names nobody who signs them.", id="certificates.W003"))
    return found
