"""Quizzes of django-quiz-app as quizzes of ours. Whoever is here already stays as it is."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale

from quizzes.formats.base import Note
from quizzes.formats.django_quiz_app import CHOICE_QUESTION, QUESTION, Dump
from quizzes.formats.wording import from_plain
from quizzes.models import Question, Quiz, QuizBand, QuizItem
from quizzes.rules import Behaviour

NAMESPACE = uuid.UUID("6f6a2f0e-64f1-5b53-a5f5-0d2f3b8b6c11")  # never change: tries hang on what is derived from it


def key_of(fields: Mapping[str, Any]) -> uuid.UUID:
    """The identity of an old quiz here, the same each time."""
    return uuid.uuid5(NAMESPACE, f"{fields.get('url')}/{fields.get('title')}")


def quizzes_of(dump: Dump) -> dict[str, list[str]]:
    """The keys of the questions of each quiz, in order."""
    found: dict[str, list[str]] = {key: [] for key in dump.rows("quiz.quiz")}
    for key, fields in dump.rows(QUESTION).items():
        for quiz in fields.get("quiz") or []:
            found.setdefault(str(quiz), []).append(key)
    return found


def bring_quizzes(
    dump: Dump, questions: Mapping[str, Question], locale: Locale, *, publish: bool
) -> tuple[dict[str, Quiz], list[Note]]:
    """The quiz for each old key, and what could not be taken along. ``questions``: those that arrived, by old key.

    Call inside a transaction. Live only with ``publish``, and where the old one was no draft.
    """
    made, notes = {}, []
    asked = quizzes_of(dump)
    for key, fields in dump.rows("quiz.quiz").items():
        here = Quiz.objects.filter(translation_key=key_of(fields), locale=locale).first()
        made[key] = here or _made(dump, fields, [q for q in asked[key] if q in questions], questions, locale, publish)
        place = f"quiz.quiz {key}"
        if here:
            notes.append(Note(place, _("The quiz “%(title)s” is here already and stays as it is.") % {"title": here.title}))
        else:
            notes += [Note(place, reason) for reason in _reasons(made[key], fields, asked[key], questions)]
    return made, notes


def _made(
    dump: Dump, old: dict[str, Any], keys: list[str], questions: Mapping[str, Question], locale: Locale, publish: bool
) -> Quiz:
    wanted = int(old.get("max_questions") or 0)
    quiz = Quiz.objects.create(
        locale=locale,
        translation_key=key_of(old),
        title=str(old.get("title") or old.get("url") or "?")[:200],
        intro=from_plain(str(old.get("description") or "")),
        pass_mark=min(max(int(old.get("pass_mark") or 0), 1), 100),
        shuffle_questions=bool(old.get("random_order")),
        shuffle_choices=any(dump.rows(CHOICE_QUESTION).get(key, {}).get("answer_order") == "random" for key in keys),
        questions_per_attempt=wanted if wanted < len(keys) else 0,
        behaviour=Behaviour.DEFERRED if old.get("answers_at_end") else Behaviour.IMMEDIATE,
        attempts_allowed=1 if old.get("single_attempt") else 0,
        live=False,
    )
    QuizItem.objects.bulk_create(QuizItem(quiz=quiz, question=questions[key], sort_order=n) for n, key in enumerate(keys))
    for start, name in ((0, "fail_text"), (quiz.pass_mark, "success_text")):
        if text := from_plain(str(old.get(name) or "")):
            QuizBand.objects.create(quiz=quiz, locale=locale, from_percent=start, text=text, sort_order=start)
    quiz = Quiz.objects.get(pk=quiz.pk)
    revision = quiz.save_revision(clean=False)
    if publish and not old.get("draft") and keys:
        revision.publish()
    return Quiz.objects.get(pk=quiz.pk)


def _reasons(quiz: Quiz, old: dict[str, Any], keys: list[str], questions: Mapping[str, Question]) -> list[str]:
    reasons = []
    if missing := [key for key in keys if key not in questions]:
        names = {"title": quiz.title, "keys": ", ".join(missing)}
        reasons.append(_("“%(title)s” is without the questions that were refused: %(keys)s.") % names)
    if not int(old.get("pass_mark") or 0):
        reasons.append(_("“%(title)s” had no pass mark. It is 1 per cent now.") % {"title": quiz.title})
    return reasons
