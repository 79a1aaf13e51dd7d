"""What an author sees before publishing: the page as its readers would see it, and nothing written."""

import json
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import User
from courses.blocks import LessonBlocks
from courses.blocks.questions import AskingBlock
from courses.models import LessonPage, ModulePage
from courses.previews import LESSON_MODES, PARTNERS
from tests.factories.courses import block
from tests.factories.pictures import make_picture
from tests.factories.practice import example, practice_blocks

pytestmark = pytest.mark.django_db
MODES = [name for name, _label in LESSON_MODES]
WITH_A_FILE = {"video_stops", "hotspots", "hotspot_signs"}  # which nobody has uploaded here
WRITTEN = [name for name in practice_blocks() if name not in WITH_A_FILE]
ASKING = [name for name in WRITTEN if isinstance(practice_blocks()[name], AskingBlock)]


@pytest.fixture
def author(client_for: Callable[[User], Client], trainer: User) -> Client:
    return client_for(trainer)


def write(page: Page, *body: dict) -> None:
    """Keep ``body`` as the draft of ``page``."""
    page.body = json.dumps(body)
    page.save_revision()


def preview(author: Client, page: Page, mode: str = "") -> str:
    response = author.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode} if mode else {})
    assert response.status_code == 200
    return response.content.decode()


def parts_not_complete(page: str) -> set[str]:
    """The ids of the blocks of a preview that say what they lack."""
    parts = re.findall(
        r'<div class="block block--[^"]*" id="b-([-0-9a-f]+)">(.*?)(?=<div class="block block--|</article>)', page, re.S
    )
    return {ident for ident, html in parts if "Not complete yet:" in html}


def records() -> dict[str, int]:
    models = [
        model for app in ("learning", "quizzes", "certificates", "accounts") for model in apps.get_app_config(app).get_models()
    ]
    return {model._meta.label: model.objects.count() for model in models}


def test_a_draft_is_previewed_as_its_readers_would_see_it(author, lessons):
    lesson = lessons[1]
    lesson.title = "Words that are not published yet"
    lesson.save_revision()
    page = preview(author, lesson)
    assert "Words that are not published yet" in page
    assert lesson.quizzes[0].title in page
    assert "&lt;div" not in page


def test_the_editors_checks_are_in_the_preview_and_nowhere_else(author, lessons):
    for mode in MODES:
        assert "wagtail-userbar" in preview(author, lessons[0], mode)
    assert "wagtail-userbar" not in author.get(lessons[0].url).content.decode()


def test_no_preview_writes_anything_about_anybody(author, course, lessons):
    write(lessons[1], *(example(name) for name in WRITTEN), *lessons[1].body.raw_data)
    before = records()
    for mode in MODES:
        page = preview(author, lessons[1], mode)
        assert "hx-post" not in page and 'method="post"' not in page
    for page in (course, lessons[0].get_parent()):
        for mode in ("guest", "learner"):
            assert 'method="post"' not in preview(author, page, mode)
    assert records() == before


def test_a_guest_is_asked_to_sign_in_and_a_learner_is_not(author, lessons):
    guest, learner = preview(author, lessons[0], "guest"), preview(author, lessons[0], "learner-BE")
    assert "Sign in" in guest and "Start the course" in guest and "My profile" not in guest
    assert "My profile" in learner and "Mark as done and continue" in learner and "Start the course" not in learner


def test_a_learner_of_each_country_has_that_country_and_nobody_has_the_authors(author, trainer, lessons):
    trainer.country = "FR"
    trainer.save()
    author.cookies["country"] = "FR"
    assert len(PARTNERS) == 10
    for country in PARTNERS:
        assert f"· {country.label}" in preview(author, lessons[0], f"learner-{country.value}")
    assert "· France" not in preview(author, lessons[0], "guest")


def test_a_quiz_is_passed_where_everything_is_done(author, lessons):
    before, done = preview(author, lessons[1], "learner-BE"), preview(author, lessons[1], "completed")
    assert "Go to the quiz" in before and "See your result or try again" not in before
    assert "See your result or try again" in done and "Passed" in done and "Go to the quiz" not in done
    asked = lessons[1].quizzes[0].asked()
    assert f"Your best result: {asked} of {asked}." in done


@pytest.mark.parametrize("name", ASKING)
def test_after_a_wrong_answer_its_feedback_is_read(author, lessons, name):
    write(lessons[0], example(name))
    new, wrong, completed = (preview(author, lessons[0], mode) for mode in ("learner-BE", "wrong", "completed"))
    assert re.search("Not quite|Partly right", wrong)
    assert not re.search("Not quite|Partly right", new + completed)
    assert "Right</" in completed and "Right</" not in new


def test_a_story_is_shown_at_a_hard_ending_and_at_a_good_one(author, lessons):
    write(lessons[0], example("scenario"))
    assert "A hard ending" in preview(author, lessons[0], "wrong")
    assert "A good ending" in preview(author, lessons[0], "completed")


def test_what_is_still_to_do_is_listed_until_it_is_answered(author, lessons):
    write(
        lessons[1],
        example("card_sort", heading="Sort the signs"),
        example("decision", heading="Decide"),
        *lessons[1].body.raw_data,
    )
    new, wrong, completed = (preview(author, lessons[1], mode) for mode in ("learner-BG", "wrong", "completed"))
    assert "Answer “Sort the signs”." in new and "Answer “Decide”." in new and "Pass “" in new
    assert "Answer “Sort the signs”." not in wrong and "Answer “Decide”." in wrong
    assert "Before this lesson is done" not in completed and "4 of 4 lessons done" in completed


def test_the_printed_page_is_shown_with_the_style_of_paper(author, lessons):
    assert 'print.css" media' not in preview(author, lessons[0], "print")
    assert 'print.css" media' in preview(author, lessons[0], "completed")


def test_a_mode_that_there_is_not_shows_a_guest(author, lessons):
    assert "Sign in" in preview(author, lessons[0], "learner-ZZ") or "My profile" in preview(author, lessons[0], "learner-ZZ")
    assert "Sign in" in preview(author, lessons[0], "nonsense")


def test_a_block_in_which_nothing_is_written_says_so(author, lessons):
    children = LessonBlocks().child_blocks
    empty = {name: block(name, json.loads(json.dumps(c.get_prep_value(c.get_default())))) for name, c in children.items()}
    write(lessons[0], *empty.values())
    for mode in MODES:
        told = parts_not_complete(preview(author, lessons[0], mode))
        assert {name for name, one in empty.items() if one["id"] not in told} == {"contacts", "gate", "terms", "trainer_note"}


def test_an_activity_with_one_card_says_how_many_it_needs(author, lessons):
    one = example("flashcards")
    one["value"]["cards"] = one["value"]["cards"][:1]
    write(lessons[0], one)
    page = preview(author, lessons[0], "learner-BE")
    assert "Cards: needs at least 2" in page


def test_a_picture_that_nobody_has_described_yet_is_previewed(author, lessons):
    picture = {"image": make_picture().pk, "alt_text": "", "decorative": False}
    write(lessons[0], block("image", {"image": picture, "caption": "", "people": "nobody"}))
    assert "Please add some alt text" in preview(author, lessons[0], "learner-BE")


def test_blocks_whose_parts_are_all_gone_are_still_previewed(author, lessons):
    bare = []
    for name in WRITTEN:
        whole = example(name)
        whole["value"] = {field: [] if isinstance(value, list) else value for field, value in whole["value"].items()}
        bare.append(whole)
    write(lessons[0], *bare)
    for mode in MODES:
        assert parts_not_complete(preview(author, lessons[0], mode)) == {
            part["id"] for part in bare if part["type"] not in {"confidence", "reflection", "annotate", "words", "ideas"}
        }


def test_a_page_that_was_never_saved_is_previewed(author, course):
    module = ModulePage.objects.child_of(course).first()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["courses", "lessonpage", module.pk])
    data = {"title": "Brand new", "minutes": 5, "body": streamfield([("pause", {"sentence": "Stop here.", "suggestion": ""})])}
    form = nested_form_data({**data, "trainer_notes": rich_text(""), "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}})
    form = {name.replace("comments-", "comments-"): value for name, value in form.items()}
    assert author.post(address, {**form, "slug": "brand-new"}).json()["is_available"]
    for mode in MODES:
        page = author.get(address, {"mode": mode}).content.decode()
        assert "Brand new" in page and "Stop here." in page
    assert not LessonPage.objects.filter(title="Brand new").exists()


def test_sizes_and_modes_are_offered_in_the_editor(author, lessons):
    page = author.get(reverse("wagtailadmin_pages:edit", args=[lessons[0].pk])).content.decode()
    for width in (360, 768, 1280):
        assert f'data-device-width="{width}"' in page
    assert "After a wrong answer" in page and "Learner – Belgium" in page
