"""What the editor's forms of questions and quizzes post, and where to."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from quizzes.models import Question, QuestionBank
from quizzes.rules import Moment, Shown, always

PUBLISH = {"action-publish": "1"}


def admin_url(model: type[Model], view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def bulk_url(action: str, *questions: Question) -> str:
    ids = "&".join(f"id={question.pk}" for question in questions)
    return f"{reverse('wagtail_bulk_action', args=['quizzes', 'question', action])}?{ids}"


def posted_choice(n: int, one: dict[str, Any]) -> dict[str, Any]:
    data = {
        "value-text": one["text"],
        "value-feedback": one["feedback"],
        "order": str(n),
        "deleted": "",
        "id": "",
        "type": "item",
    }
    if one["correct"]:
        data["value-correct"] = "on"
    return {f"choices-{n}-{name}": value for name, value in data.items()}


def question_data(bank: QuestionBank, choices: list[dict[str, Any]] | None, **fields: Any) -> dict[str, Any]:
    """A single choice question as its form posts it; without ``choices`` nothing is asked yet."""
    value = {
        "text": rich_text("<p>Who decides?</p>"),
        "explanation": rich_text("<p>Why.</p>"),
        "image-image": "",
        "image-alt_text": "",
        "hints-count": "0",
        "attachments-count": "0",
        "choices-count": str(len(choices or [])),
    }
    for n, one in enumerate(choices or []):
        value |= posted_choice(n, one)
    data = {
        "bank": bank.pk,
        "body": streamfield([("single_choice", value)] if choices else []),
        "outcome": "Know who decides",
        "source": "Law 1",
        "jurisdiction": "",
        "penalty": "0.3333333",
        "tags": "",
        "review_lesson": "",
    }
    return nested_form_data(data | fields)


def item(question: Question | None = None, **draw: Any) -> dict[str, Any]:
    return {"question": question.pk if question else "", "points": "1", "draw_count": "0"} | draw


def quiz_data(items: list[Any], **fields: Any) -> dict[str, Any]:
    """A quiz of questions, or of dicts from ``item``, as its form posts it; ``sections`` and ``bands`` are lists of dicts."""
    rows = [one if isinstance(one, dict) else item(one) for one in items]
    data = {
        "title": "Quiz",
        "intro": rich_text(""),
        "items": inline_formset(rows),
        "sections": inline_formset(fields.pop("sections", [])),
        "bands": inline_formset(fields.pop("bands", [])),
        "draw_from": "",
        "questions_per_attempt": "0",
        "questions_per_page": "1",
        "navigation": "free",
        "behaviour": "deferred",
        "penalties": "on",
        "wrong_costs": "0",
        "minutes": "5",
        "time_limit": "0",
        "when_time_ends": "submit",
        "grace": "5",
        "delay": "0",
        "later_delay": "",
        "pass_mark": "80",
        "attempts_allowed": "0",
        "grading": "best",
        "completion": "pass",
        "minimum_tries": "0",
        "shuffle_choices": "on",
    }
    boxes = {f"review_{moment.value}": list(Shown.values) for moment in Moment}
    boxes = {name: fields.pop(name, ticked) for name, ticked in boxes.items()}
    boxes["answers_shown"] = fields.pop("answers_shown", always())
    return nested_form_data(data | fields) | boxes
