"""Points on a picture, with the notes below it for everyone."""

import re

import pytest
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, block_of, offered_in, page_of
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
POINTS = [{"x": 10, "y": 20, "title": "Door", "text": "Ajar."}, {"x": 50, "y": 60, "title": "Cup", "text": "Warm."}]


@pytest.fixture
def picture():
    made = get_image_model().objects.create(title="room", file=get_test_image_file(size=(640, 400)))
    made.contextual_alt_text, made.decorative = "A room with a door", False
    return made


def stored(picture) -> dict:
    """The block with ``picture`` and two points, as the database stores it."""
    points = block_of("hotspots").child_blocks["points"].normalize(POINTS)
    return example("hotspots", image=picture, points=points)


def value_with(picture):
    return block_of("hotspots").to_python(stored(picture)["value"])


def test_editor_is_told_what_is_missing(picture) -> None:
    block = block_of("hotspots")
    block.clean(value_with(picture))
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value_with(None))
    assert "image" in refused.value.block_errors
    picture.contextual_alt_text, picture.decorative = "", True
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value_with(picture))
    assert "Say in the alternative text what it shows." in str(refused.value.block_errors["image"])
    block.clean_deferred(value_with(picture))


def test_two_points_of_one_name_are_told_apart(picture) -> None:
    value = value_with(picture)
    value["points"][1]["title"] = "Door"
    with pytest.raises(StructBlockValidationError) as refused:
        block_of("hotspots").clean(value)
    assert "“Door” stands here twice." in str(refused.value.block_errors["points"].non_block_errors)


def test_a_point_without_a_title_is_called_by_its_number(picture) -> None:
    block, value = block_of("hotspots"), value_with(picture)
    value["points"][0]["title"] = value["points"][1]["title"] = ""
    block.clean(value)
    frozen = block.material(value, "00000000-0000-0000-0000-000000000000", "en")
    assert [point["title"] for point in frozen["points"]] == ["Point 1", "Point 2"]


def test_every_number_leads_to_its_note(picture) -> None:
    block = block_of("hotspots")
    frozen = block.material(value_with(picture), "00000000-0000-0000-0000-000000000000", "en")
    html = block.render_exercise(block.exercise("00000000-0000-0000-0000-000000000000", frozen, sendable=False), {})
    assert 'alt="A room with a door"' in html
    links, notes = re.findall(r'<a class="points__link" href="#([^"]+)"', html), re.findall(r'<li [^>]*id="([^"]+)"', html)
    assert links == notes
    assert len(notes) == 2
    assert (frozen["points"][1]["x"], frozen["points"][1]["y"]) == (320, 240)


def test_numbers_stay_on_the_picture() -> None:
    points = [{**POINTS[0], "x": 0, "y": 100}, {**POINTS[1], "x": 100, "y": 0}]
    page = page_of("hotspots", points=points)
    assert re.findall(r'points__link.*?cx="(\d+)" cy="(\d+)"', page, re.S) == [
        ("20", "180"),
        ("300", "20"),
    ]  # the drawing is 320 by 200


def test_done_when_the_learner_says_so() -> None:
    assert "I have looked at all of them" in page_of("hotspots")
    said = answer("hotspots", {"x": AWKWARD})
    assert (said.state, said.done, said.score) == ({"looked": True}, True, None)
    page = page_of("hotspots", said.state)
    assert "You have looked at every point." in page
    assert "I have looked at all of them" not in page
    assert "Daylight, and no one who looks in." in page


def test_odd_letters_do_no_harm() -> None:
    page = page_of("hotspots", points=[{**POINTS[0], "title": AWKWARD, "text": AWKWARD}, POINTS[1]])
    assert "<script>" not in page


def test_translators_get_words_only(lessons: list[LessonPage], picture) -> None:
    put_into(lessons[0], stored(picture))
    assert offered_in(lessons[0]) == {"Look around the room", "A room with a door", "Door", "Ajar.", "Cup", "Warm."}
