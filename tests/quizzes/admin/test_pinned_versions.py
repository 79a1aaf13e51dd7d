"""An item of a quiz may keep to the version of its question that was published when a trainer said so."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Revision

from quizzes.corrections import Regrade
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories.editing import PUBLISH, admin_url, item, quiz_data
from tests.factories.quizzes import best_answer, make_question, make_quiz, single_choice, translated

pytestmark = pytest.mark.django_db


def publish(question, text):
    """Publish ``question`` with another wording."""
    question = Question.objects.get(pk=question.pk)
    raw = question.body.raw_data[0]
    raw["value"]["text"] = f"<p>{text}</p>"
    question.body = [(raw["type"], question.body.stream_block.to_python([raw])[0].value)]
    question.save_revision().publish()
    return Question.objects.get(pk=question.pk)


@pytest.fixture
def question(db):
    return publish(make_question(), "First wording?")


def pinned(question, **fields):
    quiz = make_quiz([question], **fields)
    quiz.items.update(version=question.live_revision)
    return Quiz.objects.get(pk=quiz.pk)


def asked(learner, quiz):
    Attempt.objects.all().delete()
    response = start_attempt(user=learner, quiz=quiz).responses.get()
    return response.snapshot["text"], response.question_version


def test_a_pinned_item_asks_its_version_and_others_the_newest(learner, site, question):
    kept, free = pinned(question), make_quiz([question])
    first = question.live_revision_id
    newer = publish(question, "Second wording?")
    assert asked(learner, kept) == ("<p>First wording?</p>", first)
    assert asked(learner, free) == ("<p>Second wording?</p>", newer.live_revision_id)


def test_a_question_that_is_asked_no_more_is_not_asked_in_an_old_version_either(learner, site, question):
    other = make_question(single_choice("<p>Another?</p>"))
    quiz = make_quiz([question, other])
    quiz.items.filter(question=question).update(version=question.live_revision)
    Question.objects.filter(pk=question.pk).update(retired=True)
    assert asked(learner, Quiz.objects.get())[0] == "<p>Another?</p>"


def test_a_translation_of_the_quiz_asks_its_own_newest_version(learner, site, question):
    quiz = pinned(question)
    publish(translated(question, "fr"), "En français ?")
    french = translated(quiz, "fr")
    assert asked(learner, french)[0] == "<p>En français ?</p>"


def test_marking_again_leaves_alone_what_a_quiz_asks_on_purpose(learner, trainer, site, question):
    for quiz, person in ((pinned(question), learner), (make_quiz([question]), trainer)):
        attempt = start_attempt(user=person, quiz=quiz)
        save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1))
        submit_attempt(attempt=attempt)
    publish(question, "Second wording?")
    older = Regrade(question.translation_key).responses(Attempt.objects.all())
    assert [response.attempt.user for response in older] == [trainer]


def test_a_version_that_is_asked_is_not_purged(question):
    pinned(question)
    for text in ("Second?", "Third?"):
        publish(question, text)
    call_command("purge_revisions", stdout=StringIO())
    assert Revision.objects.filter(pk=question.live_revision_id).exists()


def test_a_trainer_pins_and_unpins_an_item(at_work, question):
    first = question.live_revision_id
    at_work.post(admin_url(Quiz, "add"), quiz_data([item(question, pin="on")]) | PUBLISH)
    quiz = Quiz.objects.get()
    assert quiz.items.get().version_id == first
    publish(question, "Second wording?")
    url = admin_url(Quiz, "edit", quiz.pk)
    assert "It is the version of" in at_work.get(url).content.decode()
    save(at_work, url, quiz, pin="on")
    assert Quiz.objects.get().items.get().version_id == first, "saving again changes no version"
    assert "Keeps to one version" in preview(at_work, quiz)
    save(at_work, url, quiz)
    assert Quiz.objects.get().items.get().version_id is None


def save(client, url, quiz, **fields):
    row = quiz.items.get()
    data = quiz_data([item(row.question, id=str(row.pk), **fields)])
    return client.post(url, data | PUBLISH | {"items-INITIAL_FORMS": "1"})


def preview(client, quiz):
    return client.get(admin_url(Quiz, "revisions_view", quiz.pk, Quiz.objects.get().latest_revision_id)).content.decode()


def test_what_was_never_published_cannot_be_pinned(at_work):
    html = at_work.post(admin_url(Quiz, "add"), quiz_data([item(make_question(), pin="on")]) | PUBLISH).content.decode()
    assert "This question has no published version yet." in html and not Quiz.objects.exists()
