"""The list of questions: filters, search, figures, and a fixed number of queries whatever there is to list."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from quizzes.models import Attempt, Question, QuestionBank, QuestionFlag, QuizItem, Response
from tests.factories.courses import QuestionBankFactory
from tests.factories.editing import admin_url
from tests.factories.quizzes import make_question, make_quiz, multiple_response, single_choice, translated, true_false

pytestmark = pytest.mark.django_db
NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot")


def answered(question, learner, right, wrong=0):
    """Attempts of one question: the first ``right`` ones all right, the others all wrong."""
    attempts = [
        Attempt(
            user=learner, quiz_key="7b3f0e52-17b7-4fa1-b04c-3f31a6a7a6d0", title="Quiz", language="en", length=1, pass_mark=80,
            percent=Decimal(100 if n < right else 0), submitted_at=timezone.now(),
        )
        for n in range(right + wrong)
    ]  # fmt: skip
    Attempt.objects.bulk_create(attempts)
    Response.objects.bulk_create(
        Response(attempt=one, position=1, question_key=question.translation_key, snapshot={}, answer={}, points=one.percent / 100)
        for one in attempts
    )


def test_the_bank_lists_kind_bank_outcome_language_and_state(at_work):
    make_question(single_choice("<p>Who signs?</p>"), outcome="Know the papers", difficulty=3)
    make_question(true_false("<p>Is it so?</p>"), live=False)
    make_question(retired=True)
    html = at_work.get(admin_url(Question, "list")).content.decode()
    found = ["Who signs?", "One answer", "True or false", "Know the papers", "English", "Ready", "Draft", "Retired", "Hard"]
    for words in [*found, "no answers yet", "never"]:
        assert words in html
    assert QuestionBank.objects.get().name in html


def test_the_bank_is_filtered_and_searched(editor):
    alpha = make_question(single_choice("<p>Alpha signs?</p>"), outcome="Know who signs", jurisdiction="BE")
    bravo = make_question(multiple_response("<p>Bravo signs?</p>"), bank=QuestionBankFactory(name="Other bank"), difficulty=2)
    make_question(true_false("<p>Charlie signs?</p>"), live=False, review_by=timezone.localdate() - timedelta(days=1))
    delta = translated(make_question(single_choice("<p>Delta?</p>")), "fr")
    echo = make_question(single_choice("<p>Echo?</p>"), retired=True)
    echo.tags.add("papers")
    echo.save()
    QuestionFlag.objects.create(
        question_key=bravo.translation_key, language="en", user=editor_user(editor), reason=QuestionFlag.Reason.UNCLEAR
    )
    QuestionFlag.objects.create(
        question_key=alpha.translation_key, language="en", user=editor_user(editor), reason="unclear", resolved_at=timezone.now()
    )
    make_question(single_choice("<p>Foxtrot?</p>"), retired=True, live=False)
    quiz = make_quiz([alpha])
    QuizItem.objects.create(quiz=quiz, draw_count=1, draw_bank=bravo.bank, sort_order=2)

    def shown(**query):
        html = editor.get(admin_url(Question, "list"), query).content.decode()
        _before, _tag, table = html.partition('<table class="listing')
        return {name for name in NAMES if name in table}

    assert shown() == set(NAMES)
    assert shown(body_kind="multiple_response") == {"Bravo"} == shown(bank=bravo.bank.pk) == shown(flagged="yes")
    assert shown(state="draft") == {"Charlie"} == shown(outdated="yes")
    assert shown(state="retired") == {"Echo", "Foxtrot"} and shown(tag="papers") == {"Echo"}
    assert shown(state="ready") == {"Alpha", "Bravo", "Delta"} | shown(locale="fr")
    assert shown(outcome="Know who signs") == {"Alpha"} == shown(jurisdiction="BE")
    assert shown(difficulty=2) == {"Bravo"} and shown(used_in=quiz.pk) == {"Alpha", "Bravo"}
    assert shown(q="Bravo") == {"Bravo"} == shown(q="signs", difficulty=2)
    assert shown(q="Alpha", tag="papers") == set()
    assert shown(locale=delta.locale.language_code) == {"Delta"}


def test_doubts_that_were_dealt_with_are_not_counted(at_work, learner, trainer):
    doubt = {"question_key": make_question().translation_key, "language": "en", "reason": "unclear"}
    for person, done in ((learner, None), (trainer, timezone.now()), (learner, timezone.now())):
        QuestionFlag.objects.create(user=person, resolved_at=done, **doubt)
    _before, _tag, table = at_work.get(admin_url(Question, "list")).content.decode().partition('<table class="listing')
    assert re.findall(r"<td[^>]*>\s*(\d+)\s*</td>", table) == ["1"]


def editor_user(client):
    return client.get("/admin/").context["user"]


def test_figures_come_from_30_answers_on(at_work, learner):
    few, enough = make_question(single_choice("<p>Few?</p>")), make_question(single_choice("<p>Enough?</p>"))
    answered(few, learner, 29)
    answered(enough, learner, 24, 6)
    html = at_work.get(admin_url(Question, "list")).content.decode()
    assert "too few answers (29 of 30)" in html
    assert "80% right, discrimination +1.00" in html


def test_the_list_leads_to_translating_and_to_bringing_translations_up_to_date(editor):
    alone, everywhere = make_question(), make_question()
    for locale in Locale.objects.exclude(language_code="en"):
        translated(everywhere, locale.language_code)
    source, _created = TranslationSource.get_or_create_from_instance(everywhere)
    Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="fr"))
    html = editor.get(admin_url(Question, "list"), {"locale": "en"}).content.decode()
    submit = [
        reverse("wagtail_localize:submit_snippet_translation", args=["quizzes", "question", q.pk]) for q in (alone, everywhere)
    ]
    assert submit[0] in html and submit[1] not in html, "where every language is there, none can be added"
    assert reverse("wagtail_localize:update_translations", args=[source.pk]) in html


def queries_of(client):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(admin_url(Question, "list"))
    assert response.status_code == 200
    return len(captured)


def test_200_questions_cost_as_many_queries_as_10(editor, learner):
    for _ in range(10):
        answered(make_question(), learner, 1)
    queries_of(editor)  # what one process looks up once
    few = queries_of(editor)
    for n in range(190):
        question = make_question(live=bool(n % 3))
        if n % 19 == 0:
            answered(question, learner, 2, 1)
            question.save_revision()
    assert queries_of(editor) == few
