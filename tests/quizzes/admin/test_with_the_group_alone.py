"""What the group of trainers gives is enough for all of a trainer's work on quizzes, and reaches no further."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Membership, Role
from accounts.permissions import TRAINERS
from quizzes.models import Attempt, Question, QuestionBank, QuestionImport, Quiz, QuizOverride
from tests.factories.accounts import OrganisationFactory
from tests.factories.correcting import confirm, exclude_url, preview
from tests.factories.editing import PUBLISH, admin_url, bulk_url, question_data, quiz_data
from tests.factories.marking import colleague, essay, mark_url, marks, write
from tests.factories.quizzes import choice, make_question, make_quiz, take_quiz
from tests.quizzes.importing.files import GIFT

pytestmark = pytest.mark.django_db
CHOICES = [choice("The guardian", True, "Yes."), choice("The employer", feedback="No.")]


@pytest.fixture
def at_work(corrector, trainer):
    """A trainer, signed in, with nothing but what the group gives."""
    assert [group.name for group in trainer.groups.all()] == [TRAINERS]
    assert not trainer.is_superuser and not trainer.user_permissions.exists()
    return corrector


def made(response):
    """The answer to a form that was accepted."""
    assert response.status_code == 302, response.context["form"].errors
    return response


def test_from_an_empty_bank_to_a_quiz_that_learners_take(at_work, organisation):
    made(at_work.post(admin_url(QuestionBank, "add"), {"name": "First hours", "slug": "first-hours"}))
    bank = QuestionBank.objects.get()
    made(at_work.post(admin_url(Question, "add"), question_data(bank, CHOICES)))
    question = Question.objects.get()
    assert not question.live
    made(at_work.post(admin_url(Question, "edit", question.pk), question_data(bank, CHOICES) | PUBLISH))
    question.refresh_from_db()
    assert question.live
    for view in ("edit", "usage", "history", "copy"):
        assert at_work.get(admin_url(Question, view, question.pk)).status_code == 200
    assert at_work.get(reverse("quizzes_admin:try", args=[question.pk])).status_code == 200

    made(at_work.post(admin_url(Quiz, "add"), quiz_data([question]) | PUBLISH))
    quiz = Quiz.objects.get()
    assert quiz.live and take_quiz(colleague(organisation), quiz).passed
    for view in ("results", "analysis"):
        assert at_work.get(reverse(f"quizzes_reports:{view}", args=[quiz.translation_key])).status_code == 200

    at_work.post(bulk_url("retire", question))
    question.refresh_from_db()
    assert question.retired


def test_marking_correcting_and_opening_again(at_work, organisation):
    quiz = make_quiz([make_question(essay()), make_question()], pass_mark=60)
    attempt = write(quiz, colleague(organisation))
    made(at_work.post(mark_url(attempt), marks(attempt, 2, 1)))
    attempt.refresh_from_db()
    assert attempt.passed
    key = str(attempt.responses.get(position=2).question_key)
    confirm(at_work, preview(at_work, exclude_url(quiz), {"act": "leave_out", "question": key}))
    assert attempt.events.filter(kind="excluded").exists()
    at_work.post(reverse("quizzes_desk:open_again", args=[attempt.public_id]), {"reason": "The line was cut", "ends_at": ""})
    assert Attempt.objects.open().filter(pk=attempt.pk).exists()


def test_overrides_imports_and_exports(at_work, organisation):
    quiz, person = make_quiz(), colleague(organisation)
    data = {"quiz": quiz.pk, "person": person.email, "extra_minutes": "10", "reason": "Agreed", "attempts_allowed": ""}
    made(at_work.post(reverse("quiz_overrides:add"), data))
    assert QuizOverride.objects.get().user == person
    upload = {"file": SimpleUploadedFile("guardians.gift", GIFT.encode()), "language": "en", "new_bank": "Guardians"}
    made(at_work.post(reverse("quizzes_transfer:upload"), upload | {"publish": "on"}))
    made(at_work.post(reverse("quizzes_transfer:confirm", args=[QuestionImport.objects.get().public_id])))
    bank = QuestionBank.objects.get(name="Guardians")
    assert Question.objects.filter(bank=bank, live=True).count() == 2
    assert at_work.get(reverse("quizzes_transfer:file", args=[bank.pk]), {"file_format": "gift"}).status_code == 200


def test_learners_of_other_organisations_stay_out_of_reach(at_work):
    elsewhere = OrganisationFactory()
    stranger = colleague(elsewhere, full_name="Somebody Elsewhere")
    Membership.objects.create(user=colleague(elsewhere), organisation=elsewhere, role=Role.TRAINER)
    quiz = make_quiz([make_question(essay()), make_question()])
    attempt = write(quiz, stranger)
    key = str(attempt.responses.get(position=2).question_key)
    override = {"quiz": quiz.pk, "person": stranger.email, "extra_minutes": "10", "reason": "x", "attempts_allowed": ""}

    refused = [
        at_work.get(mark_url(attempt), follow=True),
        at_work.post(mark_url(attempt), marks(attempt, 2, 1), follow=True),
        at_work.get(reverse("quizzes_desk:try", args=[attempt.public_id]), follow=True),
        at_work.post(reverse("quizzes_desk:open_again", args=[attempt.public_id]), {"reason": "x"}, follow=True),
        at_work.post(exclude_url(quiz), {"act": "leave_out", "question": key}, follow=True),
    ]

    assert {answer.status_code for answer in refused} == {404}
    assert at_work.post(reverse("quiz_overrides:add"), override).status_code != 302 and not QuizOverride.objects.exists()
    lists = ["quizzes_desk:queue", "quizzes_desk:tries", "quizzes_reports:index"]
    pages = [at_work.get(reverse(name)) for name in lists]
    pages.append(at_work.get(reverse("quizzes_reports:results", args=[quiz.translation_key])))
    assert all(page.status_code == 200 and "Somebody Elsewhere" not in page.content.decode() for page in pages)
    attempt.refresh_from_db()
    assert attempt.waiting and not attempt.is_open and not attempt.events.exclude(kind="submitted").exists()


def test_nothing_beyond_quizzes_and_pages_is_open(at_work):
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailadmin_workflows:index", "wagtaillocales:index"):
        assert at_work.get(reverse(name)).status_code in {302, 403}


def test_a_question_that_nothing_refers_to_may_be_deleted(at_work):
    question = make_question()
    at_work.post(admin_url(Question, "delete", question.pk))
    assert not Question.objects.filter(pk=question.pk).exists()
