"""A card may have a recording of how its front is said: with its size and its source, fetched when somebody presses play."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.documents import get_document_model

from courses.models import CoursePage, LessonPage, PackItem
from quizzes.formats.archive import unpack
from tests.courses.blocks.editing import AWKWARD, block_of, offered_to_translators, page_of, told, value_of
from tests.courses.blocks.journeys import LOOKS, Journeys
from tests.courses.blocks.test_cards_in_browser import go_through_cards
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
SOURCE = "A colleague in Sofia, CC BY-SA 4.0"


SOUND = b"ID3\x04" + b"\x00" * 8000


def recording(name: str = "guardian.mp3"):
    return get_document_model().objects.create(title="Guardian", file=ContentFile(SOUND, name), file_size=len(SOUND))


def cards(sound: Any = None, source: str = SOURCE, front: str = "Guardian") -> list[dict[str, Any]]:
    return [{"front": front, "back": "Who speaks for a child.", "audio": sound and sound.pk, "audio_source": source}, LOOSE]


LOOSE = {"front": "Referral", "back": "Passing a case on."}


def with_sound() -> dict[str, Any]:
    """The example with a recording on its first card, as the database stores it."""
    body = example("flashcards")
    body["value"]["cards"][0]["value"] |= {"audio": recording().pk, "audio_source": SOURCE}
    return body


def test_editor_is_told_what_is_missing() -> None:
    assert told("flashcards", cards=cards(recording())) == []
    assert told("flashcards", cards=cards(source="")) == []
    assert told("flashcards", cards=cards(recording(), "")) == [
        ", cards 1, audio_source: Say who speaks, or where the recording is from."
    ]  # fmt: skip
    for name in ["guardian.pdf", "guardian.mp4"]:
        assert told("flashcards", cards=cards(recording(name))) == [
            ", cards 1, audio: This is no recording. Choose an MP3 file."
        ]  # fmt: skip
    assert told("flashcards", cards=cards(recording("GUARDIAN.MP3"))) == []


def test_recording_stands_with_its_size_and_source_and_is_fetched_on_a_press() -> None:
    sound = recording()
    page = page_of("flashcards", cards=cards(sound))
    assert page.count("<audio") == 1
    assert '<audio controls preload="none" aria-label="Hear “Guardian”">' in page
    assert f'<source src="{sound.url}">' in page and f'<a href="{sound.url}">Download the recording</a>' in page
    assert "7.8\xa0KB" in page and SOURCE in page
    summary = page.split("<summary")[1].split("</summary>")[0]
    assert "<audio" not in summary, "one control inside another"


def test_cards_without_recordings_are_as_they_were() -> None:
    block = block_of("flashcards")
    assert "<audio" not in page_of("flashcards") and "flashcard__sound" not in page_of("flashcards")
    assert [set(card) for card in block.material(value_of("flashcards"), "x", "en")["cards"]] == [{"id", "front", "back"}] * 3


def test_file_that_is_gone_leaves_the_card(lessons: list[LessonPage], client: Client) -> None:
    put_into(lessons[0], with_sound())
    get_document_model().objects.all().delete()
    page = client.get(lessons[0].url).content.decode()
    assert "Guardian" in page and "<audio" not in page


def test_odd_letters_do_no_harm() -> None:
    page = page_of("flashcards", cards=cards(recording(), AWKWARD, AWKWARD))
    assert "<script>" not in page and "<audio" in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)" in page.split('aria-label="')[1].split('"')[0]


def test_translators_are_offered_who_speaks(lessons: list[LessonPage]) -> None:
    assert SOURCE not in offered_to_translators(lessons[0], "flashcards")
    cards = [dict(card) for card in example("flashcards")["value"]["cards"]]
    cards[0]["value"] = {**cards[0]["value"], "audio_source": SOURCE}
    value = block_of("flashcards").to_python({**example("flashcards")["value"], "cards": cards})
    assert SOURCE in offered_to_translators(lessons[0], "flashcards", cards=value["cards"])


def test_course_file_carries_the_recording_and_who_speaks(course: CoursePage, lessons: list[LessonPage], tmp_path: Path) -> None:
    put_into(lessons[0], with_sound())
    key, slug, pack = lessons[0].translation_key, course.slug, tmp_path / "course.zip"
    call_command("export_course", slug, pack, stdout=StringIO())
    files = unpack(pack.read_bytes()).files
    assert [data for name, data in files.items() if name.startswith("media/")] == [SOUND]

    CoursePage.objects.get(pk=course.pk).delete()
    PackItem.objects.all().delete()
    get_document_model().objects.all().delete()
    call_command("import_course", pack, stdout=StringIO())
    cards = LessonPage.objects.get(translation_key=key).body[0].value["cards"]
    with cards[0]["audio"].open_file() as file:
        assert file.read() == SOUND
    assert cards[0]["audio_source"] == SOURCE
    assert [(card["audio"], card["audio_source"]) for card in list(cards)[1:]] == [(None, "")] * 2
    again = StringIO()
    call_command("import_course", pack, stdout=again)
    assert " 0 created, 0 updated" in again.getvalue()


def test_course_file_without_the_recording_is_refused(course: CoursePage, lessons: list[LessonPage], tmp_path: Path) -> None:
    put_into(lessons[0], with_sound())
    pack, folder = tmp_path / "course.zip", tmp_path / "pack"
    call_command("export_course", course.slug, pack, stdout=StringIO())
    for name, data in unpack(pack.read_bytes()).files.items():
        if not name.startswith("media/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    with pytest.raises(CommandError) as refused:
        call_command("import_course", folder, stdout=StringIO())
    assert re.search(r"media/\S*guardian\S*\.mp3: there is no such file", str(refused.value))


@pytest.mark.browser
def test_nothing_is_fetched_before_a_press_and_paper_leaves_it_out(journeys: Journeys) -> None:
    page = journeys.new_page(user=journeys.user, width=320)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/documents/" in request.url else None)
    section = journeys._open(page, with_sound())
    page.wait_for_load_state("networkidle")
    assert not asked
    journeys.assert_fits(page)
    with page.expect_request(re.compile("/documents/")):
        section.locator("audio").evaluate("sound => { sound.play().catch(() => {}); }")
    page.emulate_media(media="print")
    assert not section.locator(".flashcard__sound").is_visible() and section.locator(".flashcard__word").first.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe(journeys: Journeys, width: int, dark: bool) -> None:
    journeys.axe_clean(json.loads(json.dumps(with_sound())), go_through_cards, width, dark, verb="Save my pile")
