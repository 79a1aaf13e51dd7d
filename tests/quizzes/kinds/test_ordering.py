"""Put in order: what an editor may save, what a learner sees and posts, how it is marked and explained."""

from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from quizzes.raw_values import plain_value
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
    told,
)
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["ordering"]


def ordering(*texts, **fields):
    return example("ordering", steps=[{"text": text, "feedback": f"Why {text}"} for text in texts], **fields)


@pytest.fixture
def snapshot():
    return snapshot_of(ordering("a", "b", "c", "d"))


def ids(snapshot):
    return {step["text"]: step["id"] for step in snapshot["steps"]}


def order(snapshot, letters):
    """The answer that puts the steps in the order of ``letters``; a dash leaves a place free."""
    return {"order": [ids(snapshot).get(letter, "") for letter in letters]}


# --- Editing ----------------------------------------------------------------------------------------------------------
def test_an_editor_is_told_what_to_do():
    assert messages_of(ordering("One")) == {"steps": ["Write two to twelve steps."]}
    assert messages_of(ordering(*map(str, range(13)))) == {"steps": ["Write two to twelve steps."]}
    assert messages_of(ordering("One", "Two", "One")) == {
        "steps": ["Two steps say “One”. Nobody can tell the two apart: change one."]
    }


def test_a_draft_may_be_unfinished():
    assert may_be_drafted(ordering(""))


@pytest.mark.django_db
def test_translators_get_the_words_and_nothing_else():
    steps = [{"text": "W 1", "feedback": "W 2"}, {"text": "W 3", "feedback": "W 4"}]
    texts = offered(example("ordering", steps=steps, text="<p>W text</p>", explanation="<p>W why</p>"))
    assert len(texts) == 6 and all(text.startswith("W ") for text in texts)


# --- Freezing and showing ---------------------------------------------------------------------------------------------
def test_the_order_shown_says_nothing_even_without_shuffling():
    body = ordering("a", "b", "c", "d")
    plain = [step["id"] for step in snapshot_of(body)["steps"]]
    assert plain == sorted(plain)
    shuffled = {tuple(s["id"] for s in snapshot_of(body, Random(seed))["steps"]) for seed in range(20)}
    assert len(shuffled) > 5
    assert KIND.mark(snapshot_of(body, Random(3)), KIND.best_answer(snapshot_of(body))).fraction == 1


@pytest.mark.django_db
def test_no_byte_of_a_page_depends_on_what_is_right(client_for, learner, site):
    def turn(frozen):
        frozen["order"].reverse()
        for step in frozen["steps"]:
            step["feedback"] = "something else"

    assert looks_the_same(client_for(learner), example("ordering"), turn)


# --- Answering --------------------------------------------------------------------------------------------------------
def places(snapshot, **chosen):
    return {ids(snapshot)[text]: str(place) for text, place in chosen.items()}


def test_a_whole_answer_is_kept_and_shown_again(snapshot):
    data = places(snapshot, b=1, a=2, d=3, c=4)
    answer = answer_in(form_of(snapshot, data))
    assert answer == order(snapshot, "badc")
    again = form_of(snapshot, initial=answer, prefix="q7")
    assert {field.html_name: field.value() for field in again} == {f"q7-{name}": value for name, value in data.items()}


def test_a_step_without_a_place_is_named(snapshot):
    form = form_of(snapshot, places(snapshot, a=1, b=2, d=4))
    assert list(form.errors.values()) == [["Choose a place for “c”."]]


def test_a_place_given_twice_and_those_still_free_are_named(snapshot):
    form = form_of(snapshot, places(snapshot, a=2, b=2, c=2, d=1))
    late = sorted("abc", key=lambda text: ids(snapshot)[text])[1:]
    assert form.errors == {
        ids(snapshot)[text]: [f"Place 2 is given twice. Choose another one for “{text}”. Still free: 3, 4."] for text in late
    }


def test_a_draft_keeps_what_is_there(snapshot):
    answer = answer_in(form_of(snapshot, places(snapshot, c=2, a=4), draft=True))
    assert answer == order(snapshot, "-c-a")
    again = form_of(snapshot, initial=answer)
    assert {name: again[name].value() for name in again.fields if again[name].value()} == places(snapshot, c=2, a=4)
    assert answer_in(form_of(snapshot, {}, draft=True)) is None
    first = min("ab", key=lambda text: ids(snapshot)[text])
    assert answer_in(form_of(snapshot, places(snapshot, a=3, b=3), draft=True)) == order(snapshot, f"--{first}")


@pytest.mark.parametrize("place", ["0", "5", "-1", "x", "1.0", "²"])
@pytest.mark.parametrize("draft", [True, False])
def test_what_was_never_offered_is_refused(snapshot, place, draft):
    form = form_of(snapshot, places(snapshot, a=place, b=2, c=3, d=4), draft=draft)
    assert list(form.errors.values()) == [["Choose a place for “a”."]]


def test_the_last_of_two_posted_values_counts(snapshot):
    data = places(snapshot, a=1, b=2, c=3, d=4) | {ids(snapshot)["a"]: ["3", "1"]}
    assert answer_in(form_of(snapshot, data)) == order(snapshot, "abcd")


# --- Marking ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "fraction", "verdict"),
    [
        ("abcd", Fraction(1), "right"),
        ("bcda", Fraction(2, 3), "partly"),
        ("cdab", Fraction(2, 3), "partly"),
        ("abdc", Fraction(1, 3), "partly"),
        ("dcba", Fraction(0), "wrong"),
        ("acbd", Fraction(0), "wrong"),
        ("ab", Fraction(1, 3), "partly"),
        ("a-b", Fraction(0), "wrong"),
        ("-ab-", Fraction(1, 3), "partly"),
        ("ababab", Fraction(1, 3), "partly"),
    ],
)
def test_each_step_that_follows_the_right_one_earns_its_share(snapshot, said, fraction, verdict):
    mark = KIND.mark(snapshot, order(snapshot, said))
    assert (mark.fraction, mark.verdict) == (fraction, verdict)


def test_only_the_right_order_earns_everything(snapshot):
    whole = [said for said in permutations("abcd") if KIND.mark(snapshot, order(snapshot, said)).fraction == 1]
    assert whole == [tuple("abcd")]


@pytest.mark.parametrize("answer", [None, {}, [], "x", {"order": {}}, {"order": [1, None, ["a"]]}, {"order": ["no", "such"]}])
def test_nonsense_earns_nothing_and_breaks_nothing(snapshot, answer):
    assert KIND.mark(snapshot, answer).fraction == 0
    assert KIND.said(snapshot, answer) == "" and len(KIND.explain(snapshot, answer, ALL).right) == 4
    assert not form_of(snapshot, initial=answer).is_bound


def test_a_step_that_was_taken_out_leaves_its_place_free(snapshot):
    answer = {"order": ["gone", *order(snapshot, "abcd")["order"]]}
    assert KIND.mark(snapshot, answer).fraction == Fraction(2, 3)


def test_an_answer_in_words(snapshot):
    assert KIND.said(snapshot, order(snapshot, "b-a")) == "Place 1: b; Place 3: a"
    assert [(p.asked, p.said, p.right) for p in KIND.parts(snapshot, order(snapshot, "bca"))] == [
        ("Place 1", "b", False),
        ("Place 2", "c", True),
        ("Place 3", "a", False),
        ("Place 4", "", False),
    ]


# --- Explaining -------------------------------------------------------------------------------------------------------
WHY = [("a", "Why a"), ("b", "Why b"), ("c", "Why c"), ("d", "Why d")]


@pytest.mark.parametrize(
    ("show", "first", "second", "right"),
    [
        (ALL, (False, ""), (True, ""), WHY),
        (NOTHING, (None, ""), (None, ""), []),
        (only("verdict"), (False, ""), (True, ""), []),
        (only("feedback"), (None, ""), (None, ""), []),
        (only("verdict", "feedback"), (False, ""), (True, "Why c"), []),
        (only("right_answer"), (None, ""), (None, ""), [(text, "") for text, _why in WHY]),
    ],
)
def test_only_what_may_be_shown_is_explained(snapshot, show, first, second, right):
    review = KIND.explain(snapshot, order(snapshot, "bcad"), show)
    assert [(row.right, row.feedback) for row in review.said[:2]] == [first, second]
    assert [row.said for row in review.said] == list("bcad") and list(review.right) == right


def test_a_right_order_is_not_repeated_and_keeps_its_feedback(snapshot):
    review = KIND.explain(snapshot, order(snapshot, "abcd"), ALL)
    assert not review.right and [row.feedback for row in review.said] == ["Why a", "Why b", "Why c", "Why d"]


@pytest.mark.django_db
def test_awkward_text_is_shown_and_never_run(client_for, learner, site):
    body = ordering(f"{AWKWARD} 1", f"{AWKWARD} 2")
    data = {f"q-{step}": str(n) for n, step in enumerate(reversed(KIND.best_answer(snapshot_of(body))["order"]), start=1)}
    for page in every_page(client_for(learner), body, data):
        assert "<script>alert" not in page and "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &quot;Ğışİ&quot; Дете" in page


def test_the_rule_is_told_in_plain_words():
    assert KIND.partial and "Each step that comes directly after the right one" in str(KIND.instruction)


# --- In a browser -----------------------------------------------------------------------------------------------------
STEPS = [
    "See to safety, food and rest",
    "Call an independent interpreter",
    "Say who you are and what you cannot keep secret",
    "Listen, and write down the child's own words",
]


def answer_example(hand):
    for place, step in enumerate(STEPS, start=1):
        hand.pick(hand.page.get_by_label(step, exact=True), str(place))


def answer_by_moving(hand):
    """Move each step up until it stands where it belongs, from the first to the last."""
    for place, step in enumerate(STEPS):
        for _press in range(len(STEPS)):
            if hand.page.locator(".picks label").nth(place).inner_text() == step and place_of(hand.page, step) == str(place + 1):
                break
            hand.press(hand.page.get_by_role("button", name=f"Move up {step}", exact=True))
            expect(hand.page.locator(".picks + [role=status]")).to_contain_text(f"{step}: Now in place")


def place_of(page, step):
    return page.get_by_label(step, exact=True).input_value()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", [answer_example, answer_by_moving])
def test_by_keyboard_alone(journeys, answer):
    page = journeys.by_keyboard(example("ordering"), answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("ordering"), answer_example)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(example("ordering"), answer_in_the_order_shown, width, dark)


def answer_in_the_order_shown(hand):
    for place, chosen in enumerate(hand.page.locator("main select").all(), start=1):
        hand.pick(chosen, str(place))


# --- Orders that are equally right ------------------------------------------------------------------------------------
def tied(letters, *with_above, **fields):
    steps = [{"text": text, "feedback": f"Why {text}", "with_above": text in with_above} for text in letters]
    return example("ordering", steps=steps, **fields)


def test_an_editor_is_told_of_ticks_that_make_no_sense():
    assert told(tied("abcd", "c")) == []
    assert messages_of(tied("abcd", "a")) == {"steps": ["No step stands above the first one. Take out its tick."]}
    none = "Every order would be right. Take out a tick, or ask another kind of question."
    assert messages_of(tied("abc", "b", "c")) == {"steps": [none]}
    assert may_be_drafted(tied("ab", "a", "b"))


@pytest.mark.parametrize(("letters", "ticks", "right"), [("abcd", "c", 2), ("abcd", "cd", 6), ("abcd", "bd", 4), ("abcd", "", 1)])
def test_all_points_are_for_the_orders_that_the_ticks_allow_and_for_no_other(letters, ticks, right):
    snapshot = snapshot_of(tied(letters, *ticks))
    full = {"".join(p) for p in permutations(letters) if KIND.mark(snapshot, order(snapshot, p)).fraction == 1}
    assert len(full) == right and letters in full
    for said in full:
        assert not KIND.explain(snapshot, order(snapshot, said), ALL).right
        assert all(part.right for part in KIND.parts(snapshot, order(snapshot, said)))


@pytest.mark.parametrize(
    ("said", "thirds"),
    [("acbd", 3), ("abcd", 3), ("cabd", 2), ("dbca", 1), ("bacd", 2), ("acdb", 2), ("b", 0), ("dacb", 2), ("dcba", 1)],
)
def test_each_step_after_one_that_it_may_follow_earns_its_share(said, thirds):
    snapshot = snapshot_of(tied("abcd", "c"))
    assert KIND.mark(snapshot, order(snapshot, said)).fraction == Fraction(thirds, 3)


def test_what_learners_see_does_not_tell_which_steps_may_change_places():
    snapshot = snapshot_of(tied("abcd", "c"))
    assert snapshot["tied"] == [ids(snapshot)["c"]]
    assert KIND.shown(snapshot) == KIND.shown({**snapshot, "tied": []})


@pytest.mark.django_db
def test_learners_read_which_steps_may_change_places(client_for, learner, site):
    body = tied("abcd", "c")
    wrong = {f"q-{step}": str(n) for n, step in enumerate(reversed(KIND.best_answer(snapshot_of(body))["order"]), start=1)}
    *before, review = every_page(client_for(learner), body, wrong)
    assert review.count("May also come before the step above.") == 1
    assert not any("May also come before" in page for page in before)


def test_a_question_from_before_such_ticks_is_marked_and_told_as_it_was(snapshot):
    del snapshot["tied"]
    assert KIND.mark(snapshot, order(snapshot, "acbd")).fraction == 0
    assert list(KIND.explain(snapshot, order(snapshot, "acbd"), ALL).right) == WHY
    plain = plain_value(KIND.block(), ordering("a", "b")["value"])
    assert plain == plain_value(KIND.block(), tied("ab")["value"])
    assert [set(step) for step in plain["steps"]] == [{"text", "feedback"}] * 2
