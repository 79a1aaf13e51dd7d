"""A trainer writes, and reads beside the text what to look at: before saving, and gone once it is mended."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from courses.checks.loading import load_terminology
from courses.models import LessonPage
from tests.browsing import EDITOR_READY, NewPage
from tests.e2e.learner import sign_in
from tests.factories.courses import block
from tests.factories.practice import put_into

pytestmark = pytest.mark.browser


def test_findings_come_and_go_while_a_trainer_writes(new_page: NewPage, trainer, lessons: list[LessonPage]) -> None:
    load_terminology(Path("content/site"))
    put_into(lessons[0], block("text", "<p>They rescued her.</p>"))
    page = new_page()
    page.goto("/admin/")
    sign_in(page, trainer.email)
    page.goto(f"/admin/pages/{lessons[0].pk}/edit/")
    page.wait_for_function(EDITOR_READY)
    page.get_by_role("button", name="Toggle checks").click()
    panel = page.locator("[data-lesson-findings]")
    expect(panel).to_contain_text("“rescued”: say “bring to safety” instead.")
    panel.get_by_role("button", name="Show").click()
    box = page.get_by_role("region", name="Content", exact=True).get_by_role("textbox").first
    expect(box).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("They brought her to safety.")
    expect(panel).to_contain_text("Nothing to look at.")
    page.goto("/en/")
