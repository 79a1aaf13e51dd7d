"""A trainer writes in Wagtail, a coordinator publishes, a learner reads: through the real editor."""

import json
import re

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage, ModulePage
from learning.models import Enrolment, LessonCompletion
from quizzes.models import Attempt, QuestionBank, Quiz
from tests.browsing import NewPage
from tests.e2e.editor import SUBMIT, Editor
from tests.e2e.learner import Learner
from tests.factories.courses import block

pytestmark = pytest.mark.browser
MODULE, FIRST, SECOND, QUIZ = "Acting in the first hours", "The first hour", "The first day", "Quiz: acting"
PUBLISH = re.compile("Publish$")


@pytest.fixture
def bank(course) -> QuestionBank:
    return QuestionBank.objects.get()


def write_quiz(editor: Editor, bank: QuestionBank) -> None:
    """A quiz that draws from the bank."""
    editor.menu.get_by_role("button", name="Questions and quizzes").click()
    editor.menu.get_by_role("link", name="Quizzes", exact=True).click()
    editor.main.get_by_role("link", name="Add quiz").click()
    editor.main.get_by_role("textbox", name="Title*").fill(QUIZ)
    heading = editor.page.get_by_role("heading", name="Or a whole bank")
    editor.main.locator("section.w-panel", has=heading).last.get_by_role("button", name="Toggle section").first.click()
    editor.choose(editor.main.get_by_role("button", name="Choose a question bank"), bank.name)
    editor.act("Publish", QUIZ, "published")


def write_lessons(editor: Editor, module: ModulePage) -> None:
    editor.new_child_of(module, FIRST)
    editor.write(editor.add_block("Text").get_by_role("textbox"), "Stay calm and say who you are.")
    editor.add_block("Key message").get_by_label("Sentence").fill("The child comes first.")
    callout = editor.add_block("Callout")
    callout.get_by_label("Kind").select_option("The law")
    callout.get_by_label("Title").fill("Presumed a child")
    editor.write(callout.get_by_role("textbox").last, "In doubt, treat the person as a child.")
    editor.add_what_reviewers_need()
    editor.act(SUBMIT, FIRST, "submitted for moderation")

    editor.new_child_of(module, SECOND)
    editor.write(editor.add_block("Text").get_by_role("textbox"), "Write down what was said.")
    editor.choose(editor.add_block("Quiz").get_by_role("button", name="Choose a quiz"), QUIZ)
    editor.add_what_reviewers_need()


def look_at_preview(editor: Editor) -> None:
    """Beside the form and in a window of its own: the lesson as a learner will see it, with its checks."""
    editor.main.get_by_role("button", name="Toggle preview").click()
    beside = editor.page.frame_locator("#w-preview-iframe")
    expect(beside.get_by_role("heading", level=1)).to_have_text(SECOND)
    expect(beside.get_by_role("link", name="Go to the quiz")).to_be_visible()
    with editor.page.expect_popup() as opened:
        editor.main.get_by_role("link", name="Preview in new tab").click()
    window = opened.value
    expect(window.get_by_role("heading", level=1)).to_have_text(SECOND)
    expect(window.get_by_role("main")).to_contain_text("Write down what was said.")
    expect(window.get_by_role("heading", name=QUIZ)).to_be_visible()
    window.close()
    editor.main.get_by_role("button", name="Toggle checks").click()
    expect(editor.main.get_by_role("complementary", name="Checks")).to_contain_text(re.compile(r"Words\s*\d"))


def test_trainer_writes_coordinator_publishes_learner_reads(
    new_page: NewPage, pressed_by_hand, course, bank, trainer, coordinator, learner
):
    editor = Editor(new_page(), trainer)
    written = ["Pages", "Questions and quizzes", "Reusable content", "Words", "Images", "Documents"]
    assert editor.menu_words() == [*written, "Reports", "Help"]
    write_quiz(editor, bank)
    editor.new_child_of(course, MODULE)
    expect(editor.actions().get_by_role("button", name=SUBMIT)).to_be_visible()
    expect(editor.main.get_by_role("button", name=PUBLISH)).to_have_count(0)
    editor.page.keyboard.press("Escape")
    editor.act(SUBMIT, MODULE, "submitted for moderation")
    module = ModulePage.objects.get(title=MODULE)
    module.outcomes = json.dumps([block("outcome", "Act in the first hours")])  # reviewers ask for it
    module.save_revision()
    write_lessons(editor, module)
    look_at_preview(editor)
    editor.act(SUBMIT, SECOND, "submitted for moderation")
    assert not Enrolment.objects.exists() and not LessonCompletion.objects.exists() and not Attempt.objects.exists()
    editor.leave()
    assert not module.live and not LessonPage.objects.live().descendant_of(module).exists()

    reviewer = Editor(new_page(), coordinator)
    for title in (MODULE, FIRST, SECOND):
        for step in ("Approve", "Approve and Publish"):
            reviewer.page.goto("/admin/")
            reviewer.main.get_by_role("region", name="Reviews waiting").get_by_role("link", name=title).click()
            reviewer.act(step, title, "updated")
    reviewer.leave()

    reader = Learner(new_page(user=learner))
    reader.page.goto(course.url)
    expect(reader.main.get_by_role("heading", name=MODULE)).to_be_visible()
    reader.press("Start the course")
    reader.page.goto(LessonPage.objects.live().get(title=FIRST).url)
    reader.sees(FIRST)
    for words in ("Stay calm and say who you are.", "The child comes first.", "In doubt, treat the person as a child."):
        expect(reader.main).to_contain_text(words)
    reader.finish_lesson()
    reader.sees(SECOND)
    reader.open_quiz()
    reader.answer_quiz(rightly=True)
    reader.follow("Back to the lesson")
    reader.finish_lesson()
    assert LessonCompletion.objects.filter(enrolment__user=learner).count() == 2
    assert Quiz.objects.get(title=QUIZ).translation_key == Attempt.objects.get().quiz_key


def test_the_editor_saves_by_itself_and_takes_comments(new_page: NewPage, course, trainer):
    editor = Editor(new_page(), trainer)
    editor.page.clock.install()
    editor.page.goto(f"/admin/pages/add/courses/modulepage/{course.pk}/")
    editor.page.clock.run_for(5000)  # milliseconds; before that, Wagtail does not look for changes
    editor.main.get_by_role("textbox", name="Title*").press_sequentially(MODULE)
    editor.page.clock.run_for(5000)
    expect(editor.page).to_have_url(re.compile(r"/pages/\d+/edit/"))
    editor.page.reload()
    expect(editor.main.get_by_role("textbox", name="Title*")).to_have_value(MODULE)
    expect(editor.main.get_by_role("button", name="Toggle comments")).to_be_visible()
    expect(editor.main.get_by_role("link", name="History")).to_be_visible()
    editor.leave()
    assert not ModulePage.objects.get(title=MODULE).live
