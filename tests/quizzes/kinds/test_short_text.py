"""Short text: what editors are told, what is compared, marking, and the journeys in a browser."""

from fractions import Fraction
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show, Verdict
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import NOTHING, answer_in, only
from tests.quizzes.kinds.examples import drafted, explained, form_of, marked, problems, snapshot_of
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["short_text"]
ACCEPTED = [
    {"text": "* guardian *", "feedback": "Yes."},
    {"text": "* lawyer *", "feedback": "Only on the case.", "credit": "50"},
    {"text": "court", "credit": "-50", "feedback": "No."},
]


def asked(**fields):
    return snapshot_of("short_text", **{"accepted": ACCEPTED, **fields})


@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ([], "Write at least one accepted answer."),
        ([{"text": "guardian", "credit": "99"}], "Give one accepted answer all of the points: leave its share empty."),
        ([{"text": "*"}, {"text": "x"}], "“x” can never count, because “*” stands before it and fits too. Move it up."),
    ],
)
def test_an_editor_is_told_what_is_wrong(accepted, message):
    assert problems("short_text", accepted=accepted) == [message]


def test_a_wider_answer_may_stand_behind_a_narrow_one():
    assert problems("short_text", accepted=[{"text": "guardian", "credit": "50"}, {"text": "guardian *"}]) == []


def test_a_good_question_is_saved_and_a_draft_may_be_unfinished():
    assert problems("short_text") == [] and problems("short_text", accepted=ACCEPTED) == []
    assert problems("short_text", accepted=[{"text": "a", "credit": "100"}]) == []
    assert len(drafted("short_text", accepted=[])["accepted"]) == 0
    empty = asked(accepted=[{"text": ""}])
    assert marked(empty, {"text": "x"}) == 0 and explained(empty, None, Show())


def test_an_answer_is_kept_as_it_was_typed():
    snapshot = asked()
    typed = '<b>"Пазител" 😀 & ılık'
    assert answer_in(form_of(snapshot, urlencode({"q-text": f"  {typed} "}))) == {"text": typed}
    again = str(form_of(snapshot, initial={"text": typed}, prefix="p7")["text"])
    assert "&lt;b&gt;&quot;Пазител&quot; 😀 &amp; ılık" in again and 'id="id_p7-text"' in again


def test_nothing_written_says_what_to_do_and_is_no_answer_in_a_draft():
    form = form_of(asked(), "q-text=+")
    assert form.errors == {"text": ["Write an answer. If you do not know it, press “I don't know yet”."]}
    assert answer_in(form_of(asked(), "", draft=True)) is None
    assert answer_in(form_of(asked(), "q-text=the", draft=True)) == {"text": "the"}


def test_a_long_text_is_refused_clearly_and_kept_as_a_draft():
    snapshot, long, huge = asked(), urlencode({"q-text": "x" * 201}), urlencode({"q-text": "x" * 1_000_000})
    assert form_of(snapshot, long).errors == {"text": ["Write at most 200 characters. You wrote 201."]}
    assert answer_in(form_of(snapshot, long, draft=True)) == {"text": "x" * 201}
    assert form_of(snapshot, huge, draft=True).errors == {"text": ["Write at most 2000 characters. You wrote 1000000."]}


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("Guardian", 1),
        ("Her guardian, of course!", 0),  # a comma belongs to the word before it
        ("her guardian of today", 1),
        ("The LAWYER", Fraction(1, 2)),
        ("the guardian and the lawyer", 1),
        ("court", Fraction(-1, 2)),
        ("nobody", 0),
        ("*", 0),
    ],
)
def test_the_first_that_fits_counts(typed, fraction):
    assert marked(asked(), {"text": typed}) == fraction


def test_an_earlier_answer_that_earns_less_counts_before_a_later_one():
    snapshot = asked(accepted=[{"text": "* uncle *", "credit": "0", "feedback": "He came with her."}, {"text": "* guardian *"}])
    assert marked(snapshot, {"text": "the uncle or the guardian"}) == 0
    assert marked(snapshot, {"text": "the guardian"}) == 1


def test_capitals_and_accents_count_where_the_editor_says_so():
    for typed, rules, fraction in [
        ("etat", {}, 1),
        ("ETAT", {"match_accents": True}, 0),
        ("ÉTAT", {"match_accents": True}, 1),
        ("etat", {"match_case": True}, 0),
        ("Etat", {"match_case": True}, 1),
        ("Etat", {"match_case": True, "match_accents": True}, 0),
    ]:
        assert marked(asked(accepted=[{"text": "État"}], **rules), {"text": typed}) == fraction, (typed, rules)


@pytest.mark.parametrize("answer", [None, {}, {"text": None}, {"text": ["guardian"]}, [], "guardian"])
def test_an_answer_that_makes_no_sense_is_wrong_and_raises_nothing(answer):
    snapshot = asked()
    assert marked(snapshot, answer) == 0 and KIND.said(snapshot, answer) == "" and explained(snapshot, answer, Show())


def test_what_was_said_reads_as_words():
    snapshot = asked()
    (part,) = KIND.parts(snapshot, {"text": "Lawyer"})
    assert (part.asked, part.said, part.right) == ("", "Lawyer", False)
    assert KIND.said(snapshot, {"text": "Guardian"}) == "Guardian"
    assert KIND.parts(snapshot, {"text": "Guardian"})[0].right
    assert KIND.mark(snapshot, {"text": "lawyer"}).verdict == Verdict.PARTLY


def test_each_flag_shows_its_own_words():
    snapshot = asked(accepted=[{"text": "guard* \\* angel", "feedback": "Yes."}, *ACCEPTED[1:]])

    def row(show, text="lawyer"):
        (part,) = explained(snapshot, {"text": text}, show)
        return part.said, part.right, part.expected, part.feedback

    assert row(NOTHING) == ("lawyer", None, "", "")
    assert row(only("verdict")) == ("lawyer", False, "", "")
    assert row(only("feedback")) == ("lawyer", None, "", "Only on the case.")
    assert row(only("right_answer")) == ("lawyer", None, "guard… * angel", "")
    assert row(Show()) == ("lawyer", False, "guard… * angel", "Only on the case.")
    assert row(Show(), "guardian * angel") == ("guardian * angel", True, "", "Yes.")
    assert explained(snapshot, None, Show())[0].feedback == ""


def test_the_best_answer_earns_everything():
    for accepted in (
        ACCEPTED,
        ACCEPTED[::-1],
        [{"text": "*"}],
        [{"text": "a*", "credit": "20"}, {"text": "ab"}, {"text": "b"}],
        [{"text": "a", "credit": "50"}, {"text": "a *"}],
    ):
        snapshot = asked(accepted=accepted)
        assert marked(snapshot, KIND.best_answer(snapshot)) == 1


def test_nothing_shown_before_marking_depends_on_what_is_accepted():
    snapshot = asked(explanation="<p>secret</p>", hints=["secret"], when_partly="secret")
    shown = KIND.shown(snapshot)
    assert "secret" not in str(shown) and "guardian" not in str(shown).lower()
    snapshot["accepted"] = [{"id": "x", "text": "other*", "feedback": "secret", "credit": "50"}]
    assert KIND.shown(snapshot) == shown


def answer_by_hand(hand):
    hand.write(hand.page.get_by_label("Your answer"), "Her guardian")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("short_text"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("short_text"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(example("short_text", match_case=True, match_accents=True), answer_by_hand, width, dark)
