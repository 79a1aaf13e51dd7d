"""The branching scenario: what its author is told, the way of its reader, and what may be tampered with."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from courses.pieces import Piece, pieces_of
from learning.models import BlockState, Enrolment
from quizzes.raw_values import problems_of
from tests.factories.practice import example, put_into

BLOCK = LessonBlocks().child_blocks["scenario"]


def raw(**changed: Any) -> dict[str, Any]:
    return {**example("scenario")["value"], **changed}


def story(steps: dict[str, list[str]], endings: tuple[str, ...] = ("Good", "Hard")) -> dict[str, Any]:
    """A story of bare names, as it is stored: for each step, where its choices go."""
    value = raw(
        steps=[
            {
                "name": name,
                "text": "<p>x</p>",
                "choices": [{"text": "x", "goes_to": to, "consequence": "", "why": ""} for to in ways],
            }
            for name, ways in steps.items()
        ],
        endings=[{"name": name, "tone": "good", "text": "<p>x</p>", "learn": "x"} for name in endings],
    )
    return json.loads(json.dumps(BLOCK.get_prep_value(BLOCK.to_python(value))))


WRONG = {
    "unknown": ({"A": ["Godo", "Good"]}, ("Good", "Hard"), "Step “A”: no step or ending is called “Godo”. Did you mean “Good”?"),
    "beside it": ({"A": ["Godo", "Good"]}, ("Good", "Hard"), "steps 1, choices 1, goes_to: Step “A”"),
    "like nothing": ({"A": ["Elsewhere", "Good"]}, ("Good", "Hard"), "no step or ending is called “Elsewhere”."),
    "dead end": ({"A": ["B", "Good", "Hard"], "B": []}, ("Good", "Hard"), "Step “B”: nobody can go on from here."),
    "lost step": ({"A": ["Good", "Hard"], "B": ["Good"]}, ("Good", "Hard"), "Nobody can reach the step “B”."),
    "lost ending": ({"A": ["Good"]}, ("Good", "Hard"), "endings: Nobody can reach the ending “Hard”."),
    "circle": ({"A": ["B", "Good", "Hard"], "B": ["C"], "C": ["B"]}, ("Good", "Hard"), "comes to no ending: “B”, “C”."),
    "itself": ({"A": ["A", "B", "Good", "Hard"], "B": ["B"]}, ("Good", "Hard"), "comes to no ending: “B”."),
    "one ending": ({"A": ["Good"]}, ("Good",), "Write at least two endings"),
    "twice": ({"A": ["Good", "Hard"]}, ("Good", "Hard", "a"), "“a” is there twice."),
    "empty": ({}, ("Good", "Hard"), "Write at least one step."),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_author_is_told_where_nobody_can_go_on(db, case: str) -> None:
    steps, endings, told = WRONG[case]
    problems = problems_of(BLOCK, story(steps, endings))
    assert any(told in problem for problem in problems), problems


def test_mistyped_name_is_told_once_and_not_as_lost_steps(db) -> None:
    assert len(problems_of(BLOCK, story({"A": ["Good", "Hard", "Bb"], "B": ["Good"]}))) == 1


def test_capitals_spaces_and_circles_with_an_exit_are_fine(db) -> None:
    assert not problems_of(BLOCK, story({"A": ["  b", "HARD"], "B": ["a", "good "]}))


def test_draft_may_lead_nowhere_and_can_be_looked_at(db) -> None:
    value = BLOCK.to_python(story({"A": ["Nowhere"]}))
    BLOCK.clean_deferred(value)
    with pytest.raises(StructBlockValidationError):
        BLOCK.clean(value)
    assert "there is no such step" in BLOCK.render(value)
    assert BLOCK.render(BLOCK.to_python(story({}, ())))


def test_translator_is_offered_words_and_no_names(lessons: list[LessonPage]) -> None:
    lesson = lessons[0]
    put_into(lesson, example("scenario"))
    lesson.refresh_from_db()
    segments = [s for s in extract_segments(lesson) if s.path.startswith("body")]
    names = {"The uncle stays", "Alone with Ilir", "The uncle answers", "He asks a question"}
    assert segments and not [s for s in segments if isinstance(s, OverridableSegmentValue)]
    assert not names & {s.string.data for s in segments if hasattr(s, "string")}


@pytest.fixture
def enrolled(learner, course, client_for: Callable) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


@pytest.fixture
def piece(lessons: list[LessonPage]) -> Piece:
    put_into(lessons[0], example("scenario"))
    return pieces_of(lessons[0])[0]


def choose(client: Client, lesson: LessonPage, piece: Piece, way: str = "", number: int = 1, **posted: Any):
    """Post the choice ``number`` of the step to which ``way`` leads."""
    choices = piece.block.form(piece.material, None, {piece.prefix: way}, prefix=piece.prefix).story.step["choices"]
    data = {piece.prefix: way, f"{piece.prefix}-choice": choices[number - 1]["id"], **posted}
    return client.post(reverse("learning:practice", args=[lesson.translation_key, piece.ident]), data)


def read(client: Client, lesson: LessonPage, piece: Piece, way: str | None = None) -> str:
    return client.get(lesson.url, {} if way is None else {piece.prefix: way}).content.decode()


def test_one_step_at_a_time_and_nothing_of_what_comes(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    page = read(enrolled, lessons[0], piece)
    assert "He comes" not in page and "Step 1" in page and "I speak for him" in page
    for later in [
        "A child can speak freely",
        "The man protests",
        "Are you from the police?",
        "A good ending",
        "Map of the branches",
    ]:
        assert later not in page


def test_way_is_kept_and_each_step_has_an_address(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    lesson = lessons[0]
    response = choose(enrolled, lesson, piece)
    assert (response.status_code, response.url) == (303, f"{lesson.url}?{piece.prefix}=1#b-{piece.ident}")
    page = read(enrolled, lesson, piece, "1")
    assert "Step 2" in page and "The man protests." in page and "A child can speak freely" not in page
    assert not BlockState.objects.get().done_at
    assert "You were at step 2." in read(enrolled, lesson, piece)

    response = choose(enrolled, lesson, piece, "1")
    assert response.url.endswith(f"?{piece.prefix}=1-1#b-{piece.ident}")
    for address in ["1-1", None]:  # the end stays, also where the lesson is opened anew
        page = read(enrolled, lesson, piece, address)
        assert "A good ending" in page and "A child can speak freely" in page and "Trust begins with a clear role" in page
    kept = BlockState.objects.get()
    assert kept.done_at and kept.score == 1 and kept.state["done"]
    assert kept.state["path"] == [piece.material["steps"][0]["choices"][0]["id"], piece.material["steps"][2]["choices"][0]["id"]]
    assert "Step 2" in read(enrolled, lesson, piece, "1"), "the address of an earlier step still shows it"


def test_back_and_again(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    choose(enrolled, lessons[0], piece)
    choose(enrolled, lessons[0], piece, "1", 2)
    address = reverse("learning:practice", args=[lessons[0].translation_key, piece.ident])
    assert f"?{piece.prefix}=1#" in enrolled.post(address, {piece.prefix: "1-2", "act": "back"}).url
    assert f"?{piece.prefix}=#" in enrolled.post(address, {piece.prefix: "1-2", "act": "again"}).url
    kept = BlockState.objects.get()
    assert (kept.state["path"], kept.state["done"]) == ([], True) and kept.done_at
    assert kept.state["ending"] == piece.material["endings"][1]["id"]


def test_guest_walks_by_form_and_address_and_leaves_nothing(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    response = choose(client, lessons[0], piece)
    assert response.status_code == 303
    assert "The man protests." in client.get(response.url).content.decode()
    page = client.get(choose(client, lessons[0], piece, "1", 2).url).content.decode()
    assert "A mixed ending" in page and "Your way" in page
    assert not BlockState.objects.exists()


def test_script_gets_the_step_and_its_address(client: Client, lessons: list[LessonPage], piece: Piece) -> None:
    address = reverse("learning:practice", args=[lessons[0].translation_key, piece.ident])
    choice = piece.material["steps"][0]["choices"][0]["id"]
    response = client.post(address, {f"{piece.prefix}-choice": choice}, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == f"{lessons[0].url}?{piece.prefix}=1#b-{piece.ident}"
    assert "Step 2" in response.content.decode() and "<html" not in response.content.decode()


@pytest.mark.parametrize("way", ["9", "1-9-9", "x", "1-1-1-1", "-", "0", "-1", "1" * 5000, "1-" * 5000, "\x00", "²"])
def test_hostile_way_is_followed_as_far_as_it_leads(client: Client, lessons: list[LessonPage], piece: Piece, way: str) -> None:
    assert client.get(lessons[0].url, {piece.prefix: way}).status_code == 200
    address = reverse("learning:practice", args=[lessons[0].translation_key, piece.ident])
    for posted in [{}, {f"{piece.prefix}-choice": "gone"}, {"act": "back"}, {"act": "again"}, {"act": "x"}]:
        assert client.post(address, {piece.prefix: way, **posted}).status_code in {303, 422}


def test_nothing_or_a_choice_of_another_step_is_asked_again(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    other = piece.material["steps"][2]["choices"][0]["id"]
    for posted in ["", other]:
        response = choose(enrolled, lessons[0], piece, "2", **{f"{piece.prefix}-choice": posted})
        page = response.content.decode()
        assert response.status_code == 422 and "Choose what you would do." in page and "Ilir looks at his hands" in page
    assert not BlockState.objects.exists()


def test_who_goes_round_and_round_is_stopped(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], {**example("scenario"), "value": story({"A": ["A", "Good", "Hard"]})})
    piece = pieces_of(lessons[0])[0]
    assert choose(client, lessons[0], piece, "-".join("1" * 59)).status_code == 303
    response = choose(client, lessons[0], piece, "-".join("1" * 60))
    assert response.status_code == 422 and "You have been here many times." in response.content.decode()


def test_changed_story_keeps_the_way_as_far_as_it_leads(enrolled: Client, lessons: list[LessonPage], piece: Piece) -> None:
    choose(enrolled, lessons[0], piece)
    changed = {**example("scenario"), "id": piece.ident}
    put_into(lessons[0], changed)
    assert "Step 1" in read(enrolled, lessons[0], piece)
    for state in [{"path": "x"}, {"path": [1, None, {}]}, {"path": {}, "at": 3}, {"kind": "gone"}]:
        BlockState.objects.update(state=state)
        assert "Step 1" in read(enrolled, lessons[0], piece)


def test_map_is_for_authors(client_for: Callable, trainer, lessons: list[LessonPage], piece: Piece) -> None:
    page = client_for(trainer).get(reverse("wagtailadmin_pages:view_draft", args=[lessons[0].pk])).content.decode()
    assert "Map of the branches" in page and "Alone with Ilir" in page
