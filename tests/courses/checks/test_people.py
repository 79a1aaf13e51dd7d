"""Pictures of people in lessons: released, and looked at by somebody else than their uploader, or the lesson is not approved."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from courses.checks.checking import findings_in
from courses.models import LessonPage, SharedContent
from courses.reviewing.checklist import keeps_from_approval, open_checks
from tests.factories.courses import block
from tests.factories.pictures import make_picture
from tests.factories.practice import put_into


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    return lessons[0]


def told(lesson: LessonPage, *blocks: dict) -> list[str]:
    put_into(lesson, *blocks)
    return [finding.advice for finding in findings_in(lesson)]


def person(**fields: object) -> dict:
    """A picture of a person in a lesson, released and looked at unless it is said otherwise."""
    looked = {"released_by": "The woman on it", "reviewed_on": localdate(), "shows_person": True}
    picture = make_picture(**{**looked, **fields})
    image = {"image": picture.pk, "alt_text": "A woman at a desk", "decorative": False}
    return block("image", {"image": image, "caption": "", "people": "agreed"})


def test_a_picture_of_a_person_is_not_one_of_nobody(lesson: LessonPage) -> None:
    shown = person()
    assert told(lesson, shown) == []
    shown["value"]["people"] = "nobody"
    [advice] = told(lesson, shown)
    assert "shows a person, and here it says nobody" in advice
    [advice] = told(lesson, person(shows_person=False))
    assert "Say so in the library" in advice


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"released_by": " "}, "no release holds today"),
        ({"released_until": localdate() - timedelta(days=1)}, "no release holds today"),
        ({"released_until": localdate()}, None),
        ({"released_by": "", "no_real_person": True}, None),
        ({"reviewed_on": None}, "only its uploader has looked"),
        ({"reviewed_on": None, "no_real_person": True}, "only its uploader has looked"),
    ],
)
def test_a_picture_of_a_person_needs_a_release_and_a_second_look(lesson: LessonPage, fields: dict, said: str | None) -> None:
    found = told(lesson, person(**fields))
    assert len(found) == bool(said) and all(said in advice for advice in found)


def test_people_are_found_wherever_pictures_stand(lesson: LessonPage) -> None:
    picture = make_picture(shows_person=True)
    film = {"title": "A meeting", "minutes": 3, "transcript": "<p>Good morning.</p>", "link": "https://films.example/3"}
    poster = block("video", {**film, "poster": picture.pk})
    content = SharedContent.objects.create(
        title="More", key="more", locale=lesson.locale, body=json.dumps([person(reviewed_on=None)])
    )
    found = told(lesson, poster, block("shared", {"content": content.pk}))
    assert ["shows a person" in advice for advice in found] == [True, True]


def test_nobody_approves_a_lesson_with_a_person_who_is_not_protected(lesson: LessonPage) -> None:
    label = "Every person on a picture released it, and a second person has looked"
    put_into(lesson, person())
    assert label not in {str(check.label) for check in open_checks(lesson)}
    put_into(lesson, person(reviewed_on=None))
    [check] = [check for check in open_checks(lesson) if str(check.label) == label]
    assert check.must and str(lesson.body[0].id) in check.url and keeps_from_approval(lesson)
