"""Bringing in and taking out in the editor: nothing is written before it is confirmed, and nothing odd breaks a page."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from quizzes.exporting import items_of
from quizzes.formats import FORMATS
from quizzes.importing import jobs
from quizzes.models import JobState, Question, QuestionBank, QuestionImport
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import make_question, true_false
from tests.quizzes.importing.files import GIFT

pytestmark = pytest.mark.django_db
UPLOAD = "quizzes_transfer:upload"


@pytest.fixture
def editor(client_for, administrator, site):
    return client_for(administrator)


def upload(client, content=GIFT, name="guardians.gift", **fields):
    content = content.encode() if isinstance(content, str) else content
    data = {"file": SimpleUploadedFile(name, content), "language": "en", "new_bank": "Guardians", **fields}
    return client.post(reverse(UPLOAD), data)


def act(client, name, job):
    return client.post(reverse(f"quizzes_transfer:{name}", args=[job.public_id]))


def test_upload_report_confirm(editor):
    response = upload(editor)
    job = QuestionImport.objects.get()
    assert response.url == reverse("quizzes_transfer:import", args=[job.public_id])
    page = editor.get(response.url).content.decode()
    assert "Who speaks for the child?" in page
    assert "line 9" in page
    assert "Bring in 2 questions" in page
    assert not Question.objects.exists()
    act(editor, "confirm", job)
    job.refresh_from_db()
    assert (job.state, bytes(job.content), job.done) == (JobState.DONE, b"", job.total)
    assert job.bank.questions.count() == 2
    assert "The questions are in the bank" in editor.get(response.url).content.decode()


def test_confirming_twice_makes_no_duplicates(editor):
    upload(editor)
    job = QuestionImport.objects.get()
    act(editor, "confirm", job)
    act(editor, "confirm", job)
    assert Question.objects.count() == 2


def test_a_task_that_runs_twice_writes_once(editor):
    upload(editor)
    job = QuestionImport.objects.get()
    jobs.start(job)
    jobs.bring_in(job.public_id)
    jobs.bring_in(job.public_id)
    assert Question.objects.count() == 2


def test_an_import_that_went_wrong_wrote_nothing_and_is_tried_again(editor):
    upload(editor)
    job = QuestionImport.objects.get()
    content = bytes(job.content)
    QuestionImport.objects.update(content=b"")
    act(editor, "confirm", job)
    html = editor.get(reverse("quizzes_transfer:import", args=[job.public_id])).content.decode()
    assert "Something went wrong, and nothing was written" in html
    assert not Question.objects.exists() and not QuestionBank.objects.exists()
    QuestionImport.objects.update(content=content)
    act(editor, "confirm", job)
    assert Question.objects.count() == 2


def test_who_may_not_publish_does_not_confirm_what_is_published_at_once(editor, client_for):
    upload(editor, publish="on")
    writer = User.objects.create_user("writer@example.org", "correct horse battery")
    writer.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "add_question"]))
    act(client_for(writer), "confirm", QuestionImport.objects.get())
    assert not Question.objects.exists()
    QuestionImport.objects.all().delete()
    upload(editor)
    act(client_for(writer), "confirm", QuestionImport.objects.get())
    assert Question.objects.count() == 2


def test_cancelling_deletes_the_content_and_the_bank_made_for_it(editor):
    upload(editor)
    act(editor, "cancel", QuestionImport.objects.get())
    assert not QuestionImport.objects.exists()
    assert not QuestionBank.objects.exists()


def test_cancelling_keeps_a_bank_that_was_there(editor):
    bank = QuestionBankFactory()
    upload(editor, new_bank="", bank=bank.pk)
    act(editor, "cancel", QuestionImport.objects.get())
    assert QuestionBank.objects.get() == bank


def test_publishing_at_once(editor):
    upload(editor, publish="on")
    act(editor, "confirm", QuestionImport.objects.get())
    assert all(question.live for question in Question.objects.all())


def test_the_report_can_be_narrowed_and_fetched(editor):
    upload(editor)
    job = QuestionImport.objects.get()
    address = reverse("quizzes_transfer:import", args=[job.public_id])
    refused = editor.get(address + "?show=refused").content.decode()
    assert "line 9" in refused
    assert "Who speaks" not in refused
    table = editor.get(reverse("quizzes_transfer:table", args=[job.public_id]))
    assert "Who speaks for the child?" in table.content.decode()
    assert table["Content-Type"].startswith("text/csv")


def test_the_progress_page_loads_itself_again(editor):
    upload(editor)
    job = QuestionImport.objects.get()
    jobs.start(job)
    QuestionImport.objects.update(total=3000, done=150)
    response = editor.get(reverse("quizzes_transfer:import", args=[job.public_id]))
    assert response["Refresh"] == "3"
    assert re.search(r"150 of 3,?000", response.content.decode())


def test_a_long_file_is_checked_by_a_task(editor):
    upload(editor, "\n\n".join(f"Statement {n}.{{TRUE}}" for n in range(jobs.AT_ONCE + 1)))
    job = QuestionImport.objects.get()
    assert (job.state, job.report["counts"]["new"]) == (JobState.READY, jobs.AT_ONCE + 1)


XML = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
HOSTILE = [
    b"",
    b" \n",
    b"\x00" * 2000,
    b"PK\x03\x04broken",
    b"\x89PNG\r\n\x1a\n",
    XML,
    b"{" * 5000,
    b"\xff\xfe" + b"\x00\xd8" * 50,
]
HOSTILE += [b"[" * 100_000]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["file.txt", "../../etc/passwd", "x" * 300 + ".csv", "\u202egnp.xlsx"])
def test_hostile_files_get_a_message(editor, content, name):
    response = upload(editor, content, name)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not QuestionImport.objects.exists()
    assert not QuestionBank.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"new_bank": ""}, {"language": "tlh"}, {"file_format": "word"}, {"bank": "999"}, {"file": ""}]
)
def test_what_is_missing_or_unknown_is_said(editor, fields):
    assert upload(editor, **fields).status_code == 422


def test_the_form_offers_each_way_of_reading_once(editor):
    page = editor.get(reverse(UPLOAD)).content.decode()
    options = re.search(r'<select name="file_format".*?</select>', page, re.S)[0]
    assert options.count("QTI") == 1
    assert all(f'value="{name}"' in options for name in ("gift", "moodle_xml", "qti", "csv", "xlsx", "aiken"))


@pytest.mark.parametrize("version", ["qti22", "qti30"])
@pytest.mark.parametrize("chosen", ["", "qti"])
def test_the_one_entry_for_qti_reads_every_version(editor, version, chosen):
    package = FORMATS[version].write(items_of(make_question(true_false()).bank)).content
    upload(editor, package, "questions.zip", file_format=chosen)
    assert QuestionImport.objects.get().report["counts"]["new"] == 1


def test_a_bank_of_that_name(editor):
    QuestionBankFactory(name="guardians")
    response = upload(editor)
    assert response.status_code == 422
    assert "There is a bank of this name" in response.content.decode()


def test_a_file_that_is_too_large(editor, monkeypatch):
    monkeypatch.setattr(jobs, "LARGEST", 100)
    response = upload(editor)
    assert response.status_code == 422
    assert "larger than" in response.content.decode()


def test_learners_get_in_nowhere(client_for, learner):
    job = QuestionImport.objects.create(by=learner, bank=QuestionBankFactory(), file_name="x", format="gift", content=b"x")
    client = client_for(learner)
    addresses = [reverse(UPLOAD), *(reverse(f"quizzes_transfer:{n}", args=[job.public_id]) for n in ("import", "table"))]
    addresses += [reverse(f"quizzes_transfer:{n}", args=[job.bank_id]) for n in ("export", "file")]
    assert all(client.get(address).status_code in {302, 403} for address in addresses)
    assert all(act(client, name, job).status_code in {302, 403} for name in ("confirm", "cancel"))
    assert QuestionImport.objects.exists()


def test_trainers_import(client_for, trainer, site):
    assert upload(client_for(trainer)).status_code == 302


def test_the_menu_and_the_bank_lead_here(editor):
    bank = QuestionBankFactory()
    listing = editor.get(reverse(QuestionBank.snippet_viewset.get_url_name("list"))).content.decode()
    assert reverse("quizzes_transfer:export", args=[bank.pk]) in listing
    assert reverse(UPLOAD) in listing


def test_export_says_first_what_the_format_cannot(editor):
    bank = make_question(true_false(explanation="<p>Why.</p>")).bank
    address = reverse("quizzes_transfer:export", args=[bank.pk])
    assert editor.get(address).status_code == 200
    page = editor.get(address, {"file_format": "aiken", "language": ""}).content.decode()
    assert "What this file will not hold" in page
    assert "left out" in page
    assert editor.get(address, {"file_format": "word"}).status_code == 422


def test_export_downloads(editor):
    bank = make_question(true_false()).bank
    response = editor.get(reverse("quizzes_transfer:file", args=[bank.pk]), {"file_format": "gift", "language": "en"})
    assert f'filename="{bank.slug}.gift"' in response["Content-Disposition"]
    assert b"A border must be crossed" in response.content
    assert editor.get(reverse("quizzes_transfer:file", args=[bank.pk])).status_code == 422
