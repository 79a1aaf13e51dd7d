"""The glossary in a browser: read by anybody, and linked by a trainer who has only the editor."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from courses.glossary.loading import load_glossary
from courses.models import LessonPage
from tests.browsing import NewPage, unfold
from tests.e2e.learner import sign_in
from tests.factories.courses import block
from tests.factories.practice import put_into

pytestmark = pytest.mark.browser
Check = Callable[[Page], None]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_anybody_reads_it_without_a_script(new_page: NewPage, site, assert_fits: Check, dark: bool) -> None:
    load_glossary(Path("content/site"))
    page = new_page(width=320, javascript=False, dark=dark)
    page.goto("/en/")
    page.get_by_role("contentinfo").get_by_role("link", name="Glossary").click()
    assert_fits(page)
    page.get_by_text("“guardian” in other languages").click()
    expect(page.locator("#guardian")).to_contain_text("voogd")
    assert_fits(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible(new_page: NewPage, site, assert_no_violations: Check, dark: bool) -> None:
    load_glossary(Path("content/site"))
    page = new_page(width=320, dark=dark)
    page.goto("/en/glossary/#guardian")
    page.get_by_text("“guardian” in other languages").click()
    assert_no_violations(page)


def test_a_trainer_links_a_word_in_the_editor(new_page: NewPage, trainer, lessons: list[LessonPage]) -> None:
    load_glossary(Path("content/site"))
    put_into(lessons[0], block("text", "<p>Guardian</p>"))
    page = new_page()
    page.goto("/admin/")
    sign_in(page, trainer.email)
    page.goto(f"/admin/pages/{lessons[0].pk}/edit/")
    unfold(page)
    box = page.get_by_role("region", name="Content", exact=True).get_by_role("textbox").first
    box.click()
    page.keyboard.press("ControlOrMeta+a")
    page.get_by_role("button", name="Word of the glossary").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill("voogd")
    dialog.get_by_role("link", name="guardian", exact=True).click()
    expect(dialog).to_have_count(0)
    page.wait_for_function("() => [...document.querySelectorAll('input[type=hidden]')].some(i => i.value.includes('\"TERM\"'))")
    page.get_by_role("main").get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("updated")
    page.goto("/en/")
    draft = LessonPage.objects.get(pk=lessons[0].pk).get_latest_revision_as_object()
    assert '<a linktype="term" id="guardian">Guardian</a>' in str(draft.body[0].value.source)
