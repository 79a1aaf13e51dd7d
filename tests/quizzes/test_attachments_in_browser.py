"""Pictures and files beside a question in a real browser: in attempt, feedback and review, whatever they are called."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from quizzes.models import Quiz
from tests.browsing import NewPage
from tests.factories.attachments import file_of, make_document, make_image, picture_of
from tests.factories.courses import items
from tests.factories.quizzes import make_question, make_quiz, start_url, true_false

pytestmark = pytest.mark.browser
LOOKS = [(320, False), (320, True), (1280, False), (1280, True)]  # width in pixels, dark
HOSTILE = '<script>alert("Писмо")</script> & ' + "Donaudampfschifffahrtsgesellschaft" * 5
LETTER = b"The court asks for a report."


@pytest.fixture
def quiz(site) -> Quiz:
    """One question with a wide, a small and a decorating picture, and files with awkward names; read why after each question."""
    wide, small = make_image("wide.png", (1600, 200)), make_image("<b>small&.png", (24, 24))
    files = [
        file_of(make_document("letter.docx", LETTER, language="bg"), "The letter of the court"),
        file_of(make_document('<b>"&.html', b"<p>Rules</p>"), HOSTILE),
        file_of(make_document("without_ending", b""), "A"),
    ]
    pictures = [picture_of(wide, "A long sign over a door"), picture_of(small, HOSTILE), picture_of(small, "")]
    question = make_question(true_false(attachments=items([*pictures, *files])))
    return make_quiz([question], behaviour="immediate", open_to_all=True)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_attachments_fit_and_pass_axe_wherever_the_question_is_read(
    new_page: NewPage, learner: User, quiz: Quiz, assert_no_violations, assert_fits, width: int, dark: bool
) -> None:
    page = new_page(width=width, dark=dark, user=learner)

    def check() -> None:
        _seen(page)
        assert_no_violations(page)
        assert_fits(page)

    page.goto(start_url(quiz))
    page.get_by_role("button", name="Start").click()
    check()
    _answer(page)
    expect(page.locator("#feedback")).to_be_focused()
    check()
    _hand_in(page)
    check()


def test_visitor_without_script_takes_a_file_along_from_attempt_feedback_and_review(new_page: NewPage, quiz: Quiz) -> None:
    page = new_page(width=320, javascript=False)
    page.goto(start_url(quiz))
    page.get_by_role("button", name="Start").click()
    _take_along(page)
    _answer(page)
    _take_along(page)
    _hand_in(page)
    _take_along(page)


def _answer(page: Page) -> None:
    page.locator("main .choice label").first.click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#feedback")).to_be_visible()


def _hand_in(page: Page) -> None:
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("#result")).to_be_visible()


def _seen(page: Page) -> None:
    """Each picture with its words or with none, each file by its title, and nothing of a title taken for code."""
    assert [image.get_attribute("alt") for image in page.locator("main img").all()] == ["A long sign over a door", HOSTILE, ""]
    for title in ("The letter of the court", HOSTILE, "A"):
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    expect(page.locator(".document", has_text="The letter").locator(".meta")).to_have_text("DOCX · 28\xa0bytes · Български")


def _take_along(page: Page) -> None:
    with page.expect_download() as started:
        page.get_by_role("link", name="The letter of the court").click()
    assert started.value.suggested_filename.endswith(".docx")
    assert Path(started.value.path()).read_bytes() == LETTER
