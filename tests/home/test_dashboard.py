"""The first page of the administration: what waits for whom."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import Comment, Locale, Page, Workflow
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from accounts.models import User
from courses.models import LessonPage
from learning.models import Contribution
from quizzes.models import Question, QuestionFlag
from tests.factories.courses import make_course
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
YESTERDAY = localdate() - timedelta(days=1)


def desk(client: Client) -> dict[str, str]:
    """The parts of the desk by their name, as text."""
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    parts = re.findall(r'<section class="w-mb-8" aria-labelledby="desk-(\w+)">(.*?)</section>', html, re.S)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", words).split()) for name, words in parts}


def test_an_empty_desk_says_that_nothing_waits(client_for, trainer, site):
    parts = desk(client_for(trainer))
    assert list(parts) == ["drafts", "comments", "reviews", "translations", "outdated", "pictures", "questions", "flags", "given"]
    for words in parts.values():
        assert words.endswith("Nothing waiting for you.")


def test_a_trainer_finds_what_is_theirs(client_for, trainer, coordinator, learner, lessons):
    mine, theirs, old, law = lessons
    mine.save_revision(user=trainer)
    theirs.save_revision(user=coordinator)
    mine.owner = trainer
    mine.save()
    Comment.objects.create(page=mine, user=coordinator, text="Which source?", contentpath="title")
    old.review_by = YESTERDAY
    old.save()
    put_into(law, example("law", review_by=YESTERDAY))
    question = Question.objects.first()
    Question.objects.filter(pk=question.pk).update(review_by=YESTERDAY)
    QuestionFlag.objects.create(question_key=question.translation_key, language="en", user=learner, reason="unclear")
    Contribution.objects.create(
        lesson_key=mine.translation_key, block_id=uuid.uuid4(), kind="ideas", text="More time", language="en"
    )
    parts = desk(client_for(trainer))
    assert mine.title in parts["drafts"] and theirs.title not in parts["drafts"]
    assert mine.title in parts["comments"] and str(coordinator) in parts["comments"]
    assert old.title in parts["outdated"] and f"{law.title} (Law box)" in parts["outdated"]
    assert mine.title not in parts["outdated"]
    assert parts["given"].startswith("Words and ideas to let through (1)") and "More time" not in parts["given"]
    assert parts["questions"].startswith("Questions to check again (1)")
    assert parts["flags"].startswith("Questions that learners doubt (1)") and "Nothing" not in parts["flags"]
    assert parts["reviews"].endswith("Nothing waiting for you.")


def test_a_page_under_review_waits_for_its_reviewers_and_is_no_draft_any_more(client_for, trainer, coordinator, lessons):
    lesson = lessons[0]
    lesson.save_revision(user=trainer)
    lesson.get_workflow().start(LessonPage.objects.get(pk=lesson.pk), trainer)
    assert lesson.title not in desk(client_for(trainer))["drafts"]
    assert f"{lesson.title} (Legal check)" in desk(client_for(coordinator))["reviews"]


def test_counts_of_the_site_are_for_administrators_alone(client_for, trainer, administrator, site):
    home = reverse("wagtailadmin_home")
    assert "w-summary" not in client_for(trainer).get(home).content.decode()
    assert "w-summary" in client_for(administrator).get(home).content.decode()


def test_the_starters_are_one_press_away_for_those_who_write(client_for, trainer, issuer, site):
    home, starters = reverse("wagtailadmin_home"), reverse("courses_starter_places")
    assert starters in client_for(trainer).get(home).content.decode()
    assert starters not in client_for(issuer).get(home).content.decode()


def test_a_part_that_is_cut_has_a_page_with_all_of_it(client_for, trainer, coordinator, learner, site):
    course = make_course(site.catalogue, modules=2, lessons=4)
    pages = LessonPage.objects.descendant_of(course)
    for page in pages:
        page.owner = trainer
        page.save()
        page.save_revision(user=trainer)
        Comment.objects.create(page=page, user=coordinator, text="Why?", contentpath="title")
    client = client_for(trainer)
    for name in ("drafts", "comments"):
        address = reverse("desk_part", args=[name])
        assert desk(client)[name].count("Lesson") < pages.count()
        assert f'href="{address}"' in client.get(reverse("wagtailadmin_home")).content.decode()
        whole = client.get(address).content.decode()
        assert all(page.title in whole for page in pages) and "8 entries" in whole
    assert f'href="{reverse("desk_part", args=["outdated"])}"' not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_part_that_has_its_place_elsewhere_leads_there(client_for, trainer, site):
    assert client_for(trainer).get(reverse("desk_part", args=["flags"])).url == reverse("quizzes_admin:flags")


@pytest.mark.parametrize("name", ["nothing", "countries"])
def test_there_is_no_page_of_a_part_that_somebody_does_not_have(client_for, trainer, site, name):
    assert client_for(trainer).get(reverse("desk_part", args=[name]), follow=True).status_code == 404


def test_nobody_without_a_desk_opens_its_parts(client_for, issuer, site):
    assert client_for(issuer).get(reverse("desk_part", args=["drafts"]), follow=True).status_code == 404


FIRST_STEPS = "First steps"


def test_first_steps_can_be_put_away_and_stay_away_for_that_person(client_for, trainer, administrator, site):
    home, client = reverse("wagtailadmin_home"), client_for(trainer)
    page = client.get(home).content.decode()
    assert FIRST_STEPS in page
    for name in ("courses_starter_places", "desk_guide", "home:styleguide"):
        assert f'href="{reverse(name)}"' in page and client.get(reverse(name)).status_code == 200
    assert client.get(reverse("desk_put_first_steps_away")).status_code == 405
    assert client.post(reverse("desk_put_first_steps_away")).url == home
    assert FIRST_STEPS not in client.get(home).content.decode()
    assert FIRST_STEPS not in client_for(trainer).get(home).content.decode()
    assert FIRST_STEPS in client_for(administrator).get(home).content.decode()


def test_first_steps_are_for_those_who_have_not_written_yet(client_for, trainer, issuer, lessons):
    lessons[0].save_revision(user=trainer)
    for person in (trainer, issuer):
        assert FIRST_STEPS not in client_for(person).get(reverse("wagtailadmin_home")).content.decode()


def test_a_course_waits_for_the_languages_that_it_is_missing_in(client_for, trainer, course):
    client = client_for(trainer)
    assert desk(client)["translations"] == f"Translations waiting (1) {course.title} (missing: Français, Български)"
    assert reverse("wagtail_localize:submit_page_translation", args=[course.pk]) in client.get("/admin/").content.decode()


def begin_translation(page: Page) -> Page:
    """``page`` in French, with nothing translated."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    french = Locale.objects.get(language_code="fr")
    Translation.objects.create(source=source, target_locale=french)
    source.create_or_update_translation(french, fallback=True)
    return page.get_translation(french)


def test_a_translation_waits_until_it_is_whole_and_again_when_its_source_has_changed(client_for, trainer, course):
    client = client_for(trainer)
    french = begin_translation(course)
    words = desk(client)["translations"]
    assert f"{french.draft_title} (not finished: Français)" in words
    assert f"{course.title} (missing: Български)" in words and f"{course.get_first_child().title} (missing: Français)" in words
    for piece in StringSegment.objects.filter(source__object_id=course.translation_key):
        StringTranslation.objects.create(
            translation_of=piece.string, context=piece.context, locale=french.locale, data=f"FR {piece.string.data}"
        )
    words = desk(client)["translations"]
    assert "not finished" not in words and "changed" not in words
    course.save_revision().publish()
    assert f"{course.title} (changed since it was translated: Français)" in desk(client)["translations"]
    source = TranslationSource.objects.get(object_id=course.translation_key)
    assert reverse("wagtail_localize:update_translations", args=[source.pk]) in client.get("/admin/").content.decode()
    source.update_from_db()
    assert "changed" not in desk(client)["translations"]


def fill(catalogue, trainer: User, coordinator: User, learner: User, n: int) -> None:
    course = make_course(catalogue, title=f"Course {n}", slug=f"filled-{n}")
    for lesson in LessonPage.objects.descendant_of(course):
        lesson.review_by, lesson.owner = date(2020, 1, 1), trainer
        lesson.save()
        lesson.save_revision(user=trainer)
        Comment.objects.create(page=lesson, user=coordinator, text="Why?", contentpath="title")
    course.save_revision().publish()
    begin_translation(course)
    TranslationSource.objects.update(last_updated_at=timezone.now() - timedelta(days=9))
    reviewed = LessonPage.objects.descendant_of(course).last()
    Workflow.objects.get(active=True).start(reviewed, coordinator)
    for question in Question.objects.all():
        Question.objects.filter(pk=question.pk).update(review_by=YESTERDAY)
        QuestionFlag.objects.get_or_create(
            question_key=question.translation_key, user=learner, reason="unclear", defaults={"language": "en"}
        )


def test_the_desk_costs_the_same_however_much_waits(client_for: Callable, site, trainer, coordinator, learner):
    clients = [client_for(trainer), client_for(coordinator)]  # one writes, the other one reviews

    def costs() -> list[int]:
        found = []
        for client in clients:
            desk(client)
            with CaptureQueriesContext(connection) as captured:
                desk(client)
            found.append(len(captured))
        return found

    fill(site.catalogue, trainer, coordinator, learner, 1)
    little = costs()
    for n in range(2, 5):
        fill(site.catalogue, trainer, coordinator, learner, n)
    assert costs() == little
