"""Numbers: how they may be typed, tolerance, units, what editors are told, and the journeys in a browser."""

from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show
from quizzes.kinds.typed_number import plain, typed_number
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import NOTHING, answer_in, only
from tests.quizzes.kinds.examples import drafted, explained, form_of, marked, problems, snapshot_of
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["numeric"]


def accepting(value, tolerance=0, credit=None, feedback=""):
    return {"value": Decimal(value), "tolerance": Decimal(tolerance), "credit": credit, "feedback": feedback}


ACCEPTED = [accepting("12.5", "0.5", feedback="Yes."), accepting(12, 2, 50, "Near.")]
UNITS = [{"name": "hours", "factor": Decimal(1)}, {"name": "Minutes", "factor": Decimal(60)}]


def asked(**fields):
    return snapshot_of("numeric", **{"accepted": ACCEPTED, "units": [], "ask_unit": False, **fields})


def told(**fields):
    return problems("numeric", **{"accepted": ACCEPTED, "units": UNITS, "ask_unit": True, **fields})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        (" 12 ", "12"),
        ("-3", "-3"),
        ("−3,25", "-3.25"),
        ("– 3", "-3"),
        ("+4", "4"),
        ("1 000 000", "1000000"),
        ("1\u00a0000,5", "1000.5"),
        ("1\u202f000", "1000"),
        ("1'000", "1000"),
        ("1’000", "1000"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("1,000", "1"),
        ("0." + "3" * 30, "0." + "3" * 30),
    ],
)
def test_a_number_may_be_typed_in_many_ways(text, number):
    assert typed_number(text) == Fraction(number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "12 days", "1/2", "½", "1e5", "5²", "٣", "12.5.1", "1,234.5", "1.234,5", "--5", "-", ".", ",", "+-1", "1 0"]
    + ["10 00", "1 000 00", "NaN", "inf", "0x1F", "1_000", "5%", "9" * 41],
)
def test_what_is_no_number_is_none(text):
    assert typed_number(text) is None
    form = form_of(asked(), urlencode({"q-number": text}))
    assert form.errors == {"number": ["Write a number, such as 12.5."]}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12), st.sampled_from(".,"))
def test_every_decimal_is_read_exactly_as_it_was_written(number, sign):
    assert typed_number(format(number, "f").replace(".", sign)) == Fraction(number)
    assert typed_number(plain(number)) == Fraction(number)


@given(st.integers(0, 10**15), st.sampled_from([" ", "\u00a0", "\u202f", "'"]))
def test_thousands_may_be_parted_by_spaces(number, space):
    assert typed_number(f"{number:,}".replace(",", space)) == number


@given(st.text(max_size=60))
def test_nothing_that_is_typed_raises(text):
    assert typed_number(text) is None or isinstance(typed_number(text), Fraction)
    assert marked(SNAPSHOT, {"number": text}) in {0, Fraction(1, 2), 1}


SNAPSHOT = asked()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"accepted": []}, "Write at least one accepted number."),
        ({"accepted": [accepting(1, 0, 50)]}, "Give one accepted number all of the points: leave its share empty."),
        (
            {"accepted": [accepting(12, 2), accepting("12.5", "0.5")]},
            "12.5 ± 0.5 can never count: 12 ± 2 stands before it and covers it. Move it up.",
        ),
        ({"accepted": [accepting(12), accepting(12)]}, "12 can never count: 12 stands before it and covers it. Move it up."),
        ({"units": UNITS[::-1]}, "The first unit has the factor 1; the others say how many of them make one of it."),
        ({"units": [UNITS[0], {"name": "none", "factor": Decimal(0)}]}, "The factor of a unit must be more than 0."),
        ({"units": [UNITS[0], UNITS[0]]}, "Each unit needs a name of its own."),
        ({"units": UNITS[:1]}, "Write at least two units, so that there is one to choose."),
        ({"units": []}, "Write at least two units, so that there is one to choose."),
    ],
)
def test_an_editor_is_told_what_is_wrong(fields, message):
    assert told(**fields) == [message]


def test_a_negative_tolerance_is_refused():
    assert len(told(accepted=[accepting(1, -1)])) == 1


def test_a_good_question_is_saved_and_a_draft_may_be_unfinished():
    assert told() == [] and told(ask_unit=False, units=UNITS[:1]) == [] and told(ask_unit=False, units=[]) == []
    unfinished = [{"value": None, "tolerance": Decimal(0), "feedback": ""}]
    assert len(drafted("numeric", accepted=unfinished, units=UNITS[:1])["accepted"]) == 1
    empty = asked(accepted=unfinished)
    assert KIND.best_answer(empty) == {"number": ""} and marked(empty, {"number": "0"}) == 0
    assert explained(empty, None, Show())[0].expected == ""


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("12.5", 1),
        ("12", 1),
        ("13,0", 1),
        ("11.99999999999999999999999999", Fraction(1, 2)),
        ("13.0000000000000000000000001", Fraction(1, 2)),
        ("14", Fraction(1, 2)),
        ("10", Fraction(1, 2)),
        ("9.9999999", 0),
        ("14.0000001", 0),
        ("-12.5", 0),
        ("twelve", 0),
    ],
)
def test_the_first_near_enough_counts_and_its_edges_belong_to_it(typed, fraction):
    assert marked(asked(), {"number": typed}) == fraction


def test_decimals_are_exact():
    tenth = asked(accepted=[accepting("0.3", "0.1")])
    assert marked(tenth, {"number": "0.2"}) == marked(tenth, {"number": "0,4"}) == 1
    assert marked(tenth, {"number": "0.19999999999999999999999"}) == 0
    third = asked(accepted=[accepting(1, 0, "33.33333"), accepting(2)])
    assert marked(third, {"number": "1"}) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("number", "unit", "fraction"),
    [
        ("12.5", "hours", 1),
        ("750", "Minutes", 1),
        ("720", "Minutes", 1),
        ("660", "Minutes", Fraction(1, 2)),
        ("12.5", "Minutes", 0),
    ]
    + [("12.5", "days", 0), ("12.5", None, 0)],
)
def test_the_number_is_divided_by_the_factor_of_its_unit(number, unit, fraction):
    answer = {"number": number} | ({"unit": unit} if unit else {})
    assert marked(asked(units=UNITS, ask_unit=True), answer) == fraction


def test_a_unit_that_is_printed_is_not_asked():
    snapshot = asked(units=UNITS)
    form = form_of(snapshot, "q-number=12.5&q-unit=Minutes")
    assert answer_in(form) == {"number": "12.5"} and marked(snapshot, {"number": "12.5"}) == 1
    assert KIND.shown(snapshot)["units"] == ["hours"]
    assert KIND.said(snapshot, {"number": "12,5"}) == "12,5 hours"


def test_a_whole_answer_is_kept_as_it_was_typed():
    snapshot = asked(units=UNITS, ask_unit=True)
    answer = {"number": "− 1 000,50", "unit": "Minutes"}
    posted = urlencode({"p1-number": f" {answer['number']} ", "p1-unit": "Minutes"})
    assert answer_in(form_of(snapshot, posted, prefix="p1")) == answer
    again = form_of(snapshot, initial=answer, prefix="p1").as_p()
    assert 'value="− 1 000,50"' in again and 'value="Minutes" selected' in again


def test_an_unfinished_answer_says_what_to_do_and_is_kept_as_a_draft():
    snapshot = asked(units=UNITS, ask_unit=True)
    assert form_of(snapshot, "").errors == {"number": ["Write a number, such as 12.5."], "unit": ["Choose a unit."]}
    assert form_of(snapshot, "q-number=3").errors == {"unit": ["Choose a unit."]}
    assert answer_in(form_of(snapshot, "q-number=about+12", draft=True)) == {"number": "about 12"}
    assert answer_in(form_of(snapshot, "q-unit=hours", draft=True)) == {"unit": "hours"}
    assert answer_in(form_of(snapshot, "", draft=True)) is None


@pytest.mark.parametrize("draft", [False, True])
def test_tampering_and_huge_input_are_refused(draft):
    snapshot = asked(units=UNITS, ask_unit=True)
    assert form_of(snapshot, "q-number=3&q-unit=years", draft=draft).errors == {"unit": ["Choose a unit."]}
    huge = urlencode({"q-number": "9" * 1_000_000, "q-unit": "hours"})
    assert form_of(snapshot, huge, draft=draft).errors == {"number": ["Write a number, such as 12.5."]}
    assert not form_of(snapshot, "q-number=1%002&q-unit=hours", draft=draft).is_valid()


@pytest.mark.parametrize("answer", [None, {}, {"number": 12.5}, {"number": ["1"]}, {"number": "1", "unit": {}}, [], "12.5"])
def test_an_answer_that_makes_no_sense_is_wrong_and_raises_nothing(answer):
    for snapshot in (asked(), asked(units=UNITS, ask_unit=True)):
        assert marked(snapshot, answer) == 0 and explained(snapshot, answer, Show())
        assert len(KIND.parts(snapshot, answer)) == 1


def test_what_was_said_reads_as_words():
    snapshot = asked(units=UNITS, ask_unit=True)
    (part,) = KIND.parts(snapshot, {"number": "750", "unit": "Minutes"})
    assert (part.asked, part.said, part.right) == ("", "750 Minutes", True)
    assert KIND.said(snapshot, None) == "" and KIND.parts(asked(), {"number": "14"})[0].right is False


def test_each_flag_shows_its_own_words():
    snapshot = asked(units=UNITS)

    def row(show, number="14"):
        (part,) = explained(snapshot, {"number": number}, show)
        return part.said, part.right, part.expected, part.feedback

    assert row(NOTHING) == ("14 hours", None, "", "")
    assert row(only("verdict")) == ("14 hours", False, "", "")
    assert row(only("feedback")) == ("14 hours", None, "", "Near.")
    assert row(only("right_answer")) == ("14 hours", None, "12.5 ± 0.5 hours", "")
    assert row(Show()) == ("14 hours", False, "12.5 ± 0.5 hours", "Near.")
    assert row(Show(), "12.5") == ("12.5 hours", True, "", "Yes.")
    with override("fr"):
        assert row(Show())[2] == "12,5 ± 0,5 hours"


def test_the_best_answer_earns_everything():
    covered = [accepting(10, 3, 20), accepting(12, 5)]
    for accepted in (ACCEPTED, covered, [accepting(5, 5, 50), accepting("1E+3")], [accepting("-0.000000000000001")]):
        snapshot = asked(accepted=accepted, units=UNITS, ask_unit=True)
        assert marked(snapshot, KIND.best_answer(snapshot)) == 1


def test_nothing_shown_before_marking_depends_on_what_is_accepted():
    snapshot = asked(units=UNITS, ask_unit=True, explanation="<p>secret</p>", hints=["secret"])
    shown = KIND.shown(snapshot)
    assert shown["units"] == ["hours", "Minutes"]
    snapshot["accepted"] = [{"id": "x", "value": "99", "tolerance": "7", "feedback": "secret", "credit": "50"}]
    snapshot["units"] = [{"name": "Minutes", "factor": "1"}, {"name": "hours", "factor": "0.0166667"}]
    assert KIND.shown(snapshot) == shown and "secret" not in str(shown) and "60" not in str(shown)


def answer_by_hand(hand):
    hand.write(hand.page.get_by_label("Your number"), "720")
    hand.pick(hand.page.get_by_label("Unit"), "hours")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("numeric"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("numeric"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(example("numeric"), answer_by_hand, width, dark)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_beside_a_printed_unit(journeys):
    def answer(hand):
        hand.write(hand.page.get_by_label("Your number (days)"), "30")

    journeys.axe_clean(example("numeric", ask_unit=False), answer, 320, False)
