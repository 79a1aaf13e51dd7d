"""Fault F11: the disk is full. A clear message, no row without its file, no half file, and all is well again with room.

The database is full when SQLite may not grow (its own limit, its own error); the folder of files is full when it lies in a
file system of a megabyte, which only an administrator of the machine can make, or when a process may write no more than so much.
"""

import io
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from django.urls import path, reverse
from django.utils.translation import override
from PIL import Image
from wagtail.models import Collection

from certificates.models import Certificate, CertificateDocument
from home.errors import no_room_left
from home.models import SiteDocument, SiteImage
from learning.models import Enrolment, LessonCompletion
from quizzes.models import Response
from tests.factories.certificates import issued
from tests.factories.courses import LessonFactory, block
from tests.factories.quizzes import begin, best_answer, posted, question_url
from training.storage import WholeFileStorage
from training.urls import urlpatterns as ours

from .words import said

SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the full disk is a limit of SQLite")
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr", "bg"])
NO_ROOM = "No room to save"


def full(request):
    raise OSError(28, "No space left on device")


def full_below(request):
    try:
        raise sqlite3.OperationalError("database or disk is full")
    except sqlite3.OperationalError as error:
        error.sqlite_errorname = "SQLITE_FULL"
        raise OperationalError(str(error)) from error


urlpatterns = [path("fr/full/", full), path("fr/full-below/", full_below), *ours]
handler500 = "home.errors.server_error"


@contextmanager
def database_may_not_grow() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


# --- The page ---------------------------------------------------------------------------------------------------------
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/fr/full/", "/fr/full-below/"])
def test_a_full_disk_is_said_in_the_language_of_the_reader(client, db, address, caplog):
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == 507
    html = response.content.decode()
    assert said(NO_ROOM, "fr") in html and '<html lang="fr"' in html and "link" not in html.split("<body>")[0]


def test_other_faults_are_not_taken_for_a_full_disk():
    assert not no_room_left(None)
    assert not no_room_left(OSError(13, "Permission denied"))
    assert not no_room_left(RuntimeError("disk is full"))


# --- The database -----------------------------------------------------------------------------------------------------
@SQLITE
@pytest.mark.django_db(transaction=True)
@LANGUAGES
def test_a_certificate_asked_for_on_a_full_disk(client_for, holder, due_certificate, language, caplog):
    browser = client_for(holder)
    browser.raise_request_exception = False
    with override(language):
        url = reverse("certificates:detail", args=[due_certificate.public_id])
    data = {"holder_name": "Ana Ilieva", "language": "en"}
    with database_may_not_grow():
        response = browser.post(url, data)
    due_certificate.refresh_from_db()
    if response.status_code == 507:
        assert said(NO_ROOM, language) in response.content.decode()
        assert due_certificate.status == Certificate.Status.DUE
        response = browser.post(url, data)
    assert response.status_code == 302
    page = browser.get(url).content.decode()
    assert "certificates/" in page and CertificateDocument.objects.count() == 1
    assert due_certificate.events.filter(action="issued").count() == 1


@SQLITE
@pytest.mark.django_db(transaction=True)
def test_no_room_for_the_pdf(client_for, client, holder, template, caplog):
    """The certificate is valid, the page says that the file comes later, and later it comes."""
    certificate = issued(holder, template)
    CertificateDocument.objects.all().delete()
    browser, urls = client_for(holder), {}
    for language in ("en", "fr", "bg"):
        with override(language):
            urls[language] = reverse("certificates:detail", args=[certificate.public_id])
    text = "We could not make the PDF just now. Your certificate is valid all the same"
    with database_may_not_grow():
        for url in urls.values():
            response = browser.get(url)
            assert response.status_code == 200
        assert text in browser.get(urls["en"]).content.decode()
        assert "Download PDF" not in browser.get(urls["en"]).content.decode()
        assert not CertificateDocument.objects.exists()
        assert client.get(reverse("certificates:verify_code", args=[certificate.code])).status_code == 200
    assert "Download PDF" in browser.get(urls["en"]).content.decode()
    assert CertificateDocument.objects.count() == 1


@SQLITE
@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_lesson_on_a_full_disk(client_for, holder, course, lessons, quiz, caplog):
    """Either kept whole, or refused with the page that says so; what was there before stays; later everything works."""
    browser = client_for(holder)
    browser.raise_request_exception = False
    attempt = begin(browser, quiz)
    start = reverse("learning:start", args=[course.translation_key])
    done = reverse("learning:complete_lesson", args=[lessons[0].translation_key])
    answer = posted(best_answer(attempt, 1))
    with database_may_not_grow():
        for url, data in [
            (start, {}),
            (done, {}),
            (question_url(attempt, 1), answer),
            (reverse("accounts:name"), {"full_name": "A" * 190}),
        ]:
            assert browser.post(url, data).status_code in {302, 404, 507}, url
        assert browser.get(lessons[0].get_url()).status_code in {200, 507}
    for url, data in [(start, {}), (done, {}), (question_url(attempt, 1), answer)]:
        assert browser.post(url, data).status_code == 302, url
    assert Enrolment.objects.count() == LessonCompletion.objects.count() == 1
    assert Response.objects.get(attempt=attempt, position=1).answer == best_answer(attempt, 1)


# --- Files ------------------------------------------------------------------------------------------------------------
def test_a_file_that_cannot_be_written_to_its_end_is_taken_away(tmp_path):
    """Writing stops in the middle with an error of the operating system, as a full disk does; needs no rights."""
    storage = WholeFileStorage(location=tmp_path)
    storage.save("before.bin", ContentFile(b"whole"))
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            storage.save("folder/half.bin", ContentFile(b"x" * 1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["before.bin"]
    assert storage.save("folder/half.bin", ContentFile(b"x" * 1_000_000)) == "folder/half.bin"


@pytest.fixture
def media(settings, tmp_path: Path) -> Iterator[Path]:
    """The folder of uploads in a file system of a megabyte."""
    folder = tmp_path / "media"
    folder.mkdir()
    mounted = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if not mounted or mounted.returncode:
        pytest.skip("needs the right to mount a small file system: run as root on Linux")
    settings.MEDIA_ROOT = folder
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def fill(folder: Path, leave: int = 65_536) -> Path:
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    os.truncate(filler, filler.stat().st_size - leave)
    return filler


def picture() -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (300, 200), os.urandom(300 * 200 * 3)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def editor(client_for, administrator, site) -> Client:
    browser = client_for(administrator)
    browser.raise_request_exception = False
    return browser


def upload(editor: Client, what: str, name: str, content: bytes, language: str = "en"):
    file = SimpleUploadedFile(name, content)
    data = {"title": "Title", "collection": Collection.get_first_root_node().pk, "file": file, "shows_person": "False"}
    return editor.post(reverse(f"wagtail{what}:add"), data, headers={"Accept-Language": language})


@LANGUAGES
@pytest.mark.parametrize(("what", "name"), [("images", "photo.png"), ("docs", "list.txt")])
def test_an_upload_on_a_full_disk(editor, media, what, name, language, caplog):
    content = picture() if what == "images" else b"plain words " * 20_000
    model = SiteImage if what == "images" else SiteDocument
    filler = fill(media)
    response = upload(editor, what, name, content, language)
    assert response.status_code == 507
    assert said(NO_ROOM, language) in response.content.decode()
    assert not model.objects.exists()
    assert [path.name for path in media.rglob("*") if path.is_file()] == ["filler"], "no half file"
    filler.unlink()
    assert upload(editor, what, name, content).status_code == 302
    assert Path(model.objects.get().file.path).read_bytes() == content


@pytest.mark.django_db(transaction=True)
def test_a_lesson_opens_when_the_sizes_of_its_picture_find_no_room(editor, client, course, media, caplog):
    upload(editor, "images", "photo.png", picture())
    module = course.get_children().first()
    value = {
        "image": {"image": SiteImage.objects.get().pk, "alt_text": "Two cups on a table", "decorative": False},
        "caption": "",
    }
    lesson = LessonFactory(parent=module)
    lesson.body = [block("image", value), block("text", "<p>The text that matters.</p>")]
    lesson.save()
    lesson.move(module.get_children().first(), pos="left")
    url = type(lesson).objects.get(pk=lesson.pk).url
    filler = fill(media, leave=0)
    response = client.get(url)
    assert response.status_code == 200
    page = response.content.decode()
    assert "The text that matters." in page and "Two cups on a table" in page
    filler.unlink()
    cache.clear()
    assert "/images/photo" in client.get(url).content.decode()
