"""A written lesson opens in the editor as a list of labels; what wants to be seen opens with it."""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Comment

from courses.models import LessonPage
from tests.browsing import NewPage
from tests.factories.courses import block
from tests.factories.practice import put_into

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    message = block("key_message", {"text": "One sign proves little.", "source": ""})
    put_into(lessons[0], block("text", "<p>They rescued her.</p>"), message)
    return lessons[0]


def editor(new_page: NewPage, trainer, lesson: LessonPage) -> Page:
    page = new_page(width=1280, user=trainer)
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    return page


def test_a_written_lesson_opens_as_a_list_of_labels(new_page: NewPage, trainer, lesson) -> None:
    page = editor(new_page, trainer, lesson)
    body = page.get_by_role("region", name="Content", exact=True)
    sentence = body.get_by_label("Sentence")
    expect(sentence).to_be_hidden()
    expect(body).to_contain_text("One sign proves little.")
    body.get_by_role("region", name="Key message").get_by_role("button", name="Toggle section").first.click()
    expect(sentence).to_have_value("One sign proves little.")


def test_a_block_with_a_comment_opens_with_the_lesson(new_page: NewPage, trainer, coordinator, lesson) -> None:
    commented = lesson.body[1]
    path = f"body.{commented.id}.text"
    Comment.objects.create(page=lesson, user=coordinator, text="Which source?", contentpath=path)
    body = editor(new_page, trainer, lesson).get_by_role("region", name="Content", exact=True)
    expect(body.get_by_label("Sentence")).to_be_visible()
    expect(body.get_by_role("region", name="Text", exact=True).get_by_role("textbox")).to_be_hidden()
