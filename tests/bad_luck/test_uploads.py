"""Files that are not what their names say, that are broken, or far too big: refused in words, and nothing of them is kept."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection
from wagtail.users.models import UserProfile

from accounts.models import User
from home.models import SiteDocument, SiteImage
from tests.factories.courses import LessonFactory, block

from .words import SCRIPT, is_harmless, said

pytestmark = pytest.mark.django_db
SVG = f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'.encode()
HTML = f"<!doctype html>{SCRIPT}".encode()
EXE = b"MZ" + b"\x90\x00" * 900
PDF = b"%PDF-1.4\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (120, 90)) -> bytes:
    """Noise, so that half of the file is half of the picture."""
    file = io.BytesIO()
    Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)).save(file, kind)
    return file.getvalue()


def bomb() -> bytes:
    """A hundred kilobytes that would be a gigabyte of picture."""
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def stored() -> Iterator[Callable[[], set[str]]]:
    """``stored()``: the names of the files that were stored since the test began."""
    folder = Path(settings.MEDIA_ROOT)
    before = {str(path) for path in folder.rglob("*") if path.is_file()}
    yield lambda: {path.name for path in folder.rglob("*") if path.is_file() and str(path) not in before}
    for path in folder.rglob("*"):
        if path.is_file() and str(path) not in before:
            path.unlink()


@pytest.fixture
def editor(client_for: Callable[[User], Client], administrator: User, site) -> Client:
    return client_for(administrator)


def upload(editor: Client, what: str, name: str, content: bytes, title: str = "Title"):
    file = SimpleUploadedFile("placeholder", content)
    file.name = name
    data = {"title": title, "collection": Collection.get_first_root_node().pk, "file": file, "shows_person": "False"}
    return editor.post(reverse(f"wagtail{what}:add"), data)


# --- Pictures ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("drawing.svg", SVG, "Not a supported image format"),
        ("page.html", HTML, "Upload a valid image"),
        ("photo.png.html", picture(), "Not a supported image format"),
        ("svg.png", SVG, "The extension does not match"),
        ("page.png", HTML, "Upload a valid image"),
        ("program.png", EXE, "Upload a valid image"),
        ("jpeg.png", picture("JPEG"), "The extension does not match"),
        ("half.png", picture()[:9_000], "This picture is damaged"),
        ("half.jpg", picture("JPEG")[:3_000], "This picture is damaged"),
        ("bomb.png", bomb(), "This picture is far too large"),
        ("wide.png", b"", "The submitted file is empty"),
        ("heavy.png", picture() + b"\0" * 10_500_000, "This file is too big"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_no_picture(editor: Client, stored, name: str, content: bytes, words: str):
    response = upload(editor, "images", name, content, title="Typed title")
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    assert 'value="Typed title"' in html, "what was typed is kept"
    assert not SiteImage.objects.exists() and not stored()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_whole_picture_is_taken(editor: Client, kind: str, stored):
    name = f"photo.{kind.lower()}"
    assert upload(editor, "images", name, picture(kind)).status_code == 302
    assert SiteImage.objects.get().width == 120


def test_several_at_once_and_in_the_chooser_alike(editor: Client, stored):
    for content in (picture()[:9_000], bomb(), SVG):
        several = editor.post(reverse("wagtailimages:add_multiple"), {"files[]": SimpleUploadedFile("half.png", content)})
        assert several.json()["success"] is False and several.json()["error_message"]
        data = {"image-chooser-upload-title": "T", "image-chooser-upload-collection": Collection.get_first_root_node().pk}
        file = {"image-chooser-upload-file": SimpleUploadedFile("half.png", content)}
        assert editor.post(reverse("wagtailimages_chooser:create"), data | file).json()["step"] == "reshow_creation_form"
    assert not SiteImage.objects.exists() and not stored()


@pytest.mark.parametrize("language", ["fr", "bg"])
def test_in_the_language_of_the_editor(editor: Client, administrator: User, language: str, stored):
    UserProfile.objects.create(user=administrator, preferred_language=language)
    html = upload(editor, "images", "half.png", picture()[:9_000]).content.decode()
    assert said("This picture is damaged: a part of it is missing. Save it again, then upload it.", language) in html
    html = upload(editor, "docs", "law.pdf", EXE).content.decode()
    text = "This is no %(kind)s file, whatever its name says. Save it again as %(kind)s, then upload it."
    assert said(text, language).replace("%(kind)s", "PDF") in html


# --- Documents --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("program.exe", EXE, "is not allowed"),
        ("page.html", HTML, "is not allowed"),
        ("drawing.svg", SVG, "is not allowed"),
        ("law.pdf.html", PDF, "is not allowed"),
        ("svg.pdf", SVG, "This is no PDF file"),
        ("page.pdf", HTML, "This is no PDF file"),
        ("program.pdf", EXE, "This is no PDF file"),
        ("program.docx", EXE, "This is no DOCX file"),
        ("page.xlsx", HTML, "This is no XLSX file"),
        ("program.txt", EXE, "This is no TXT file"),
        ("program.csv", EXE, "This is no CSV file"),
        ("page.mp4", HTML, "This is no MP4 file"),
        ("page.mp3", HTML, "This is no MP3 file"),
        ("page.vtt", HTML, "This is no VTT file"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_no_document(editor: Client, stored, name: str, content: bytes, words: str):
    response = upload(editor, "docs", name, content, title="Typed title")
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html and 'value="Typed title"' in html
    assert not SiteDocument.objects.exists() and not stored()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", PDF),
        ("law.docx", b"PK\x03\x04rest"),
        ("talk.mp3", b"ID3\x04"),
        ("talk2.mp3", b"\xff\xfb\x90"),
        ("film.mp4", b"\0\0\0\x20ftypisom"),
        ("film.vtt", b"WEBVTT\n"),
        ("list.csv", "имя;age".encode()),
        ("list.txt", "имя".encode("utf-16")),
    ],
)
def test_a_document_that_is_what_it_says_is_taken(editor: Client, stored, name: str, content: bytes):
    assert upload(editor, "docs", name, content).status_code == 302
    assert SiteDocument.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../../climb.txt",
        "..\\..\\climb.txt",
        f"{SCRIPT}.txt",
        "a%22b; filename=evil.html;.txt",
        "a%0D%0ASet-Cookie: planted=1.txt",
        "имя.txt",
    ],
)
def test_a_document_is_a_download_that_cannot_act(editor: Client, client: Client, stored, name: str):
    upload(editor, "docs", name, b"plain words", title=SCRIPT)
    document = SiteDocument.objects.get()
    assert Path(document.file.path).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
    response = client.get(document.url)
    assert response.getvalue() == b"plain words"
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "planted" not in response.cookies
    assert is_harmless(editor.get(reverse("wagtaildocs:index")).content.decode())


# --- Pictures that broke after they were taken -------------------------------------------------------------------------
@pytest.mark.parametrize("damage", ["half", "gone", "empty"])
def test_a_lesson_outlives_its_picture(editor: Client, client: Client, course, stored, damage: str, caplog):
    upload(editor, "images", "photo.png", picture(), title="Two cups on a table")
    image = SiteImage.objects.get()
    path = Path(image.file.path)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:9_000] if damage == "half" else b"")
    module = course.get_children().first()
    value = {"image": {"image": image.pk, "alt_text": "Two cups on a table", "decorative": False}, "caption": ""}
    lesson = LessonFactory(parent=module, title="With a picture")
    lesson.body = [block("image", value), block("text", "<p>The text that matters.</p>")]
    first = module.get_children().first()
    lesson.save()
    lesson.move(first, pos="left")
    response = client.get(type(lesson).objects.get(pk=lesson.pk).url)
    assert response.status_code == 200
    assert "The text that matters." in response.content.decode()
    assert "Two cups on a table" in response.content.decode(), "the words stand for the picture"
    assert editor.get(reverse("wagtailimages:index")).status_code == 200
