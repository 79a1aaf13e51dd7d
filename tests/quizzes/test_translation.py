"""Translating with wagtail-localize: people's words are offered, a machine's never; quizzes follow their language."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue

from quizzes.kinds import KINDS
from quizzes.models import Quiz
from quizzes.services import start_attempt
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import choice, make_question, make_quiz, multiple_response, single_choice, true_false

pytestmark = pytest.mark.django_db
WORDS = "Words for people"


def wordy(body):
    """A question whose every text says WORDS, so that anything else which is offered is a machine's."""
    choices = [choice(f"{WORDS} choice", True, f"{WORDS} feedback"), choice(f"{WORDS} other", False, f"{WORDS} no")]
    rich = {"text": f"<p>{WORDS} text</p>", "explanation": f"<p>{WORDS} explanation</p>"}
    if body is true_false:
        return body(feedback_true=f"{WORDS} true", feedback_false=f"{WORDS} false", **rich)
    return body(choices=choices, **rich)


def offered(instance):
    """What a translator is asked to translate, and what they may replace."""
    segments = extract_segments(instance)
    return [s.string.data if isinstance(s, StringSegmentValue) else s.data for s in segments
            if isinstance(s, StringSegmentValue | OverridableSegmentValue)]  # fmt: skip


@pytest.mark.parametrize("body", [single_choice, multiple_response, true_false])
def test_a_translator_of_a_question_is_offered_its_words_and_nothing_else(body):
    question = make_question(
        wordy(body), outcome=f"{WORDS} outcome", source=f"{WORDS} source", review_key="7b3f0e52-17b7-4fa1-b04c-3f31a6a7a6d0"
    )
    texts = offered(question)
    assert len(texts) >= 6 and all(str(text).startswith(WORDS) for text in texts), texts


def test_a_translator_of_a_quiz_is_offered_title_and_introduction():
    quiz = make_quiz(
        title=f"{WORDS} title", intro=f"<p>{WORDS} intro</p>", questions_per_attempt=2, draw_from=QuestionBankFactory()
    )
    assert offered(quiz) == [f"{WORDS} title", f"{WORDS} intro"]


def translate(instance, language, words):
    """Submit for translation and translate ``words`` (source: translation); the rest stays in the source language."""
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    locale = Locale.objects.get(language_code=language)
    Translation.objects.create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string, locale=locale, context=segment.context, data=words[segment.string.data]
            )
    source.create_or_update_translation(locale, fallback=True)
    return instance.get_translation(locale)


@pytest.mark.parametrize("body", [single_choice, multiple_response, true_false])
def test_a_translated_question_keeps_choices_marks_and_lesson(body, site, django_capture_on_commit_callbacks):
    question = make_question(body("<p>Who?</p>"), review_key="7b3f0e52-17b7-4fa1-b04c-3f31a6a7a6d0")
    with django_capture_on_commit_callbacks(execute=True):
        french = translate(question, "fr", {"Who?": "Qui ?", "The guardian": "Le tuteur", "Debt": "Dettes"})
    french.refresh_from_db()
    source, target = question.snapshot(), french.snapshot()
    assert french.live and target["text"] == "<p>Qui ?</p>" and target["review_key"] == source["review_key"]
    assert [(c["id"], c["correct"]) for c in source["choices"]] == [(c["id"], c["correct"]) for c in target["choices"]]
    kind = KINDS[question.kind]
    assert kind.mark(target, kind.best_answer(source)).fraction == 1
    assert french.kind_label == question.kind_label


def test_a_translated_quiz_asks_translations_and_follows_its_source(learner, site, django_capture_on_commit_callbacks):
    first, second = make_question(single_choice("<p>Who?</p>")), make_question(single_choice("<p>What?</p>"))
    quiz = make_quiz([first], title="Quiz", pass_mark=70)
    with django_capture_on_commit_callbacks(execute=True):
        french_quiz = translate(quiz, "fr", {"Quiz": "Questionnaire"})
        translate(first, "fr", {"Who?": "Qui ?"})
    assert (french_quiz.title, french_quiz.pass_mark, french_quiz.items.count()) == ("Questionnaire", 70, 1)
    assert [r.snapshot["text"] for r in start_attempt(user=learner, quiz=french_quiz).responses.all()] == ["<p>Qui ?</p>"]

    quiz.items.create(question=second, sort_order=1)
    quiz.pass_mark, quiz.draw_from = 90, first.bank
    quiz.save()
    source = TranslationSource.objects.get_for_instance(quiz)
    source.update_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        source.create_or_update_translation(french_quiz.locale, fallback=True)
    french_quiz = Quiz.objects.get(pk=french_quiz.pk)
    assert (french_quiz.pass_mark, french_quiz.draw_from) == (90, first.bank)
    assert [question.translation_key for question in french_quiz.pool()] == [first.translation_key, second.translation_key]


def test_the_translate_button_works_for_both(client_for, administrator, site):
    client = client_for(administrator)
    for instance in (make_question(), make_quiz()):
        listing = client.get(reverse(type(instance).snippet_viewset.get_url_name("list"))).content.decode()
        url = re.search(r'href="(/admin/localize/submit/snippet/[^"]+)"', listing)[1]
        assert client.get(url).status_code == 200
        client.post(url, {"locales": [Locale.objects.get(language_code="bg").pk]})
        assert type(instance).objects.filter(locale__language_code="bg", translation_key=instance.translation_key).exists()
        edit = client.get(
            reverse(type(instance).snippet_viewset.get_url_name("edit"), args=[instance.get_translations().get().pk])
        )
        assert edit.status_code == 200
