"""System checks.

``accounts.E001`` looks into the database, so it runs where Django looks there: with every ``migrate``, which each deployment
does, and with ``check --database default``. A plain ``check --deploy`` works on a machine without a database.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from .models import User

DEMO_DOMAIN = "@example.org"


@register(Tags.database)
def no_demo_accounts(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Refuse demo accounts, whose password everybody can read, outside development."""
    if settings.DEVELOPMENT:
        return []
    return [error for alias in databases or [] for error in demo_accounts_in(alias)]


def demo_accounts_in(alias: str) -> list[Error]:
    if User._meta.db_table not in connections[alias].introspection.table_names():
        return []  # before the first migration
    people = User.objects.using(alias).filter(email__endswith=DEMO_DOMAIN, is_active=True)
    if not people.exists():
        return []
    return [
        Error(
            f"This database holds {people.count()} demo account(s) ({DEMO_DOMAIN}), but these are not development settings.",
            hint="Delete them or make them inactive. If this is a desk, use training.settings.dev.",
            id="accounts.E001",
        )
    ]
