"""Areas of a picture: numbered on it, ticked in a list, marked like several answers."""

import re
from fractions import Fraction
from random import Random

import pytest
from playwright.sync_api import expect

from quizzes.kinds import Show, Verdict
from quizzes.marking import mark
from tests.factories.kinds import example
from tests.factories.pictures import make_picture
from tests.factories.quizzes import begin, make_question, make_quiz, question_url, start_url
from tests.quizzes.kinds.asking import (
    CANARY,
    answer_of,
    errors_of,
    frozen,
    looks_the_same,
    may_be_drafted,
    offered,
    only,
    page_after,
    pages_before,
    told,
)
from tests.quizzes.kinds.journeys import LOOKS, quiz_of

pytestmark = pytest.mark.django_db
OVER_THE_EDGE = "An area reaches over the edge. Left plus width, and top plus height, are at most 100."
BOX = {"x": 10, "y": 20, "width": 30, "height": 40}


def area(name="Door", correct=False, **fields):
    return {"name": name, "correct": correct, "feedback": "", **BOX, **fields}


def hotspot(*areas, **fields):
    areas = list(areas) or [area("Door", True, feedback="It can be opened."), area("Lamp", x=50), area("Tea", True, x=50, y=0)]
    return example("hotspot", image=fields.pop("image", None) or make_picture(), areas=areas, **fields)


def ids(snapshot, *names):
    return sorted(one["id"] for one in snapshot["choices"] if one["text"] in names)


def test_a_whole_question_may_be_published():
    assert told(hotspot()) == []


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ([area("Door", True)], "Mark two to twelve areas."),
        ([area("Door", True)] * 13, "Mark two to twelve areas."),
        ([area("Door"), area("Lamp")], "Tick the right area."),
        ([area("Door", True), area("Lamp", width=0)], "Give every area a width and a height above zero."),
        ([area("Door", True), area("Lamp", x=80)], OVER_THE_EDGE),
    ],
)  # fmt: skip
def test_messages_to_editors(areas, message):
    assert told(hotspot(*areas)) == [f", areas: {message}"]
    assert may_be_drafted(hotspot(*areas))


def test_a_picture_is_required_and_so_is_what_it_shows():
    assert told(example("hotspot")) == [", image, image: This field is required."]
    assert may_be_drafted(example("hotspot"))
    [problem] = told(hotspot(image=make_picture(alt_text="")))
    assert problem.startswith(", image, alt_text: ")
    [problem] = told(hotspot(image=make_picture(decorative=True)))
    assert "Say in the alternative text what it shows." in problem


def test_areas_are_frozen_in_pixels_of_the_picture_as_it_is_shown():
    kind, snapshot = frozen(hotspot(image=make_picture(1600, 1000, alt_text="A waiting room")))
    stage = kind.shown(snapshot)["stage"]
    assert (stage["width"], stage["height"]) == (800, 500)
    assert stage["picture"]["alt"] == "A waiting room" and snapshot["image"] is None
    first = stage["markers"][0]
    assert [first[side] for side in ("x", "y", "width", "height")] == [80, 100, 240, 200]


def test_numbers_stay_inside_the_picture_and_areas_keep_their_ids_in_any_order():
    body = hotspot(area("Corner", True, x=99, y=99, width=1, height=1), area("Lamp", x=0, y=0), area("Tea", True))
    kind, straight = frozen(body)
    for seed in range(5):
        _kind, shuffled = frozen(body, Random(seed))
        stage = kind.shown(shuffled)["stage"]
        assert [one["number"] for one in stage["markers"]] == [1, 2, 3]
        assert all(stage["radius"] <= one["cx"] <= stage["width"] - stage["radius"] for one in stage["markers"])
        assert all(stage["radius"] <= one["cy"] <= stage["height"] - stage["radius"] for one in stage["markers"])
        assert kind.mark(shuffled, kind.best_answer(straight)).fraction == 1


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [(["Door", "Tea"], 1), (["Door"], Fraction(1, 2)), (["Door", "Tea", "Lamp"], Fraction(1, 2)), (["Lamp"], 0), ([], 0)],
)
def test_right_areas_minus_wrong_ones(chosen, fraction):
    kind, snapshot = frozen(hotspot())
    assert kind.partial and kind.mark(snapshot, {"choices": ids(snapshot, *chosen)}).fraction == fraction
    assert kind.mark(snapshot, {"choices": ["unknown"]}).fraction == 0


def test_form_keeps_areas_and_refuses_what_was_not_offered():
    kind, snapshot = frozen(hotspot())
    door, tea = ids(snapshot, "Door", "Tea")
    assert answer_of(kind, snapshot, ("q-choice", tea), ("q-choice", door)) == {"choices": sorted([door, tea])}
    assert "I don't know yet" in errors_of(kind, snapshot)[0]
    assert errors_of(kind, snapshot, ("q-choice", "x" * 100_000), ("q-choice", door))
    assert answer_of(kind, snapshot, draft=True) is None
    assert answer_of(kind, snapshot, ("other-choice", door), prefix="other") == {"choices": [door]}
    again = str(kind.form(kind.shown(snapshot), initial={"choices": [door]})["choice"])
    assert again.count("checked") == 1


def test_what_is_told_afterwards():
    kind, snapshot = frozen(hotspot())
    answer = {"choices": ids(snapshot, "Door", "Lamp")}
    everything = kind.explain(snapshot, answer, Show())
    assert [(row.letter, row.text, row.correct) for row in everything.choices.telling] == [
        ("1", "Door", True), ("2", "Lamp", False), ("3", "Tea", True)]  # fmt: skip
    assert [marker.state for marker in everything.stage.markers] == ["best", "chosen", "best"]
    little = kind.explain(snapshot, answer, only())
    assert [(row.text, row.correct, row.feedback) for row in little.choices.telling] == [("Door", None, ""), ("Lamp", None, "")]
    assert [marker.state for marker in little.stage.markers] == ["chosen", "chosen", ""]
    assert kind.explain(snapshot, answer, only("feedback")).choices.telling[0].feedback == "It can be opened."
    assert kind.explain(snapshot, answer, only("verdict")).stage.markers[2].state == ""
    assert kind.said(snapshot, answer) == "Door; Lamp" and kind.said(snapshot, None) == ""
    assert mark(snapshot, None).verdict == Verdict.UNANSWERED


def test_nothing_tells_which_areas_are_right(client_for, learner, site):
    body = hotspot(
        area("Door", True, feedback=f"{CANARY} door"), area("Lamp", feedback=f"{CANARY} lamp"),
        explanation=f"<p>{CANARY} why</p>", when_wrong=f"{CANARY} wrong", hints=[f"{CANARY} hint"],
    )  # fmt: skip
    door = body["value"]["areas"][0]["id"]
    assert not any(CANARY in page for page in pages_before(client_for(learner), body, {"q-choice": [door]}, {"q-choice": "x"}))
    assert page_after(client_for(learner), body, {"q-choice": [door]}).count(CANARY) == 3

    def turn(snapshot):
        for one in snapshot["choices"]:
            one["correct"] = not one["correct"]

    assert looks_the_same(client_for(learner), body, turn)


def test_the_picture_is_shown_once_and_says_what_it_shows(client_for, learner, site):
    body = hotspot(image=make_picture(alt_text="A waiting room"))
    client = client_for(learner)
    page = client.get(question_url(begin(client, make_quiz([make_question(body)])), 1)).content.decode()
    assert page.count('alt="A waiting room"') == 1
    assert page_after(client, body, {"q-choice": [body["value"]["areas"][0]["id"]]}).count('alt="A waiting room"') == 1
    assert re.search(r"<rect[^>]* width=\"\d+\"", page) and "style=" not in page


def test_translators_get_words_alone(site):
    body = hotspot(area("Door", True, feedback="Yes"), area("Lamp"), hints=["Look up"])
    picture = body["value"]["image"]["image"]
    texts = offered(body)
    assert {"Door", "Lamp", "Yes", "Look up", "A table by a window"} <= set(texts)
    assert not {text for text in texts if re.fullmatch(r"[\d.]+|true|false", text, re.I)} - {str(picture)}


# --- In a browser -------------------------------------------------------------------------------------------------------


def choose(*names):
    def answer(hand):
        for name in names:
            hand.choose(hand.page.get_by_role("checkbox", name=name))

    return answer


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(hotspot(), choose("1 Door", "3 Tea"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(hotspot(), choose("1 Door", "3 Tea"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(hotspot(), choose("1 Door", "2 Lamp"), width, dark)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_press_on_the_picture_sets_the_box_in_the_list(new_page, learner, site):
    page = new_page(user=learner)
    page.goto(start_url(quiz_of(hotspot())))
    page.get_by_role("button", name="Start").click()
    tea = page.get_by_role("checkbox", name="3 Tea")
    number = page.locator(".hotspot__area[data-number='3'] text")
    number.click()
    expect(tea).to_be_checked()
    expect(page.locator(".hotspot__area[data-set]")).to_have_count(1)
    tea.uncheck()
    expect(page.locator(".hotspot__area[data-set]")).to_have_count(0)
