"""A trainer writes, and reads beside the text what to look at: before saving, and gone once it is mended."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.checks.loading import load_terminology
from courses.models import LessonPage
from quizzes.models import Question
from tests.browsing import EDITOR_READY, NewPage
from tests.e2e.learner import sign_in
from tests.factories.courses import block
from tests.factories.editing import admin_url
from tests.factories.practice import put_into
from tests.factories.quizzes import make_question, single_choice

pytestmark = pytest.mark.browser


def open_checks_of(page: Page, address: str) -> Locator:
    """The panel of checks beside what is edited at ``address``."""
    page.goto(address)
    page.wait_for_function(EDITOR_READY)
    page.get_by_role("button", name="Toggle checks").click()
    return page.locator("[data-text-findings]")


def test_findings_come_and_go_while_a_trainer_writes(new_page: NewPage, trainer, lessons: list[LessonPage]) -> None:
    load_terminology(Path("content/site"))
    put_into(lessons[0], block("text", "<p>They rescued her.</p>"))
    page = new_page()
    page.goto("/admin/")
    sign_in(page, trainer.email)
    panel = open_checks_of(page, f"/admin/pages/{lessons[0].pk}/edit/")
    expect(panel).to_contain_text("“rescued”: say “bring to safety” instead.")
    panel.get_by_role("button", name="Show").click()
    box = page.get_by_role("region", name="Content", exact=True).get_by_role("textbox").first
    expect(box).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("They brought her to safety.")
    expect(panel).to_contain_text("Nothing to look at.")
    page.goto("/en/")


def test_show_opens_the_tab_in_which_the_field_stands(new_page: NewPage, trainer, lessons: list[LessonPage]) -> None:
    load_terminology(Path("content/site"))
    module = lessons[0].get_parent().specific
    module.content_note = "They rescued her."
    module.save_revision()
    page = new_page()
    page.goto("/admin/")
    sign_in(page, trainer.email)
    panel = open_checks_of(page, f"/admin/pages/{module.pk}/edit/")
    expect(panel).to_contain_text("“rescued”: say “bring to safety” instead.")
    note = page.get_by_label("Content note", exact=True)
    expect(note).to_be_hidden()
    panel.get_by_role("button", name="Show").click()
    expect(note).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("They brought her to safety.")
    expect(panel).to_contain_text("Nothing to look at.")
    page.goto("/en/")


def test_findings_stand_beside_a_question(new_page: NewPage, trainer, site) -> None:
    question = make_question(single_choice("<p>She was born on 14 March 2009. Who speaks for her?</p>"))
    page = new_page()
    page.goto("/admin/")
    sign_in(page, trainer.email)
    panel = open_checks_of(page, admin_url(Question, "edit", question.pk))
    expect(panel).to_contain_text("“14 March 2009” may come from a real case.")
    panel.get_by_role("button", name="Show").click()
    expect(page.locator(f'[data-contentpath="{question.body[0].id}"]').get_by_role("textbox").first).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Who speaks for the child?")
    expect(panel).to_contain_text("Nothing to look at.")
    page.goto("/en/")
