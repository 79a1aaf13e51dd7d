"""Questions of every kind, with words that tell which field they came from, and quizzes made of them."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from accounts.models import User
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Question, QuestionBank, Quiz, QuizItem
from quizzes.services import save_response, start_attempt, submit_attempt

from .courses import QuestionBankFactory, block, items


def choice(text: str, correct: bool = False, feedback: str = "") -> dict[str, Any]:
    return {"text": text, "correct": correct, "feedback": feedback}


def single_choice(text: str = "<p>Who speaks for the child?</p>", **fields: Any) -> dict[str, Any]:
    choices = fields.pop("choices", None) or [
        choice("The guardian", True, "Yes, in the child's best interests."),
        choice("The employer", feedback="An employer has interests of his own."),
        choice("Nobody", feedback="A child is never without a voice."),
    ]
    return block("single_choice", {"text": text, "choices": items(choices), "explanation": "<p>See the law.</p>", **fields})


def multiple_response(text: str = "<p>Which may be signs?</p>", **fields: Any) -> dict[str, Any]:
    choices = fields.pop("choices", None) or [
        choice("Debt", True, "Debt is a means of control."),
        choice("No papers", True, "Who keeps them?"),
        choice("A bicycle", feedback="Most children have one."),
        choice("A school bag", feedback="A good sign."),
    ]
    return block("multiple_response", {"text": text, "choices": items(choices), "explanation": "<p>Clusters.</p>", **fields})


def true_false(text: str = "<p>A border must be crossed.</p>", answer: str = "false", **fields: Any) -> dict[str, Any]:
    value = {"feedback_true": "No border is needed.", "feedback_false": "Right.", "explanation": "<p>Act and purpose.</p>"}
    return block("true_false", {"text": text, "answer": answer, **value, **fields})


ONE_OF_EACH = [single_choice, multiple_response, true_false]


def make_question(body: dict[str, Any] | None = None, **fields: Any) -> Question:
    """A live question in English; ``body`` as made above."""
    fields = {"locale": Locale.get_default(), "outcome": "Recognise the signs", "source": "UN Protocol", **fields}
    fields.setdefault("bank", QuestionBank.objects.first() or QuestionBankFactory())
    return Question.objects.create(body=json.dumps([body or single_choice()]), **fields)


def make_quiz(questions: list[Question] | None = None, **fields: Any) -> Quiz:
    """A live quiz of ``questions`` in their order; without any, one question of each kind."""
    if questions is None:
        questions = [make_question(body()) for body in ONE_OF_EACH]
    fields = {"title": "What did you learn?", "shuffle_questions": False, "shuffle_choices": False, **fields}
    quiz = Quiz.objects.create(locale=fields.pop("locale", None) or Locale.get_default(), **fields)
    for n, question in enumerate(questions):
        QuizItem.objects.create(quiz=quiz, question=question, sort_order=n)
    return quiz


def translated(instance: Any, language: str, **fields: Any) -> Any:
    """A live translation of a question or quiz, as the editor's translate button leaves it before anything is translated."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    copy = instance.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.live = True
    copy.save()
    return copy


def best_answer(attempt: Attempt, position: int) -> Any:
    snapshot = attempt.responses.get(position=position).snapshot
    return KINDS[snapshot["kind"]].best_answer(snapshot)


def wrong_answer(attempt: Attempt, position: int) -> Any:
    snapshot = attempt.responses.get(position=position).snapshot
    wrong = next(choice["id"] for choice in snapshot["choices"] if not choice["correct"])
    return {"choices": [wrong]} if snapshot["kind"] == "multiple_response" else {"choice": wrong}


def posted(answer: Any, act: str = "continue", version: int | None = None) -> dict[str, Any]:
    """``answer`` as the learner's form posts it."""
    chosen = answer.get("choices") or answer.get("choice")
    data = {"act": act} | ({"q-choice": chosen} if chosen else {})
    return data if version is None else data | {"q-version": str(version)}


def take_quiz(user: User, quiz: Quiz, right: int | None = None) -> Attempt:
    """A submitted attempt with the first ``right`` questions answered rightly and the others wrongly; None: all right."""
    attempt = start_attempt(user=user, quiz=quiz)
    for position in range(1, attempt.length + 1):
        good = right is None or position <= right
        answer = best_answer(attempt, position) if good else wrong_answer(attempt, position)
        save_response(attempt=attempt, position=position, answer=answer)
    return submit_attempt(attempt=attempt)


def start_url(quiz: Quiz, query: str = "") -> str:
    return reverse("quizzes:start", args=[quiz.translation_key]) + query


def question_url(attempt: Attempt, position: int) -> str:
    return reverse("quizzes:page", args=[attempt.public_id, position])


def submit_url(attempt: Attempt) -> str:
    return reverse("quizzes:submit", args=[attempt.public_id])


def result_url(attempt: Attempt) -> str:
    return reverse("quizzes:result", args=[attempt.public_id])


def begin(client: Client, quiz: Quiz, query: str = "") -> Attempt:
    """Press Start (or Resume) as a learner does, and return the open attempt."""
    client.post(start_url(quiz, query))
    return Attempt.objects.open().get(quiz_key=quiz.translation_key)
