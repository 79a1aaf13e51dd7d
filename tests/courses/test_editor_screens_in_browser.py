"""axe and narrow windows on the screens that courses add to Wagtail's: the desk, starters, the review, words and reports.

Where a screen is Wagtail's with a part of ours in it, that part alone is looked at: the list of the review within the page editor
and its dialogues, the rows of a list, the form of a word. What stands around them is Wagtail's to mend.
"""

import os
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from wagtail.models import Comment

from courses.checks.loading import load_terminology
from courses.glossary.loading import load_glossary
from courses.models import GlossaryTerm, LessonPage, UnwantedWord
from learning.models import Enrolment
from tests.browsing import NewPage
from tests.factories.practice import example, put_into

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


def look(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True, animations="disabled")


@pytest.fixture
def busy(lessons: list[LessonPage], trainer, coordinator) -> list[LessonPage]:
    """Something waits under each heading of the desk; the second lesson is under review and lacks much."""
    mine, reviewed, old, law = lessons
    mine.save_revision(user=trainer)
    mine.owner = trainer
    mine.save()
    Comment.objects.create(page=mine, user=coordinator, text="Which source?", contentpath="title")
    reviewed.sensitive = True
    reviewed.save_revision(user=trainer)
    reviewed.get_workflow().start(reviewed, trainer)
    old.review_by = localdate().replace(year=2020)
    old.save()
    put_into(law, example("law", review_by=localdate().replace(year=2020)))
    return lessons


@WIDTHS
def test_the_desk(
    new_page: NewPage, busy, trainer, coordinator, administrator, assert_no_violations, assert_nothing_cut_off, width
):
    for person in (trainer, coordinator, administrator):
        page = new_page(width=width, user=person)
        page.goto("/admin/")
        expect(page.get_by_role("heading", name="Out of date")).to_be_visible()
        look(page, f"desk-{person.pk}", width)
        assert_no_violations(page, "main")
        assert_nothing_cut_off(page)
    for name, address in {"desk-guide": reverse("desk_guide"), "desk-part": reverse("desk_part", args=["outdated"])}.items():
        page.goto(address)
        look(page, name, width)
        assert_no_violations(page, "main")
        assert_nothing_cut_off(page)


@WIDTHS
def test_starters(new_page: NewPage, course, trainer, assert_no_violations, assert_nothing_cut_off, width):
    call_command("import_course", Path(site_settings.CONTENT_DIR) / "starters", verbosity=0)
    page = new_page(width=width, user=trainer)
    for name, address in {
        "places": reverse("courses_starter_places"),
        "starters": reverse("courses_starters", args=[course.pk]),
        "single": reverse("courses_starters", args=[course.get_first_child().pk]),
    }.items():
        page.goto(address)
        look(page, name, width)
        assert_no_violations(page, "main")
        assert_nothing_cut_off(page)


@WIDTHS
def test_the_review(new_page: NewPage, busy, coordinator, assert_no_violations, width):
    page = new_page(width=width, user=coordinator)
    page.goto(f"/admin/pages/{busy[1].pk}/edit/")
    checklist = page.get_by_role("region", name="Before it is published")
    expect(checklist).to_contain_text("Needed: Sources are named")
    look(page, "review", width)
    assert_no_violations(page, "section:has(> #review-checklist)")
    for action in ("Request changes", "Approve"):
        page.get_by_role("main").get_by_role("button", name="More actions").click()
        page.get_by_role("main").get_by_role("button", name=action, exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name="Before it is published")).to_be_visible()
        expect(dialog).to_have_css("opacity", "1")
        look(page, f"review-{action}", width)
        assert_no_violations(page, "[role=dialog] .modal-body, .modal.in .modal-body")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.goto("/en/")


@WIDTHS
def test_words(new_page: NewPage, site, coordinator, assert_no_violations, width):
    load_terminology(Path("content/site"))
    load_glossary(Path("content/site"))
    page = new_page(width=width, user=coordinator)
    for name, model in {"words": UnwantedWord, "glossary": GlossaryTerm}.items():
        page.goto(reverse(model.snippet_viewset.get_url_name("list")))
        look(page, f"{name}-list", width)
        assert_no_violations(page, "#listing-results")
        page.goto(reverse(model.snippet_viewset.get_url_name("edit"), args=[model.objects.first().pk]))
        look(page, f"{name}-edit", width)
        assert_no_violations(page, "main form")
        page.goto("/en/")


@WIDTHS
def test_reports_on_learners(
    new_page: NewPage, course, learner, coordinator, assert_no_violations, assert_nothing_cut_off, width
):
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    put_into(LessonPage.objects.live().first(), example("case"), example("scenario"))
    page = new_page(width=width, user=coordinator)
    for name, address in {
        "report-index": reverse("learning_report_index"),
        "report": reverse("learning_report", args=[course.translation_key]),
        "balance": reverse("courses_balance"),
    }.items():
        page.goto(address)
        look(page, name, width)
        assert_no_violations(page, "main")
        assert_nothing_cut_off(page)
