"""Trainers mark texts and correct results: with the keyboard alone, and on a phone."""

import os

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from quizzes.models import Attempt
from tests.factories.correcting import exclude_url, job_url, preview
from tests.factories.marking import colleague, make_essay_quiz, mark_url, write
from tests.factories.quizzes import make_quiz, take_quiz

pytestmark = pytest.mark.browser


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def look(page, name):
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/{name}-{page.viewport_size['width']}.png")


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


@pytest.mark.parametrize("width", [1280, 360])
def test_two_people_mark_and_read_each_other_afterwards(
    site, new_page, organisation, trainer, assert_no_violations, assert_nothing_cut_off, width
):
    attempt = write(make_essay_quiz(second_marker=True), colleague(organisation))
    second = colleague(organisation, Role.TRAINER, full_name="Petra Second")

    def marks(user, points, comment, told):
        page = new_page(width=width, user=user)
        page.goto("/admin/quizzes/marking/")
        assert_nothing_cut_off(page)
        page.get_by_role("link", name="What do you write into your note?").click()
        assert not page.get_by_text("Seen from afar.").is_visible()
        page.get_by_label("Tells seen from guessed").fill(points)
        page.get_by_label("Names a safe next step").fill("0")
        page.get_by_label("Comment for the learner").fill(comment)
        page.get_by_role("button", name="Give these points").click()
        expect(page.get_by_text(told)).to_be_visible()
        return page

    marks(trainer, "2", "Seen from afar.", "Points saved.")
    attempt.refresh_from_db()
    assert attempt.waiting
    page = marks(second, "0", "Nothing is told.", "Saved. The two marks are more than 25 per cent apart.")
    attempt.refresh_from_db()
    assert not attempt.waiting and 66 < attempt.percent < 67  # a third of the text, all of the choice

    page.goto(mark_url(attempt, query="?show=mine"))
    both = page.get_by_role("region", name="Both marks")
    expect(both).to_contain_text("They are more than 25 per cent apart.")
    expect(both).to_contain_text("Seen from afar.")
    look(page, "both")
    assert_no_violations(page, "#main")
    assert_nothing_cut_off(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_a_question_is_left_out_and_taken_in_again(
    site, new_page, organisation, trainer, assert_no_violations, assert_nothing_cut_off, width
):
    quiz = make_quiz(pass_mark=60)
    attempt = take_quiz(colleague(organisation), quiz, right=1)
    page = new_page(width=width, user=trainer)

    def checked(name):
        look(page, name)
        assert_no_violations(page, "#main")
        assert_nothing_cut_off(page)

    page.goto(f"/admin/quizzes/tries/?quiz={quiz.translation_key}")
    page.get_by_role("link", name="Leave a question of this quiz out of the results").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leave questions out")
    checked("exclude")
    page.get_by_role("button", name="Leave out A border must be crossed.").click()
    expect(page.get_by_text("1 try gets another result.")).to_be_visible()
    checked("preview")
    page.get_by_role("button", name="Correct 1 try").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why.")
    checked("no-reason")
    page.get_by_label("Reason").fill("The law has changed.")
    page.get_by_role("button", name="Correct 1 try").click()
    expect(page.get_by_text("1 try was corrected.")).to_be_visible()
    checked("corrected")
    attempt.refresh_from_db()
    assert attempt.percent == 50

    page.goto(exclude_url(quiz))
    page.get_by_role("button", name="Take in again A border must be crossed.").click()
    page.get_by_label("Reason").fill("It has not.")
    page.get_by_role("button", name="Correct 1 try").click()
    expect(page.get_by_text("1 try was corrected.")).to_be_visible()
    attempt.refresh_from_db()
    assert 33 < attempt.percent < 34


@pytest.mark.parametrize("width", [1280, 320])
def test_a_correction_that_failed_says_what_to_do(
    site, new_page, client_for, organisation, trainer, assert_no_violations, assert_nothing_cut_off, width
):
    quiz = make_quiz()
    attempt = take_quiz(colleague(organisation), quiz, right=1)
    key = str(attempt.responses.get(position=3).question_key)
    job = preview(client_for(trainer), exclude_url(quiz), {"act": "leave_out", "question": key})
    before = attempt.responses.get(position=2).snapshot
    attempt.responses.filter(position=2).update(snapshot={})
    page = new_page(width=width, user=trainer)
    page.goto(job_url(job))
    page.get_by_label("Reason").fill("A wrong law")
    page.get_by_role("button", name="Correct 1 try").click()
    expect(page.get_by_role("alert")).to_contain_text("0 of 1 tries are corrected.")
    look(page, "failed")
    assert_no_violations(page, "#main")
    assert_nothing_cut_off(page)

    attempt.responses.filter(position=2).update(snapshot=before)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("1 try was corrected.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_other_pages_of_the_desk_are_clean(
    site, new_page, client_for, organisation, trainer, assert_no_violations, assert_nothing_cut_off, width
):
    quiz = make_quiz()
    attempt = take_quiz(colleague(organisation), quiz, right=1)
    key = str(attempt.responses.get(position=3).question_key)
    job = preview(client_for(trainer), exclude_url(quiz), {"act": "leave_out", "question": key})
    waiting = write(make_essay_quiz(title="A note"), colleague(organisation))
    paths = ["tries/", f"tries/{attempt.public_id}/", f"tries/{attempt.public_id}/open/", "corrections/"]
    page = new_page(width=width, user=trainer)

    for path in [*(f"/admin/quizzes/{path}" for path in paths), exclude_url(quiz), job_url(job), mark_url(waiting)]:
        page.goto(path)
        assert_no_violations(page, "#main")
        assert_nothing_cut_off(page)
