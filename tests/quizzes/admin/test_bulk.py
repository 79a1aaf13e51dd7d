"""Changing many questions at once: in every language, in what is live and in what waits, and only by those who may."""

import pytest

from quizzes.models import Question, QuestionTag
from tests.factories.courses import QuestionBankFactory
from tests.factories.editing import bulk_url
from tests.factories.quizzes import make_question, single_choice, translated

pytestmark = pytest.mark.django_db


def test_retiring_says_what_happens_and_takes_translations_along(at_work):
    one, other = make_question(single_choice("<p>One?</p>")), make_question(single_choice("<p>Other?</p>"))
    french, stays = translated(one, "fr"), make_question()
    html = at_work.get(bulk_url("retire", one, other)).content.decode()
    assert "2 questions are chosen" in html and "One?" in html and "Nobody new is asked" in html
    assert not Question.objects.filter(retired=True).exists()
    html = at_work.post(bulk_url("retire", one, other), follow=True).content.decode()
    assert "3 questions changed" in html
    assert set(Question.objects.filter(retired=True)) == {one, other, french}
    assert set(Question.objects.live()) == {stays}
    at_work.post(bulk_url("take_back", one))
    assert set(Question.objects.live()) == {one, french, stays}


def test_a_waiting_draft_is_changed_and_waits_on(at_work):
    question = make_question(outcome="Live words")
    question.outcome = "Newer words"
    question.save_revision()
    bank = QuestionBankFactory(name="New home")
    at_work.post(bulk_url("move", question), {"bank": bank.pk})
    question = Question.objects.get()
    draft = question.get_latest_revision_as_object()
    assert (question.bank, question.outcome, question.has_unpublished_changes) == (bank, "Live words", True)
    assert (draft.bank, draft.outcome) == (bank, "Newer words")


def test_tag_difficulty_and_check_are_set(at_work):
    live, draft = make_question(), make_question(live=False)
    at_work.post(bulk_url("add_tag", live, draft), {"tag": "papers"})
    at_work.post(bulk_url("set_difficulty", live, draft), {"difficulty": "2"})
    checked = {"checked_by": "Anke Peeters", "checked_on": "2026-05-01", "review_by": "2027-05-01"}
    at_work.post(bulk_url("set_checked", live, draft), checked)
    for question in Question.objects.all():
        assert [tag.name for tag in question.tags.all()] == ["papers"]
        assert (question.difficulty, question.checked_by) == (2, "Anke Peeters")
        assert (str(question.checked_on), str(question.review_by)) == ("2026-05-01", "2027-05-01")
    assert QuestionTag.objects.count() == 2
    assert not Question.objects.get(pk=draft.pk).live


def test_what_is_missing_is_asked_for_and_nothing_is_changed(at_work):
    question = make_question()
    url = bulk_url("set_checked", question)
    html = at_work.post(url, {"checked_by": "Me", "checked_on": "2026-05-01", "review_by": "2026-05-01"}).content.decode()
    assert "not after the day of the check" in html and 'value="Me"' in html
    assert Question.objects.get().checked_by == ""


def test_issuers_and_learners_change_nothing(client_for, issuer, learner, site):
    question, draft = make_question(), make_question(live=False)
    for person in (issuer, learner):
        client_for(person).post(bulk_url("retire", question))
        client_for(person).post(bulk_url("set_difficulty", draft), {"difficulty": "2"})
    for one in Question.objects.all():
        assert not one.retired and one.difficulty is None
