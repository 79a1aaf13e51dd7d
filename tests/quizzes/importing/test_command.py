"""``import_questions`` and ``export_questions``: what is written, what is said, and that doing it twice changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command
from taggit.models import Tag
from wagtail.models import ModelLogEntry
from wagtail.search.backends import get_search_backend

from quizzes.models import ImportedQuestion, Question, QuestionBank
from tests.quizzes.importing.files import AIKEN, GIFT, gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """The report of a run, as JSON."""

    def run(path, *options):
        capsys.readouterr()
        call_command("import_questions", str(path), "--json", *options)
        return json.loads(capsys.readouterr().out)

    return run


def test_questions_arrive_as_drafts_in_a_bank_named_after_the_file(run, tmp_path):
    report = run(gift(tmp_path))
    bank = QuestionBank.objects.get(slug="guardians")
    questions = {question.name: question for question in bank.questions.all()}
    assert set(questions) == {"Speaking", "Border"}
    assert not any(question.live for question in questions.values())
    assert all(question.latest_revision and question.has_unpublished_changes for question in questions.values())
    assert questions["Border"].body[0].value["answer"] == "false"
    assert [(entry["kind"], entry["text"]) for entry in report["imported"]] == [
        ("single_choice", "Who speaks for the child?"),
        ("true_false", "A border must be crossed."),
    ]


def test_a_broken_question_is_named_and_loses_no_neighbour(run, tmp_path):
    report = run(gift(tmp_path))
    [refused] = report["refused"]
    assert refused["place"] == "line 9"
    assert refused["reason"]
    assert report["counts"]["new"] == 2


def test_twice_makes_no_duplicates(run, tmp_path):
    run(gift(tmp_path))
    report = run(gift(tmp_path))
    assert report["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "refused": 1, "partly": 0}
    assert Question.objects.count() == ImportedQuestion.objects.count() == 2


def test_a_dry_run_writes_nothing(run, tmp_path):
    report = run(gift(tmp_path), "--dry-run")
    assert report["counts"]["new"] == 2
    assert not Question.objects.exists()
    assert not QuestionBank.objects.exists()


def test_a_changed_question_gets_a_revision_and_the_same_choices_keep_their_ids(run, tmp_path):
    run(gift(tmp_path), "--publish")
    before = Question.objects.get(name="Speaking")
    ids = {child.value["text"]: child.id for child in before.body[0].value["choices"].bound_blocks}
    changed = GIFT.replace("  =The guardian#Yes.", "  ~The police#They protect.\n  =The guardian#Yes, always.")
    report = run(gift(tmp_path, changed))
    question = Question.objects.get(name="Speaking")
    assert report["counts"]["changed"] == 1
    assert question.pk == before.pk
    assert question.live
    assert len(question.body[0].value["choices"]) == 2, "what learners meet waits for the publisher"
    choices = question.get_latest_revision_as_object().body[0].value["choices"].bound_blocks
    found = {child.value["text"]: child.id for child in choices}
    assert {text: found[text] for text in ids} == ids
    assert found["The police"] not in ids.values()


def test_two_questions_of_one_name_both_arrive_and_are_known_again(run, tmp_path):
    path = gift(tmp_path, "::Same::The first.{TRUE}\n\n::Same::The second.{FALSE}\n")
    assert run(path)["counts"]["new"] == 2
    assert run(path)["counts"]["unchanged"] == Question.objects.count() == 2


def test_a_changed_question_takes_the_tags_and_the_kind_of_its_file(run, tmp_path):
    run(gift(tmp_path, "$CATEGORY: Old\n\n::Border::A border must be crossed.{FALSE}\n"))
    run(gift(tmp_path, "$CATEGORY: New\n\n::Border::A border must be crossed.{=Never ~Always}\n"))
    draft = Question.objects.get().get_latest_revision_as_object()
    assert [tag.name for tag in draft.tags.all()] == ["category: New"]
    assert draft.body[0].block_type == "single_choice" and len(draft.body[0].value["choices"]) == 2


def test_a_tag_that_is_here_in_other_capitals_is_not_made_again(run, tmp_path):
    Tag.objects.create(name="Category: signs")
    run(gift(tmp_path, "$CATEGORY: SIGNS\n\n" + GIFT))
    assert Question.objects.get(name="Speaking").tags.get() == Tag.objects.get()


def test_the_history_of_a_question_begins_with_its_import(run, tmp_path):
    run(gift(tmp_path))
    for question in Question.objects.all():
        [line] = ModelLogEntry.objects.for_instance(question)
        assert (line.action, line.revision) == ("wagtail.create", question.latest_revision)


def test_what_was_edited_here_stays_when_the_file_did_not_change(run, tmp_path):
    run(gift(tmp_path), "--publish")
    question = Question.objects.get(name="Speaking")
    question.outcome = "Know who speaks"
    question.save_revision().publish()
    run(gift(tmp_path), "--publish")
    assert Question.objects.get(name="Speaking").outcome == "Know who speaks"


def test_publishing_at_once(run, tmp_path):
    run(gift(tmp_path), "--publish")
    question = Question.objects.get(name="Speaking")
    assert question.live
    assert question.live_revision == question.latest_revision
    assert question.is_complete


def test_imported_questions_are_found_by_the_search(run, tmp_path):
    run(gift(tmp_path))
    assert [question.name for question in get_search_backend().search("guardian", Question)] == ["Speaking"]


def test_the_category_becomes_a_tag(run, tmp_path):
    run(gift(tmp_path, "$CATEGORY: Signs/Debt\n\n" + GIFT))
    assert Question.objects.get(name="Speaking").tags.get().name == "category: Signs/Debt"


def test_another_language(run, tmp_path, site):
    run(gift(tmp_path), "--language", "fr")
    assert {question.locale.language_code for question in Question.objects.all()} == {"fr"}


def test_the_same_reference_in_another_language_is_its_translation(run, tmp_path, site):
    run(gift(tmp_path), "--bank", "both")
    run(gift(tmp_path), "--bank", "both", "--language", "fr")
    assert Question.objects.count() == 4
    assert Question.objects.filter(name="Speaking").values("translation_key").distinct().count() == 1


def test_the_format_is_recognised(run, tmp_path):
    assert run(gift(tmp_path, AIKEN, "keeping.txt"))["format"] == "aiken"


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x00\xff\xfe\x00" * 50, b"%PDF-1.7 nothing", "Просто текст".encode()])
def test_what_is_no_file_of_questions_is_refused_in_words(tmp_path, content, capsys):
    path = tmp_path / "odd.bin"
    path.write_bytes(content)
    with pytest.raises((CommandError, SystemExit)) as stopped:
        call_command("import_questions", str(path), "--json")
    assert getattr(stopped.value, "code", 1) == 1
    assert json.loads(capsys.readouterr().out)
    assert not QuestionBank.objects.exists()


def test_all_refused_makes_no_bank_and_fails(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("import_questions", str(gift(tmp_path, "What is this?{=}\n")))
    assert stopped.value.code == 1
    assert "refused" in capsys.readouterr().out
    assert not QuestionBank.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_questions", str(tmp_path / "none.gift"))


def test_a_bank_goes_out_and_comes_back_unchanged(run, tmp_path, capsys):
    run(gift(tmp_path), "--bank", "first", "--publish")
    out = tmp_path / "out.csv"
    call_command("export_questions", str(out), "--bank", "first", "--format", "csv")
    assert "first" in capsys.readouterr().out.lower()
    assert run(out, "--bank", "first")["counts"]["unchanged"] == 2
    assert run(out, "--bank", "second")["counts"]["new"] == 2
