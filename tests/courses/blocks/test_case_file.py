"""The case file: what its author is told, how its parts open, and what may be tampered with."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue

from courses.blocks import LessonBlocks
from courses.blocks.case_file import KINDS
from courses.models import LessonPage
from courses.pieces import Piece, pieces_of
from learning.models import BlockState, Enrolment
from printables.documents import draft_of
from quizzes.raw_values import problems_of
from tests.factories.practice import example, put_into

BLOCK = LessonBlocks().child_blocks["case_file"]


def with_choices(*ticks: bool) -> dict[str, Any]:
    """The example; the question of its first part has one answer for each tick."""
    value = example("case_file")["value"]
    choices = [{"text": "x", "correct": tick, "feedback": "x"} for tick in ticks]
    value["stages"][0]["value"]["question"]["choices"] = choices
    return value


def test_author_is_told_what_keeps_the_next_part_closed(db) -> None:
    assert not problems_of(BLOCK, example("case_file")["value"])
    value = example("case_file")["value"]
    for changed, told in [
        (with_choices(False, False), "Tick the right answer"),
        (with_choices(True), "Write at least two answers."),
        ({**value, "stages": value["stages"][:1]}, "two to six parts"),
    ]:
        problems = problems_of(BLOCK, changed)
        assert any(told in problem for problem in problems), problems
        BLOCK.clean_deferred(BLOCK.to_python(changed))


def test_translator_is_offered_words_alone(lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("case_file"))
    lessons[0].refresh_from_db()
    segments = [s for s in extract_segments(lessons[0]) if s.path.startswith("body")]
    assert len(segments) > 10 and not [s for s in segments if isinstance(s, OverridableSegmentValue)]
    assert not {"note", "ticket", "message"} & {s.string.data for s in segments if hasattr(s, "string")}


@pytest.fixture
def enrolled(learner, course, client_for: Callable) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


@pytest.fixture
def piece(lessons: list[LessonPage]) -> Piece:
    put_into(lessons[0], example("case_file"))
    return pieces_of(lessons[0])[0]


def answer(client: Client, lesson: LessonPage, piece: Piece, *right: bool, **posted: Any) -> Any:
    """Post the answers to the parts from the first on; the last of them is the one that is asked now."""
    data = {piece.prefix: str(len(right))}
    for stage, is_right in zip(piece.material["stages"], right, strict=False):
        data[f"{piece.prefix}-{stage['id']}"] = next(c["id"] for c in stage["choices"] if c["correct"] is is_right)
    return client.post(reverse("learning:practice", args=[lesson.translation_key, piece.ident]), {**data, **posted})


def test_parts_open_one_by_one_and_a_wrong_answer_gives_the_hint(
    enrolled: Client, lessons: list[LessonPage], piece: Piece
) -> None:
    lesson = lessons[0]
    page = enrolled.get(lesson.url).content.decode()
    assert "Note of the night shift" in page and "Part 1 of 2" in page
    for later in ["You still owe me", "Think of what a mistake", "presumed to be a child", "No single paper"]:
        assert later not in page
    answer(enrolled, lesson, piece, False)
    page = enrolled.get(lesson.url).content.decode()
    assert "Think of what a mistake" in page and "Not quite" in page and "You still owe me" not in page
    answer(enrolled, lesson, piece, True)
    page = enrolled.get(lesson.url).content.decode()
    assert "You still owe me" in page and "presumed to be a child" in page and "No single paper" not in page
    assert not BlockState.objects.get().done_at
    answer(enrolled, lesson, piece, True, True)
    page = enrolled.get(lesson.url).content.decode()
    assert "No single paper" in page and "The file is read" in page
    kept = BlockState.objects.get()
    assert kept.done_at and kept.score == 0.5 and kept.tries == 3, "the first answer counts, and one of two was right"
    answer(enrolled, lesson, piece, act="again")
    kept.refresh_from_db()
    assert kept.done_at and kept.score == 0.5 and kept.state["answers"] == {}
    assert "You still owe me" not in enrolled.get(lesson.url).content.decode()


def test_answer_that_comes_late_changes_nothing_and_is_no_mistake(
    enrolled: Client, lessons: list[LessonPage], piece: Piece
) -> None:
    def state() -> dict[str, Any]:
        return BlockState.objects.get().state

    answer(enrolled, lessons[0], piece, True)
    answer(enrolled, lessons[0], piece, True, False)
    before = state()
    for late in [True, False]:  # pressed twice, or from another tab in which the first part is still open
        assert answer(enrolled, lessons[0], piece, late).status_code == 303
        assert state() == before
    assert "Read it beside the ticket" in enrolled.get(lessons[0].url).content.decode(), "the hint to the part that is open"
    answer(enrolled, lessons[0], piece, True, True)
    for _press in range(2):
        again = answer(enrolled, lessons[0], piece, act="again", **{piece.prefix: ""})
        assert again.status_code == 303 and state()["answers"] == {}


def test_guest_opens_the_next_part_with_what_travels_in_the_form(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    first = answer(client, lessons[0], piece, True).content.decode()
    assert "You still owe me" in first
    assert "No single paper" in answer(client, lessons[0], piece, True, True).content.decode()
    assert not BlockState.objects.exists()


def test_nobody_skips_a_part(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    for right in [(False, True), (True, True, True)]:
        response = answer(client, lessons[0], piece, *right, **{piece.prefix: "9"})
        assert response.status_code in {200, 422}
    page = answer(client, lessons[0], piece, False, True).content.decode()
    assert "You still owe me" not in page and "No single paper" not in page


def test_hostile_posts_are_asked_again(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    stage = piece.material["stages"][0]["id"]
    for posted in [{}, {f"{piece.prefix}-{stage}": "gone"}, {f"{piece.prefix}-{stage}": "\x00"}, {piece.prefix: "²"}]:
        response = client.post(reverse("learning:practice", args=[lessons[0].translation_key, piece.ident]), posted)
        assert response.status_code == 422 and "Choose an answer." in response.content.decode()


def test_old_states_do_no_harm(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    answer(enrolled, lessons[0], piece, True)
    for state in [{"answers": []}, {"answers": {"gone": "x"}, "first": 3}, {"answers": {piece.material["stages"][0]["id"]: {}}}]:
        BlockState.objects.update(state=state)
        assert "Part 1 of 2" in enrolled.get(lessons[0].url).content.decode()
        assert answer(enrolled, lessons[0], piece, True).status_code == 303


def test_paper_says_what_each_document_is(lessons: list[LessonPage], piece: Piece) -> None:
    html = draft_of("lesson", LessonPage.objects.get(pk=lessons[0].pk)).html
    for document in [document for stage in piece.material["stages"] for document in stage["documents"]]:
        assert f"{dict(KINDS)[document['kind']]} · <strong>{document['title']}</strong>" in html


def test_whole_file_is_printed_without_its_answers(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    page = client.get(lessons[0].url, {piece.prefix: "all"}).content.decode()
    for told in ["Note of the night shift", "You still owe me", "What does the message add?", "A debt, and somebody"]:
        assert told in page
    for answer_ in ["presumed to be a child", "Think of what a mistake", "No single paper", "Read it beside the ticket"]:
        assert answer_ not in page
    assert "You still owe me" not in client.get(lessons[0].url, {piece.prefix: "x"}).content.decode()
