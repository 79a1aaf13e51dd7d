"""What holds for every block of a lesson that asks nothing, and the parts that each has of its own."""

import json

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.blocks import StructBlockValidationError
from wagtail_localize.segments.extract import extract_segments

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from tests.courses.blocks.editing import told
from tests.factories.practice import example, put_into

NAMES = ["tabs", "terms", "timeline", "chart", "law", "national", "contacts", "roles", "live_activity"]
NAMES += ["care", "pause", "shared", "trainer_note"]
BLOCKS = LessonBlocks().child_blocks
MACHINE = {"bars", "international", "guardian", "lead", "none", "missing_children", "2026-11-26"}


@pytest.mark.parametrize("name", NAMES)
def test_picker_shows_a_real_example(db, name: str) -> None:
    block = BLOCKS[name]
    assert block.meta.help_text and block.meta.description and block.meta.icon != "placeholder" and block.meta.group
    if name != "shared":
        block.clean(block.get_preview_value())


@pytest.mark.parametrize("name", sorted({*NAMES} - {"contacts", "terms"}))  # whose words come from the text
def test_empty_fields_are_asked_for_when_publishing(db, name: str) -> None:
    with pytest.raises(StructBlockValidationError):
        BLOCKS[name].clean(BLOCKS[name].get_default())


@pytest.mark.parametrize("name", sorted({*NAMES} - {"shared"}))
def test_translators_get_words_and_no_machine_names(lessons: list[LessonPage], name: str) -> None:
    lesson = lessons[0]
    put_into(lesson, example(name))
    segments = [getattr(segment, "string", None) for segment in extract_segments(LessonPage.objects.get(pk=lesson.pk))]
    texts = {str(getattr(string, "data", string)) for string in segments}
    assert not texts & MACHINE


def shown(client: Client, lesson: LessonPage, name: str, **changed: object) -> str:
    put_into(lesson, example(name, **changed))
    return client.get(lesson.url).content.decode()


def test_readers_see_each_in_their_language(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], *[example(name) for name in NAMES if name != "shared"])
    html = client.get(lessons[0].url).content.decode()
    for words in ["The guardian", "Reflection period", "The first days", "Leads", "116 000", "In your country:", "Take care"]:
        assert words in html
    with override("bg"):
        BLOCKS["contacts"].render(BLOCKS["contacts"].get_preview_value(), {})


@pytest.mark.parametrize(
    ("name", "rows", "problem"),
    [
        (
            "chart",
            {"rows": [{"label": "Labour", "values": [1, 2]}, {"label": "Begging", "values": [1]}]},
            ", rows 2, values: Every row needs one number for each series (2).",
        ),
        (
            "roles",
            {"tasks": [{"task": "Choose", "parts": ["lead", "none", "none"]}, {"task": "Ask", "parts": ["lead"]}]},
            ", tasks 2, parts: Every task needs one part for each role (3).",
        ),
        (
            "table",
            {"rows": [{"cells": ["One", "two", "three"]}, {"cells": ["One", "two"]}]},
            ", rows 2, cells: Every row needs as many cells as there are column headings (3).",
        ),
    ],
)
def test_uneven_rows_are_refused_where_they_stand_but_not_in_a_draft(db, name: str, rows: dict, problem: str) -> None:
    assert told(name, **rows) == [problem]


def test_law_says_that_nobody_has_checked_it(client: Client, lessons: list[LessonPage]) -> None:
    assert "To be confirmed" in shown(client, lessons[0], "law", checked_on=None)
    html = shown(client, lessons[0], "law")
    assert "To be confirmed" not in html and "26 November 2026" in html


def test_an_article_may_be_named_at_length(db) -> None:
    value = BLOCKS["law"].get_preview_value()
    value["article"] = "a" * 200
    BLOCKS["law"].clean(value)


def test_editor_is_warned_of_law_past_its_review(client_for, trainer, lessons: list[LessonPage]) -> None:
    def editor() -> str:
        return client_for(trainer).get(f"/admin/pages/{lessons[0].pk}/edit/").content.decode()

    old = example("law")
    old["value"]["review_by"] = "2001-05-31"
    put_into(lessons[0], example("law", review_by=None), old)
    html = editor()
    assert "should be checked again" in html and html.count("31 May 2001") == 1
    put_into(lessons[0], example("law", review_by=None))
    assert "should be checked again" not in editor()


def test_contacts_say_where_a_number_serves(client: Client, lessons: list[LessonPage]) -> None:
    html = shown(client, lessons[0], "contacts", kind="missing_children")
    assert 'href="tel:116000"' in html and 'href="tel:112"' in html and "Not in Turkey" in html
    assert "116 111" not in html
    assert "116 111" in shown(client, lessons[0], "contacts", kind="helpline")
    legal = shown(client, lessons[0], "contacts", kind="legal_aid")
    assert "116 1" not in legal and 'href="tel:112"' in legal


def test_every_contact_kind_and_slot_renders(db) -> None:
    for name, field in [("contacts", "kind"), ("national", "slot")]:
        block = BLOCKS[name]
        for choice, _label in block.child_blocks[field].field.choices:
            value = block.get_preview_value()
            value[field] = choice
            assert block.render(value, {})


def test_a_stored_value_of_an_older_edition_does_no_harm(client: Client, lessons: list[LessonPage]) -> None:
    old = [
        {"type": "chart", "id": "11111111-1111-1111-1111-111111111111", "value": {"caption": "Old", "rows": [], "series": []}},
        {"type": "chart", "id": "11111111-1111-1111-1111-111111111112", "value": {"kind": "lines", "caption": "Old", "rows": []}},
        {"type": "national", "id": "11111111-1111-1111-1111-111111111113", "value": {"slot": "gone"}},
        {"type": "roles", "id": "11111111-1111-1111-1111-111111111114", "value": {"caption": "Old"}},
        {"type": "law", "id": "11111111-1111-1111-1111-111111111115", "value": {"article": "Old"}},
    ]
    lessons[0].body = json.dumps(old)
    lessons[0].save_revision().publish()
    assert client.get(lessons[0].url).status_code == 200


def test_a_sensitive_lesson_begins_with_care_even_if_nobody_wrote_it(client: Client, lessons: list[LessonPage]) -> None:
    lesson = lessons[0]
    put_into(lesson, example("pause"))
    general = "may be hard to read"
    assert general not in client.get(lesson.url).content.decode()
    lesson.sensitive = True
    put_into(lesson, example("pause"))
    assert general in client.get(lesson.url).content.decode()
    put_into(lesson, example("care"), example("pause"))
    assert general not in client.get(lesson.url).content.decode()
