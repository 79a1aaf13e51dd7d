"""Sittings of django-quiz-app as attempts of people who have an account here. Nobody is created."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from quizzes.formats.base import Note
from quizzes.formats.django_quiz_app import CHOICE, CHOICE_QUESTION, STATEMENT, Dump, text_of
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Question, Quiz, Response

HUNDREDTH = Decimal("0.01")


@dataclass
class Sitting:
    """One row of quiz.sitting. Lists of ids were kept as text with commas, now and then doubled."""

    key: str
    fields: dict[str, Any]

    def ids(self, name: str) -> list[str]:
        return [part.strip() for part in str(self.fields.get(name) or "").split(",") if part.strip()]

    def answers(self) -> dict[str, Any]:
        try:
            found = json.loads(self.fields.get("user_answers") or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def moment(self, name: str) -> datetime | None:
        try:
            found = parse_datetime(str(self.fields.get(name) or ""))
        except ValueError:
            return None
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def bring_sittings(dump: Dump, quizzes: Mapping[str, Quiz], questions: Mapping[str, Question]) -> tuple[int, list[Note]]:
    """How many finished sittings became attempts now, and why others did not. Call inside a transaction.

    ``quizzes`` and ``questions`` are those that arrived, by old key.
    """
    people, notes, made = _people(dump), [], 0
    snapshots = {key: question.snapshot() for key, question in questions.items()}
    for key, fields in dump.rows("quiz.sitting").items():
        sitting = Sitting(key, fields)
        reason = _reason_against(sitting, people, quizzes)
        if reason:
            notes.append(Note(f"quiz.sitting {key}", reason))
            continue
        quiz = quizzes[str(fields["quiz"])]
        origin = f"django-quiz-app {quiz.translation_key} {key}"
        if not Attempt.objects.filter(origin=origin).exists():
            notes += _bring_one(sitting, origin, people[_reference(fields["user"])], quiz, dump, questions, snapshots)
            made += 1
    if count := len(dump.rows("quiz.progress")):
        reason = _("Progress of %(count)d people: counted from the tries instead.") % {"count": count}
        notes.append(Note("quiz.progress", reason))
    return made, notes


def _reference(user: Any) -> str:
    return str(user[0] if isinstance(user, list) and user else user)


def _people(dump: Dump) -> dict[str, Any]:
    """Accounts here by the number, name or address that the dump knows them by."""
    found = {}
    rows = [(key, row) for model in dump.tables if model.endswith(".user") for key, row in dump.rows(model).items()]
    for key, row in rows:
        email, name = str(row.get("email") or ""), str(row.get("username") or "")
        if account := _account(email) or _account(name):
            found |= dict.fromkeys((key, email, name), account)
    for row in dump.rows("quiz.sitting").values():
        reference = _reference(row.get("user"))
        if reference not in found and (account := _account(reference)):
            found[reference] = account
    return found


def _account(address: str) -> Any:
    return next(iter(get_user_model().objects.claiming(address)), None) if "@" in address else None


def _reason_against(sitting: Sitting, people: Mapping[str, Any], quizzes: Mapping[str, Quiz]) -> str:
    if _reference(sitting.fields.get("user")) not in people:
        names = {"user": _reference(sitting.fields.get("user"))}
        return _("Nobody here has the account “%(user)s” of the old site. The try was left out.") % names
    if str(sitting.fields.get("quiz")) not in quizzes:
        return _("The quiz of this try is not in the dump. The try was left out.")
    if not sitting.fields.get("complete"):
        return _("The try was not finished. It was left out; the person can start anew.")
    if sitting.moment("start") is None:
        return _("It is not known when this try began. It was left out.")
    return ""


def _bring_one(
    sitting: Sitting,
    origin: str,
    user: Any,
    quiz: Quiz,
    dump: Dump,
    questions: Mapping[str, Question],
    snapshots: Mapping[str, Any],
) -> list[Note]:
    order = list(dict.fromkeys(sitting.ids("question_order")))
    points, possible = Decimal(str(sitting.fields.get("current_score") or 0)), Decimal(len(order))
    percent = (points * 100 / possible).quantize(HUNDREDTH, ROUND_FLOOR) if possible else Decimal(0)
    percent = min(percent, Decimal(100))
    started, ended = sitting.moment("start"), sitting.moment("end") or sitting.moment("start")
    attempt = Attempt.objects.create(
        user=user,
        origin=origin,
        quiz_key=quiz.translation_key,
        title=quiz.title,
        language=quiz.locale.language_code,
        number=Attempt.objects.of(user, quiz.translation_key).count() + 1,
        length=len([key for key in order if key in questions]),
        pass_mark=quiz.pass_mark,
        rules=quiz.rules().freeze(),
        started_at=started,
        touched_at=ended,
        submitted_at=ended,
        points=points,
        max_points=possible,
        percent=percent,
        passed=percent >= quiz.pass_mark,
    )
    return _responses(attempt, order, sitting, dump, questions, snapshots)


def _responses(
    attempt: Attempt,
    order: list[str],
    sitting: Sitting,
    dump: Dump,
    questions: Mapping[str, Question],
    snapshots: Mapping[str, Any],
) -> list[Note]:
    wrong, given = set(sitting.ids("incorrect_questions")), sitting.answers()
    rows, notes = [], []
    for key in order:
        place = f"quiz.sitting {sitting.key}"
        if key not in questions:
            notes.append(Note(place, _("Question %(key)s of this try did not arrive; its points are kept.") % {"key": key}))
            continue
        answer, known = _answer(key, given.get(key), dump, snapshots[key])
        if not known:
            notes.append(Note(place, _("The answer to question %(key)s does not exist any more.") % {"key": key}))
        right = Decimal(key not in wrong)
        by_hand = KINDS[snapshots[key]["kind"]].by_hand
        rows.append(
            Response(
                attempt=attempt,
                position=len(rows) + 1,
                question_key=questions[key].translation_key,
                question_version=questions[key].live_revision_id or 0,
                snapshot=snapshots[key],
                answer=answer,
                answered_at=attempt.submitted_at,
                seen_feedback=True,
                points=right,
                hand_fraction=right if by_hand else None,
            )
        )
    Response.objects.bulk_create(rows)
    return notes


def _answer(key: str, given: Any, dump: Dump, snapshot: dict[str, Any]) -> tuple[Any, bool]:
    """The answer as our kind keeps it, and whether what was given is known."""
    if given in (None, ""):
        return None, True
    if key in dump.rows(STATEMENT):
        known = str(given) in {"True", "False"}
        return ({"choice": str(given).lower()} if known else None), known
    if key not in dump.rows(CHOICE_QUESTION):
        return {"text": str(given)}, True
    text = text_of(dump.rows(CHOICE).get(str(given), {}))
    found = next((choice["id"] for choice in snapshot["choices"] if text and choice["text"] == text), None)
    return ({"choice": found} if found else None), found is not None
