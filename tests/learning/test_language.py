"""Country is not language, and neither is progress: a learner may change language in mid-course and lose nothing."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from learning.models import Enrolment, LessonCompletion
from tests.factories.learning import pass_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(course):
    """The course, its first module and that module's lessons in French; the second module waits for its translator."""
    locale = Locale.objects.get_or_create(language_code="fr")[0]

    def translated(page, title):
        copy = page.copy_for_translation(locale, copy_parents=True)
        copy.title, copy.slug = title, f"fr-{copy.slug}"
        copy.save_revision().publish()
        return copy.specific

    page = translated(course, "Le cours")
    module = course.get_children().first().specific
    translated(module, "Le module")
    for number, lesson in enumerate(module.get_children().specific(), start=1):
        translated(lesson, f"Leçon {number}")
    return page


def in_french(name, *args):
    with translation.override("fr"):
        return reverse(name, args=args)


def test_lessons_done_in_one_language_are_done_in_the_other(client_for, learner, course, french):
    client = client_for(learner)
    client.post(reverse("learning:start", args=[course.translation_key]))
    english = course.get_children().first().get_children().first()
    client.post(reverse("learning:complete_lesson", args=[english.translation_key]))
    page = client.get(in_french("learning:outline", course.translation_key)).content.decode()
    assert "Le cours" in page and "Leçon 1" in page
    assert Enrolment.objects.count() == 1
    second = course.get_children().first().get_children()[1].specific
    pass_quiz(learner, second.quizzes[0])
    client.post(in_french("learning:complete_lesson", second.translation_key))
    assert LessonCompletion.objects.filter(enrolment__user=learner).count() == 2


def test_what_is_not_translated_yet_is_shown_in_its_own_language(client_for, learner, course, french):
    page = client_for(learner).get(in_french("learning:outline", course.translation_key)).content.decode()
    untranslated = course.get_children()[1].get_children().first()
    assert untranslated.title in page and 'lang="en"' in page
