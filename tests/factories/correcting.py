"""A question that is corrected after it was answered."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from quizzes.models import Question, QuizReport


def publish(question: Question, **value: Any) -> Question:
    """Publish ``question`` with ``value`` in the place of parts of its block, as its editor does; ids of entries stay."""
    question = Question.objects.get(pk=question.pk)
    (raw,) = question.body.get_prep_value()
    raw["value"] |= value
    question.body = json.dumps([raw])
    question.save_revision().publish()
    return Question.objects.get(pk=question.pk)


def raw_choices(question: Question) -> list[dict[str, Any]]:
    """The choices as the block keeps them: ``{"id", "type", "value"}``."""
    (raw,) = Question.objects.get(pk=question.pk).body.get_prep_value()
    return raw["value"]["choices"]


def with_right(question: Question, *indexes: int) -> list[dict[str, Any]]:
    """The choices with those at ``indexes`` as the right ones."""
    choices = raw_choices(question)
    return [one | {"value": one["value"] | {"correct": n in indexes}} for n, one in enumerate(choices)]


def preview(client: Client, url: str, data: dict[str, Any] | None = None) -> QuizReport:
    """Press "See who would change" and return the job."""
    response = client.post(url, data or {})
    assert response.status_code == 302, response.content
    return QuizReport.objects.latest("pk")


def regrade_url(question: Question) -> str:
    return reverse("quizzes_desk:regrade", args=[question.pk])


def exclude_url(quiz: Any) -> str:
    return reverse("quizzes_desk:exclude", args=[quiz.translation_key])


def job_url(job: QuizReport, view: str = "correction") -> str:
    return reverse(f"quizzes_desk:{view}", args=[job.public_id])


def confirm(client: Client, job: QuizReport, take_away: str = "no", reason: str = "Two answers were right") -> Any:
    return client.post(job_url(job, "confirm"), {"take_away": take_away, "reason": reason})
