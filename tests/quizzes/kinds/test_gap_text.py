"""Gaps with typed answers: what editors are told, what is compared, marking, and the journeys in a browser."""

from fractions import Fraction
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show, Verdict
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import NOTHING, answer_in, only
from tests.quizzes.kinds.examples import drafted, explained, form_of, marked, problems, snapshot_of
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["gap_text"]
PASSAGE = "<p>Everyone under [1] is a child.</p><p>The [2] speaks for the child.</p>"
GAPS = [
    {"accepted": [{"text": "18", "feedback": "Yes."}, {"text": "18 years *"}], "feedback": "Everywhere in Europe."},
    {"accepted": [{"text": "guardian*"}, {"text": "tuteur", "credit": "33.33333", "feedback": "In French."}], "feedback": ""},
]


def asked(**fields):
    return snapshot_of("gap_text", **{"passage": PASSAGE, "gaps": GAPS, **fields})


def told(**fields):
    return problems("gap_text", **{"passage": PASSAGE, "gaps": GAPS, **fields})


def saying(snapshot, *texts):
    return {"gaps": {gap["id"]: text for gap, text in zip(snapshot["gaps"], texts, strict=True) if text}}


def posted(snapshot, *texts, prefix="q"):
    return urlencode({f"{prefix}-gap-{gap['id']}": text for gap, text in zip(snapshot["gaps"], texts, strict=True)})


@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ([], "Write at least one accepted answer."),
        ([{"text": "18", "credit": "50"}], "Give one accepted answer all of the points: leave its share empty."),
        (
            [{"text": "guard*"}, {"text": "guardian"}],
            "“guardian” can never count, because “guard*” stands before it and fits too. Move it up.",
        ),
        ([{"text": "18"}, {"text": "18."}], "“18.” can never count, because “18” stands before it and fits too. Move it up."),
    ],
)
def test_an_editor_is_told_what_is_wrong_with_the_accepted_answers(accepted, message):
    assert told(gaps=[{"accepted": accepted, "feedback": ""}, GAPS[1]]) == [message]


def test_a_lost_marker_is_told_and_a_draft_may_be_unfinished():
    assert told() == []
    assert "The passage has no [2]" in told(passage="<p>Jeder unter [1] ist ein Kind.</p>")[0]
    assert len(drafted("gap_text", passage="<p>[1]</p>", gaps=[{"accepted": [], "feedback": ""}])["gaps"]) == 1


def test_a_whole_answer_is_kept_as_it_was_typed():
    snapshot = asked()
    form = form_of(snapshot, posted(snapshot, " Eighteen ", "the GUARDIAN"))
    assert answer_in(form) == saying(snapshot, "Eighteen", "the GUARDIAN")
    again = form_of(snapshot, initial=saying(snapshot, '18"><b>', "x"), prefix="p2").as_p()
    assert "18&quot;&gt;&lt;b&gt;" in again and 'name="p2-gap-' in again


def test_an_unfinished_answer_says_which_gap_is_empty_and_is_kept_as_a_draft():
    snapshot = asked()
    form = form_of(snapshot, posted(snapshot, "18", "   "))
    assert list(form.errors.values()) == [["Write an answer for gap 2."]]
    assert answer_in(form_of(snapshot, posted(snapshot, "18", " "), draft=True)) == saying(snapshot, "18", "")
    assert answer_in(form_of(snapshot, "", draft=True)) is None


def test_a_long_text_is_refused_clearly_and_kept_as_a_draft():
    snapshot = asked()
    data = posted(snapshot, "x" * 101, "guardian")
    assert list(form_of(snapshot, data).errors.values()) == [["Write at most 100 characters. You wrote 101."]]
    assert answer_in(form_of(snapshot, data, draft=True)) == saying(snapshot, "x" * 101, "guardian")
    huge = posted(snapshot, "x" * 1_000_000, "guardian")
    assert not form_of(snapshot, huge).is_valid() and not form_of(snapshot, huge, draft=True).is_valid()


def test_tampering_and_strange_signs_do_no_harm():
    snapshot = asked()
    data = posted(snapshot, "1\x008", "‮guardian") + "&q-gap-invented=x"
    assert answer_in(form_of(snapshot, data)) == saying(snapshot, "18", "‮guardian")


@pytest.mark.parametrize(
    ("first", "second", "fraction"),
    [
        ("18", "guardian", Fraction(1)),
        ("18 years of age.", "GUARDIANS", Fraction(1)),
        ("18", "Tuteur", Fraction(2, 3)),
        ("18", "lawyer", Fraction(1, 2)),
        ("17", "tuteur", Fraction(1, 6)),
        ("", "", Fraction(0)),
        ("180", "*", Fraction(0)),
    ],
)
def test_each_gap_earns_its_equal_part_times_what_was_accepted(first, second, fraction):
    snapshot = asked()
    assert marked(snapshot, saying(snapshot, first, second)) == fraction


def test_capitals_and_accents_count_where_the_editor_says_so():
    gaps = [{"accepted": [{"text": "État"}], "feedback": ""}]
    passage = "<p>L' [1]</p>"
    for typed, loose, case, accents in [("etat", 1, 0, 0), ("Etat", 1, 1, 0), ("état", 1, 0, 1), ("E\u0301tat", 1, 1, 1)]:
        for rules, expected in [({}, loose), ({"match_case": True}, case), ({"match_accents": True}, accents)]:
            snapshot = asked(passage=passage, gaps=gaps, **rules)
            assert marked(snapshot, saying(snapshot, typed)) == expected, (typed, rules)


@pytest.mark.parametrize("answer", [None, {}, {"gaps": []}, {"gaps": {"invented": "18"}}, {"gaps": {"a": 3}}, "18"])
def test_an_answer_that_makes_no_sense_is_wrong_and_raises_nothing(answer):
    snapshot = asked()
    assert marked(snapshot, answer) == 0 and KIND.said(snapshot, answer) == "" and explained(snapshot, answer, Show())


def test_what_was_said_reads_as_words():
    snapshot = asked()
    answer = saying(snapshot, "18", "tuteur")
    assert KIND.said(snapshot, answer) == "Gap 1: 18; Gap 2: tuteur"
    assert [part.right for part in KIND.parts(snapshot, answer)] == [True, False]
    assert KIND.mark(snapshot, answer).verdict == Verdict.PARTLY


def test_each_flag_shows_its_own_words():
    snapshot = asked()
    answer = saying(snapshot, "18", "tuteur")

    def rows(show):
        return [(p.right, p.expected, p.feedback) for p in explained(snapshot, answer, show).parts]

    assert rows(NOTHING) == [(None, "", ""), (None, "", "")]
    assert rows(only("verdict")) == [(True, "", ""), (False, "", "")]
    assert rows(only("feedback")) == [(None, "", "Yes.\nEverywhere in Europe."), (None, "", "In French.")]
    assert rows(only("right_answer")) == [(None, "18", ""), (None, "guardian…", "")]
    assert rows(Show()) == [(True, "", "Yes.\nEverywhere in Europe."), (False, "guardian…", "In French.")]


def test_the_best_answer_earns_everything_even_behind_a_poorer_one():
    gaps = [{"accepted": [{"text": "guard*", "credit": "50"}, {"text": "guardian"}, {"text": "tutor *"}], "feedback": ""}]
    snapshot = asked(passage="<p>[1]</p>", gaps=gaps)
    assert marked(snapshot, KIND.best_answer(snapshot)) == 1
    assert explained(snapshot, None, Show()).parts[0].expected == "tutor"


def test_nothing_shown_before_marking_depends_on_what_is_accepted():
    snapshot = asked(explanation="<p>secret</p>", hints=["secret"])
    shown = KIND.shown(snapshot)
    for gap in snapshot["gaps"]:
        gap.update(accepted=[{"id": "x", "text": "secret*", "feedback": "secret", "credit": "50"}], feedback="secret")
    assert KIND.shown(snapshot) == shown
    assert "secret" not in str(shown) and "guardian" not in str(shown)
    assert not any("18" in piece["html"] for piece in shown["pieces"])
    widths = {field.widget.attrs["size"] for field in form_of(snapshot).fields.values()}
    assert len(widths) == 1


def answer_by_hand(hand):
    hand.write(hand.page.get_by_label("Gap 1"), "18 years")
    hand.write(hand.page.get_by_label("Gap 2"), "Purpose.")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("gap_text"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("gap_text"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(example("gap_text", match_case=True), answer_by_hand, width, dark)
