"""What each country has and lacks, slot by slot and kind by kind."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .models import AnnexEntry, Contact, State

PAST_REVIEW = "past_review"
IN_WORDS: dict[str, str | Promise] = {**dict(State.choices), PAST_REVIEW: _("Past review")}


@dataclass(frozen=True)
class Written:
    """A text that somebody wrote. ``state``: one of ``IN_WORDS``."""

    pk: int
    language: str
    state: str

    @property
    def in_words(self) -> str | Promise:
        return IN_WORDS[self.state]


@dataclass
class Reach:
    """How many contacts there are of one kind in a country, and how many nobody has checked for long, or ever."""

    total: int = 0
    stale: int = 0
    unconfirmed: int = 0


def written_texts() -> dict[tuple[str, str], list[Written]]:
    """The texts by slot and country. One query."""
    today, found = localdate(), defaultdict(list)
    rows = AnnexEntry.objects.values_list("pk", "slot", "country", "language", "state", "review_by")
    for pk, slot, country, language, state, review_by in rows:
        past = state != State.DRAFT and review_by is not None and review_by < today
        found[slot, country].append(Written(pk, language, PAST_REVIEW if past else state))
    return found


def contacts_there() -> dict[tuple[str, str], Reach]:
    """The contacts by kind and country. One query."""
    found: dict[tuple[str, str], Reach] = defaultdict(Reach)
    for contact in Contact.objects.only("kind", "country", "checked_on", "confirmed"):
        reach = found[contact.kind, contact.country]
        reach.total += 1
        reach.stale += contact.is_stale
        reach.unconfirmed += not contact.confirmed
    return found
