"""Handed-in texts that wait for their marker, and the people around them."""

from typing import Any

from django.urls import reverse

from accounts.models import Membership, Organisation, Role, User
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import save_response, start_attempt, submit_attempt

from .accounts import OrganisationFactory, PersonFactory
from .courses import block, items
from .kinds import example
from .quizzes import best_answer, make_question, make_quiz, single_choice

RUBRIC = [
    {"name": "Tells seen from guessed", "description": "Her words, the time.", "points": 2},
    {"name": "Names a safe next step", "description": "Asks a colleague.", "points": 1},
]
TEXT = "At five she said that she must leave."


def essay(rubric: list[dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    value = {
        "text": "<p>What do you write into your note?</p>",
        "rubric": items(RUBRIC if rubric is None else rubric),
        "words_from": None,
        "words_to": None,
        "start": "",
        "model_answer": "<p>A model note.</p>",
        "marker_notes": "<p>Spelling costs nothing.</p>",
    }
    return block("essay", value | fields)


def make_essay_quiz(body: dict[str, Any] | None = None, **fields: Any) -> Quiz:
    """An essay, then a single choice."""
    return make_quiz([make_question(body or essay()), make_question(single_choice())], **{"pass_mark": 60, **fields})


def colleague(organisation: Organisation, role: Role = Role.LEARNER, **fields: Any) -> User:
    """Somebody new in ``organisation``."""
    person = PersonFactory(**fields)
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return User.objects.get(pk=person.pk)


def stranger(role: Role = Role.TRAINER) -> User:
    """Somebody of another organisation."""
    return colleague(OrganisationFactory(), role)


def write(quiz: Quiz, user: User, text: str = TEXT) -> Attempt:
    """A handed-in try: the text, and the right choice."""
    attempt = start_attempt(user=user, quiz=quiz)
    save_response(attempt=attempt, position=1, answer={"text": text})
    save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2))
    return submit_attempt(attempt=attempt)


def case_with_two_texts() -> Question:
    """A case whose parts are a choice and two texts: one with a rubric, one without."""
    parts = [
        single_choice(),
        essay(),
        essay([], text="<p>And what do you do next?</p>"),
    ]
    return make_question(example("case_study") | {"value": case_value(parts)})


def case_value(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return example("case_study")["value"] | {"parts": parts}


def mark_url(attempt: Attempt, position: int = 1, query: str = "") -> str:
    return reverse("quizzes_desk:mark", args=[attempt.responses.get(position=position).pk]) + query


def marks(attempt: Attempt, *points: Any, act: str = "give", comment: str = "", position: int = 1) -> dict[str, Any]:
    """``points`` for the criteria of the first text, as the marking page posts them."""
    version = attempt.responses.get(position=position).version
    given = {f"points-0-{n}": str(one) for n, one in enumerate(points)}
    return {"act": act, "comment": comment, "version": str(version)} | given
