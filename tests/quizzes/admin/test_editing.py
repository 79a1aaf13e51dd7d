"""Writing questions and quizzes: forms and previews."""

import pytest

from quizzes.models import Attempt, Question, Quiz, Response
from tests.factories.courses import QuestionBankFactory
from tests.factories.editing import PUBLISH, admin_url, question_data, quiz_data
from tests.factories.quizzes import choice, make_question, make_quiz, multiple_response, single_choice, true_false

pytestmark = pytest.mark.django_db


# --- Forms ------------------------------------------------------------------------------------------------------------
def test_a_trainer_writes_a_question(editor):
    bank = QuestionBankFactory()
    choices = [choice("Guardian", True, "Yes."), choice("Uncle", False, "No.")]
    response = editor.post(admin_url(Question, "add"), question_data(bank, choices) | PUBLISH)
    assert response.status_code == 302, response.context["form"].errors
    question = Question.objects.get()
    assert (question.kind, question.body_kind, question.live) == ("single_choice", "single_choice", True)
    assert question.snapshot()["choices"][0]["feedback"] == "Yes."


def test_mistakes_in_a_question_are_explained(editor):
    bank = QuestionBankFactory()
    for choices, message in [
        ([choice("One", True), choice("Two", True)], "Only one choice may be right."),
        ([choice("One"), choice("Two")], "Tick the right answer."),
        ([choice("One", True)], "Write at least two choices."),
    ]:
        response = editor.post(admin_url(Question, "add"), question_data(bank, choices) | PUBLISH)
        assert response.status_code == 200 and message in response.content.decode()
    empty = question_data(bank, None) | PUBLISH
    assert editor.post(admin_url(Question, "add"), empty).context["form"].errors["body"]
    assert not Question.objects.exists()


def test_the_lesson_to_look_at_again_is_chosen_as_a_page_and_kept_by_its_key(editor, lessons):
    bank, choices = QuestionBankFactory(), [choice("A", True), choice("B")]
    data = question_data(bank, choices, review_lesson=lessons[2].pk)
    editor.post(admin_url(Question, "add"), data | PUBLISH)
    question = Question.objects.get(review_key=lessons[2].translation_key)
    html = editor.get(admin_url(Question, "edit", question.pk)).content.decode()
    assert f'value="{lessons[2].pk}"' in html
    editor.post(admin_url(Question, "edit", question.pk), question_data(bank, choices) | PUBLISH)
    assert Question.objects.get(pk=question.pk).review_key is None


def test_a_quiz_that_asks_more_than_there_is_is_not_published(editor):
    questions = [make_question(), make_question()]
    data = quiz_data(questions, questions_per_attempt="5")
    response = editor.post(admin_url(Quiz, "add"), data | PUBLISH)
    assert "Needs 5 questions, has 2" in response.content.decode() and not Quiz.objects.exists()
    response = editor.post(admin_url(Quiz, "add"), quiz_data([]) | PUBLISH)
    assert "no question that can be asked" in response.content.decode()


def test_a_draft_quiz_may_wait_for_draft_questions(editor):
    waiting = make_question(live=False)
    assert editor.post(admin_url(Quiz, "add"), quiz_data([waiting])).status_code == 302
    assert not Quiz.objects.get().live
    response = editor.post(admin_url(Quiz, "add"), quiz_data([waiting]) | PUBLISH)
    assert "no question that can be asked" in response.content.decode()


@pytest.mark.parametrize("pass_mark", ["0", "101", "-5", "eighty"])
def test_the_pass_mark_is_between_1_and_100(editor, pass_mark):
    response = editor.post(admin_url(Quiz, "add"), quiz_data([make_question()], pass_mark=pass_mark) | PUBLISH)
    assert response.status_code == 200 and response.context["form"].errors["pass_mark"]


def test_a_bank_fills_a_quiz(editor):
    bank = make_question().bank
    data = quiz_data([], draw_from=bank.pk, questions_per_attempt="1")
    assert editor.post(admin_url(Quiz, "add"), data | PUBLISH).status_code == 302
    assert Quiz.objects.get().asked() == 1


# --- Preview ----------------------------------------------------------------------------------------------------------
def preview(client, instance):
    """The page that an editor's preview shows of what is written now, saved as a draft."""
    revision = instance.save_revision()
    response = client.get(admin_url(type(instance), "revisions_view", instance.pk, revision.pk))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("body", [single_choice, multiple_response, true_false])
def test_a_question_is_previewed_as_asked_and_as_marked(editor, body):
    question = make_question(body("<p>Who signs?</p>"))
    html = preview(editor, question)
    assert "Who signs?" in html and "<fieldset" in html and "After the best answer" in html and "right one" in html
    assert not Attempt.objects.exists() and not Response.objects.exists()


def test_an_unfinished_question_previews_with_a_hint(editor):
    question = make_question()
    url = admin_url(Question, "preview_on_edit", question.pk)
    unfinished = question_data(question.bank, [choice("Only")])
    empty = question_data(question.bank, None)
    for data in (unfinished, empty):
        assert editor.post(url, data).json()["is_valid"]
        assert "This question is not finished yet" in editor.get(url).content.decode()


def test_the_preview_panel_shows_what_is_typed_and_not_yet_saved(editor):
    question = make_question()
    data = question_data(question.bank, [choice("Typed now", True), choice("And this")])
    url = admin_url(Question, "preview_on_edit", question.pk)
    assert editor.post(url, data).json()["is_valid"]
    assert "Typed now" in editor.get(url).content.decode()
    assert "Typed now" not in str(Question.objects.get().body.raw_data)


def test_a_quiz_is_previewed_with_its_questions(editor):
    quiz = make_quiz([make_question(single_choice("<p>Who signs?</p>")), make_question(true_false("<p>So?</p>"), live=False)])
    html = preview(editor, quiz)
    assert "What did you learn?" in html and "Who signs?" in html and "draft: nobody is asked it yet" in html
    assert not Attempt.objects.exists()
