"""Every format that can be written takes a bank of every kind, and its own reader takes that back through the command."""

import json

import pytest
from django.core.management import call_command

from quizzes.exporting import items_of
from quizzes.formats import FORMATS, recognise
from quizzes.kinds import KINDS
from tests.factories.courses import QuestionBankFactory
from tests.factories.kinds import example
from tests.factories.quizzes import make_question

pytestmark = pytest.mark.django_db
NAMES = sorted(name for name, file_format in FORMATS.items() if file_format.write)


@pytest.mark.parametrize("name", NAMES)
def test_each_kind_arrives_or_is_named(name, tmp_path, capsys):
    bank = QuestionBankFactory(slug="all-kinds")
    for kind in sorted(set(KINDS) - {"hotspot"}):  # which is nothing without a picture
        make_question(example(kind), bank=bank, name=f"The {kind}")
    out = tmp_path / f"out{FORMATS[name].extensions[0]}"
    call_command("export_questions", str(out), "--bank", "all-kinds", "--format", name)
    told = capsys.readouterr().out
    call_command("import_questions", str(out), "--bank", "back", "--format", name, "--json")
    report = json.loads(capsys.readouterr().out)
    arrived = {entry["kind"] for entry in report["imported"]}
    lost = {item.kind for item in items_of(bank)} - arrived
    places = {item.kind: item.place for item in items_of(bank)}
    assert [kind for kind in sorted(lost) if places[kind] not in told and f"The {kind}" not in told] == []
    assert recognise(out.read_bytes(), out.name).read is not None
