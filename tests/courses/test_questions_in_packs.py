"""A pack may ask questions of every kind: with parts, pictures and numbers; what is left out stays empty."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.images.tests.utils import get_test_image_file

from quizzes.kinds import KINDS
from quizzes.models import Question

PACK = Path(__file__).parents[2] / "content" / "recognising"
pytestmark = pytest.mark.django_db

CASE = {
    "key": "a-case",
    "kind": "case_study",
    "text": "<p>Ilir is 15.</p>",
    "parts": [
        {
            "id": "signs",
            "kind": "multiple_response",
            "text": "<p>Which are signs?</p>",
            "choices": [
                {"id": "a", "text": "Debt", "correct": True, "credit": 33.33333},
                {"id": "b", "text": "No papers", "correct": True},
                {"id": "c", "text": "A bicycle"},
            ],
        },
        {"id": "sure", "kind": "confidence", "text": "<p>How sure?</p>", "low": "not at all", "high": "completely"},
        {"id": "note", "type": "essay", "value": {"text": "<p>Your note?</p>", "words_to": 100}},
    ],
}
ROOM = {
    "key": "a-room",
    "kind": "hotspot",
    "text": "<p>What helps?</p>",
    "image": {"file": "room.png", "alt": "A room"},
    "areas": [
        {"id": "w", "name": "Window", "x": 12.5, "y": 0, "width": 25, "height": 50, "correct": True},
        {"id": "d", "name": "Door", "x": 60, "y": 10, "width": 20, "height": 80},
    ],
}


@pytest.fixture
def load(site, tmp_path):
    """``load(*questions, fr=None)``: import a small pack whose one quiz asks ``questions``; returns them as they are stored."""
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("[2-9]-*", "bg"))
    for lesson in [*folder.glob("en/1-*/[1-8]-*.yaml"), *folder.glob("fr/1-*/*-*.yaml")]:
        lesson.unlink()
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / "room.png").write_bytes(get_test_image_file(size=(64, 40)).file.getvalue())
    (folder / "media" / "rules.pdf").write_bytes(b"%PDF-1.7")
    (folder / "media" / "broken.png").write_bytes(b"not a picture")

    def run(*questions, fr=None):
        quiz = {"key": "quiz", "title": "Quiz", "slug": "quiz", "questions_per_attempt": 0, "questions": list(questions)}
        (folder / "en/1-understanding/9-quiz.yaml").write_text(yaml.safe_dump(quiz, allow_unicode=True))
        if fr:
            (folder / "fr/1-understanding/9-quiz.yaml").write_text(yaml.safe_dump(fr, allow_unicode=True))
        call_command("import_course", str(folder), stdout=StringIO())
        return {q.kind: q for q in Question.objects.filter(locale__language_code="en")}

    return run


def test_a_case_study_keeps_its_parts_with_stable_ids(load):
    snapshot = load(CASE)["case_study"].snapshot()
    signs, sure, note = snapshot["parts"]
    assert [part["kind"] for part in snapshot["parts"]] == ["multiple_response", "confidence", "essay"]
    assert [choice.get("credit") for choice in signs["choices"]] == ["33.33333", None, None]
    assert (sure["low"], sure["steps"], note["words_from"], note["words_to"]) == ("not at all", 5, None, 100)
    turned = {**CASE, "parts": [CASE["parts"][i] for i in (2, 0, 1)]}
    again = load(turned)["case_study"].snapshot()
    assert [part["id"] for part in again["parts"]] == [note["id"], signs["id"], sure["id"]]
    assert Question.objects.count() == 1


def test_translations_share_the_ids_of_parts(load):
    words = {"parts": [{"id": "sure", "low": "pas du tout"}, {"id": "signs", "choices": [{"id": "c", "text": "Un vélo"}]}]}
    load(CASE, fr={"key": "quiz", "title": "Questionnaire", "questions": [{"key": "a-case", **words}]})
    english, french = (Question.objects.get(locale__language_code=code).snapshot() for code in ("en", "fr"))
    assert [part["id"] for part in english["parts"]] == [part["id"] for part in french["parts"]]
    assert [c["id"] for c in english["parts"][0]["choices"]] == [c["id"] for c in french["parts"][0]["choices"]]
    assert french["parts"][0]["choices"][2]["text"] == "Un vélo" and french["parts"][1]["low"] == "pas du tout"
    assert french["parts"][2]["text"] == "<p>Your note?</p>"


def test_a_picture_comes_from_the_pack(load):
    snapshot = load(ROOM)["hotspot"].snapshot()
    assert snapshot["picture"]["alt"] == "A room" and snapshot["choices"][0]["x"] == 12.5
    assert KINDS["hotspot"].mark(snapshot, KINDS["hotspot"].best_answer(snapshot)).fraction == 1


def test_further_pictures_and_files_come_from_the_pack(load):
    files = [{"image": {"file": "room.png", "alt": "The room again"}}, {"file": "rules.pdf", "title": "The rules"}]
    picture, file = load({**ROOM, "attachments": files})["hotspot"].snapshot()["attachments"]
    assert picture["image"]["alt"] == "The room again"
    assert (file["title"], file["file"]["file_extension"]) == ("The rules", "pdf")


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        ({**CASE, "parts": [{"id": "x", "kind": "telepathy"}]}, "unknown kind telepathy"),
        ({**CASE, "parts": [{"id": "x", "kind": "case_study"}]}, "unknown kind case_study"),
        ({**CASE, "parts": ["just words", "more words"]}, "unknown kind None"),
        ({**CASE, "parts": CASE["parts"][:1]}, "question a-case, parts: Write two to ten parts."),
        ({**ROOM, "areas": [{**ROOM["areas"][0], "x": "left"}, ROOM["areas"][1]]}, "left is not a number"),
        ({**ROOM, "attachments": [{"file": "nowhere.pdf", "title": "x"}]}, "media/nowhere.pdf: there is no such file"),
        ({**ROOM, "attachments": [{"file": "rules.pdf"}]}, "question a-room, attachments 1, title"),
        ({**ROOM, "image": None}, "question a-room, image"),
        ({**ROOM, "image": {"file": "nowhere.png", "alt": "A room"}}, "media/nowhere.png: there is no such file"),
        ({**ROOM, "image": {"file": "broken.png", "alt": "A room"}}, "media/broken.png: Upload a valid image"),
        ({**ROOM, "image": {"file": "room.png"}}, "question a-room, image, alt_text"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_loaded(load, question, complaint):
    with pytest.raises(CommandError, match="Nothing was loaded") as refusal:
        load(question)
    assert complaint in str(refusal.value)
    assert not Question.objects.exists()
