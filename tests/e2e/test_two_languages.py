"""The real first module, begun in French, continued in Bulgarian, ended in French: not a bit of progress is lost."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from courses.models import CoursePage, LessonPage
from learning.models import Enrolment, LessonCompletion
from quizzes.models import Attempt
from tests.browsing import NewPage
from tests.e2e.learner import Learner

pytestmark = pytest.mark.browser
FRENCH, BULGARIAN = "Français", "Български"


@pytest.fixture
def first_module(site, tmp_path: Path) -> CoursePage:
    """The starter course cut down to its first module, in French."""
    pack = shutil.copytree(settings.CONTENT_DIR / "recognising", tmp_path / "recognising")
    for module in pack.glob("*/[2-9]-*"):
        shutil.rmtree(module)
    call_command("import_course", pack, verbosity=0)
    return CoursePage.objects.get(locale__language_code="fr")


def switch(learner: Learner, language: str, code: str) -> None:
    """Change the language where the reader stands."""
    choice = learner.page.get_by_role("banner").get_by_role("link", name=learner.say("Language and country:"))
    learner.hand.press(choice.locator("visible=true"))
    learner.hand.choose(learner.main.get_by_label(language, exact=True))
    learner.press("Save")
    expect(learner.page.locator("html")).to_have_attribute("lang", code)
    learner.language = code


def expect_progress(learner: Learner, done: int, total: int) -> None:
    expect(learner.main).to_contain_text(
        learner.say("%(done)s of %(total)s lessons done") % {"done": done, "total": total}, use_inner_text=True
    )


def test_switching_language_half_way_keeps_everything(new_page: NewPage, first_module):
    titles = {
        code: list(LessonPage.objects.filter(locale__language_code=code).order_by("path").values_list("title", flat=True))
        for code in ("fr", "bg")
    }
    total = len(titles["fr"])
    learner = Learner(new_page(language="fr"), "fr")
    learner.sign_up_from(first_module.url, "amelie@service.example")
    for title in titles["fr"][:3]:
        learner.sees(title)
        learner.practise()
        learner.finish_lesson()
    learner.sees(titles["fr"][3])
    expect_progress(learner, 3, total)

    switch(learner, BULGARIAN, "bg")
    learner.sees(titles["bg"][3])
    expect_progress(learner, 3, total)
    for title in titles["bg"][3:-1]:
        learner.sees(title)
        learner.practise()
        learner.finish_lesson()
    learner.sees(titles["bg"][-1])
    expect_progress(learner, total - 1, total)
    learner.open_quiz()
    attempt = learner.open_attempt()
    for position in (1, 2, 3):
        learner.answer_question(attempt, position)
    assert learner.open_attempt() == attempt

    switch(learner, FRENCH, "fr")
    assert learner.open_attempt() == attempt
    learner.answer_quiz(rightly=True)
    learner.follow("Back to the lesson")
    learner.sees(titles["fr"][-1])
    learner.finish_lesson()
    learner.sees(first_module.title)
    expect(learner.main).to_contain_text(learner.say("You have finished the course. Well done."))
    expect_progress(learner, total, total)
    assert LessonCompletion.objects.count() == total
    assert Enrolment.objects.get().completed_at
    assert Attempt.objects.get().passed
