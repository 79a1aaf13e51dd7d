"""A trainer makes a lesson from a starter, and it goes all the way: to review, to learners, to another module, onto paper."""

import json
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from playwright.sync_api import Locator, expect

from accounts.models import User
from accounts.permissions import LEGAL_REVIEWERS
from courses.models import CoursePage, LessonPage, ModulePage
from learning.models import BlockState, Enrolment
from quizzes.models import Attempt, Question, Quiz
from tests.browsing import NewPage, unfold
from tests.e2e.conftest import settled
from tests.e2e.editor import SUBMIT, Editor
from tests.e2e.learner import FACTORY_PASSWORD
from tests.factories.courses import QuestionBankFactory, QuestionFactory, block
from tests.printables.reading import text_of

pytestmark = [pytest.mark.browser, pytest.mark.program("pdftotext")]
LESSON, QUIZ = "Signs at a car wash", "Quiz: signs at a car wash"
WRITTEN = {
    "text": "A boy of 15 washes cars from six in the morning.",
    "card": "He must hand over his wages",
    "why": "Who takes the wages holds him.",
    "question": "Who may consent for him?",
    "answer": "Nobody may",
    "reflection": "Where have you seen young people at work?",
    "law": "A child is anyone under 18.",
}
KINDS = ["text", "card_sort", "question", "question", "reflection", "law", "quiz", "sources"]


@pytest.fixture
def modules(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path"))


@pytest.fixture
def starters(course: CoursePage) -> None:
    call_command("import_course", Path(site_settings.CONTENT_DIR) / "starters", verbosity=0)


@pytest.fixture
def questions(course: CoursePage) -> list[Question]:
    """Five questions of a bank."""
    bank = QuestionBankFactory(name="Car washes")
    return [QuestionFactory(bank=bank, locale=course.locale) for _n in range(5)]


@pytest.fixture
def lawyer(db: None) -> User:
    """Takes the first step of the review only."""
    user = settled(User.objects.create_user("lawyer@example.org", FACTORY_PASSWORD, full_name="Lawyer Person"))
    user.groups.add(Group.objects.get(name=LEGAL_REVIEWERS))
    return user


def begin_with_a_starter(editor: Editor, module: ModulePage) -> None:
    editor.menu_of(module, "Copy a starter")
    editor.look("starters")
    editor.main.get_by_role("button", name="Copy “A lesson”").click()
    expect(editor.main.get_by_role("status")).to_contain_text("Now give it a title of its own")
    editor.look("copied")
    editor.main.get_by_role("textbox", name="Title*").first.fill(LESSON)


def write_text(editor: Editor) -> None:
    """Instead of what the starter says."""
    unfold(editor.page)
    editor.write(editor.body.get_by_role("textbox").first, WRITTEN["text"], instead=True)


def add_card_sort(editor: Editor) -> None:
    sort = editor.add_block("Card sort")
    sort.get_by_label("Title*").fill("Sort the signs")
    editor.write(prose(sort).first, "What does each note tell you?")
    for n, (box, card, why) in enumerate(
        [("A reason to look", WRITTEN["card"], WRITTEN["why"]), ("Tells little", "He speaks with an accent", "Many do.")]
    ):
        sort.get_by_label("Name of the box*").nth(n).fill(box)
        sort.get_by_label("Card*").nth(n).fill(card)
        sort.get_by_label("Feedback", exact=True).nth(n).fill(why)
    sort.get_by_label("Offer one more box").check()
    sort.get_by_role("button", name="Add", exact=True).last.click()
    sort.get_by_label("Card*").last.fill("He has a new phone")
    sort.get_by_label("Feedback", exact=True).last.fill("Ask who gave it.")
    editor.look("card-sort")


def add_questions(editor: Editor, from_bank: Question) -> None:
    """One that is written here, and one from the bank."""
    asked = editor.add_block("Question")
    asked.get_by_label("Title*").first.fill("Check yourself")
    asked.get_by_role("button", name="Insert a block").first.click()
    editor.page.get_by_role("option", name="One answer", exact=True).click()
    editor.write(prose(asked).first, WRITTEN["question"])
    for n, (choice, why) in enumerate(
        [(WRITTEN["answer"], "A child cannot."), ("His father", "No adult can."), ("He himself", "He is a child.")]
    ):
        asked.get_by_label("Choice*").nth(n).fill(choice)
        asked.get_by_label("Feedback", exact=True).nth(n).fill(why)
    asked.get_by_label("This is a right answer").first.check()
    chosen = editor.add_block("Question")
    chosen.get_by_label("Title*").first.fill("One more")
    editor.choose(chosen.get_by_role("button", name="Choose question"), str(from_bank))
    editor.look("questions")


def add_the_rest(editor: Editor) -> None:
    reflection = editor.add_block("Reflection")
    expect(reflection.get_by_label("Question to think about")).to_be_visible()
    law = editor.add_block("Law box")
    expect(law.get_by_label("Article*")).to_be_visible()
    fields = {
        "Pause and think": reflection.get_by_label("Title*"),
        WRITTEN["reflection"]: reflection.get_by_label("Question to think about"),
        "Council of Europe Convention (CETS 197)": law.get_by_label("Law*"),
        "Article 4": law.get_by_label("Article*"),
    }
    for text, field in fields.items():
        field.fill(text)
    editor.write(prose(law).first, WRITTEN["law"])
    editor.choose(editor.add_block("Quiz").get_by_role("button", name="Choose a quiz"), QUIZ)
    for text, field in fields.items():  # read through: a slow editor may set a block up after somebody has written in it
        if field.input_value() != text:
            field.fill(text)
    editor.look("the-rest")


def look_for_approve(editor: Editor, lesson: LessonPage) -> None:
    """A reviewer opens the step, and reads what has to be there first."""
    editor.page.goto(f"/admin/pages/{lesson.pk}/edit/")
    editor.actions().get_by_role("button", name="Approve", exact=True).click()
    dialog = editor.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Needed: Outcomes are set in the module")
    expect(dialog.get_by_role("button", name="Approve")).to_have_count(0)
    editor.look("not-yet")


def give_outcomes(module: ModulePage) -> None:
    module.outcomes = json.dumps([block("outcome", "Recognise a child who is made to work")])
    module.save_revision().publish()


def prose(block: Locator) -> Locator:
    """The rich text fields of a block, in their order."""
    return block.locator("[contenteditable=true]")


def write_quiz(editor: Editor, questions: list[Question]) -> None:
    """Five questions, chosen one by one from the bank."""
    editor.menu.get_by_role("button", name="Questions and quizzes").click()
    editor.menu.get_by_role("link", name="Quizzes", exact=True).click()
    editor.main.get_by_role("link", name="Add quiz").click()
    editor.main.get_by_role("textbox", name="Title*").fill(QUIZ)
    for question in questions:
        editor.main.get_by_role("button", name="Add Item").click()
        editor.choose(editor.main.get_by_role("button", name="Choose a question", exact=True).last, str(question))
    editor.look("quiz")
    editor.act("Publish", QUIZ, "published")


def look_as_a_learner_in_belgium(editor: Editor) -> None:
    """Beside the form and in a window of its own. Nothing is kept of it."""
    editor.main.get_by_role("button", name="Toggle preview").click()
    editor.main.get_by_label("Preview mode").select_option(label="Learner – Belgium")
    beside = editor.page.frame_locator("#w-preview-iframe")
    expect(beside.get_by_role("heading", level=1)).to_have_text(LESSON)
    expect(beside.locator("body")).to_contain_text("· Belgium")
    editor.look("preview")
    with editor.page.expect_popup() as opened:
        editor.main.get_by_role("link", name="Preview in new tab").click()
    window = opened.value
    expect(window.get_by_role("heading", level=1)).to_have_text(LESSON)
    expect(window.locator("body")).to_contain_text("· Belgium")
    for said in (WRITTEN["text"], WRITTEN["card"], WRITTEN["question"], WRITTEN["reflection"], WRITTEN["law"], QUIZ):
        expect(window.get_by_role("main")).to_contain_text(said)
    for unsaid in ("Not complete yet", "Begin here.", WRITTEN["why"]):
        expect(window.get_by_role("main")).not_to_contain_text(unsaid)
    window.close()
    editor.main.get_by_role("button", name="Toggle preview").click()
    assert not any(model.objects.exists() for model in (Enrolment, BlockState, Attempt))


def approve(editor: Editor, step: str) -> None:
    editor.main.get_by_role("region", name="Reviews waiting").get_by_role("link", name=LESSON).click()
    expect(editor.main.get_by_role("textbox", name="Title*").first).to_have_value(LESSON)
    editor.look(step)
    editor.act(step, LESSON, "updated")
    editor.leave()


def copy_to(editor: Editor, lesson: LessonPage, module: ModulePage) -> None:
    editor.page.goto(f"/admin/pages/{lesson.get_parent().pk}/")
    editor.main.get_by_role("button", name=f"More options for '{LESSON}'").click()
    editor.page.get_by_role("link", name="Copy", exact=True).click()
    editor.main.get_by_role("button", name="Actions").click()
    editor.page.get_by_role("button", name="Choose another page").click()
    dialog = editor.page.get_by_role("dialog")
    editor.look("choose-parent")
    dialog.get_by_role("textbox", name="Search").fill(module.title)
    dialog.get_by_role("link", name=module.title).first.click()
    expect(dialog).to_have_count(0)
    editor.look("copy")
    editor.main.get_by_role("button", name="Copy this page").click()
    expect(editor.main.get_by_role("status")).to_contain_text("copied")


def print_handbook(editor: Editor, module: ModulePage) -> str:
    """The words of the file that the trainer takes along."""
    editor.menu_of(module, "Handbook for trainers")
    editor.look("handbook")
    with editor.page.expect_download() as download:
        editor.page.get_by_role("main").get_by_role("button", name="Save as PDF").click()
    return text_of(Path(download.value.path()).read_bytes())


def test_a_lesson_from_starter_to_paper(
    new_page: NewPage, pressed_by_hand, modules, starters, questions, trainer, lawyer, coordinator
):
    module, other = modules
    editor = Editor(new_page(), trainer)
    editor.look("dashboard")
    write_quiz(editor, questions)
    begin_with_a_starter(editor, module)
    write_text(editor)
    add_card_sort(editor)
    add_questions(editor, questions[0])
    add_the_rest(editor)
    editor.add_what_reviewers_need()
    look_as_a_learner_in_belgium(editor)
    editor.act(SUBMIT, LESSON, "submitted for moderation")
    expect(editor.main.get_by_role("status")).to_contain_text("Still open on the reviewers’ list: Outcomes are set in the module")
    editor.look("submitted")
    editor.leave()
    lesson = LessonPage.objects.child_of(module).get(title=LESSON)
    assert not lesson.live
    assert Quiz.objects.get(title=QUIZ).items.count() == len(questions)

    legal = Editor(new_page(), lawyer)
    look_for_approve(legal, lesson)
    give_outcomes(module)
    legal.page.goto("/admin/")
    approve(legal, "Approve")
    lesson.refresh_from_db()
    assert not lesson.live
    approve(Editor(new_page(), coordinator), "Approve and Publish")
    lesson.refresh_from_db()
    assert lesson.live and [child.block_type for child in lesson.body] == KINDS

    editor.page.goto("/admin/")
    copy_to(editor, lesson, other)
    copied = LessonPage.objects.child_of(other).get(title=LESSON)
    assert not copied.live and [child.block_type for child in copied.body] == KINDS
    text = print_handbook(editor, module)
    assert [said for said in (LESSON, *WRITTEN.values(), f"Quiz with answers: {QUIZ}") if said not in text] == []
