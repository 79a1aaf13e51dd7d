"""What learners have answered, and what a quiz asks, is not deleted: it is retired."""

import pytest
from django.urls import reverse

from quizzes.models import Question, QuestionBank, Quiz
from quizzes.services import start_attempt
from tests.factories.editing import admin_url, bulk_url
from tests.factories.quizzes import make_question, make_quiz, single_choice, take_quiz, translated

pytestmark = pytest.mark.django_db


def test_what_was_answered_is_not_deleted_one_by_one(editor, learner):
    question = make_question(single_choice("<p>Who signs?</p>"))
    quiz = make_quiz([question])
    start_attempt(user=learner, quiz=quiz)
    for instance in (question, quiz):
        response = editor.post(admin_url(type(instance), "delete", instance.pk), follow=True)
        html = response.content.decode()
        instead = "Retire it instead" if instance == question else "Unpublish it instead"
        assert "Learners have answered" in html and instead in html
    quiz.items.all().delete()
    editor.post(admin_url(Question, "delete", question.pk))
    assert Question.objects.count() == Quiz.objects.count() == 1


def test_what_was_answered_is_not_deleted_in_bulk_nor_in_translation(editor, learner):
    answered, fresh = make_question(single_choice("<p>Answered?</p>")), make_question(single_choice("<p>Fresh?</p>"))
    french = translated(answered, "fr")
    quiz = make_quiz([answered])
    take_quiz(learner, quiz)
    quiz.items.all().delete()
    for together in ([answered, fresh], [french]):
        response = editor.post(bulk_url("delete", *together), follow=True)
        assert "Answered?" in response.content.decode() and "stays" in response.content.decode()
    assert Question.objects.count() == 3
    editor.post(bulk_url("delete", fresh))
    assert not Question.objects.filter(pk=fresh.pk).exists()


def test_a_question_in_a_quiz_and_a_bank_in_use_are_not_deleted_either(editor):
    question = make_question()
    make_quiz([question], title="First steps")
    html = editor.post(admin_url(Question, "delete", question.pk), follow=True).content.decode()
    assert "The quiz “First steps” asks it" in html and bulk_url("retire", question) in html
    editor.post(admin_url(QuestionBank, "delete", question.bank.pk))
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "questionbank", "delete"])
    editor.post(f"{bulk}?id={question.bank.pk}")
    assert Question.objects.count() == QuestionBank.objects.count() == 1
