"""Whose attempts somebody may read, and which of them they asked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.models import Membership, Role, User
from accounts.permissions import organisations_as
from quizzes.models import Attempt

READERS = (Role.TRAINER, Role.ISSUER, Role.COORDINATOR)
OF_STATE: dict[str, dict[str, Any]] = {
    "open": {"submitted_at__isnull": True},
    "submitted": {"submitted_at__isnull": False, "discarded": False},
    "waiting": {"waiting": True},
    "discarded": {"discarded": True},
}
ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("user__full_name", "user__email"),
    "number": ("number",),
    "started": ("started_at",),
    "submitted": ("submitted_at",),
    "percent": ("percent",),
}
FIRST = "-submitted"


@dataclass(frozen=True)
class Scope:
    """The organisations whose people's attempts may be read, by id; None: everybody's."""

    organisations: frozenset[int] | None

    def covers(self, other: "Scope") -> bool:
        """Whether nothing of ``other`` lies outside."""
        if self.organisations is None:
            return True
        return other.organisations is not None and other.organisations <= self.organisations

    def freeze(self) -> list[int] | None:
        """As JSON."""
        return None if self.organisations is None else sorted(self.organisations)

    @classmethod
    def of(cls, frozen: list[int] | None) -> "Scope":
        return cls(None if frozen is None else frozenset(frozen))

    def every_attempt(self) -> QuerySet[Attempt]:
        """Attempts by people with an account, open ones included; practice of visitors belongs to nobody."""
        found = Attempt.objects.filter(user__isnull=False)
        if self.organisations is None:
            return found
        return found.filter(user__in=Membership.objects.filter(organisation__in=self.organisations).values("user"))

    def attempts(self, quiz_key: UUID) -> QuerySet[Attempt]:
        """Those at one quiz."""
        return self.every_attempt().filter(quiz_key=quiz_key)


def scope_of(user: User) -> Scope:
    """The organisations in which ``user`` may read results; everything for a superuser."""
    if user.is_superuser:
        return Scope(None)
    return Scope(frozenset(organisations_as(user, *READERS).values_list("pk", flat=True)))


@dataclass(frozen=True)
class Wanted:
    """What a reader of results chose; everything may stay open. ``since`` and ``until`` are days of starting, inclusive.

    ``order``: a key of ``ORDERS``, with a minus for the other way round.
    """

    state: str = ""
    country: str = ""
    organisation: int | None = None
    since: date | None = None
    until: date | None = None
    passed: str = ""
    order: str = FIRST

    def freeze(self) -> dict[str, Any]:
        """As JSON."""
        days = {name: day.isoformat() for name in ("since", "until") if (day := getattr(self, name))}
        return {**asdict(self), "since": None, "until": None, **days}

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> "Wanted":
        days = {name: date.fromisoformat(frozen[name]) if frozen[name] else None for name in ("since", "until")}
        return cls(**{**frozen, **days})

    def narrow(self, attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
        """``attempts`` as chosen, in no order."""
        chosen: dict[str, Any] = dict(OF_STATE.get(self.state, {}))
        if self.country:
            chosen["user__country"] = self.country
        if self.since:
            chosen["started_at__date__gte"] = self.since
        if self.until:
            chosen["started_at__date__lte"] = self.until
        if self.passed:
            chosen |= {"submitted_at__isnull": False, "passed": self.passed == "yes"}
        if self.organisation:
            chosen["user__in"] = Membership.objects.filter(organisation=self.organisation).values("user")
        return attempts.filter(**chosen).order_by()

    def sort(self, attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
        """``attempts`` in the order chosen; what has no value comes last."""
        name, down = self.order.removeprefix("-"), self.order.startswith("-")
        fields = [F(field).desc(nulls_last=True) if down else F(field).asc(nulls_last=True) for field in ORDERS[name]]
        return attempts.order_by(*fields, "pk")
