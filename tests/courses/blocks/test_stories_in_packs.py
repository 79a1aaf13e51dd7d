"""Scenario, case file, film with stops and pause as course packs write them: plain values, and back the same."""

import uuid

import pytest

from courses.blocks import LessonBlocks
from quizzes.raw_values import plain_value, problems_of, raw_value
from tests.factories.films import make_captions, make_film
from tests.factories.practice import example


def identify(place: str, name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{place}/{name}")


@pytest.mark.parametrize("name", ["scenario", "case_file", "video_stops", "pause", "case"])
def test_plain_values_of_a_pack_come_back_as_they_were(db, name: str) -> None:
    block = LessonBlocks().child_blocks[name]
    files = {"file": make_film(), "captions": make_captions()} if name == "video_stops" else {}
    plain = plain_value(block, example(name, **files)["value"])
    links = {field: (lambda pk: pk) for field in files}
    raw = raw_value(block, plain, identify, "lesson", links)
    assert not problems_of(block, raw)
    assert plain_value(block, raw) == plain


def test_story_of_a_pack_leads_on_by_ids_that_stay(db) -> None:
    block = LessonBlocks().child_blocks["scenario"]
    plain = plain_value(block, example("scenario")["value"])
    del plain["required"]
    first, again = (block.material(block.to_python(raw_value(block, plain, identify, "lesson", {})), "x", "en") for _ in range(2))
    assert first == again and first["required"]
    assert first["steps"][0]["choices"][0]["to"] == first["steps"][2]["id"]
