"""Correct many handed-in attempts at once: first who would change, then the change itself. The first writes nothing."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import asdict, dataclass
from decimal import Decimal
from random import Random
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import Attempt, HandMark, Question, QuizItem, Response
from .services import exclude_question, regrade_attempt
from .services.closing import score_of
from .services.correcting import replace_question
from .visibility import try_code

AT_ONCE = 200  # attempts in memory


@dataclass(frozen=True)
class Effect:
    """What a correction does to one attempt: per cent and pass, before and after."""

    code: str
    before: Decimal
    after: Decimal
    passed: bool
    passes: bool

    @property
    def changes(self) -> bool:
        return (self.before, self.passed) != (self.after, self.passes)


@dataclass
class Totals:
    """How many attempts were looked at, how many change, and who would lose or win a pass."""

    checked: int = 0
    changed: int = 0
    lost: int = 0
    won: int = 0

    def add(self, effect: Effect) -> None:
        self.checked += 1
        self.changed += effect.changes
        self.lost += effect.passed and not effect.passes
        self.won += effect.passes and not effect.passed

    def as_json(self) -> dict[str, int]:
        return asdict(self)


class Correction(Protocol):
    def responses(self, attempts: QuerySet[Attempt]) -> QuerySet[Response]:
        """The responses among ``attempts`` that are not corrected yet."""

    def corrected(self, response: Response, marks: list[HandMark]) -> Response:
        """``response`` as it would be; the given one stays as it is. ``marks``: what markers gave to it."""

    def apply(self, response: Response, *, by: Any, reason: str, keep_pass: bool) -> None:
        """Correct one attempt for good, once."""


class Regrade:
    """Mark by the question as it is published now, in the language in which it was asked."""

    def __init__(self, question_key: UUID) -> None:
        self.key = question_key
        self.versions: dict[str, tuple[int, dict[str, Any], set[frozenset[str]]]] = {}
        for question in Question.objects.filter(translation_key=question_key, live=True).select_related("locale"):
            seen, question.keep_order = Shuffled(), False  # an attempt keeps the order in which it asked
            snapshot = question.snapshot(seen)
            self.versions[snapshot["language"]] = (question.live_revision_id or 0, snapshot, seen.lists)

    def responses(self, attempts: QuerySet[Attempt]) -> QuerySet[Response]:
        """A question that has become one of another kind cannot mark what was answered before.

        A quiz that keeps to a version goes on asking it, and so its answers stay as they were marked by it.
        """
        older = Q(pk__in=[])
        for language, (version, snapshot, _lists) in self.versions.items():
            asked = Q(snapshot__language=language, snapshot__kind=snapshot["kind"])
            older |= asked & ~Q(question_version=version)
        kept = QuizItem.objects.filter(version__isnull=False, question__translation_key=self.key)
        for quiz_key, version in kept.values_list("quiz__translation_key", "version_id"):
            older &= ~Q(attempt__quiz_key=quiz_key, question_version=version)
        return Response.objects.filter(older, question_key=self.key, attempt__in=attempts.submitted())

    def corrected(self, response: Response, marks: list[HandMark]) -> Response:
        changed = copy(response)
        replace_question(changed, self._snapshot_for(response), [mark.scores for mark in marks])
        return changed

    def apply(self, response: Response, *, by: Any, reason: str, keep_pass: bool) -> None:
        regrade_attempt(
            attempt=response.attempt,
            question_key=self.key,
            snapshot=self._snapshot_for(response),
            version=self.versions[response.snapshot["language"]][0],
            by=by,
            reason=reason,
            keep_pass=keep_pass,
        )

    def _snapshot_for(self, response: Response) -> dict[str, Any]:
        _version, snapshot, lists = self.versions[response.snapshot["language"]]
        return in_order_of(snapshot, response.snapshot, lists)


class Exclusion:
    """Leave a question out of the results of a quiz, or take it in again."""

    def __init__(self, quiz_key: UUID, question_key: UUID, *, excluded: bool) -> None:
        self.quiz_key, self.key, self.excluded = quiz_key, question_key, excluded

    def responses(self, attempts: QuerySet[Attempt]) -> QuerySet[Response]:
        of_quiz = attempts.submitted().filter(quiz_key=self.quiz_key)
        return Response.objects.filter(question_key=self.key, attempt__in=of_quiz).exclude(excluded=self.excluded)

    def corrected(self, response: Response, marks: list[HandMark]) -> Response:
        changed = copy(response)
        changed.excluded = self.excluded
        return changed

    def apply(self, response: Response, *, by: Any, reason: str, keep_pass: bool) -> None:
        exclude_question(
            attempt=response.attempt,
            question_key=self.key,
            excluded=self.excluded,
            by=by,
            reason=reason,
            keep_pass=keep_pass,
        )


class Shuffled(Random):
    """Shuffles nothing, and remembers the lists (by the ids in them) that a question asks to shuffle."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lists: set[frozenset[str]] = set()

    def shuffle(self, x: list[Any]) -> None:
        self.lists.add(frozenset(item["id"] for item in x))


def in_order_of(new: Any, old: Any, shuffled: set[frozenset[str]]) -> Any:
    """The snapshot ``new`` with the lists of ``shuffled`` in the order in which ``old`` showed them; new entries come last.

    A rubric stays as it was: learners read it before they wrote, and markers gave points by it.
    """
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        return {
            name: before[name] if name == "rubric" and name in before else in_order_of(value, before.get(name), shuffled)
            for name, value in new.items()
        }
    if not isinstance(new, list) or not all(isinstance(item, dict) and "id" in item for item in new):
        return new
    entries = {item["id"]: item for item in old if isinstance(item, dict) and "id" in item} if isinstance(old, list) else {}
    items = [in_order_of(item, entries.get(item["id"]), shuffled) for item in new]
    if frozenset(item["id"] for item in new) in shuffled:
        places = {ident: place for place, ident in enumerate(entries)}
        items.sort(key=lambda item: places.get(item["id"], len(places)))
    return items


def batches(responses: QuerySet[Response]) -> Iterator[list[Response]]:
    """All of ``responses`` with their attempts, some at a time. One query each."""
    last = 0
    wanted = responses.select_related("attempt").order_by("pk")
    while batch := list(wanted.filter(pk__gt=last)[:AT_ONCE]):
        yield batch
        last = batch[-1].pk


def effects(correction: Correction, attempts: QuerySet[Attempt]) -> Iterator[Effect]:
    """What ``correction`` would do to each of ``attempts``. Writes nothing; three queries for each batch."""
    for batch in batches(correction.responses(attempts)):
        yield from _effects_of(correction, batch)


def _effects_of(correction: Correction, batch: Iterable[Response]) -> Iterator[Effect]:
    batch = list(batch)
    siblings: dict[int, list[Response]] = {}
    for response in Response.objects.filter(attempt__in=[one.attempt_id for one in batch]).order_by("position"):
        siblings.setdefault(response.attempt_id, []).append(response)
    marks: dict[int, list[HandMark]] = {}
    for mark in HandMark.objects.filter(response__in=[one.pk for one in batch], is_draft=False):
        marks.setdefault(mark.response_id, []).append(mark)
    for response in batch:
        attempt = response.attempt
        changed = correction.corrected(response, marks.get(response.pk, []))
        score = score_of(attempt, [changed if one.pk == response.pk else one for one in siblings[attempt.pk]])
        passes = not attempt.discarded and score.passes(attempt.pass_mark)
        yield Effect(try_code(attempt), attempt.percent, score.percent, attempt.passed, passes)


def plan(question: Question, attempts: QuerySet[Attempt]) -> Iterator[Effect]:
    """What marking ``attempts`` by ``question``, as it is published now, would do to each that was asked an older version."""
    return effects(Regrade(question.translation_key), attempts)
