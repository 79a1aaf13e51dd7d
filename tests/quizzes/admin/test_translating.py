"""Translators of questions and quizzes are offered words for people; every setting follows the source."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from quizzes.models import Question, Quiz
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import make_question, make_quiz, single_choice
from tests.quizzes.test_translation import WORDS, offered, wordy

pytestmark = pytest.mark.django_db
MACHINE = {
    "name": "Key", "difficulty": 2, "penalty": "0.5", "keep_order": True, "retired": True, "jurisdiction": "BE",
    "checked_by": "Anke", "checked_on": "2026-05-01", "review_by": "2027-05-01",
}  # fmt: skip


def tagged(**fields):
    question = make_question(wordy(single_choice), outcome=f"{WORDS} outcome", source=f"{WORDS} source", **fields)
    question.tags.add("papers")
    question.save()
    return Question.objects.get(pk=question.pk)


def test_no_key_date_or_code_of_a_question_is_offered():
    texts = offered(tagged(**MACHINE))
    assert texts and all(str(text).startswith(WORDS) for text in texts), texts


def test_sections_and_feedback_by_score_are_offered_and_nothing_else_of_a_quiz():
    quiz = make_quiz(title=f"{WORDS} title", access_code="open sesame", navigation="one_way", opens_at="2026-05-01T10:00Z")
    quiz.sections.create(title=f"{WORDS} section", starts_at=1, locale=quiz.locale)
    quiz.bands.create(from_percent=50, text=f"<p>{WORDS} band</p>", locale=quiz.locale)
    quiz.items.create(draw_count=2, draw_outcome="A key", draw_tag="papers", sort_order=9)
    quiz.save()
    assert set(offered(Quiz.objects.get())) == {f"{WORDS} title", f"{WORDS} section", f"{WORDS} band"}


def send(instance, run):
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    locale = Locale.objects.get(language_code="fr")
    Translation.objects.get_or_create(source=source, target_locale=locale)
    with run(execute=True):
        source.create_or_update_translation(locale, fallback=True)
    return instance.get_translation(locale)


def test_settings_of_a_question_follow_their_source(site, django_capture_on_commit_callbacks):
    question = tagged()
    french = send(question, django_capture_on_commit_callbacks)
    assert [tag.name for tag in french.tags.all()] == ["papers"]
    for name, value in MACHINE.items():
        setattr(question, name, value)
    question.bank = QuestionBankFactory(name="Elsewhere")
    question.tags.set(["borders"])
    question.save()
    french = send(Question.objects.get(pk=question.pk), django_capture_on_commit_callbacks)
    french, question = Question.objects.get(pk=french.pk), Question.objects.get(pk=question.pk)
    assert [tag.name for tag in french.tags.all()] == ["borders"]
    for name in [*MACHINE, "bank"]:
        assert getattr(french, name) == getattr(question, name), name


def test_settings_draws_sections_and_bands_of_a_quiz_follow_their_source(site, django_capture_on_commit_callbacks):
    quiz = make_quiz([make_question()])
    quiz.sections.create(title="One", starts_at=1, locale=quiz.locale)
    french = send(quiz, django_capture_on_commit_callbacks)
    quiz.items.create(draw_count=2, draw_tag="papers", sort_order=9)
    quiz.sections.create(title="Two", starts_at=2, locale=quiz.locale)
    quiz.bands.create(from_percent=50, text="<p>Half</p>", locale=quiz.locale)
    quiz.navigation, quiz.review_later, quiz.access_code = "one_way", ["points"], "code"
    quiz.save()
    send(Quiz.objects.get(pk=quiz.pk), django_capture_on_commit_callbacks)
    french = Quiz.objects.get(pk=french.pk)
    assert [item.draw_tag for item in french.items.all()] == ["", "papers"]
    assert [section.starts_at for section in french.sections.all()] == [1, 2] and french.bands.get().from_percent == 50
    assert (french.navigation, french.review_later, french.access_code) == ("one_way", ["points"], "code")
