"""A colleague brings a course in and takes it out, on a desk and on a phone."""

import os

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.courses.test_course_files_in_editor import LESSON, packed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_course_comes_in_and_goes_out(
    site, new_page, administrator, assert_no_violations, assert_nothing_cut_off, width
) -> None:
    page = new_page(width=width, user=administrator)

    def checked(name: str) -> None:
        if os.environ.get("LOOK"):
            page.screenshot(path=f"{os.environ['LOOK']}/{name}-{width}.png", full_page=True)
        assert_no_violations(page, "#main")
        assert_nothing_cut_off(page)

    def choose(content: bytes) -> None:
        page.goto("/admin/courses/import/")
        page.get_by_label("Course file").set_input_files(
            {"name": "helping.zip", "mimeType": "application/zip", "buffer": content}
        )
        page.get_by_role("button", name="Read the file").click()

    page.goto("/admin/courses/import/")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the course file.")
    checked("errors")
    choose(packed(lesson=LESSON.replace("type: text", "type: spell")))
    expect(page.get_by_role("list", name="What is wrong")).to_contain_text("unknown type spell")
    checked("problems")

    choose(packed())
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    checked("plan")
    page.get_by_role("button", name="Bring the course in").click()
    expect(page.get_by_text("The course is brought in.")).to_be_visible()
    checked("done")

    lesson = LessonPage.objects.get()
    lesson.title = "Our own title"
    lesson.save_revision().publish()
    choose(packed())
    expect(page.get_by_role("row", name="Who may help")).to_contain_text("title")
    page.get_by_label("Also replace what was edited here").check()
    checked("edited-here")
    page.get_by_role("button", name="Bring the course in").click()
    expect(page.get_by_text("The course is brought in.")).to_be_visible()
    page.goto("/admin/courses/import/")
    checked("upload")

    course = lesson.get_parent().get_parent()
    page.goto(f"/admin/pages/{course.pk}/edit/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Course file (zip)").first.click()
    assert download.value.suggested_filename == "helping.zip"
