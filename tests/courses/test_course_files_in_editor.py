"""Courses leave the editor as a file, and come back with a plan first: nothing is written before it is confirmed."""

import io
import json
import zipfile
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from courses.models import CourseIndexPage, CoursePage, LessonPage, PackImport
from courses.transfer import jobs
from home.models import SiteImage
from quizzes.models import JobState

pytestmark = pytest.mark.django_db
LESSON = "key: one\ntitle: Who may help\nslug: who-may-help\nbody:\n- id: a\n  type: text\n  value: <p>You may ask.</p>\n"
FILES = {
    "pack.yaml": "format: 1\nslug: helping\nsource_language: en\nlanguages: [en]\n",
    "en/course.yaml": "key: helping\ntitle: Helping\nslug: helping\n",
    "en/1-first/module.yaml": "key: first\ntitle: First\nslug: first\n",
    "en/1-first/1-one.yaml": LESSON,
}


def packed(**changes: str | bytes) -> bytes:
    """A small course as a zip; ``changes``: other words for the lesson (``lesson``), or further files."""
    files = FILES | {"en/1-first/1-one.yaml": changes.pop("lesson", LESSON)} | changes
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return buffer.getvalue()


@pytest.fixture
def editor(client_for, administrator, site) -> Client:
    return client_for(administrator)


def upload(client: Client, content: bytes) -> PackImport:
    response = client.post(reverse("courses_transfer:upload"), {"file": SimpleUploadedFile("helping.zip", content)})
    job = PackImport.objects.get(state=JobState.READY)
    assert response.url == address("import", job)
    return job


def address(name: str, job: PackImport) -> str:
    return reverse(f"courses_transfer:{name}", args=[job.public_id])


def bring_in(client: Client, content: bytes, **fields: str) -> PackImport:
    job = upload(client, content)
    client.post(address("confirm", job), fields)
    job.refresh_from_db()
    return job


def seen(client: Client, job: PackImport) -> str:
    return client.get(address("import", job)).content.decode()


def test_nothing_is_written_before_it_is_confirmed_and_nothing_twice(editor: Client) -> None:
    job = upload(editor, packed())
    page = seen(editor, job)
    assert "Nothing is written yet." in page and "New: 3" in page and "Who may help" in page
    assert not CoursePage.objects.exists()
    for _press in range(2):
        editor.post(address("confirm", job))
    job.refresh_from_db()
    assert (job.state, bytes(job.content)) == (JobState.DONE, b"")
    assert LessonPage.objects.filter(live=True, title="Who may help").count() == 1
    assert "The course is brought in." in seen(editor, job)

    again = upload(editor, packed())
    page = seen(editor, again)
    assert "There is nothing to bring in" in page and "As it is: 3" in page and "Bring the course in" not in page


def test_media_are_put_down_once_and_only_when_confirmed(editor: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    words = LESSON + "- id: b\n  type: document\n  value: {file: checklist.txt, title: Checklist}\n"
    file = packed(lesson=words, **{"media/checklist.txt": "First of all"})

    def stored() -> list[str]:
        return [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]

    job = upload(editor, file)
    assert "New: 3" in seen(editor, job) and not stored()
    editor.post(address("confirm", job))
    assert stored() == ["First of all"]
    upload(editor, file)
    assert stored() == ["First of all"]


def test_the_plan_says_whose_the_course_is_and_where_it_comes_from(editor: Client) -> None:
    told = "licence: <b>CC BY-SA 4.0</b>\nexported_from: https://training.example.org\nexported_on: 2026-11-02\n"
    job = upload(editor, packed(**{"pack.yaml": FILES["pack.yaml"] + told}))
    said = "&lt;b&gt;CC BY-SA 4.0&lt;/b&gt; · https://training.example.org · 2026-11-02"
    assert said in seen(editor, job)
    editor.post(address("confirm", job))
    assert said in seen(editor, job)


def test_that_a_picture_shows_nobody_is_looked_at_here(editor: Client, tmp_path) -> None:
    """Whoever made the file may be wrong, or lie. Who runs the command vouches for it; what is known here already stays known."""
    value = {"file": "sign.png", "alt": "A sign", "credit": "Ann Other, CC BY 4.0", "person": False}
    picture = {"id": "b", "type": "image", "value": {"image": value, "people": "nobody"}}
    lesson = json.dumps({"key": "one", "title": "Who may help", "slug": "who-may-help", "body": [picture]})
    file = packed(lesson=lesson, **{"media/sign.png": get_test_image_file().file.getvalue()})

    def known() -> tuple[bool | None, str]:
        return SiteImage.objects.values_list("shows_person", "credit").get()

    bring_in(editor, file)
    assert known() == (None, "Ann Other, CC BY 4.0")
    assert "Does it show a person?" in editor.get("/admin/").content.decode().split("Pictures to look at")[1]
    (tmp_path / "pack.zip").write_bytes(file)
    call_command("import_course", tmp_path / "pack.zip", stdout=io.StringIO())
    assert known() == (False, "Ann Other, CC BY 4.0")
    upload(editor, file)
    assert known() == (False, "Ann Other, CC BY 4.0")


TIP = {"id": "tip", "type": "callout", "value": {"kind": "tip", "title": "Take your time", "text": "<p>Breathe.</p>"}}
TABLE = {
    "id": "table",
    "type": "table",
    "value": {"caption": "Who does what", "columns": ["", "Leads"], "rows": [["Interpreter", "Guardian"]]},
}


def test_what_a_changed_file_changes_is_named(editor: Client) -> None:
    bring_in(editor, packed())
    job = upload(editor, packed(lesson=LESSON.replace("You may ask.", "You may always ask.")))
    assert [(row["title"], row["fields"]) for row in job.report["updated"]] == [("Who may help", ["content (Text)"])]
    assert "Changed: 1" in seen(editor, job) and "As it is: 2" in seen(editor, job)
    editor.post(address("confirm", job))
    assert "always" in str(LessonPage.objects.get().body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([TIP, TABLE], "content (new: Table “Who does what”)"),
        ([{**TIP, "value": {**TIP["value"], "text": "<p>Wait.</p>"}}], "content (Callout “Take your time”)"),
        ([TABLE], "content (new: Table “Who does what”; taken out: Callout “Take your time”)"),
    ],
)
def test_the_plan_names_the_blocks_that_differ(editor: Client, body: list[dict], said: str) -> None:
    lesson = {"key": "two", "title": "Two", "slug": "two", "minutes": 5}
    bring_in(editor, packed(lesson=json.dumps({**lesson, "body": [TIP]})))
    job = upload(editor, packed(lesson=json.dumps({**lesson, "body": body})))
    assert [row["fields"] for row in job.report["updated"]] == [[said]]
    assert said in unescape(seen(editor, job))


def test_the_plan_of_a_page_that_is_all_new_stays_short(editor: Client) -> None:
    lesson = {"key": "two", "title": "Two", "slug": "two", "minutes": 5}
    bring_in(editor, packed(lesson=json.dumps({**lesson, "body": [TIP]})))
    many = [{**TABLE, "id": f"table-{n}"} for n in range(10)]
    job = upload(editor, packed(lesson=json.dumps({**lesson, "body": [TIP, *many]})))
    [[said]] = [row["fields"] for row in job.report["updated"]]
    assert said.count("new:") == 8 and said.endswith("; 2 more)")


def test_the_plan_says_that_blocks_only_change_places(editor: Client) -> None:
    lesson = {"key": "two", "title": "Two", "slug": "two", "minutes": 5}
    bring_in(editor, packed(lesson=json.dumps({**lesson, "body": [TIP, TABLE]})))
    job = upload(editor, packed(lesson=json.dumps({**lesson, "body": [TABLE, TIP]})))
    assert [row["fields"] for row in job.report["updated"]] == [["content (the order of the blocks)"]]


@pytest.mark.parametrize(("ticked", "title"), [({}, "Our own title"), ({"overwrite": "yes"}, "Who may help")])
def test_what_was_edited_here_is_kept_unless_ticked(editor: Client, ticked: dict[str, str], title: str) -> None:
    bring_in(editor, packed())
    lesson = LessonPage.objects.get()
    lesson.title = "Our own title"
    lesson.save_revision().publish()
    job = upload(editor, packed())
    assert "Edited here, and kept: 1" in seen(editor, job) and "Also replace what was edited here" in seen(editor, job)
    editor.post(address("confirm", job), ticked)
    assert LessonPage.objects.get().title == title


def test_where_the_site_has_changed_since_the_plan_nothing_is_written(editor: Client) -> None:
    bring_in(editor, packed())
    job = upload(editor, packed(lesson=LESSON.replace("You may ask.", "You may always ask.")))
    lesson = LessonPage.objects.get()
    lesson.title = "Our own title"
    lesson.save_revision().publish()
    editor.post(address("confirm", job), {"overwrite": "yes"})
    assert "The site has changed since you looked" in seen(editor, job)
    assert LessonPage.objects.get().title == "Our own title"
    assert "always" not in str(LessonPage.objects.get().body)


def test_what_is_wrong_is_named_with_file_and_block(editor: Client) -> None:
    job = upload(editor, packed(lesson=LESSON.replace("type: text", "type: spell")))
    page = seen(editor, job)
    assert "en/1-first/1-one.yaml: one: block a: unknown type spell." in page and "Bring the course in" not in page
    editor.post(address("confirm", job))
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The package is damaged"),
        (b"not a zip", "The package is damaged"),
        (packed(**{"../out.yaml": "x: 1"}), "unsafe name"),
        (packed().replace(b"pack.yaml", b"pick.yaml"), "there is no pack.yaml"),
    ],
)
def test_what_is_no_course_file_is_refused(editor: Client, content: bytes, words: str) -> None:
    response = editor.post(reverse("courses_transfer:upload"), {"file": SimpleUploadedFile("helping.zip", content)})
    assert response.status_code == 422 and words in response.content.decode()
    assert not PackImport.objects.exists()


def test_an_upload_is_its_owners_only_and_goes_after_a_week(editor: Client, client_for, django_user_model) -> None:
    job = upload(editor, packed())
    other = client_for(django_user_model.objects.create_superuser(email="other@example.org", password="Long enough 1"))
    assert other.get(address("import", job), follow=True).status_code == 404
    assert other.post(address("confirm", job), follow=True).status_code == 404
    PackImport.objects.update(created_at=job.created_at - jobs.KEPT - timedelta(minutes=1))
    response = editor.post(address("confirm", job), follow=True)
    assert "more than a week old" in response.content.decode()
    assert not CoursePage.objects.exists() and not PackImport.objects.exists()


def test_a_cancelled_file_is_gone(editor: Client) -> None:
    job = upload(editor, packed())
    editor.post(address("cancel", job))
    assert not PackImport.objects.exists()
    assert editor.post(address("confirm", job), follow=True).status_code == 404


def test_a_course_is_offered_as_a_file_and_comes_back_unchanged(editor: Client) -> None:
    bring_in(editor, packed())
    course, index = CoursePage.objects.get(), CourseIndexPage.objects.get(locale__language_code="en")
    there = reverse("courses_transfer:file", args=[course.pk])
    for place in (reverse("wagtailadmin_pages:edit", args=[course.pk]), reverse("wagtailadmin_explore", args=[index.pk])):
        assert there in editor.get(place).content.decode()
    assert reverse("courses_transfer:upload") in editor.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    response = editor.get(there)
    assert response["Content-Disposition"] == 'attachment; filename="helping.zip"'
    job = upload(editor, response.content)
    assert "There is nothing to bring in" in seen(editor, job)


def test_who_may_not_publish_courses_imports_none(editor: Client, client_for, trainer, learner) -> None:
    bring_in(editor, packed())
    file = reverse("courses_transfer:file", args=[CoursePage.objects.get().pk])
    assert client_for(trainer).get(reverse("courses_transfer:upload")).status_code == 302
    assert client_for(learner).get(file).status_code == 403
    course = CoursePage.objects.get()
    course.unpublish()
    assert editor.get(file, follow=True).status_code == 404


def test_what_is_wrong_is_told_in_the_language_of_whoever_brings_the_file(client_for, administrator, site) -> None:
    administrator.language = "fr"
    administrator.save()
    client = client_for(administrator)
    page = unescape(seen(client, upload(client, packed(lesson=LESSON.replace("type: text", "type: poem")))))
    assert "1-one.yaml: one: block a\N{NO-BREAK SPACE}: type inconnu, poem." in page
