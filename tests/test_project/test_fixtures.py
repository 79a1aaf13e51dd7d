"""The rig itself: other tests believe these fixtures."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from tests.factories.courses import SiteTree


def test_course_is_live_and_has_four_lessons_and_a_quiz(course, lessons, quiz) -> None:
    assert course.live
    assert [lesson.minutes for lesson in lessons] == [5, 5, 5, 5]
    assert quiz.items.count() == 3


def test_site_has_a_home_page_and_a_catalogue_in_each_language(site: SiteTree, settings) -> None:
    codes = [code for code, _ in settings.LANGUAGES]
    assert list(site.homes) == list(site.catalogues) == codes
    assert len({home.translation_key for home in site.homes.values()}) == 1


def test_roles_are_told_apart(trainer, issuer, learner, client_for: Callable[..., Client]) -> None:
    assert {m.role for m in trainer.memberships.all()} == {"trainer"}
    assert not learner.memberships.exists()
    assert client_for(issuer).session["_auth_user_id"] == str(issuer.pk)


@pytest.mark.parametrize("round_number", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_rows_written_by_migrations_survive_a_committing_test(round_number: int) -> None:
    assert Page.objects.filter(depth=1).count() == 1
    assert Group.objects.exists()
