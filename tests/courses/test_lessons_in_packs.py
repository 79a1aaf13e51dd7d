"""What lessons of a pack may hold beside words: questions of their own and of the pack's quizzes, dates, notes for trainers."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import Locale

from courses.models import LessonPage, SharedContent
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


def test_notes_for_trainers_and_the_mark_of_care_come_along(load):
    lesson, _report = load(sensitive=True, trainer_notes="<p>Leave <b>time</b>.</p><script>alert(1)</script>")
    assert lesson.sensitive and lesson.trainer_notes == "<p>Leave <b>time</b>.</p>"
    lesson, _report = load()
    assert not lesson.sensitive and lesson.trainer_notes == ""


def test_law_without_a_date_and_a_gate_without_fields(load):
    law = {"instrument": "CETS 197", "article": "Article 10", "means": "<p>Presumed a child.</p>", "review_by": "2027-05-31"}
    lesson, _report = load({"type": "law", "value": law}, {"type": "gate"}, {"type": "gate", "value": {}})
    assert (lesson.body[0].value["checked_on"], str(lesson.body[0].value["review_by"])) == (None, "2027-05-31")
    assert [child.block_type for child in lesson.body] == ["law", "gate", "gate"]


@pytest.mark.parametrize("day", ["soon", "2027-02-31", 7])
def test_a_day_that_is_none_is_refused(load, day):
    law = {"instrument": "CETS 197", "article": "Article 10", "means": "<p>Presumed a child.</p>", "review_by": day}
    with pytest.raises(CommandError) as refused:
        load({"type": "law", "value": law})
    assert "is not a date, such as 2027-05-31" in str(refused.value)


def test_reusable_content_is_found_by_its_name(load):
    with pytest.raises(CommandError) as refused:
        load({"type": "shared", "value": {"content": "after-disclosure"}})
    assert "no reusable content of this name" in str(refused.value)
    shared = SharedContent.objects.create(title="After", key="after-disclosure", locale=Locale.get_default(), body="[]")
    lesson, _report = load({"type": "shared", "value": {"content": "after-disclosure"}})
    assert lesson.body[0].value["content"] == shared


def test_settings_of_a_block_come_along_and_may_be_left_out(load):
    settings = {"for_occupations": ["lawyer"], "for_countries": ["BE", "FR"], "content_note": "A threat is told."}
    message = {"text": "A child cannot consent."}
    lesson, _report = load({"type": "key_message", "value": message | settings}, {"type": "key_message", "value": message})
    first, second = (child.value for child in lesson.body)
    assert {name: first[name] for name in settings} == settings
    assert {name: second[name] for name in settings} == {"for_occupations": [], "for_countries": [], "content_note": ""}


@pytest.mark.parametrize("named", [["XY"], ["Belgium"], [7], {"BE": 1}])
def test_a_country_that_nobody_works_in_is_refused(load, named):
    with pytest.raises(CommandError) as refused:
        load({"type": "key_message", "value": {"text": "A child cannot consent.", "for_countries": named}})
    assert "for_countries" in str(refused.value)
