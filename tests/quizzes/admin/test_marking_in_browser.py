"""A trainer marks a text with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from quizzes.models import Attempt
from tests.factories.correcting import exclude_url, job_url, preview
from tests.factories.marking import colleague, make_essay_quiz, mark_url, write
from tests.factories.quizzes import make_quiz, take_quiz

pytestmark = pytest.mark.browser


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, locator, most=80):
    """Press Tab until ``locator`` has the focus."""
    for _n in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_text_is_marked_by_keyboard(site, new_page, organisation, trainer, assert_no_violations, width):
    attempt = write(make_essay_quiz(), colleague(organisation))
    page = new_page(width=width, user=trainer)
    page.goto("/admin/quizzes/marking/")
    assert_no_violations(page, "#main")
    link = page.get_by_role("link", name="What do you write into your note?")
    tab_to(page, link)
    press(page, "Enter")

    expect(page.get_by_role("heading", name="Mark an answer")).to_be_visible()
    assert_no_violations(page, "#main")
    tab_to(page, page.get_by_label("Tells seen from guessed"))
    page.keyboard.type("2")
    press(page, "Tab")
    page.keyboard.type("9")
    tab_to(page, page.get_by_label("Comment for the learner"))
    page.keyboard.type("Calm and clear.")
    press(page, "Tab", "Enter")

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_no_violations(page, "#main")
    second = page.get_by_label("Names a safe next step")
    tab_to(page, second)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1")
    tab_to(page, page.get_by_role("button", name="Give these points"))
    press(page, "Enter")

    expect(page.get_by_text("Points saved.")).to_be_visible()
    assert Attempt.objects.get(pk=attempt.pk).percent == 100


def test_the_other_pages_of_the_desk_are_clean(site, new_page, client_for, organisation, trainer, assert_no_violations):
    quiz = make_quiz()
    attempt = take_quiz(colleague(organisation), quiz, right=1)
    key = str(attempt.responses.get(position=3).question_key)
    job = preview(client_for(trainer), exclude_url(quiz), {"act": "leave_out", "question": key})
    waiting = write(make_essay_quiz(title="A note"), colleague(organisation))
    paths = ["tries/", f"tries/{attempt.public_id}/", f"tries/{attempt.public_id}/open/", "corrections/"]
    page = new_page(user=trainer)

    for path in [*(f"/admin/quizzes/{path}" for path in paths), exclude_url(quiz), job_url(job), mark_url(waiting)]:
        page.goto(path)
        assert_no_violations(page, "#main")
