"""The editor's side in Wagtail: lists, forms, previews, and the guard around what learners have answered."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from quizzes.models import Attempt, Question, QuestionBank, Quiz, Response
from quizzes.services import start_attempt
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import (
    choice,
    make_question,
    make_quiz,
    multiple_response,
    single_choice,
    take_quiz,
    translated,
    true_false,
)

pytestmark = pytest.mark.django_db


def admin_url(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


@pytest.fixture
def editor(client_for, administrator, site):
    return client_for(administrator)


def posted_choice(n, one):
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


def question_data(bank, choices, **fields):
    """What the editor's form posts for a single choice question."""
    value = {
        "text": rich_text("<p>Who decides?</p>"),
        "explanation": rich_text("<p>Why.</p>"),
        "image-image": "",
        "image-alt_text": "",
        "hints-count": "0",
        "choices-count": str(len(choices)),
    }
    for n, one in enumerate(choices):
        value |= posted_choice(n, one)
    data = {"bank": bank.pk, "body": streamfield([("single_choice", value)]), "outcome": "Know who decides", "source": "Law 1"}
    return nested_form_data(data | {"review_lesson": ""} | fields)


def quiz_data(questions, **fields):
    items = inline_formset([{"question": q.pk} for q in questions])
    data = {
        "title": "Quiz",
        "intro": rich_text(""),
        "items": items,
        "draw_from": "",
        "questions_per_attempt": "0",
        "pass_mark": "80",
    }
    return nested_form_data(
        data | {"attempts_allowed": "0", "behaviour": "deferred", "minutes": "5", "shuffle_choices": "on"} | fields
    )


# --- Lists ------------------------------------------------------------------------------------------------------------
def test_the_bank_lists_kind_bank_outcome_language_and_state(editor):
    make_question(single_choice("<p>Who signs?</p>"), outcome="Know the papers")
    make_question(true_false("<p>Is it so?</p>"), live=False)
    html = editor.get(admin_url(Question, "list")).content.decode()
    for words in ["Who signs?", "One answer", "True or false", "Know the papers", "English", "live", "draft"]:
        assert words in html
    assert QuestionBank.objects.get().name in html


def test_the_bank_is_filtered_and_searched(editor):
    make_question(single_choice("<p>Alpha signs?</p>"))
    other = QuestionBankFactory(name="Other bank")
    make_question(multiple_response("<p>Bravo signs?</p>"), bank=other)
    make_question(true_false("<p>Charlie signs?</p>"), live=False)
    french = translated(make_question(single_choice("<p>Delta?</p>")), "fr")

    def shown(**query):
        html = editor.get(admin_url(Question, "list"), query).content.decode()
        return {name for name in ("Alpha", "Bravo", "Charlie", "Delta") if f"{name}" in html.split("<main")[-1]}

    assert shown() == {"Alpha", "Bravo", "Charlie", "Delta"}
    assert shown(body_kind="multiple_response") == {"Bravo"} == shown(bank=other.pk)
    assert shown(live="false") == {"Charlie"}
    assert shown(q="Bravo") == {"Bravo"}
    assert shown(locale=french.locale.language_code) == {"Delta"}
    assert shown(q="Alpha", body_kind="single_choice") == {"Alpha"}


# --- Forms ------------------------------------------------------------------------------------------------------------
def test_a_trainer_writes_a_question(editor):
    bank = QuestionBankFactory()
    choices = [choice("Guardian", True, "Yes."), choice("Uncle", False, "No.")]
    response = editor.post(admin_url(Question, "add"), question_data(bank, choices) | {"action-publish": "1"})
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
        response = editor.post(admin_url(Question, "add"), question_data(bank, choices) | {"action-publish": "1"})
        assert response.status_code == 200 and message in response.content.decode()
    empty = nested_form_data({"bank": bank.pk, "body": streamfield([]), "review_lesson": "", "action-publish": "1"})
    assert editor.post(admin_url(Question, "add"), empty).context["form"].errors["body"]
    assert not Question.objects.exists()


def test_the_lesson_to_look_at_again_is_chosen_as_a_page_and_kept_by_its_key(editor, lessons):
    bank, choices = QuestionBankFactory(), [choice("A", True), choice("B")]
    data = question_data(bank, choices, review_lesson=lessons[2].pk)
    editor.post(admin_url(Question, "add"), data | {"action-publish": "1"})
    question = Question.objects.get(review_key=lessons[2].translation_key)
    html = editor.get(admin_url(Question, "edit", question.pk)).content.decode()
    assert f'value="{lessons[2].pk}"' in html
    editor.post(admin_url(Question, "edit", question.pk), question_data(bank, choices) | {"action-publish": "1"})
    assert Question.objects.get(pk=question.pk).review_key is None


def test_a_quiz_that_asks_more_than_there_is_is_not_published(editor):
    questions = [make_question(), make_question()]
    data = quiz_data(questions, questions_per_attempt="5")
    response = editor.post(admin_url(Quiz, "add"), data | {"action-publish": "1"})
    assert "Needs 5 questions, has 2" in response.content.decode() and not Quiz.objects.exists()
    response = editor.post(admin_url(Quiz, "add"), quiz_data([]) | {"action-publish": "1"})
    assert "no question that can be asked" in response.content.decode()


def test_a_draft_quiz_may_wait_for_draft_questions(editor):
    waiting = make_question(live=False)
    assert editor.post(admin_url(Quiz, "add"), quiz_data([waiting])).status_code == 302
    assert not Quiz.objects.get().live
    response = editor.post(admin_url(Quiz, "add"), quiz_data([waiting]) | {"action-publish": "1"})
    assert "no question that can be asked" in response.content.decode()


@pytest.mark.parametrize("pass_mark", ["0", "101", "-5", "eighty"])
def test_the_pass_mark_is_between_1_and_100(editor, pass_mark):
    response = editor.post(admin_url(Quiz, "add"), quiz_data([make_question()], pass_mark=pass_mark) | {"action-publish": "1"})
    assert response.status_code == 200 and response.context["form"].errors["pass_mark"]


def test_a_bank_fills_a_quiz(editor):
    bank = make_question().bank
    data = quiz_data([], draw_from=bank.pk, questions_per_attempt="1")
    assert editor.post(admin_url(Quiz, "add"), data | {"action-publish": "1"}).status_code == 302
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
    empty = nested_form_data({"bank": question.bank.pk, "body": streamfield([]), "review_lesson": ""})
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


# --- Deleting ---------------------------------------------------------------------------------------------------------
def test_what_was_answered_is_not_deleted_one_by_one(editor, learner):
    question = make_question(single_choice("<p>Who signs?</p>"))
    quiz = make_quiz([question])
    start_attempt(user=learner, quiz=quiz)
    for instance in (question, quiz):
        response = editor.post(admin_url(type(instance), "delete", instance.pk), follow=True)
        assert "Learners have answered" in response.content.decode() and "Unpublish it instead" in response.content.decode()
    quiz.items.all().delete()
    editor.post(admin_url(Question, "delete", question.pk))
    assert Question.objects.count() == Quiz.objects.count() == 1


def test_what_was_answered_is_not_deleted_in_bulk_nor_in_translation(editor, learner):
    answered, fresh = make_question(single_choice("<p>Answered?</p>")), make_question(single_choice("<p>Fresh?</p>"))
    french = translated(answered, "fr")
    quiz = make_quiz([answered])
    take_quiz(learner, quiz)
    quiz.items.all().delete()
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "question", "delete"])
    for together in ([answered.pk, fresh.pk], [french.pk]):
        query = "&".join(f"id={pk}" for pk in together)
        response = editor.post(f"{bulk}?{query}", follow=True)
        assert "Answered?" in response.content.decode() and "stays" in response.content.decode()
    assert Question.objects.count() == 3
    editor.post(f"{bulk}?id={fresh.pk}")
    assert not Question.objects.filter(pk=fresh.pk).exists()


def test_a_question_in_a_quiz_and_a_bank_in_use_are_not_deleted_either(editor):
    question = make_question()
    make_quiz([question])
    editor.post(admin_url(Question, "delete", question.pk))
    editor.post(admin_url(QuestionBank, "delete", question.bank.pk))
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "questionbank", "delete"])
    editor.post(f"{bulk}?id={question.bank.pk}")
    assert Question.objects.count() == QuestionBank.objects.count() == 1
