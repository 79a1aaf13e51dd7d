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
from django.utils.timezone import localdate
from wagtail.models import Comment, Workflow

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
    assert list(parts) == ["drafts", "comments", "reviews", "outdated", "questions", "flags", "given"]
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


def fill(catalogue, trainer: User, coordinator: User, learner: User, n: int) -> None:
    course = make_course(catalogue, title=f"Course {n}", slug=f"filled-{n}")
    for lesson in LessonPage.objects.descendant_of(course):
        lesson.review_by, lesson.owner = date(2020, 1, 1), trainer
        lesson.save()
        lesson.save_revision(user=trainer)
        Comment.objects.create(page=lesson, user=coordinator, text="Why?", contentpath="title")
    reviewed = LessonPage.objects.descendant_of(course).last()
    Workflow.objects.get(active=True).start(reviewed, coordinator)
    for question in Question.objects.all():
        Question.objects.filter(pk=question.pk).update(review_by=YESTERDAY)
        QuestionFlag.objects.get_or_create(
            question_key=question.translation_key, user=learner, reason="unclear", defaults={"language": "en"}
        )


def test_the_desk_costs_the_same_however_much_waits(client_for: Callable, site, trainer, coordinator, learner):
    client = client_for(trainer)

    def cost() -> int:
        desk(client)
        with CaptureQueriesContext(connection) as captured:
            desk(client)
        return len(captured)

    fill(site.catalogue, trainer, coordinator, learner, 1)
    little = cost()
    for n in range(2, 5):
        fill(site.catalogue, trainer, coordinator, learner, n)
    assert cost() == little
