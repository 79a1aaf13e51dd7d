"""Points of a story's choices: counted along the way, told in words at its end, and absent where an author gave none."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from courses.pieces import Piece, pieces_of
from learning.models import BlockState, Enrolment
from quizzes.raw_values import plain_value, problems_of, raw_value
from tests.factories.practice import example, put_into

BLOCK = LessonBlocks().child_blocks["scenario"]
ENDINGS = ("Good", "Hard")
Steps = dict[str, list[tuple[str, Any]]]  # by name: where each choice goes, and its points
BEST = "There is no better way through this story."
MOST = "Most of this way was well chosen. There is a better one."
SOME = "Some of this way was well chosen. There are better ones."
NONE = "There are better ways through this story."
WORDS = {BEST, MOST, SOME, NONE, "Well chosen", "Partly well chosen", "Another choice is better here"}


def identify(place: str, name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{place}/{name}")


def plain(steps: Steps) -> dict[str, Any]:
    """A story of bare names, as a pack has it."""
    return {
        "heading": "The first meeting",
        "intro": "<p>x</p>",
        "steps": [
            {
                "name": name,
                "text": "<p>x</p>",
                "choices": [{"text": f"{name} {to}", "goes_to": to, "points": points} for to, points in ways],
            }
            for name, ways in steps.items()
        ],
        "endings": [{"name": name, "tone": "good", "text": "<p>x</p>", "learn": "x"} for name in ENDINGS],
    }


def raw(steps: Steps) -> dict[str, Any]:
    return json.loads(json.dumps(raw_value(BLOCK, plain(steps), identify, "story", {})))


def material(steps: Steps) -> dict[str, Any]:
    return BLOCK.material(BLOCK.to_python(raw(steps)), "x", "en")


def score(steps: Steps, way: str) -> Any:
    return BLOCK.feedback(material(steps), {"path": way.split("-")}).score


STRAIGHT: Steps = {"A": [("B", 3), ("Hard", 1)], "B": [("Good", 2), ("Hard", None)]}
ROUND: Steps = {"A": [("B", 2), ("A", 5), ("Hard", 0)], "B": [("A", 4), ("Good", 1)]}


@pytest.mark.parametrize(
    ("way", "share"), [("1-1", "5/5"), ("1-2", "3/5"), ("2", "1/5")]
)  # fmt: skip
def test_best_way_is_the_measure(way: str, share: str) -> None:
    earned, most = map(int, share.split("/"))
    assert score(STRAIGHT, way) * most == earned


def test_circles_earn_nothing_however_often_one_goes_round() -> None:
    assert material(ROUND)["most_points"] == 3
    for way in ["1-2", "2-1-2", "1-1-1-2", "2-2-1-1-2-1-1-1-2"]:
        assert score(ROUND, way) == 1, way
    assert score(ROUND, "1-1-2-3") == 0, "the last choice at a step is the one that counts"


def test_detour_over_a_step_that_is_worth_more_is_found() -> None:
    steps: Steps = {
        "A": [("B", 0), ("C", 3)],
        "B": [("C", 1), ("A", 9), ("Hard", 0)],
        "C": [("B", 2), ("Good", 1)],
    }
    assert material(steps)["most_points"] == 5  # A to C to B, and out


@pytest.mark.parametrize("points", [None, 0])
def test_story_without_points_has_no_score(points: int | None) -> None:
    steps: Steps = {"A": [("Good", points), ("Hard", points)]}
    assert score(steps, "1") is None
    html = BLOCK.render_exercise(BLOCK.exercise("x" * 8, material(steps), {"path": ["1"]}), {"page": LessonPage()})
    assert "A Good" in html and not [words for words in WORDS if words in html]


def test_author_is_told_what_cannot_be_counted(db) -> None:
    assert not problems_of(BLOCK, raw({"A": [("Good", 2), ("Hard", None)]}))
    wrong = [
        (-1, "A choice takes no points away. Write 0, or leave this empty."),
        (101, "less than or equal to 100"),
        ("many", "Enter a whole number."),
        (True, "Enter a whole number."),
        (2.5, "Enter a whole number."),
    ]
    for points, told in wrong:
        problems = problems_of(BLOCK, raw({"A": [("Good", points), ("Hard", None)]}))
        assert len(problems) == 1 and told in problems[0] and "points" in problems[0], problems


def test_number_in_quotes_is_the_number(db) -> None:
    assert material({"A": [("Good", "2"), ("Hard", "1")]})["most_points"] == 2


def everything_leads_everywhere(number: int) -> Steps:
    names = [f"S{n}" for n in range(number)]
    return {name: [*((other, 1) for other in names if other != name), ("Good", 1), ("Hard", 0)] for name in names}


def test_story_in_which_all_leads_back_is_counted_or_refused_in_time(db) -> None:
    assert material(everything_leads_everywhere(8))["most_points"] == 8
    tangled = everything_leads_everywhere(30)
    told = problems_of(BLOCK, raw(tangled))
    assert told == [
        ", steps: Too many choices lead back for points to be counted. Let fewer go back, or leave the points out."
    ]  # fmt: skip
    assert score(tangled, "1-30") is None
    BLOCK.clean_deferred(BLOCK.to_python(raw(tangled)))


def test_long_story_is_counted() -> None:
    steps: Steps = {f"S{n}": [(f"S{n + 1}", 1), ("Hard", 0)] for n in range(1500)}
    steps["S1500"] = [("Good", 1), ("Hard", 0)]
    assert material(steps)["most_points"] == 1501


@pytest.fixture
def piece(lessons: list[LessonPage]) -> Piece:
    put_into(lessons[0], example("scenario"))
    return pieces_of(lessons[0])[0]


@pytest.fixture
def enrolled(learner, course, client_for) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


def post(client: Client, lesson: LessonPage, piece: Piece, way: str, **posted: str) -> str:
    """Choose the last of ``way`` where the choices before it lead; return the page that follows."""
    *before, last = way.split("-")
    start = "-".join(before)
    choices = piece.block.form(piece.material, None, {piece.prefix: start}, prefix=piece.prefix).story.step["choices"]
    data = {piece.prefix: start, f"{piece.prefix}-choice": choices[int(last) - 1]["id"], **posted}
    address = reverse("learning:practice", args=[lesson.translation_key, piece.ident])
    return client.get(client.post(address, data).url).content.decode()


ENDED = {
    "1-1": (BEST, 1, ["Well chosen", "Well chosen"]),
    "2-1-1": (MOST, 0.75, ["Another choice is better here", "Well chosen", "Well chosen"]),
    "1-2": (MOST, 0.5, ["Well chosen", "Another choice is better here"]),
    "2-1-2": (SOME, 0.25, ["Another choice is better here", "Well chosen", "Another choice is better here"]),
    "2-2": (NONE, 0, ["Another choice is better here"] * 2),
}


@pytest.mark.parametrize("way", ENDED)
def test_learner_reads_in_words_how_good_the_way_was(enrolled: Client, lessons: list[LessonPage], piece: Piece, way: str) -> None:
    said, kept, choices = ENDED[way]
    page, so_far = "", ""
    for number in way.split("-"):
        assert not [words for words in WORDS if words in page], "told before the end"
        so_far = f"{so_far}-{number}".strip("-")
        page = post(enrolled, lessons[0], piece, so_far)
    story = page.split("Your way, and what each choice changed")[1]
    assert said in story
    for words in {"Well chosen", "Another choice is better here"}:
        assert story.count(words) == choices.count(words)
    assert float(BlockState.objects.get().score) == kept


def test_score_of_the_last_ending_stays_while_another_way_is_tried(
    enrolled: Client, lessons: list[LessonPage], piece: Piece
) -> None:
    post(enrolled, lessons[0], piece, "1-2")
    post(enrolled, lessons[0], piece, "1")
    assert BlockState.objects.get().score == 0.5
    address = reverse("learning:practice", args=[lessons[0].translation_key, piece.ident])
    enrolled.post(address, {piece.prefix: "1", "act": "again"})
    assert BlockState.objects.get().score == 0.5
    post(enrolled, lessons[0], piece, "1-1")
    assert BlockState.objects.get().score == 1


@pytest.mark.parametrize("scored", [None, 3, "x", [], ["x"], [None, {}], {"a": 1}])
def test_odd_records_of_a_score_do_no_harm(enrolled: Client, lessons: list[LessonPage], piece: Piece, scored: Any) -> None:
    post(enrolled, lessons[0], piece, "1-2")
    BlockState.objects.update(state={"path": [], "done": True, "ending": "gone", "scored": scored})
    post(enrolled, lessons[0], piece, "1")
    assert BlockState.objects.get().score is None


def test_numbers_of_points_are_for_authors(client: Client, trainer, client_for, lessons: list[LessonPage], piece: Piece) -> None:
    numbers = re.compile(r"\d points?\b")
    assert not numbers.search(client.get(lessons[0].url).content.decode())
    page = client_for(trainer).get(reverse("wagtailadmin_pages:view_draft", args=[lessons[0].pk])).content.decode()
    assert set(numbers.findall(page)) == {"1 point", "2 points"}


def test_packs_carry_points_and_may_leave_them_out(db) -> None:
    value = plain(STRAIGHT)
    del value["steps"][1]["choices"][1]["points"]
    there = plain_value(BLOCK, raw_value(BLOCK, value, identify, "story", {}))
    assert [[choice["points"] for choice in step["choices"]] for step in there["steps"]] == [[3, 1], [2, None]]
    assert plain_value(BLOCK, raw_value(BLOCK, there, identify, "story", {})) == there
