"""The film with stops: what its author is told, and what becomes of the answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.segments.extract import extract_segments

from courses.blocks import LessonBlocks
from courses.blocks.video_stops import seconds_of
from courses.models import LessonPage
from courses.pieces import Piece, pieces_of
from learning.models import BlockState, Enrolment
from quizzes.raw_values import problems_of
from tests.factories.films import make_captions, make_film
from tests.factories.practice import example, put_into

BLOCK = LessonBlocks().child_blocks["video_stops"]


def film(**changed: Any) -> dict[str, Any]:
    return example("video_stops", file=make_film(), captions=make_captions(), **changed)


def stop(**fields: Any) -> dict[str, Any]:
    return {"at": "0:40", "title": "x", "note": "<p>x</p>", "question": "", "choices": [], **fields}


def test_times_are_minutes_and_seconds() -> None:
    assert [seconds_of(at) for at in ["0:40", "1:30", " 12:05 ", "1:02:05"]] == [40, 90, 725, 3725]
    assert not any(seconds_of(at) for at in ["", "90", "1:75", "1.30", "a:bc", "-1:30", "٣:٣٠", "1:2:3:4"])


RIGHT, WRONG = {"text": "x", "correct": True, "feedback": ""}, {"text": "x", "correct": False, "feedback": ""}
PROBLEMS = {
    "time": ([stop(at="90")], "at: Write minutes and seconds"),
    "empty": ([stop(note="")], "note: Write a note or a question"),
    "no answers": ([stop(question="x", choices=[RIGHT])], "choices: Write at least two answers"),
    "no right one": ([stop(question="x", choices=[WRONG, WRONG])], "tick the right one"),
    "no question": ([stop(choices=[RIGHT, WRONG])], "question: There are answers here."),
    "order": ([stop(at="1:30"), stop(at="0:40")], "stops: Put the stops in the order"),
    "twice": ([stop(), stop()], "each at a time of its own"),
    "none": ([], "stops: Write at least one stop."),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_author_is_told_what_to_do(db, case: str) -> None:
    stops, told = PROBLEMS[case]
    value = {**film()["value"], "stops": stops}
    problems = problems_of(BLOCK, value)
    assert any(told in problem for problem in problems), problems
    draft = BLOCK.to_python(value)
    BLOCK.clean_deferred(draft)
    BLOCK.render(draft)


@pytest.mark.parametrize(("field", "told"), [("file", "This is no film."), ("captions", "These are no captions.")])
def test_file_of_another_kind_is_refused(db, field: str, told: str) -> None:
    swapped = {"file": make_captions(), "captions": make_film()}[field]
    problems = problems_of(BLOCK, {**film()["value"], field: swapped.pk})
    assert len(problems) == 1 and f"{field}: {told}" in problems[0]


def test_good_one_is_accepted_and_a_draft_needs_no_file(db) -> None:
    assert not problems_of(BLOCK, film()["value"])
    BLOCK.render(BLOCK.to_python({}))


def test_translator_is_offered_no_times(lessons: list[LessonPage]) -> None:
    put_into(lessons[0], film())
    lessons[0].refresh_from_db()
    strings = {s.string.data for s in extract_segments(lessons[0]) if s.path.startswith("body") and hasattr(s, "string")}
    assert "How she begins" in strings and not {"0:40", "1:30"} & strings


@pytest.fixture
def enrolled(learner, course, client_for: Callable) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


@pytest.fixture
def piece(lessons: list[LessonPage]) -> Piece:
    put_into(lessons[0], film())
    return pieces_of(lessons[0])[0]


def answer(client: Client, lesson: LessonPage, piece: Piece, choice: int | str) -> Any:
    asked = piece.material["stops"][1]
    chosen = choice if isinstance(choice, str) else asked["choices"][choice]["id"]
    address = reverse("learning:practice", args=[lesson.translation_key, piece.ident])
    return client.post(address, {f"{piece.prefix}-{asked['id']}": chosen})


def test_answers_are_marked_explained_and_kept(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    page = enrolled.get(lessons[0].url).content.decode()
    assert "0:40" in page and "She says her name before" in page and 'kind="captions"' in page
    assert "Silence is an answer" not in page and "Watch again" not in page
    answer(enrolled, lessons[0], piece, 1)
    page = enrolled.get(lessons[0].url).content.decode()
    assert "0 of 1 right" in page and "Watch again" in page and "Silence is an answer" not in page
    answer(enrolled, lessons[0], piece, 0)
    assert "1 of 1 right" in enrolled.get(lessons[0].url).content.decode()
    kept = BlockState.objects.get()
    assert kept.done_at and kept.score == 1 and kept.tries == 2


def test_what_is_missing_is_named_by_its_time(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    for hostile in ["", "gone", "\x00"]:
        response = answer(client, lessons[0], piece, hostile)
        assert response.status_code == 422 and "Answer the question at 1:30." in response.content.decode()
    assert "1 of 1 right" in answer(client, lessons[0], piece, 0).content.decode()


def test_film_without_questions_is_done_when_its_learner_says_so(enrolled: Client, lessons: list[LessonPage]) -> None:
    part = film()
    part["value"]["stops"] = part["value"]["stops"][:1]
    put_into(lessons[0], part)
    piece = pieces_of(lessons[0])[0]
    assert "I have watched it" in enrolled.get(lessons[0].url).content.decode()
    enrolled.post(reverse("learning:practice", args=[lessons[0].translation_key, piece.ident]))
    kept = BlockState.objects.get()
    assert kept.done_at and kept.score is None
    assert "Watched" in enrolled.get(lessons[0].url).content.decode()


def test_old_states_do_no_harm(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    answer(enrolled, lessons[0], piece, 0)
    for state in [{"answers": []}, {"answers": {"gone": 3}}, {"answers": {piece.material["stops"][1]["id"]: []}}, {"x": 1}]:
        BlockState.objects.update(state=state)
        assert enrolled.get(lessons[0].url).status_code == 200
