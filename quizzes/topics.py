"""What a quiz is about, in words for learners: the learning outcomes of its questions. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from .models import Question


@dataclass(frozen=True)
class Topic:
    """A learning outcome; where a question has none, the name of its bank, whose ``language`` nobody knows ("")."""

    name: str
    language: str


@dataclass(frozen=True)
class Topics:
    """``by_key``: the topic of each question. ``by_name``: topics by their name in any language, in small letters."""

    by_key: Mapping[UUID, Topic]
    by_name: Mapping[str, Topic]

    def named(self, name: str) -> Topic | None:
        return self.by_name.get(name.strip().casefold())


def topics_of(questions: QuerySet[Question], language: str) -> Topics:
    """The topics of ``questions``, named in ``language`` where somebody translated them. One query.

    Questions with one outcome in the site's first language have one topic, however many of them are translated.
    """
    fields = ("translation_key", "outcome", "locale__language_code", "bank__name")
    rows = list(questions.order_by("pk").values_list(*fields))
    rows.sort(key=lambda row: row[2] != settings.LANGUAGE_CODE)
    first: dict[UUID, Topic] = {}
    for key, outcome, code, _bank in rows:
        if outcome:
            first.setdefault(key, Topic(outcome, code))
    for key, _outcome, _code, bank in rows:
        first.setdefault(key, Topic(bank, ""))
    told = {first[key]: Topic(outcome, code) for key, outcome, code, _bank in reversed(rows) if outcome and code == language}
    by_key = {key: told.get(topic, topic) for key, topic in first.items()}
    named = [(topic.name, topic) for topic in by_key.values()]
    named += [(outcome, by_key[key]) for key, outcome, _code, _bank in rows if outcome]
    return Topics(by_key, {name.casefold(): topic for name, topic in reversed(named)})
