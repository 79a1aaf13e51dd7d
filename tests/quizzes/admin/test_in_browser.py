"""A trainer at work in a real browser: a quiz built by keyboard alone, and axe on our own pages."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Question, QuestionFlag, Quiz
from tests.factories.editing import admin_url, bulk_url
from tests.factories.quizzes import make_question, make_quiz, single_choice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page, name):
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/{name}.png", full_page=False)


def test_a_trainer_builds_a_quiz_by_keyboard(new_page, site, administrator):
    fixed = make_question(single_choice("<p>Who signs first?</p>"))
    for n in range(3):
        make_question(single_choice(f"<p>Sign {n}?</p>"), outcome="See signs")
    page = new_page(user=administrator)
    page.goto(admin_url(Quiz, "add"))
    page.get_by_role("textbox", name="Title").fill("Built by keyboard")
    add = page.get_by_role("button", name="Add Item")
    add.press("Enter")
    page.get_by_role("button", name="Choose a question", exact=True).press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Who signs first?").press("Enter")
    expect(page.locator("#id_items-0-question-title")).to_have_text("Who signs first?")
    expect(dialog).to_be_hidden()
    add.press("Enter")
    page.locator("#id_items-1-draw_count").fill("2")
    page.locator("#id_items-1-draw_outcome").fill("See signs")
    look(page, "builder")
    page.get_by_role("button", name="More actions").press("Enter")
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    expect(page.get_by_text("created and published")).to_be_visible()
    quiz = Quiz.objects.get()
    assert [(one.question_id, one.draw_count) for one in quiz.items.all()] == [(fixed.pk, 0), (None, 2)]


@pytest.mark.parametrize("width", [1280, 320])
def test_our_pages_for_trainers_have_no_violations(
    new_page, site, trainer, learner, assert_no_violations, assert_nothing_cut_off, width
):
    question = make_question(review_by=timezone.localdate().replace(year=2020), source="Act 1", jurisdiction="BE")
    make_quiz([question])
    QuestionFlag.objects.create(
        question_key=question.translation_key, language="en", user=learner, reason=QuestionFlag.Reason.UNCLEAR
    )
    first = question.save_revision()
    question.outcome = "Newer words"
    second = question.save_revision()
    page = new_page(width=width, user=trainer)
    for name, url in {
        "doubts": reverse("quizzes_admin:flags"),
        "outdated": reverse("quizzes_admin:outdated"),
        "retire": bulk_url("retire", question),
        "check": bulk_url("set_checked", question),
        "usage": admin_url(Question, "usage", question.pk),
        "compare": admin_url(Question, "revisions_compare", question.pk, first.pk, second.pk),
        "overrides": reverse("quiz_overrides:add"),
        "try": reverse("quizzes_admin:try", args=[question.pk]),
    }.items():
        page.goto(url)
        look(page, name)
        assert_no_violations(page, context="main")
        assert_nothing_cut_off(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Mark my answer").click()
    expect(page.get_by_text("1 of 1 point")).to_be_visible()
    look(page, "tried")
    assert_no_violations(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_list_of_questions_can_be_read_on_any_window(new_page, site, trainer, assert_no_violations, width):
    make_question(single_choice("<p>A neighbour rings about a child whom nobody has seen at school. What comes first?</p>"))
    page = new_page(width=width, user=trainer)
    page.goto(admin_url(Question, "list"))
    look(page, f"list-{width}")
    assert_no_violations(page, context="#listing-results")
    assert page.locator("td.title").bounding_box()["width"] >= 200
    doubts = page.get_by_role("columnheader", name="Doubts")
    doubts.scroll_into_view_if_needed()
    expect(doubts).to_be_in_viewport()


def test_the_table_of_what_is_shown_when_has_no_violations(new_page, site, trainer, assert_no_violations):
    question = make_question()
    quiz = make_quiz([question])
    page = new_page(user=trainer)
    page.goto(admin_url(Question, "list"))
    look(page, "list")
    page.goto(admin_url(Quiz, "edit", quiz.pk))
    heading = page.get_by_role("heading", name="What learners see when")
    page.locator("section.w-panel", has=heading).get_by_role("button", name="Toggle section").press("Enter")
    expect(page.get_by_role("checkbox", name="Points Later, while the quiz is open")).to_be_checked()
    page.get_by_role("checkbox", name="Points Later, while the quiz is open").scroll_into_view_if_needed()
    look(page, "matrix")
    assert_no_violations(page, context="table:has([name=review_during])")
    page.goto(admin_url(Question, "edit", question.pk))
    look(page, "question")
