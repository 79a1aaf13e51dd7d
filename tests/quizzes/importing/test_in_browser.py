"""A trainer brings a file in and takes a bank out, on a desk and on a phone."""

import os

import pytest
from playwright.sync_api import expect

from quizzes.models import Question, QuestionBank
from tests.quizzes.importing.files import GIFT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_a_file_comes_in_and_goes_out(site, new_page, trainer, assert_no_violations, assert_nothing_cut_off, width):
    page = new_page(width=width, user=trainer)

    def checked(name):
        if os.environ.get("LOOK"):
            page.screenshot(path=f"{os.environ['LOOK']}/{name}-{width}.png")
        assert_no_violations(page, "#main")
        assert_nothing_cut_off(page)

    page.goto("/admin/quizzes/import/")
    checked("import")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the file to read.")
    checked("import-errors")
    page.get_by_label("File").set_input_files({"name": "guardians.gift", "mimeType": "text/plain", "buffer": GIFT.encode()})
    page.get_by_label("Name of the new bank").fill("Guardians")
    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    assert not Question.objects.exists() and not QuestionBank.objects.exists()
    expect(page.get_by_role("row", name="line 9")).to_contain_text("Refused")
    checked("report")
    page.get_by_role("link", name="Refused only").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Bring in 2 questions").click()
    expect(page.get_by_text("The questions are in the bank “Guardians”.")).to_be_visible()
    checked("brought-in")
    page.goto("/admin/quizzes/import/")
    checked("earlier")

    page.goto("/admin/snippets/quizzes/questionbank/")
    page.get_by_role("link", name="Export").first.click()
    expect(page.get_by_role("button", name="Show what it holds")).to_be_visible()
    checked("export")
    page.get_by_label("Format").select_option("gift")
    page.get_by_role("button", name="Show what it holds").click()
    expect(page.get_by_role("link", name="Download the file")).to_be_visible()
    checked("export-notes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    assert "Who speaks for the child?" in download.value.path().read_text()
