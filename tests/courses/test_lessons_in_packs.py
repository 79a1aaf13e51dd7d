"""What lessons of a pack may hold beside words: questions of their own and of the pack's quizzes, dates, notes for trainers."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from courses.models import LessonPage
from quizzes.models import Question

PACK = Path(__file__).parents[2] / "content" / "recognising"
pytestmark = pytest.mark.django_db

CHOICES = [
    {"id": "a", "text": "Nobody", "correct": True, "feedback": "Right."},
    {"id": "b", "text": "The judge", "feedback": "Not here."},
    {"id": "c", "text": "The guardian", "feedback": "Not here."},
]
OWN = {"kind": "single_choice", "text": "<p>Who decides?</p>", "explanation": "<p>Because.</p>", "choices": CHOICES}


@pytest.fixture
def load(site, tmp_path):
    """``load(*blocks, **fields)``: import a pack of one module with this one lesson and its quiz; returns the lesson."""
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("[2-9]-*", "bg"))
    for path in folder.glob("*/1-*/[1-9]-*.yaml"):
        path.unlink()
    quiz = {"key": "quiz", "title": "Quiz", "slug": "quiz", "questions": [{"key": "who", **OWN}]}
    module = folder / "en/1-understanding"
    (module / "9-quiz.yaml").write_text(yaml.safe_dump(quiz))

    def run(*body, **fields):
        lesson = {
            "key": "one",
            "title": "One",
            "slug": "one",
            "body": [{"id": f"b{n}", **b} for n, b in enumerate(body)],
            **fields,
        }
        (module / "1-one.yaml").write_text(yaml.safe_dump(lesson))
        out = StringIO()
        call_command("import_course", str(folder), stdout=out)
        return LessonPage.objects.get(slug="one", locale__language_code="en"), out.getvalue()

    return run


def test_a_lesson_asks_a_question_of_its_own(load):
    lesson, _report = load({"type": "question", "value": {"heading": "Check", "own": [OWN]}})
    block = lesson.body[0]
    assert block.value["bank"] is None
    assert block.value["own"][0].block_type == "single_choice"


def test_a_lesson_asks_a_question_of_the_quiz_after_it(load):
    lesson, report = load({"type": "question", "value": {"heading": "Check", "bank": "who"}})
    assert lesson.body[0].value["bank"] == Question.objects.get()
    assert report.count("9-quiz.yaml who") <= 1
    _lesson, again = load({"type": "question", "value": {"heading": "Check", "bank": "who"}})
    assert " 0 created, 0 updated" in again


def test_an_unknown_question_is_named(load):
    with pytest.raises(CommandError) as refused:
        load({"type": "question", "value": {"heading": "Check", "bank": "nobody"}})
    assert "bank: nobody: must be the key of exactly one question" in str(refused.value)
    assert not LessonPage.objects.filter(slug="one").exists()
