"""A module on paper: all of it, answers included, for those who run it; what to remember for those who learn."""

import json
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from courses.models import LessonPage, ModulePage
from printables import pdf
from printables.documents import draft_of
from quizzes.models import Question
from tests.factories.courses import block
from tests.factories.practice import example, practice_blocks, put_into
from tests.printables.reading import bookmarks_of, failures, language_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.program("pdftotext")]


@pytest.fixture
def module(course, lessons) -> ModulePage:
    """The first module of ``course``, its first lesson with a bit of everything that a trainer and a learner need."""
    lesson = lessons[0]
    lesson.trainer_notes = "<p>Begin with the chairs in a circle.</p>"
    put_into(
        lesson,
        block("heading", "What a sign is"),
        block("text", "<p>A sign is a reason to look. It proves nothing.</p>"),
        example("key_message"),
        example("card_sort"),
        block("trainer_note", {"text": "<p>Expect a dispute about the phone.</p>"}),
        example("live_activity"),
        example("do_dont"),
        example("checklist"),
        example("law"),
        example("contacts"),
        example("sources"),
    )
    found = ModulePage.objects.get(pk=lesson.get_parent().pk)
    found.content_note = "Threats are mentioned."
    found.outcomes = json.dumps([block("outcome", "Tell a sign from a habit")])
    found.save_revision().publish()
    return ModulePage.objects.get(pk=found.pk)


def order_address(kind: str, module: ModulePage) -> str:
    return reverse("printables:order", args=[kind, module.translation_key])


# --- Handbook -----------------------------------------------------------------------------------------------------------


def test_a_trainer_prints_the_handbook(client_for, trainer, module, lessons, quiz):
    client = client_for(trainer)
    assert order_address("handbook", module) in client.get(module.url).content.decode()
    content = client.post(order_address("handbook", module), follow=True).content
    assert failures(content) == []
    assert language_of(content) == "en"
    text = text_of(content)
    wanted = {
        "what it is": "Handbook for trainers",
        "content note": "Threats are mentioned.",
        "outcome": "Tell a sign from a habit",
        "times together": "Together: 40 minutes",
        "text in brief": "A sign is a reason to look. It proves nothing.",
        "note of the lesson": "Begin with the chairs in a circle.",
        "note of a block": "Expect a dispute about the phone.",
        "activity": "Each table sorts its cards and notes one dispute.",
        "care in the activity": "Anyone may pass, without a reason.",
        "where a card belongs": "She has a new phone › It depends",
        "why": "Ask who gave it, and what is expected in return.",
        "quiz": f"Quiz with answers: {quiz.title}",
        "sheet to sign": "Organisation or role",
        "evaluation": "I can now: Tell a sign from a habit",
    }
    assert {name: said for name, said in wanted.items() if said not in text} == {}
    for question in Question.objects.all():
        right, wrong = (choice.value for choice in question.body[0].value["choices"].bound_blocks[:2])
        assert f"Right: {right['text']}" in text and right["feedback"] in text
        assert wrong["text"] in text and f"Right: {wrong['text']}" not in text
    assert [lesson.title in " ".join(bookmarks_of(content)) for lesson in lessons[:2]] == [True, True]


def test_a_handbook_of_every_practice_block_holds_its_key(module, lessons):
    """All in one file; whatever an author wrote for after the answer is in it."""
    names = sorted(set(practice_blocks()) - {"video_stops", "hotspots", "hotspot_signs"})
    either = example("ordering")
    either["value"]["steps"][1]["value"]["with_above"] = True
    put_into(lessons[0], *(example(name) for name in names if name != "ordering"), either, example("trainer_note"))
    html = draft_of("handbook", module).html
    wanted = [
        "May also come before the step above.",
        "Hint",
        "What to learn from it",
        "Working off a debt",
        "treated as a child while the age is checked",
        "Go to 2.",
        "(2 points)",
    ]
    assert [said for said in wanted if said not in html] == []
    assert failures(pdf.render(html).content) == []


@pytest.mark.parametrize(("course", "slug"), [("recognising", "stage-by-stage"), ("ludo-methods", "toolbox")])
def test_the_handbook_of_a_module_of_the_product_is_whole(site, course, slug):
    """The two longest: laws and keys of exercises in one, ten activities in the other."""
    call_command("import_course", Path(settings.CONTENT_DIR) / course, verbosity=0)
    module = ModulePage.objects.get(slug=slug, locale__language_code="en")
    html = draft_of("handbook", module).html
    content = pdf.render(html).content
    assert failures(content) == [] and "\N{REPLACEMENT CHARACTER}" not in html
    text = text_of(content)
    lessons = LessonPage.objects.live().child_of(module)
    assert [lesson.title for lesson in lessons if " ".join(lesson.title.split()) not in text] == []
    activities = [child.value for lesson in lessons for child in lesson.body if child.block_type == "live_activity"]
    said = [" ".join(said.split())[:40] for value in activities for said in [value["title"], *value["debrief"], *value["care"]]]
    assert [words for words in said if words not in text] == []
    assert all(
        part in text for part in (module.content_note[:40], "Together:", "Quiz with answers", "Organisation or role", "I can now")
    )


@pytest.mark.parametrize("who", ["nobody", "learner", "issuer"])
def test_the_handbook_is_for_trainers(client, client_for, learner, issuer, course, module, who):
    if who != "nobody":
        client = client_for({"learner": learner, "issuer": issuer}[who])
        client.post(reverse("learning:start", args=[course.translation_key]))
    assert order_address("handbook", module) not in client.get(module.url).content.decode()
    for method in (client.get, client.post):
        response = method(order_address("handbook", module))
        if who == "nobody":
            assert response.url.startswith(reverse("account_login"))
        else:
            assert response.status_code == HTTPStatus.FORBIDDEN


def test_a_handbook_needs_the_second_factor_that_the_administration_needs(client_for, trainer, module, settings):
    settings.STAFF_MFA_REQUIRED = True
    client = client_for(trainer)
    assert client.post(order_address("handbook", module)).url == reverse("mfa_index")
    assert client.post(order_address("handout", module)).status_code == HTTPStatus.SEE_OTHER


def test_the_editor_has_the_way_to_both(client_for, trainer, module):
    page = client_for(trainer).get(reverse("wagtailadmin_explore", args=[module.pk])).content.decode()
    for kind in ("handbook", "handout"):
        assert order_address(kind, module) in page


def test_a_module_that_is_only_half_translated_is_whole(client_for, trainer, site, course, module, lessons):
    bulgarian = site.homes["bg"].locale
    for page in (course, module):
        translated = page.copy_for_translation(locale=bulgarian, copy_parents=True)
        translated.title = f"Превод: {page.title}"
        translated.save_revision().publish()
    content = client_for(trainer).post(f"/bg/printables/handbook/{module.translation_key}/", follow=True).content
    assert language_of(content) == "bg"
    assert failures(content) == []
    text = text_of(content)
    assert f"Превод: {module.title}" in text
    assert all(lesson.title in text for lesson in lessons[:2])


# --- Handout ------------------------------------------------------------------------------------------------------------


def test_a_learner_prints_the_handout(client_for, learner, course, module):
    client = client_for(learner)
    client.post(reverse("learning:start", args=[course.translation_key]))
    assert order_address("handout", module) in client.get(module.url).content.decode()
    content = client.post(order_address("handout", module), follow=True).content
    assert failures(content) == []
    text = text_of(content)
    wanted = ["Handout for learners", "A child cannot consent to being exploited.", "Say who you are", "Find a room with a door"]
    wanted += ["Article 10, paragraph 3", "116 000", "Protocol to Prevent", "My notes"]
    assert [said for said in wanted if said not in text] == []


def test_a_handout_has_neither_answers_nor_notes_nor_all_the_text(module):
    html = draft_of("handout", module).html
    left_out = ["It proves nothing.", "She has a new phone", "Expect a dispute", "Begin with the chairs", "Each table sorts"]
    assert [said for said in left_out if said in html] == []


def test_a_handout_of_a_long_module_is_set_more_tightly(module, lessons):
    put_into(lessons[0], *([example("do_dont"), example("steps"), example("law")] * 7))
    draft = draft_of("handout", module)
    loose, tight = pdf.render(draft.html), pdf.render(draft.html, most_pages=4)
    assert tight.pages < loose.pages


def test_a_source_is_named_once(module, lessons):
    for lesson in lessons[:2]:
        put_into(LessonPage.objects.get(pk=lesson.pk), example("key_message"), example("sources"))
    assert draft_of("handout", module).html.count("Protocol to Prevent") == 1


def test_who_does_not_take_the_course_has_no_handout(client_for, learner, module):
    response = client_for(learner).post(order_address("handout", module), follow=True)
    assert "Start the course to print from it." in response.content.decode()
