"""Names, references and tags longer than the database keeps: shortened and named, never an error of the database."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from quizzes.exporting import items_of
from quizzes.formats import FORMATS
from quizzes.formats.base import Item, State
from quizzes.formats.shapes import filled
from quizzes.importing import Step, check, write
from quizzes.models import Question
from tests.factories.courses import QuestionBankFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LONG = "Дете 'x' & " * 60


def long_item(**fields):
    value = filled("true_false", text="<p>Is it so?</p>")
    return Item("line 1", fields.pop("reference", "one"), "true_false", value, **fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reference": LONG}, "reference"),
        ({"name": LONG}, "255"),
        ({"category": LONG}, "category"),
        ({"category": "a" * 89 + "!"}, ""),
        ({"tags": [LONG]}, "tag"),
        ({"tags": ["a" * 99 + "!", "a" * 99 + "?", "a" * 99 + "."]}, ""),
        ({"tags": ["ı" * 100, "ß" * 100, "№" * 100, "㎒" * 100]}, ""),
        ({"outcome": LONG, "source": LONG, "checked_by": LONG, "country": LONG, "language": LONG}, "cut"),
    ],
)
def test_what_is_too_long_is_shortened_and_named(fields, told):
    item = long_item(**fields)
    bank = QuestionBankFactory()
    [decision] = write(check([item], Locale.get_default()), bank)
    assert decision.step == Step.NEW
    assert item.state == (State.PARTLY if told else State.READY)
    assert any(told in note.reason for note in item.notes) == bool(told)
    [again] = write(check([long_item(**fields)], Locale.get_default()), bank)
    assert (again.step, Question.objects.count()) == (Step.UNCHANGED, 1), "a second import finds it again"


@pytest.mark.parametrize("file_format", ["gift", "moodle_xml", "csv", "xlsx", "text", "qti30"])
def test_long_words_of_any_file_cost_nothing_but_a_note(file_format, tmp_path):
    item = long_item(reference=LONG, name=LONG, category=LONG, tags=[LONG], outcome=LONG, source=LONG, checked_by=LONG)
    path = tmp_path / "long"
    path.write_bytes(FORMATS[file_format].write([item]).content)
    out = StringIO()
    call_command("import_questions", path, bank="long", format=file_format, stdout=out)
    assert "new: " in out.getvalue() and "255" in out.getvalue()
    [question] = Question.objects.all()
    assert len(items_of(question.bank)) == 1
