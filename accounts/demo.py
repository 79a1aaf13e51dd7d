"""The people and organisations of a demonstration. Every name is invented."""

import os
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from . import services
from .models import Membership, Organisation, Role, User

DEFAULT_PASSWORD = "demo password 2026"  # noqa: S105  public on purpose, refused outside development


@dataclass(frozen=True)
class DemoPerson:
    name: str
    full_name: str
    country: str
    occupation: str
    organisation: str = ""
    role: Role | None = None
    is_superuser: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"


ORGANISATIONS: list[dict[str, Any]] = [
    {
        "slug": "demo-partner-belgium",
        "name": "Demo Partner Belgium",
        "country": "BE",
        "website": "https://belgium.example.org",
        "signatory_name": "Anneke Demo",
        "signatory_role": "Director",
        "is_issuer": True,
    },
    {"slug": "demo-partner-germany", "name": "Demo Partner Germany", "country": "DE", "website": "https://germany.example.org"},
]
BELGIUM, GERMANY = (organisation["slug"] for organisation in ORGANISATIONS)
PEOPLE = [
    DemoPerson("guardian", "Amélie Demo", "BE", "guardian", BELGIUM, Role.LEARNER),
    DemoPerson("lawyer", "Lena Demo", "DE", "lawyer", GERMANY, Role.LEARNER),
    DemoPerson("trainer", "Jonas Demo", "DE", "social_worker", GERMANY, Role.TRAINER),
    DemoPerson("issuer", "Marta Demo", "BE", "other", BELGIUM, Role.ISSUER),
    DemoPerson("coordinator", "Elira Demo", "BE", "other", BELGIUM, Role.COORDINATOR),
    DemoPerson("admin", "Kees Demo", "--", "undisclosed", is_superuser=True),
]


def demo_password() -> str:
    """The password of new demo accounts: ``DEMO_PASSWORD`` of the environment, else one that is written here for all to read."""
    return os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD


@transaction.atomic
def make_demo_accounts(password: str) -> list[tuple[DemoPerson, bool]]:
    """Make what is missing; return each demo person and whether they are new. What exists stays as it is, passwords included."""
    for organisation in ORGANISATIONS:
        Organisation.objects.get_or_create(slug=organisation["slug"], defaults=organisation)
    return [(person, make_person(person, password)) for person in PEOPLE]


def make_person(person: DemoPerson, password: str) -> bool:
    """Make ``person`` unless somebody with the address exists; return whether they are new."""
    if User.objects.claiming(person.email):
        return False
    user = services.create_person(
        person.email,
        password,
        verified=True,
        full_name=person.full_name,
        country=person.country,
        occupation=person.occupation,
        is_superuser=person.is_superuser,
    )
    if person.role:
        organisation = Organisation.objects.get(slug=person.organisation)
        Membership.objects.create(user=user, organisation=organisation, role=person.role)
    return True
