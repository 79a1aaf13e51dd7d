"""Starters: ordinary pages that trainers copy, and that no learner ever sees. And copies in general."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Revision

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage
from courses.starters import STARTERS
from learning.models import BlockState, Enrolment
from tests.factories.courses import SiteTree, make_course
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db


@pytest.fixture
def starters(site: SiteTree) -> CoursePage:
    call_command("import_course", Path(settings.CONTENT_DIR) / "starters", verbosity=0)
    return CoursePage.objects.get(translation_key=STARTERS)


@pytest.fixture
def author(client_for: Callable[[User], Client], trainer: User) -> Client:
    return client_for(trainer)


def address(parent: Page) -> str:
    return reverse("courses_starters", args=[parent.pk])


def copy(client: Client, starter: Page, parent: Page) -> Page:
    """Press the button of ``starter`` below ``parent``."""
    response = client.post(address(parent), {"starter": starter.pk})
    made = Page.objects.child_of(parent).order_by("path").last()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    return made


def test_starters_are_drafts_that_no_learner_finds(starters, client):
    pages = Page.objects.descendant_of(starters, inclusive=True)
    assert not pages.live().exists()
    assert [page.title for page in ModulePage.objects.child_of(starters).order_by("path")] == [
        "Recognise",
        "First meeting",
        "Going to court",
        "Ludo workshop",
        "Blank",
    ]
    assert "Starters" not in client.get("/en/courses/").content.decode()
    assert client.get("/en/courses/starters/").status_code == 404
    assert "Ludo workshop" not in client.get("/en/search/", {"q": "workshop"}).content.decode()


def test_a_trainer_sees_what_is_inside_and_copies_with_one_press(starters, author, course):
    page = author.get(address(course)).content.decode()
    assert "Copy “First meeting”" in page and "The first ten minutes" in page and "15 minutes" in page and "Checklist" in page
    starter = ModulePage.objects.child_of(starters).get(title="First meeting")
    made = copy(author, starter, course).specific
    assert (made.title, made.live, made.translation_key != starter.translation_key) == ("First meeting", False, True)
    lessons = LessonPage.objects.child_of(made).order_by("path")
    assert [lesson.title for lesson in lessons] == ["Before the meeting", "The first ten minutes"]
    assert not {lesson.translation_key for lesson in lessons} & set(
        LessonPage.objects.child_of(starter).values_list("translation_key", flat=True)
    )
    page = author.get(reverse("wagtailadmin_pages:edit", args=[made.pk]))
    assert page.status_code == 200 and "Now give it a title of its own" in page.content.decode()


def test_the_same_starter_may_be_copied_twice(starters, author, course):
    starter = ModulePage.objects.child_of(starters).get(title="Blank")
    assert copy(author, starter, course).slug != copy(author, starter, course).slug


def test_a_module_gets_single_lessons(starters, author, course):
    module = ModulePage.objects.child_of(course).first()
    starter = LessonPage.objects.descendant_of(starters).get(title="The hearing")
    made = copy(author, starter, module).specific
    assert made.title == "The hearing" and len(made.body) == len(starter.body)


def test_a_copy_is_in_the_language_of_its_course(starters, author, site):
    french = make_course(site.catalogues["fr"], title="Reconnaître", slug="reconnaitre")
    made = copy(author, ModulePage.objects.child_of(starters).first(), french)
    assert set(Page.objects.descendant_of(made, inclusive=True).values_list("locale__language_code", flat=True)) == {"fr"}
    lesson = LessonPage.objects.child_of(made).first()
    assert lesson.get_latest_revision_as_object().locale == Locale.objects.get(language_code="fr")


def test_what_somebody_changed_in_a_starter_is_copied(starters, author, course):
    starter = ModulePage.objects.child_of(starters).get(title="Blank")
    starter.title = "Almost blank"
    starter.save_revision()
    assert "Almost blank" in author.get(address(course)).content.decode()
    made = copy(author, starter, course).specific
    assert made.get_latest_revision_as_object().title == "Almost blank"


def test_a_copy_that_fails_leaves_nothing(starters, author, course, caplog):
    """The second lesson is refused when half of the module is there."""

    def refuse(sender, instance, **kwargs):
        if instance.title == "The first ten minutes":
            raise ValidationError("No room.")

    before = Page.objects.count(), Revision.objects.count()
    starter = ModulePage.objects.child_of(starters).get(title="First meeting")
    pre_save.connect(refuse, sender=LessonPage)
    try:
        response = author.post(address(course), {"starter": starter.pk}, follow=True)
    finally:
        pre_save.disconnect(refuse, sender=LessonPage)
    assert "was not copied, and nothing was left behind" in response.content.decode()
    assert (Page.objects.count(), Revision.objects.count()) == before
    assert "could not be copied" in caplog.text, "whoever runs the site can find out why"


def test_strangers_copy_nothing(starters, course, client, client_for, learner, issuer):
    before = Page.objects.count()
    starter = ModulePage.objects.child_of(starters).first()
    for somebody in (client, client_for(learner), client_for(issuer)):
        assert somebody.post(address(course), {"starter": starter.pk}).status_code in {302, 403}
    assert Page.objects.count() == before


def test_a_page_that_is_no_starter_is_not_copied(starters, author, course):
    before = Page.objects.count()
    for wrong in (course.pk, "", "x", ModulePage.objects.child_of(course).first().pk):
        assert "no longer there" in author.post(address(course), {"starter": wrong}, follow=True).content.decode()
    assert Page.objects.count() == before


def test_the_button_stands_where_something_may_be_added(starters, author, course):
    module = ModulePage.objects.child_of(course).first()
    for parent in (course, module):
        assert address(parent) in author.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    places = author.get(reverse("courses_starter_places")).content.decode()
    assert address(course) in places and address(starters) not in places


def wagtail_copy(client: Client, page: Page, **data: object) -> Page:
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": page.get_parent().pk, "copy_subpages": "on", **data}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    return Page.objects.get(slug=data["new_slug"]).specific


def test_a_copied_lesson_knows_nothing_of_what_was_answered_in_the_first(client_for, administrator, learner, course, lessons):
    ident = put_into(lessons[0], example("reflection"))[0]
    enrolment = Enrolment.objects.create(user=learner, course_key=course.translation_key)
    state = {"text": "Only for me", "prompt": "", "again_on": ""}
    BlockState.objects.create(
        enrolment=enrolment, lesson_key=lessons[0].translation_key, block_id=ident, kind="reflection", state=state
    )
    made = wagtail_copy(client_for(administrator), lessons[0], publish_copies="on")
    assert made.live and made.translation_key != lessons[0].translation_key
    reader = client_for(learner)
    assert "Only for me" in reader.get(lessons[0].url).content.decode()
    page = reader.get(made.url).content.decode()
    assert "Pause and think" in page and "Only for me" not in page


@pytest.mark.parametrize("level", ["course", "module", "lesson"])
def test_copies_of_course_module_and_lesson_keep_their_quizzes(client_for, administrator, course, lessons, quiz, level):
    pages = {"course": course, "module": lessons[1].get_parent(), "lesson": lessons[1]}
    made = wagtail_copy(client_for(administrator), pages[level])
    copied = LessonPage.objects.descendant_of(made, inclusive=True)
    assert quiz in [found for lesson in copied for found in lesson.quizzes]
    keys = list(LessonPage.objects.values_list("translation_key", flat=True))
    assert len(keys) == len(set(keys))
