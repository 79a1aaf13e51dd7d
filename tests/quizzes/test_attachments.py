"""Further pictures and files of a question: learners see and open them, old questions do without, translators meet words only."""

import pytest

from quizzes.kinds import KINDS
from quizzes.raw_values import problems_of
from tests.factories import attachments
from tests.factories.attachments import NO_PICTURE
from tests.factories.courses import items
from tests.factories.quizzes import begin, make_question, make_quiz, question_url, result_url, submit_url, true_false
from tests.quizzes.canaries import case_with_canaries, told, with_canaries
from tests.quizzes.test_translation import WORDS, offered, wordy

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return attachments.make_image()


@pytest.fixture
def document():
    return attachments.make_document()


def picture_of(image, alt=f"{WORDS} sign"):
    return attachments.picture_of(image, alt) | {"image": {"image": image.pk, "alt_text": alt, "decorative": False}}


def file_of(document, title=f"{WORDS} rules"):
    return attachments.file_of(document, title)


def seen(page, image, document):
    assert f'alt="{WORDS} sign"' in page and image.get_rendition("width-800").url in page
    assert f"{WORDS} rules</a>" in page and document.url in page and "PDF" in page


@pytest.mark.parametrize("where", ["question", "part"])
def test_a_learner_sees_pictures_and_opens_files_before_and_after_answering(taker, image, document, where):
    body = with_canaries("true_false") if where == "question" else case_with_canaries("true_false", "short_text")
    holder = body["value"] if where == "question" else body["value"]["parts"][0]["value"]
    holder["attachments"] = items([picture_of(image), file_of(document)])
    attempt = begin(taker, make_quiz([make_question(body)]))
    page = taker.get(question_url(attempt, 1))
    seen(page.content.decode(), image, document)
    assert told([page]) == set()
    answer = taker.get(document.url)
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == b"%PDF-1.7"
    taker.post(submit_url(attempt))
    seen(taker.get(result_url(attempt)).content.decode(), image, document)


def test_what_was_deleted_from_the_library_is_left_out(image, document):
    question = make_question(true_false(attachments=items([picture_of(image), file_of(document)])))
    image.delete()
    document.delete()
    question.refresh_from_db()
    assert question.snapshot()["attachments"] == []


def test_an_attempt_from_before_there_were_attachments_goes_on(taker):
    attempt = begin(taker, make_quiz([make_question(case_with_canaries("true_false", "short_text"))]))
    response = attempt.responses.get()
    for frozen in (response.snapshot, *response.snapshot["parts"]):
        del frozen["attachments"]
    response.save()
    assert taker.get(question_url(attempt, 1)).status_code == 200
    taker.post(submit_url(attempt))
    assert taker.get(result_url(attempt)).status_code == 200


def test_a_translator_is_offered_the_words_of_attachments_and_no_number(image, document):
    body = wordy(true_false)
    before = offered(make_question(body))
    body["value"]["attachments"] = items([picture_of(image), file_of(document)])
    new = [text for text in offered(make_question(body)) if text not in before]
    assert {text for text in new if isinstance(text, str)} == {f"{WORDS} sign", f"{WORDS} rules"}
    assert {entry for entry in new if not isinstance(entry, str)} <= {image.pk, document.pk, False}, "what may be replaced"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"image": NO_PICTURE, "file": None, "title": "Nothing"}, "Choose a picture or a file, one of them."),
        (lambda image, document: picture_of(image) | {"file": document.pk}, "Choose a picture or a file, one of them."),
        (lambda image, document: file_of(document, title=""), "Say what the file is."),
        (lambda image, document: picture_of(image, alt=""), "alt"),
    ],
)
def test_the_editor_says_what_is_missing(image, document, entry, complaint):
    raw = true_false(attachments=items([entry(image, document) if callable(entry) else entry]))["value"]
    [problem] = problems_of(KINDS["true_false"].block(), raw)
    assert problem.startswith(", attachments 1") and complaint in problem
