"""Sort into boxes: what an editor may save, what a learner sees and posts, how it is marked and explained."""

from fractions import Fraction
from random import Random

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import (
    ALL,
    AWKWARD,
    NOTHING,
    answer_in,
    every_page,
    form_of,
    looks_the_same,
    may_be_drafted,
    messages_of,
    offered,
    only,
    snapshot_of,
)
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["categorise"]


def card(text, feedback=""):
    return {"text": text, "feedback": feedback}


def box(name, *cards):
    return {"name": name, "cards": [card(text, f"Why {text}") for text in cards]}


def categorise(*boxes, offer=True, depends=(), **fields):
    return example("categorise", boxes=list(boxes), offer_depends=offer, depends=[card(text) for text in depends], **fields)


@pytest.fixture
def snapshot():
    return snapshot_of(categorise(box("Sign", "debt", "fear"), box("None", "accent"), depends=["phone"]))


def answering(snapshot, **chosen):
    """The answer that puts each named card into the box of that name."""
    cards = {card["text"]: card["id"] for card in snapshot["cards"]}
    boxes = {box["name"]: box["id"] for box in snapshot["boxes"]}
    return {"cards": {cards[text]: boxes[name] for text, name in chosen.items()}}


RIGHT = {"debt": "Sign", "fear": "Sign", "accent": "None", "phone": "It depends"}


# --- Editing ----------------------------------------------------------------------------------------------------------
def test_an_editor_is_told_what_to_do():
    assert messages_of(categorise(box("One", "a"))) == {"boxes": ["Write two to six boxes."]}
    assert messages_of(categorise(*[box(f"B{n}", f"c{n}") for n in range(7)])) == {"boxes": ["Write two to six boxes."]}
    assert messages_of(categorise(box("One", "a"), box("One", "b"))) == {
        "boxes": ["Two boxes are called “One”. Change one of the names."]
    }
    assert messages_of(categorise(box("One", "a"), box("Two"), depends=["a"])) == {
        "boxes": ["The card “a” is there twice. Nobody can tell the two apart: change one."]
    }
    assert messages_of(categorise(box("One"), box("Two"))) == {"boxes": ["Write at least one card."]}
    assert messages_of(categorise(box("One", "a"), box("Two"), offer=False, depends=["b"])) == {
        "depends": ["Tick “Offer one more box”, or take these cards out."]
    }


def test_a_draft_may_be_unfinished():
    assert may_be_drafted(categorise(box("")))


@pytest.mark.django_db
def test_translators_get_the_words_and_nothing_else():
    boxes = [{"name": f"W {n}", "cards": [card(f"W card {n}", f"W why {n}")]} for n in range(2)]
    words = {"text": "<p>W text</p>", "explanation": "<p>W why</p>", "depends": [card("W 1", "W 2")]}
    texts = offered(example("categorise", boxes=boxes, **words))
    assert len(texts) == 10 and all(text.startswith("W ") for text in texts)


# --- Freezing and showing ---------------------------------------------------------------------------------------------
def test_the_order_of_the_cards_says_nothing_even_without_shuffling():
    body = categorise(box("Sign", "a", "b", "c"), box("None", "d", "e", "f"))
    plain = [card["id"] for card in snapshot_of(body)["cards"]]
    assert plain == sorted(plain)
    assert len({tuple(c["id"] for c in snapshot_of(body, Random(seed))["cards"]) for seed in range(20)}) > 5
    assert KIND.mark(snapshot_of(body, Random(3)), KIND.best_answer(snapshot_of(body))).fraction == 1


def test_it_depends_is_offered_only_where_its_author_wants_it(snapshot):
    assert [box["name"] for box in KIND.shown(snapshot)["boxes"]] == ["Sign", "None", "It depends"]
    without = snapshot_of(categorise(box("Sign", "a"), box("None"), offer=False))
    assert [box["name"] for box in KIND.shown(without)["boxes"]] == ["Sign", "None"]


@pytest.mark.django_db
def test_no_byte_of_a_page_depends_on_what_is_right(client_for, learner, site):
    def turn(frozen):
        boxes = [box["id"] for box in frozen["boxes"]]
        for card in frozen["cards"]:
            card["box"] = boxes[boxes.index(card["box"]) - 1]
            card["feedback"] = "something else"

    assert looks_the_same(client_for(learner), example("categorise"), turn)


# --- Answering --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("boxes", [2, 6])
def test_a_whole_answer_is_kept_and_shown_again(boxes):
    """With few boxes as radio buttons, with many as lists."""
    snapshot = snapshot_of(categorise(*[box(f"B{n}", f"card {n}") for n in range(boxes)]))
    answer = KIND.best_answer(snapshot)
    assert answer_in(form_of(snapshot, answer["cards"])) == answer
    again = form_of(snapshot, initial=answer, prefix="q7")
    assert {field.html_name: field.value() for field in again} == {f"q7-{name}": value for name, value in answer["cards"].items()}
    assert all(field.use_fieldset is (boxes == 2) for field in again)


def test_an_unfinished_answer_says_what_to_do_and_a_draft_keeps_it(snapshot):
    answer = answering(snapshot, debt="Sign", accent="Sign", phone="It depends")
    form = form_of(snapshot, answer["cards"])
    assert list(form.errors.values()) == [["Choose a box for “fear”."]]
    assert answer_in(form_of(snapshot, answer["cards"], draft=True)) == answer
    assert answer_in(form_of(snapshot, {}, draft=True)) is None


@pytest.mark.parametrize("draft", [True, False])
def test_what_was_never_offered_is_refused(snapshot, draft):
    cards = answering(snapshot, **RIGHT)["cards"]
    first = next(iter(cards))
    assert list(form_of(snapshot, cards | {first: "invented"}, draft=draft).errors) == [first]
    without = snapshot_of(categorise(box("Sign", "a"), box("None"), offer=False))
    assert not form_of(without, {without["cards"][0]["id"]: "depends"}, draft=draft).is_valid()


def test_the_last_of_two_posted_values_counts(snapshot):
    answer = answering(snapshot, **RIGHT)
    doubled = {name: ["depends", value] for name, value in answer["cards"].items()}
    assert answer_in(form_of(snapshot, doubled)) == answer


# --- Marking ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("chosen", "fraction", "verdict"),
    [
        (RIGHT, Fraction(1), "right"),
        (RIGHT | {"phone": "Sign"}, Fraction(3, 4), "partly"),
        (dict.fromkeys(RIGHT, "It depends"), Fraction(1, 4), "partly"),
        ({"debt": "Sign"}, Fraction(1, 4), "partly"),
        ({"debt": "None", "phone": "Sign"}, Fraction(0), "wrong"),
    ],
)
def test_every_card_earns_its_share(snapshot, chosen, fraction, verdict):
    mark = KIND.mark(snapshot, answering(snapshot, **chosen))
    assert (mark.fraction, mark.verdict) == (fraction, verdict)


@pytest.mark.parametrize("answer", [None, {}, [], "x", {"cards": []}, {"cards": {"a": ["b"]}}, {"cards": {"a": "b"}}])
def test_nonsense_earns_nothing_and_breaks_nothing(snapshot, answer):
    assert KIND.mark(snapshot, answer).fraction == 0
    assert KIND.said(snapshot, answer) == "" and len(KIND.explain(snapshot, answer, ALL)) == 4
    assert not any(field.value() for field in form_of(snapshot, initial=answer))


def test_an_answer_in_words(snapshot):
    answer = answering(snapshot, debt="Sign", phone="None")
    parts = {part.asked: (part.said, part.right) for part in KIND.parts(snapshot, answer)}
    assert parts == {"debt": ("Sign", True), "fear": ("", False), "accent": ("", False), "phone": ("None", False)}
    assert set(KIND.said(snapshot, answer).split("; ")) == {"debt: Sign", "phone: None"}


# --- Explaining -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("show", "right_row", "wrong_row"),
    [
        (ALL, (True, "", "Why debt"), (False, "None", "Why accent")),
        (NOTHING, (None, "", ""), (None, "", "")),
        (only("verdict"), (True, "", ""), (False, "", "")),
        (only("feedback"), (None, "", ""), (None, "", "")),
        (only("verdict", "feedback"), (True, "", "Why debt"), (False, "", "")),
        (only("right_answer", "feedback"), (None, "Sign", "Why debt"), (None, "None", "Why accent")),
    ],
)
def test_only_what_may_be_shown_is_explained(snapshot, show, right_row, wrong_row):
    rows = {row.asked: row for row in KIND.explain(snapshot, answering(snapshot, debt="Sign", accent="Sign"), show)}
    seen = [(rows[name].right, rows[name].expected, rows[name].feedback) for name in ("debt", "accent")]
    assert seen == [right_row, wrong_row] and rows["fear"].said == ""


@pytest.mark.django_db
def test_awkward_text_is_shown_and_never_run(client_for, learner, site):
    body = categorise(box(AWKWARD, f"{AWKWARD} 1", f"{AWKWARD} 2"), box(f"{AWKWARD} 3"), depends=[f"{AWKWARD} 4"])
    data = {f"q-{name}": value for name, value in KIND.best_answer(snapshot_of(body))["cards"].items()}
    for page in every_page(client_for(learner), body, data):
        assert "<script>alert" not in page and "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &quot;Ğışİ&quot; Дете" in page


def test_the_rule_is_told_in_plain_words():
    assert KIND.partial and "Each right card earns the same part of the points" in str(KIND.instruction)


# --- In a browser -----------------------------------------------------------------------------------------------------
BOXES = {
    "She must bring home a fixed sum each day": "A reason to look closer",
    "An adult waits at the gate and listens": "A reason to look closer",
    "She speaks with a foreign accent": "Tells little by itself",
    "She has a new phone": "It depends",
}


def answer_example(hand):
    for legend in hand.page.locator("main fieldset fieldset legend").all_inner_texts():
        group = hand.page.get_by_role("group", name=legend, exact=True)
        hand.choose(group.get_by_label(BOXES[legend], exact=True))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("categorise"), answer_example)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("categorise"), answer_example)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(example("categorise"), answer_example, width, dark)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_where_there_are_many_boxes(journeys):
    body = categorise(*[box(f"A box with quite a long name, number {n}", f"Card {n}") for n in range(6)])
    journeys.axe_clean(body, answer_with_the_last_box, 320, False)


def answer_with_the_last_box(hand):
    for chosen in hand.page.locator("main select").all():
        hand.pick(chosen, "It depends")
