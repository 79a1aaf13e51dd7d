"""A trainer writes in Wagtail, a coordinator publishes, a learner reads: through the real editor."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage
from learning.models import Enrolment, LessonCompletion
from quizzes.models import Attempt, QuestionBank, Quiz
from tests.browsing import NewPage
from tests.e2e.learner import Learner, sign_in

pytestmark = pytest.mark.browser
MODULE, FIRST, SECOND, QUIZ = "Acting in the first hours", "The first hour", "The first day", "Quiz: acting"
PUBLISH, SUBMIT = re.compile("Publish$"), "Submit to Review before publishing"


class Editor:
    """Somebody in the Wagtail admin."""

    def __init__(self, page: Page, user: User) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.menu = page.get_by_role("navigation", name="Main menu")
        page.goto("/admin/")
        sign_in(page, user.email)
        expect(self.menu).to_be_visible()

    def menu_words(self) -> list[str]:
        return [words.strip() for words in self.menu.get_by_role("listitem").all_inner_texts()]

    def new_child_of(self, parent: CoursePage | ModulePage, title: str) -> None:
        """Begin a new page. Where only one kind of page fits, nothing is asked."""
        self.page.goto(f"/admin/pages/{parent.pk}/")
        self.main.get_by_role("link", name="Add child page").click()
        self.main.get_by_role("textbox", name="Title*").press_sequentially(title)

    def add_block(self, kind: str) -> Locator:
        body = self.main.get_by_role("region", name="Content", exact=True)
        body.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        return body.get_by_role("region", name=re.compile(rf"^{kind}\b")).last

    def write(self, box: Locator, text: str) -> None:
        """Into a rich text field, which hands its text to the form a moment later."""
        box.click()
        self.page.keyboard.type(text)
        handed_over = "text => [...document.querySelectorAll('input[type=hidden]')].some(input => input.value.includes(text))"
        self.page.wait_for_function(handed_over, arg=text)

    def choose(self, button: Locator, title: str) -> None:
        button.click()
        self.page.get_by_role("dialog").get_by_role("link", name=title).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def actions(self) -> Locator:
        """What may be done with the page in the editor; the menu is open."""
        self.main.get_by_role("button", name="More actions").click()
        return self.main.get_by_role("navigation", name="Actions (footer)")

    def leave(self) -> None:
        """Close the editor while the server still listens: it tells that nobody edits the page any more."""
        self.page.goto("/en/")

    def act(self, name: str, title: str, answer: str) -> None:
        """Do it, and read that it was done to ``title``."""
        self.actions().get_by_role("button", name=name, exact=True).click()
        expect(self.main.get_by_role("status")).to_contain_text(re.compile(rf"'{title}' .*{answer}"))


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
    editor.act(SUBMIT, FIRST, "submitted for moderation")

    editor.new_child_of(module, SECOND)
    editor.write(editor.add_block("Text").get_by_role("textbox"), "Write down what was said.")
    editor.choose(editor.add_block("Quiz").get_by_role("button", name="Choose a quiz"), QUIZ)


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


@pytest.fixture
def pressed_by_hand(settings) -> None:
    """No form saves itself meanwhile: this writer is quicker than any person."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


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
