"""The quizzes that somebody may take, by topic, and how far they are in each. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings

from .grading import Standing, Try, standing, those_that_count
from .models import Attempt, Question, Quiz, QuizItem
from .models.bank import DrawRule
from .terms import Terms, terms_of
from .topics import Topic, Topics, topics_of

LIGHT = (
    "translation_key", "title", "minutes", "pass_mark", "time_limit", "attempts_allowed", "opens_at", "due_at", "closes_at",
    "access_code", "open_to_all", "draw_from_id", "locale",
)  # fmt: skip
TRIED = ("quiz_key", "submitted_at", "percent", "passed", "pass_mark", "waiting", "discarded", "rules")


@dataclass(frozen=True)
class Entry:
    """A quiz as its list shows it. ``percent``: the result that counts, None while there is none or it may not be read."""

    quiz: Quiz
    topics: tuple[Topic, ...]
    terms: Terms
    is_open: bool
    tries: int
    is_started: bool
    standing: Standing | None
    percent: Decimal | None

    @property
    def used_up(self) -> bool:
        return bool(self.terms.attempts_allowed) and self.tries >= self.terms.attempts_allowed and not self.is_started

    def matches(self, words: Iterable[str], topic: Topic | None) -> bool:
        title = self.quiz.title.casefold()
        return all(word in title for word in words) and (topic is None or topic in self.topics)


@dataclass(frozen=True)
class Catalogue:
    """``entries`` by title; ``topics`` with the number of quizzes on each, by name; ``names`` knows topics in any language."""

    entries: list[Entry]
    topics: list[tuple[Topic, int]]
    names: Topics


def catalogue_of(user: Any, language: str, now: datetime) -> Catalogue:
    """What ``user`` may take (None: a visitor), each quiz in ``language`` where it exists.

    A quiz that has closed is listed for those who took it; one that can ask nothing is not. Six queries and two for each
    language in which a quiz is listed, whatever the number of quizzes, questions and tries.
    """
    quizzes = _quizzes(user, language)
    terms, tries = terms_of(user, quizzes), _tries(user)
    topics = topics_of(Question.objects.live(), language)
    asked = _asked(quizzes, user.country if user else "")
    entries = []
    for quiz in quizzes:
        key = quiz.translation_key
        about = dict.fromkeys(topics.by_key[question] for question in asked[quiz.pk] if question in topics.by_key)
        is_closed = terms[key].closes_at is not None and now >= terms[key].closes_at
        if about and (key in tries or not is_closed):
            entries.append(_entry(quiz, tuple(about), terms[key], tries.get(key, []), now))
    entries.sort(key=lambda entry: (entry.quiz.title.casefold(), entry.quiz.pk))
    count = Counter(topic for entry in entries for topic in entry.topics)
    return Catalogue(entries, sorted(count.items(), key=lambda one: one[0].name.casefold()), topics)


def _quizzes(user: Any, language: str) -> list[Quiz]:
    """The live quizzes, one for each key: the one that its start page would show."""
    wanted = {language: 0, settings.LANGUAGE_CODE: 1}
    found = list(Quiz.objects.filter(live=True).select_related("locale").only(*LIGHT, "locale__language_code").order_by("pk"))
    found.sort(key=lambda quiz: wanted.get(quiz.locale.language_code, 2))
    shown: dict[UUID, Quiz] = {}
    for quiz in found:
        shown.setdefault(quiz.translation_key, quiz)
    return [quiz for quiz in shown.values() if user is not None or quiz.open_to_all]


def _tries(user: Any) -> dict[UUID, list[Attempt]]:
    """The tries of ``user`` at each quiz, in the order in which they were handed in. One query."""
    found: dict[UUID, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(user=user).only(*TRIED).order_by("submitted_at", "pk") if user else ():
        found.setdefault(attempt.quiz_key, []).append(attempt)
    return found


def _asked(quizzes: list[Quiz], country: str) -> dict[int, set[UUID]]:
    """The questions that each quiz asks or may draw for somebody who works in ``country``, by the quiz's id."""
    asked: dict[int, set[UUID]] = {quiz.pk: set() for quiz in quizzes}
    rules: dict[int, list[tuple[int, DrawRule]]] = {}
    by_id = {quiz.pk: quiz for quiz in quizzes}
    for quiz in quizzes:
        if quiz.draw_from_id:
            rules.setdefault(quiz.locale_id, []).append((quiz.pk, DrawRule(quiz.draw_from_id)))
    items = QuizItem.objects.filter(quiz__live=True).select_related("question")
    fields = ("quiz_id", "draw_count", "draw_bank_id", "draw_outcome", "draw_tag", "draw_difficulty", "question__translation_key")
    for item in items.only(*(name.removesuffix("_id") for name in fields)):
        if item.quiz_id not in by_id:
            continue
        if item.draw_count:
            rules.setdefault(by_id[item.quiz_id].locale_id, []).append((item.quiz_id, item.draw_rule))
        else:
            asked[item.quiz_id].add(item.question.translation_key)
    for locale_id, wanted in rules.items():
        different = list(dict.fromkeys(rule for _quiz, rule in wanted))
        drawn = Question.objects.live().drawable(different, locale_id=locale_id, country=country)
        found = {rule: {one.translation_key for one in pool} for rule, pool in zip(different, drawn, strict=True)}
        for quiz_id, rule in wanted:
            asked[quiz_id] |= found[rule]
    return asked


def _entry(quiz: Quiz, topics: tuple[Topic, ...], terms: Terms, tries: list[Attempt], now: datetime) -> Entry:
    handed_in = [one for one in tries if not one.is_open and not one.discarded]
    marked = [one for one in handed_in if not one.waiting]
    stands = standing([_try(one) for one in handed_in]) if handed_in else None
    counted = those_that_count(handed_in[-1].promised.grading, marked) if handed_in else []
    return Entry(
        quiz=quiz,
        topics=topics,
        terms=terms,
        is_open=terms.is_open(now),
        tries=len(tries),
        is_started=any(one.is_open for one in tries),
        standing=stands,
        percent=stands.percent if counted and all(one.tells_points for one in counted) else None,
    )


def _try(one: Attempt) -> Try:
    return Try(one.percent, one.passed, one.pass_mark, one.waiting, one.promised)
