"""One question: tried out, copied, compared, retired, where it is used, and where its answer is written down."""

import json

import pytest
from django.urls import reverse

from quizzes.models import Attempt, Question, QuizItem, Response
from tests.factories.editing import PUBLISH, admin_url, question_data
from tests.factories.quizzes import choice, make_question, make_quiz, multiple_response, single_choice, take_quiz, translated

pytestmark = pytest.mark.django_db
CHOICES = [choice("Guardian", True), choice("Uncle")]


def try_url(question):
    return reverse("quizzes_admin:try", args=[question.pk])


def test_a_draft_is_tried_out_and_nothing_is_kept(at_work):
    question = make_question(live=False)
    assert try_url(question) in at_work.get(admin_url(Question, "edit", question.pk)).content.decode()
    asked = at_work.get(try_url(question)).content.decode()
    assert "Who speaks for the child?" in asked and "See the law." not in asked
    right, wrong = question.snapshot()["choices"][:2]
    html = at_work.post(try_url(question), {"q-choice": wrong["id"]}).content.decode()
    assert "Not quite" in html and "An employer has interests of his own." in html and "See the law." in html
    html = at_work.post(try_url(question), {"q-choice": right["id"]}).content.decode()
    assert "1 of 1 point" in html
    assert "I don&#x27;t know yet" in at_work.post(try_url(question), {"act": "unsure"}).content.decode()
    assert at_work.post(try_url(question), {}).status_code == 422
    assert not Attempt.objects.exists() and not Response.objects.exists() and not question.revisions.exists()


def test_the_newer_words_that_wait_are_tried_out(at_work):
    question = make_question()
    (body,) = question.body.get_prep_value()
    body["value"]["text"] = "<p>Who decides for the child?</p>"
    question.body = json.dumps([body])
    question.save_revision()
    html = at_work.get(try_url(question)).content.decode()
    assert "Who decides for the child?" in html and "Who speaks" not in html


def test_part_of_the_points_is_shown(at_work):
    question = make_question(multiple_response())
    debt, _papers, _bicycle, _bag = question.snapshot()["choices"]
    assert "0.5 of 1 point" in at_work.post(try_url(question), {"q-choice": debt["id"]}).content.decode()


def test_an_unfinished_question_cannot_be_tried(at_work):
    question = make_question(single_choice(choices=[choice("Only")]), live=False)
    assert "not finished yet" in at_work.get(try_url(question)).content.decode()


def test_only_those_who_may_edit_try_questions(client_for, issuer, learner, site):
    question = make_question()
    for person in (issuer, learner):
        response = client_for(person).get(try_url(question))
        assert response.status_code != 200 and b"Who speaks" not in response.content


def test_a_copy_is_a_new_draft_with_tags_and_a_name_of_its_own(at_work):
    question = make_question(name="Who decides", retired=True)
    question.tags.add("papers")
    question.save()
    response = at_work.get(admin_url(Question, "copy", question.pk))
    html = response.content.decode()
    assert "Who decides (copy)" in html and "papers" in html
    form = response.context["form"]
    assert not form.initial["retired"]
    data = question_data(question.bank, CHOICES, name=form.initial["name"], tags="papers")
    at_work.post(response.context["action_url"], data)
    copy = Question.objects.exclude(pk=question.pk).get()
    assert copy.translation_key != question.translation_key and not copy.live and copy.name == "Who decides (copy)"
    assert [tag.name for tag in copy.get_latest_revision_as_object().tags.all()] == ["papers"]


def test_a_copy_stays_in_its_language(at_work):
    french = translated(make_question(), "fr")
    assert "locale=fr" in at_work.get(admin_url(Question, "copy", french.pk)).context["action_url"]


def test_keeping_the_order_of_choices_is_set_copied_and_compared(at_work):
    question = make_question()
    first = question.save_revision()
    data = question_data(question.bank, CHOICES, keep_order="on", **PUBLISH)
    at_work.post(admin_url(Question, "edit", question.pk), data)
    question = Question.objects.get()
    assert question.keep_order
    url = admin_url(Question, "revisions_compare", question.pk, first.pk, question.latest_revision.pk)
    assert "Keep the choices in this order" in at_work.get(url).content.decode()
    assert at_work.get(admin_url(Question, "copy", question.pk)).context["form"].initial["keep_order"]


def test_two_versions_are_compared_in_words(at_work):
    question = make_question(outcome="Know who decides")
    first = question.save_revision()
    body = question.body.raw_data[0]
    body["value"]["text"] = "<p>Who speaks for the minor?</p>"
    body["value"]["choices"][0]["value"]["correct"] = False
    question.body = [(body["type"], question.body.stream_block.to_python([body])[0].value)]
    question.outcome, question.source = "Know who speaks", "Act of 2026, article 4"
    second = question.save_revision()
    url = admin_url(Question, "revisions_compare", question.pk, first.pk, second.pk)
    html = at_work.get(url).content.decode()
    assert "<small>removed:</small> <del>child?</del> <small>added:</small> <ins>minor?</ins>" in html
    assert "Choices 1 – This is a right answer" in html and "Learning outcome" in html
    assert "Act of 2026, article 4" in html, "where the answer is written down is compared too"
    same = at_work.get(admin_url(Question, "revisions_compare", question.pk, second.pk, second.pk)).content.decode()
    assert "Nothing differs" in same


def test_what_was_taken_out_and_what_it_is_tagged_with_are_compared_too(at_work):
    question = make_question(single_choice(choices=[*CHOICES, choice("A neighbour")]))
    first = question.save_revision()
    body = question.body.raw_data[0]
    del body["value"]["choices"][2]
    question.body = [(body["type"], question.body.stream_block.to_python([body])[0].value)]
    question.tags.add("papers")
    second = question.save_revision()
    html = at_work.get(admin_url(Question, "revisions_compare", question.pk, first.pk, second.pk)).content.decode()
    assert "<small>removed:</small> <del>A neighbour</del>" in html
    assert "Tags" in html and "<ins>papers</ins>" in html


def test_usage_names_quizzes_draws_and_attempts(at_work, learner):
    question, other = make_question(outcome="Know the papers"), make_question(outcome="Something else")
    asking, drawing = make_quiz([question], title="Asks it"), make_quiz([other], title="May draw it")
    QuizItem.objects.create(quiz=drawing, draw_count=1, draw_outcome="Know the papers", sort_order=5)
    make_quiz([other], title="Has nothing to do with it")
    QuizItem.objects.create(quiz=asking, draw_count=1, draw_outcome="Know the papers", sort_order=5)
    take_quiz(learner, asking)
    html = at_work.get(admin_url(Question, "usage", question.pk)).content.decode()
    assert html.count("Asks it") == 1, "what asks it for certain is not said again as what may draw it"
    assert html.index("Asks it") < html.index("Quizzes that may draw it") < html.index("May draw it")
    assert "in 1 attempt," in html and "nothing to do" not in html


def test_a_question_about_law_is_published_with_its_provenance_only(at_work):
    question = make_question(live=False)
    url = admin_url(Question, "edit", question.pk)
    law = {"jurisdiction": "BE", "source": ""}
    assert at_work.post(url, question_data(question.bank, CHOICES, **law)).status_code == 302
    refused = at_work.post(url, question_data(question.bank, CHOICES, **law) | PUBLISH)
    assert set(refused.context["form"].errors) == {"source", "checked_by", "checked_on", "review_by"}
    assert not Question.objects.get().live
    early = {"checked_on": "2026-05-01", "review_by": "2026-05-01"}
    refused = at_work.post(url, question_data(question.bank, CHOICES, **law | early))
    assert "not after the day of the check" in str(refused.context["form"].errors["review_by"])
    whole = {"source": "Act 1", "checked_by": "Anke", "checked_on": "2026-05-01", "review_by": "2027-05-01"}
    assert at_work.post(url, question_data(question.bank, CHOICES, **law | whole) | PUBLISH).status_code == 302
    assert Question.objects.get().live
