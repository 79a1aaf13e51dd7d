"""Every block that a lesson may hold, on paper: whole, accessible, without the answer and without notes for trainers."""

import pytest
from django.utils.html import strip_tags

from courses.blocks import LessonBlocks
from printables import pdf
from printables.documents import draft_of
from tests.factories.courses import block
from tests.factories.practice import example, practice_blocks, put_into
from tests.printables.reading import failures, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.program("pdftotext")]
WITHOUT_EXAMPLE = {"quiz", "shared", "image", "video", "audio", "document", "video_stops", "hotspots", "hotspot_signs"}
BLOCKS = sorted(set(LessonBlocks().child_blocks) - WITHOUT_EXAMPLE)
# What of a practice block is told only after answering.
TOLD_LATER = {
    "feedback",
    "explanation",
    "when_right",
    "when_partly",
    "when_wrong",
    "expert",
    "view",
    "consequence",
    "why",
    "learn",
}
TOLD_LATER |= {"closing", "hint", "back", "accepted"}
SAID_BEFORE = {"reflection"}  # whose hint helps to begin


def words_told_later(value: object, told: bool = False) -> list[str]:
    """Every text in a stored block that belongs to the answer."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in words_told_later(inner, told or name in TOLD_LATER)]
    if isinstance(value, list):
        return [text for inner in value for text in words_told_later(inner, told)]
    return [strip_tags(value).strip()] if told and isinstance(value, str) and " " in strip_tags(value).strip() else []


def html_of(lesson, *body) -> str:
    put_into(lesson, *body)
    return draft_of("lesson", type(lesson).objects.get(pk=lesson.pk)).html


def test_all_blocks_together_stay_accessible(lessons):
    """One file with each of them: whoever looks for the culprit prints half of them."""
    html = html_of(lessons[0], *(example(name) for name in BLOCKS))
    assert failures(pdf.render(html).content) == []


@pytest.mark.parametrize("name", sorted(set(practice_blocks()) - WITHOUT_EXAMPLE))
def test_no_practice_block_tells_its_answer(lessons, name):
    stored = example(name)
    html = html_of(lessons[0], stored)
    assert stored["value"]["heading"] in html
    later = [] if name in SAID_BEFORE else words_told_later(stored["value"])
    assert not [text for text in later if text in html]


def test_notes_for_trainers_stay_with_trainers(lessons):
    lesson = lessons[0]
    lesson.trainer_notes = "<p>Canary of the lesson.</p>"
    html = html_of(lesson, block("trainer_note", {"text": "<p>Canary of the block.</p>"}), block("text", "<p>Words.</p>"))
    assert "Words." in html and "Canary" not in html


def test_closed_parts_are_open_on_paper(lessons):
    html = html_of(lessons[0], example("accordion"))
    assert "<details" not in html and "Trafficking may happen inside one town." in html
    assert "Open all" not in html


def test_a_gate_holds_nothing_back_on_paper(lessons):
    html = html_of(lessons[0], example("decision"), example("gate"), block("text", "<p>Behind the gate.</p>"))
    assert "Behind the gate." in html and "opens when" not in html


def test_practice_has_room_for_a_pencil(lessons):
    html = html_of(lessons[0], example("card_sort"), example("gaps"), example("reflection"))
    assert html.count('class="box"') >= 6
    assert 'class="gap"' in html and 'class="line"' in html
    assert "<input" not in html and "<textarea" not in html


def test_outside_addresses_stand_in_words_and_odd_ones_are_no_links(lessons):
    text = '<p><a href="https://example.org/law">the law</a> <a href="javascript:alert(1)">odd</a></p>'
    html = html_of(lessons[0], block("text", text))
    assert "javascript:" not in html
    assert "(https://example.org/law)" in text_of(pdf.render(html).content)
