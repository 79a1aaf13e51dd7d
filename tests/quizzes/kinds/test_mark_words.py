"""Words to mark: what editors are told, how a text is cut, marking, and the journeys in a browser."""

from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show
from quizzes.kinds.mark_words import frozen_passage
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import NOTHING, answer_in, only
from tests.quizzes.kinds.examples import drafted, explained, form_of, marked, problems, snapshot_of
from tests.quizzes.kinds.journeys import LOOKS

KIND = KINDS["mark_words"]
PASSAGE = "He pays [a debt] and\nlikes {football}.\n\n[An adult] waits, {it rains}."
FEEDBACK = ["Control.", "", "Watched."]


def asked(**fields):
    return snapshot_of("mark_words", **{"passage": PASSAGE, "feedback": FEEDBACK, **fields})


def told(**fields):
    return problems("mark_words", **{"passage": PASSAGE, "feedback": FEEDBACK, **fields})


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("Pays [a debt and {football}.", "has no partner, or has nothing in it, near “[a debt and .”"),
        ("Pays a debt] and {football} [x].", "near “] and  .”"),
        ("Pays [a {big} debt].", "Pairs may not overlap."),
        ("Pays [] and [debt].", "has nothing in it, near “[] and .”"),
        ("Pays [ ] and [debt].", "“[ ]” must be words of one paragraph."),
        ("Pays [a\n\ndebt] and {x}.", "must be words of one paragraph."),
        ("Pays {a debt} and {football}.", "Put at least one right phrase into [square brackets]."),
        ("Pays [a debt].", "Put at least one more phrase into curly braces or square brackets"),
        ("Pays.", "Put at least one right phrase into [square brackets]."),
    ],
)
def test_an_editor_or_translator_is_told_what_is_wrong_with_the_text(passage, message):
    (problem,) = told(passage=passage, feedback=[])
    assert message in problem


def test_feedback_without_a_phrase_is_told():
    assert told(feedback=["1", "2", "3", "4", "5"]) == [
        "There are 5 feedback texts for 4 phrases in brackets or braces. Remove the rest."
    ]


def test_a_good_question_is_saved_and_a_draft_may_be_unfinished():
    assert told() == [] and told(feedback=[]) == [] and told(look="chat") == []
    assert drafted("mark_words", passage="Pays [a debt", feedback=["1"])["passage"] == "Pays [a debt"


def test_the_text_is_cut_into_paragraphs_and_phrases():
    assert asked()["passage"] == [
        [{"text": "He pays "}, {"id": "p1"}, {"text": " and\nlikes "}, {"id": "p2"}, {"text": "."}],
        [{"id": "p3"}, {"text": " waits, "}, {"id": "p4"}, {"text": "."}],
    ]
    assert [(c["id"], c["text"], c["correct"], c["feedback"]) for c in asked()["choices"]] == [
        ("p1", "a debt", True, "Control."),
        ("p2", "football", False, ""),
        ("p3", "An adult", True, "Watched."),
        ("p4", "it rains", False, ""),
    ]
    windows = frozen_passage("A [b].\r\n \r\n\r\nC {d}.", [])
    assert [len(paragraph) for paragraph in windows["passage"]] == [3, 3]


@given(st.text(st.sampled_from("ab []{}\n"), max_size=40))
def test_no_bracket_ever_reaches_a_learner(passage):
    """A bracket that lost its partner in a translation would tell what is right."""
    frozen = frozen_passage(passage, [])
    assert not set("[]{}") & {sign for one in [*sum(frozen["passage"], []), *frozen["choices"]] for sign in one.get("text", "")}


def test_an_answer_is_kept_and_only_phrases_can_be_marked():
    snapshot = asked()
    assert answer_in(form_of(snapshot, "q-choice=p3&q-choice=p1")) == {"choices": ["p1", "p3"]}
    assert answer_in(form_of(snapshot, "x-choice=p2", prefix="x", draft=True)) == {"choices": ["p2"]}
    assert str(form_of(snapshot, initial={"choices": ["p1", "p3"]})["choice"]).count("checked") == 2
    message = ["Mark at least one phrase. If you do not know, press “I don't know yet”."]
    assert form_of(snapshot, "").errors == {"choice": message}
    assert answer_in(form_of(snapshot, "", draft=True)) is None
    for posted in ("q-choice=p9", "q-choice=p1&q-choice=p0", "q-choice=" + "p" * 1_000_000):
        assert form_of(snapshot, posted).errors == form_of(snapshot, posted, draft=True).errors == {"choice": message}


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [
        (["p1", "p3"], 1),
        (["p1"], Fraction(1, 2)),
        (["p1", "p3", "p2"], Fraction(1, 2)),
        (["p1", "p2"], 0),
        (["p2", "p4"], 0),
        (["p1", "p2", "p3", "p4"], 0),
        (["p1", "p99"], Fraction(1, 2)),
        ([], 0),
    ],
)
def test_right_marks_minus_wrong_marks_but_never_below_nothing(chosen, fraction):
    assert marked(asked(), {"choices": chosen}) == fraction


def test_what_was_said_reads_as_words():
    snapshot = asked()
    assert KIND.said(snapshot, {"choices": ["p1", "p2"]}) == "a debt; football"
    assert [part.right for part in KIND.parts(snapshot, {"choices": ["p1", "p2"]})] == [True, False]
    assert [(part.said, part.right) for part in KIND.parts(snapshot, None)] == [("", False)]
    assert KIND.best_answer(snapshot) == {"choices": ["p1", "p3"]}


def test_each_flag_shows_its_own_words():
    snapshot, answer = asked(), {"choices": ["p1", "p2"]}

    def rows(show):
        review = explained(snapshot, answer, show)
        return [(c.letter, c.chosen, c.correct, c.feedback) for c in review.phrases.telling]

    assert rows(NOTHING) == [("A", True, None, ""), ("B", True, None, "")]
    assert rows(only("verdict")) == [("A", True, True, ""), ("B", True, False, "")]
    assert rows(only("feedback")) == [("A", True, None, "Control."), ("B", True, None, "")]
    assert rows(only("right_answer")) == [("A", True, True, ""), ("B", True, False, ""), ("C", False, True, "")]
    assert rows(Show())[2] == ("C", False, True, "Watched.")
    assert explained(snapshot, answer).paragraphs[0][:4] == (
        ("He pays ", "", False),
        ("a debt", "A", True),
        (" and\nlikes ", "", False),
        ("football", "B", True),
    )


def page_of(snapshot):
    form = form_of(snapshot)
    return render_to_string(KIND.template, {"shown": form.shown, "answer_form": form, "kind": KIND, "language": "en"})


def test_the_form_is_the_same_whatever_is_right():
    snapshot = asked(explanation="<p>secret</p>", hints=["secret"])
    before = page_of(snapshot)
    for choice in snapshot["choices"]:
        choice.update(correct=not choice["correct"], feedback="secret")
    assert page_of(snapshot) == before and "secret" not in before and "Control." not in before
    turned = PASSAGE.translate(str.maketrans("[]{}", "{}[]"))
    assert page_of(asked(passage=turned)) == before


def test_the_passage_reads_as_it_was_written_and_markup_is_harmless():
    html = page_of(asked(passage='Says "<b>[now]</b>" & {then}.', feedback=[]))
    assert "Says &quot;&lt;b&gt;<span" in html and "<b>" not in html
    assert 'id="id_q-choice_1"' in html and 'for="id_q-choice_1">then</label></span>.</p>' in html


def test_the_look_is_named_in_the_language_of_the_question():
    assert asked(look="chat")["look_name"] == "Chat" and asked(look="invented")["look"] == "statement"
    with override("fr"):
        assert asked(look="note")["look_name"]


def answer_by_hand(hand):
    hand.choose(hand.page.get_by_label("An adult watched from a distance"))
    hand.choose(hand.page.get_by_label("he must earn 60 euros a day"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(example("mark_words"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(example("mark_words"), answer_by_hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
@pytest.mark.parametrize("look", ["statement", "chat", "note"])
def test_axe_finds_nothing_in_any_state(journeys, look, width, dark):
    journeys.axe_clean(example("mark_words", look=look), answer_by_hand, width, dark)
