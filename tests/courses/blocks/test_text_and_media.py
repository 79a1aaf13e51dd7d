"""The blocks that any page may hold, and those of stories and quizzes: how each is written, read, translated and printed."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail_localize.segments.extract import extract_segments

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from printables import pdf
from printables.documents import draft_of
from quizzes.models import Quiz
from tests.factories.courses import block
from tests.factories.pictures import make_picture
from tests.factories.practice import put_into
from tests.printables.reading import failures
from training.blocks import BasicBlocks

BLOCKS = LessonBlocks().child_blocks
NAMES = [*BasicBlocks().child_blocks, "case", "quiz"]
WITH_FILES = {"image", "video", "audio", "document", "quiz"}
# By type: words that readers see of the example, however their browser is made.
SEEN = {
    "text": "best interests",
    "key_message": "A child cannot consent to being exploited.",
    "callout": "The law:",
    "do_dont": "Ask what the child needs now",
    "steps": "Safety first",
    "accordion": "Trafficking may happen inside one town.",
    "quote": "I ask what the child needs before I ask what happened.",
    "table": "Trafficking and smuggling",
    "image": "A bench under a tree",
    "illustration": "<svg",
    "video": "Film, 3 minutes, with captions",
    "audio": "Sound, 3 minutes",
    "document": "Checklist for the first meeting",
    "heading": "What changes when the person is a child",
    "subheading": "Before the first meeting",
    "sources": "Protocol to Prevent",
    "case": "Composite case. No real child.",
    "quiz": "You will need this in the next module.",
}
MACHINE = {"law", "tip", "open-door", "nobody", "agreed"}  # what a choice is called in the database


@pytest.fixture
def body(db: None, quiz: Quiz) -> dict[str, dict]:
    """A block of each type as the database stores it, with files of its own."""
    files = [
        get_document_model().objects.create(title=name, file=ContentFile(content, name=name))
        for name, content in (("film.mp4", b"\0\0\0\x18ftyp"), ("words.vtt", b"WEBVTT"), ("list.pdf", b"%PDF-1.4"))
    ]
    film, captions, paper = (file.pk for file in files)
    media = {"title": "The first meeting", "minutes": 3, "transcript": "<p>Good morning. My name is Ana.</p>"}
    image = {"image": make_picture().pk, "alt_text": "A bench under a tree", "decorative": False}
    values = {
        "image": {"image": image, "caption": "Here two people can talk", "people": "nobody"},
        "video": {**media, "file": film, "captions": captions},
        "audio": {**media, "file": film},
        "document": {"file": paper, "title": "Checklist for the first meeting"},
        "quiz": {"quiz": quiz.pk, "why": "You will need this in the next module."},
    }
    for name in {*NAMES} - WITH_FILES:
        child = BLOCKS[name]
        values[name] = json.loads(json.dumps(child.get_prep_value(child.get_preview_value()), default=str))
    return {name: block(name, values[name]) for name in NAMES}


def page_of(client: Client, lesson: LessonPage, *parts: dict) -> str:
    put_into(lesson, *parts)
    return client.get(lesson.url).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_without_a_script_and_in_another_language(client: Client, lessons, body, name: str) -> None:
    html = page_of(client, lessons[0], body[name])
    assert SEEN[name] in html.split('<div class="body">')[1]
    child = BLOCKS[name]
    value = LessonPage.objects.get(pk=lessons[0].pk).body[0].value
    with override("bg"):
        assert "Source:" not in child.render(value, {"page": lessons[0]})


@pytest.mark.parametrize("name", NAMES)
def test_translators_get_words_and_no_machine_names(lessons, body, name: str) -> None:
    put_into(lessons[0], body[name])
    segments = [getattr(segment, "string", None) for segment in extract_segments(LessonPage.objects.get(pk=lessons[0].pk))]
    texts = {str(getattr(string, "data", string)) for string in segments}
    assert not texts & MACHINE
    if SEEN[name] in str(body[name]):
        assert any(SEEN[name] in text for text in texts), texts


@pytest.mark.parametrize("name", NAMES)
def test_it_is_published_whole_and_kept_as_a_draft_when_empty(body, name: str) -> None:
    child = BLOCKS[name]
    child.clean(child.to_python(body[name]["value"]))
    child.clean_deferred(child.get_default())
    if name != "illustration":
        with pytest.raises(ValidationError):
            child.clean(child.get_default())


@pytest.mark.program("pdftotext")
def test_all_of_them_together_on_paper_are_accessible(lessons, body) -> None:
    put_into(lessons[0], *body.values())
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    assert not [name for name, words in SEEN.items() if words not in html and name != "illustration"]  # which decorates here
    assert "/documents/" in html and "<video" not in html  # a film is an address on paper
    assert failures(pdf.render(html).content) == []


@pytest.mark.parametrize(
    ("name", "field", "said"),
    [
        ("audio", "file", "This is no recording. Choose an MP3 file."),
        ("video", "file", "This is no film. Choose an MP4 file."),
        ("video", "captions", "These are no captions."),
    ],
)
def test_a_file_of_another_kind_is_no_sound_film_or_captions(body, name: str, field: str, said: str) -> None:
    paper = body["document"]["value"]["file"]
    child = BLOCKS[name]
    value = child.to_python({**body[name]["value"], field: paper})
    with pytest.raises(ValidationError) as refused:
        child.clean(value)
    assert said in told_by(refused.value)
    child.clean_deferred(value)


# --- What editors are told --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("quote", {"consent": False}, "Tick this once the person has agreed."),
        ("case", {"composite": False}, "Tick this if the case is invented."),
        ("do_dont", {"do": [{"text": "Say who you are", "why": "They met many."}]}, "minimum number of items is 2"),
        ("do_dont", {"dont": [{"text": "Promise", "why": ""}] * 2}, "This field is required."),
        ("key_message", {"text": "x" * 161}, "at most 160 characters"),
        ("accordion", {"items": [{"title": "One", "text": "<p>One</p>"}] * 9}, "maximum number of items is 8"),
        ("steps", {"items": [{"title": "One", "text": ""}]}, "minimum number of items is 2"),
        ("table", {"rows": [{"cells": ["Only", "two"]}]}, "Every row needs as many cells as there are column headings (3)."),
        ("table", {"caption": ""}, "This field is required."),
        ("video", {"captions": None}, "Add captions"),
        ("audio", {"transcript": ""}, "This field is required."),
        ("image", {"image": {"image": 0, "alt_text": "IMG_1.jpg", "decorative": False}}, "This is a file name."),
        ("sources", {"items": [{"text": "x", "link": "javascript:alert(1)"}]}, "Enter a valid URL."),
    ],
)
def test_editor_is_told_in_words_what_to_mend(body, name: str, changed: dict, said: str) -> None:
    child = BLOCKS[name]
    if "image" in changed:
        changed["image"]["image"] = make_picture().pk
    value = child.to_python({**body[name]["value"], **changed})
    with pytest.raises(ValidationError) as refused:
        child.clean(value)
    assert said in told_by(refused.value)
    if name not in {"key_message", "accordion", "sources"}:  # too much, or what is no address, no draft keeps
        child.clean_deferred(value)


def told_by(error: ValidationError) -> str:
    inner = getattr(error, "block_errors", None)
    if inner is None:
        return " ".join(str(message) for message in error.messages)
    whole = " ".join(str(message) for part in error.non_block_errors.as_data() for message in part.messages)
    return " ".join([whole, *(told_by(part) for part in inner.values())])


def test_a_quiz_without_a_reason_has_no_empty_line(client: Client, lessons, body) -> None:
    body["quiz"]["value"]["why"] = ""
    assert "<p></p>" not in page_of(client, lessons[0], body["quiz"])
    del body["quiz"]["value"]["why"]  # as lessons of an older edition have it
    assert client.get(lessons[0].url).status_code == 200
    assert page_of(client, lessons[0], body["quiz"])


def test_an_author_reads_beside_the_picture_how_to_describe_it() -> None:
    assert "Example: Two cups on a table by a window." in str(BLOCKS["image"].child_blocks["image"].meta.help_text)


@pytest.mark.parametrize("name", ["audio", "video", "document"])
def test_a_file_that_is_gone_leaves_no_way_to_nowhere(client: Client, lessons, body, name: str) -> None:
    put_into(lessons[0], body[name])
    get_document_model().objects.all().delete()
    html = client.get(lessons[0].url).content.decode().split('<div class="body">')[1].split("</article>")[0]
    assert 'href=""' not in html and 'src=""' not in html
    assert ("My name is Ana." in html) == (name != "document"), "the transcript stays"
    assert "address" not in draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html.split("<body")[1]
