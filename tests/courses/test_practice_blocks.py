"""What holds for every practice block, whatever it asks. Each has a file of its own beside this one for the rest."""

import json

import pytest
from django.utils.translation import override

from courses.blocks import SAMPLE, LessonBlocks
from courses.blocks.questions import AskingBlock
from tests.factories.practice import practice_blocks

NAMES = sorted(practice_blocks())
WITH_A_FILE = {"hotspot_signs", "hotspots", "video_stops"}  # their previews draw what an author has to upload
ASKING = [name for name in NAMES if isinstance(practice_blocks()[name], AskingBlock)]


def material(name: str) -> dict:
    block = practice_blocks()[name]
    return block.material(block.get_preview_value(), SAMPLE, "en")


@pytest.mark.parametrize("name", NAMES)
def test_material_and_states_are_json_and_the_same_each_time(db, name: str) -> None:
    block = practice_blocks()[name]
    value = block.get_preview_value()
    frozen = block.material(value, SAMPLE, "en")
    assert json.loads(json.dumps(frozen)) == frozen == block.material(value, SAMPLE, "en")
    states = block.sample_states(frozen)
    assert states, "nothing to look at in the style guide"
    assert json.loads(json.dumps(states)) == states


@pytest.mark.parametrize("name", NAMES)
def test_picker_shows_what_it_is(db, name: str) -> None:
    block = LessonBlocks().child_blocks[name]
    assert block.meta.description and block.meta.help_text and block.meta.icon != "placeholder" and block.meta.group
    assert block.is_previewable
    assert block.get_preview_value()["heading"]
    if name not in WITH_A_FILE:
        block.clean(block.get_preview_value())


@pytest.mark.parametrize("name", NAMES)
def test_it_renders_before_and_after_each_answer(db, name: str) -> None:
    block, frozen = practice_blocks()[name], material(name)
    for state in [None, *block.sample_states(frozen).values()]:
        html = block.render_exercise(block.exercise(SAMPLE, frozen, state, sendable=False), {})
        assert frozen["heading"] in html
        assert ("<form" in html) == (state is None or not block.anonymous)


@pytest.mark.parametrize("name", NAMES)
def test_state_of_an_older_edition_does_no_harm(db, name: str) -> None:
    block, frozen = practice_blocks()[name], material(name)
    for state in [{}, {"answer": None}, {"answer": {"cards": {"gone": "away"}}}, {"kind": "gone", "answer": 3}]:
        block.render_exercise(block.exercise(SAMPLE, frozen, state, sendable=False), {})


@pytest.mark.parametrize("name", NAMES)
def test_learner_reads_it_in_their_language(db, name: str) -> None:
    block, frozen = practice_blocks()[name], material(name)
    with override("bg"):
        html = block.render_exercise(block.exercise(SAMPLE, frozen, sendable=False), {})
    assert ">Check<" not in html


@pytest.mark.parametrize("name", ASKING)
def test_the_question_stays_above_its_feedback(db, name: str) -> None:
    block, frozen = practice_blocks()[name], material(name)
    for state in block.sample_states(frozen).values():
        html = block.render_exercise(block.exercise(SAMPLE, frozen, state, sendable=False), {})
        assert frozen["snapshot"]["text"] in html.split("practice__again")[0]


@pytest.mark.parametrize("name", ASKING)
def test_who_does_not_know_yet_is_told_nothing_wrong(db, name: str) -> None:
    block, frozen = practice_blocks()[name], material(name)
    for state in [state for how, state in block.sample_states(frozen).items() if how == "unsure"]:
        html = block.render_exercise(block.exercise(SAMPLE, frozen, state, sendable=False), {})
        assert "I don&#x27;t know yet" in html
        assert "Not quite" not in html and "Fits too" not in html
