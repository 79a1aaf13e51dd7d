"""A case with parts of other kinds: one form made of theirs, one mark made of theirs."""

import json
from fractions import Fraction
from random import Random

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.kinds import KINDS, Show, Verdict
from quizzes.marking import mark
from quizzes.models import Question
from tests.factories.kinds import example
from tests.factories.pictures import make_picture
from tests.factories.quizzes import choice, make_question, start_url
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
CHOICES = [choice("The guardian", True, "Yes."), choice("The employer", False, "He has interests of his own.")]
NOTE = "She said that she must leave at six."


def single(text="<p>Who speaks for the child?</p>", **fields):
    return example("single_choice", **{"text": text, "choices": CHOICES, **fields})


def case_study(*parts, **fields):
    """A case study whose parts are raw blocks; without any: one answer, a judgement, a scale."""
    body = example("case_study", **fields)
    if parts:
        body["value"]["parts"] = list(parts)
    return body


def with_essay():
    return case_study(single(), example("essay", words_from=2))


def right(part):
    return next(one["id"] for one in part["choices"] if one["correct"])


def wrong(part):
    return next(one["id"] for one in part["choices"] if not one["correct"])


# --- Editors ------------------------------------------------------------------------------------------------------------
def test_messages_to_editors():
    assert told(case_study()) == []
    assert told(case_study(single())) == [", parts: Write two to ten parts."]
    assert told(case_study(*[single()] * 11)) == [", parts: Write two to ten parts."]
    ungraded = case_study(example("poll"), example("information"))
    assert told(ungraded) == [", parts: Add a part that has points. Polls, scales and information have none."]
    assert told(case_study(single(), single(choices=CHOICES[:1]))) == [", parts 2, choices: Write at least two choices."]
    assert may_be_drafted(case_study(single(choices=[]))) and may_be_drafted(ungraded)


def test_every_other_kind_may_be_a_part():
    parts = KINDS["case_study"].block().child_blocks["parts"].child_blocks
    assert set(parts) == set(KINDS) - {"case_study"}


def test_an_editor_opens_and_previews_it(client_for, administrator, site):
    question = make_question(case_study(single(), example("hotspot", image=make_picture()), with_essay()["value"]["parts"][1]))
    client = client_for(administrator)
    page = client.get(reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk]))
    assert page.status_code == 200 and "case_study" in page.content.decode()
    response = question.make_preview_request()
    assert response.status_code == 200
    html = response.content.decode()
    assert "Part 3 of 3" in html and "After the best answer" in html and "js/components/hotspot.js" in html


# --- Snapshot -----------------------------------------------------------------------------------------------------------
def test_parts_are_frozen_with_their_kind_and_id_in_the_order_of_the_author():
    body = case_study(single(), example("true_false"), example("information"))
    kind, snapshot = frozen(body, Random(1))
    assert [(part["kind"], part["id"]) for part in snapshot["parts"]] == [
        (part["type"], part["id"]) for part in body["value"]["parts"]]  # fmt: skip
    assert json.loads(json.dumps(snapshot)) == snapshot
    assert kind.shown(snapshot)["lead"] == snapshot["text"]
    orders = {tuple(c["id"] for c in frozen(body, Random(seed))[1]["parts"][0]["choices"]) for seed in range(6)}
    assert len(orders) == 2, "what is inside a part is shuffled"


# --- Form ---------------------------------------------------------------------------------------------------------------
def test_form_puts_the_answers_of_its_parts_together():
    kind, snapshot = frozen(case_study(single(), with_essay()["value"]["parts"][1], example("information")))
    first, second, third = snapshot["parts"]
    answer = answer_of(kind, snapshot, ("q-1-choice", right(first)), ("q-2-text", NOTE))
    assert answer == {"parts": {first["id"]: {"choice": right(first)}, second["id"]: {"text": NOTE}, third["id"]: {"read": True}}}
    form = kind.form(kind.shown(snapshot), initial=answer, prefix="other")
    html = str([str(field) for field in form])
    assert html.count("checked") == 1 and NOTE in html and 'name="other-1-choice"' in html
    assert answer_of(kind, snapshot, ("other-1-choice", right(first)), ("other-2-text", NOTE), prefix="other") == answer


def test_errors_name_their_part_and_link_to_its_field():
    kind, snapshot = frozen(with_essay())
    form = kind.form(kind.shown(snapshot), {"q-2-text": "Short"})
    assert not form.is_valid() and form.errors
    told = [(field.auto_id, message) for field in form for message in field.errors]
    assert told == [
        ("id_q-1-choice", "Part 1 of 2: Choose an answer. If you do not know it, press “I don't know yet”."),
        ("id_q-2-text", "Part 2 of 2: Write at least 2 words. You have 1."),
    ]
    assert form.non_field_errors() == []


def test_one_may_not_know_a_part_and_answer_the_others():
    kind, snapshot = frozen(case_study(single(), single()))
    first, second = snapshot["parts"]
    answer = answer_of(kind, snapshot, ("q-1-unsure", "on"), ("q-2-choice", right(second)))
    assert answer == {"parts": {first["id"]: {"unsure": True}, second["id"]: {"choice": right(second)}}}
    form = kind.form(kind.shown(snapshot), initial=answer)
    assert [part.unsure.value() for part in form.parts] == [True, False]
    assert kind.mark(snapshot, answer).fraction == Fraction(1, 2)
    all_unsure = answer_of(kind, snapshot, ("q-1-unsure", "on"), ("q-2-unsure", "on"))
    assert kind.mark(snapshot, all_unsure).verdict == Verdict.UNSURE
    assert kind.unsure_inside


def test_a_draft_keeps_what_is_there():
    kind, snapshot = frozen(with_essay())
    second = snapshot["parts"][1]
    assert answer_of(kind, snapshot, draft=True) is None
    assert answer_of(kind, snapshot, ("q-2-text", "One"), draft=True) == {"parts": {second["id"]: {"text": "One"}}}
    assert errors_of(kind, snapshot, ("q-1-choice", "invented"), draft=True)


def test_nothing_that_was_not_asked_gets_into_an_answer():
    kind, snapshot = frozen(case_study(single(), single()))
    first, second = snapshot["parts"]
    posts = [("q-1-choice", right(first)), ("q-2-choice", right(second)), ("q-3-choice", "x"), ("q-parts", "y" * 100_000)]
    assert set(answer_of(kind, snapshot, *posts)["parts"]) == {first["id"], second["id"]}
    assert errors_of(kind, snapshot, ("q-1-choice", right(second)), ("q-2-choice", "z" * 100_000)) != []


# --- Marking ------------------------------------------------------------------------------------------------------------
def test_the_mark_is_the_mean_of_the_parts_that_have_points():
    kind, snapshot = frozen(case_study(single(), single(), single(), example("poll")))
    first, second, third, poll = snapshot["parts"]
    answer = {"parts": {first["id"]: {"choice": right(first)}, second["id"]: {"choice": wrong(second)}}}
    assert kind.mark(snapshot, answer).fraction == Fraction(1, 3)
    assert kind.mark(snapshot, answer).verdict == Verdict.PARTLY
    answer["parts"] |= {second["id"]: {"choice": right(second)}, third["id"]: {"choice": right(third)}}
    assert (kind.mark(snapshot, answer).fraction, kind.mark(snapshot, answer).verdict) == (1, Verdict.RIGHT)
    assert kind.mark(snapshot, kind.best_answer(snapshot)).fraction == 1
    for nothing in (None, {}, {"parts": {}}, {"parts": {"unknown": {"choice": "x"}}}, {"parts": {poll["id"]: {"choices": []}}}):
        assert (kind.mark(snapshot, nothing).fraction, kind.mark(snapshot, nothing).verdict) == (0, Verdict.UNANSWERED)
    assert mark(snapshot, {"unsure": True}).verdict == Verdict.UNSURE


def test_the_whole_waits_for_the_person_who_marks_a_part():
    kind, snapshot = frozen(with_essay())
    first, second = snapshot["parts"]
    answer = {"parts": {first["id"]: {"choice": right(first)}, second["id"]: {"text": NOTE}}}
    assert (kind.mark(snapshot, answer).fraction, kind.mark(snapshot, answer).verdict) == (Fraction(1, 2), Verdict.WAITING)
    done = kind.mark_with(snapshot, answer, {second["id"]: Fraction(1, 2)})
    assert (done.fraction, done.verdict) == (Fraction(3, 4), Verdict.PARTLY)
    cheating = kind.mark_with(snapshot, {"parts": {}}, {first["id"]: Fraction(1), second["id"]: Fraction(1)})
    assert cheating.fraction == 0, "only what waits is marked by hand"
    del answer["parts"][second["id"]]
    assert kind.mark(snapshot, answer).verdict == Verdict.PARTLY


# --- Afterwards ---------------------------------------------------------------------------------------------------------
def test_what_is_told_afterwards():
    kind, snapshot = frozen(case_study(single(explanation="<p>See the law.</p>", when_wrong="Read on."), example("poll")))
    first, poll = snapshot["parts"]
    answer = {"parts": {first["id"]: {"choice": wrong(first)}}}
    one, two = kind.explain(snapshot, answer, Show())
    assert (one.heading, one.verdict, one.comment, one.explanation) == (
        "Part 1 of 2", Verdict.WRONG, "Read on.", "<p>See the law.</p>")  # fmt: skip
    assert [row.correct for row in one.details.telling] == [False, True]
    assert two.verdict == Verdict.UNANSWERED
    one, _two = kind.explain(snapshot, answer, only())
    assert (one.verdict, one.comment, one.explanation) == (None, "", "")
    assert [(row.text, row.correct, row.feedback) for row in one.details.telling] == [("The employer", None, "")]
    assert kind.explain(snapshot, answer, only("verdict"))[0].verdict == Verdict.WRONG
    assert kind.explain(snapshot, answer, only("feedback"))[0].comment == "Read on."
    assert kind.explain(snapshot, {"parts": {first["id"]: {"unsure": True}}}, only())[0].verdict == Verdict.UNSURE


def test_parts_say_what_was_asked():
    kind, snapshot = frozen(case_study(single(), example("information"), single("<p>A case.</p><p>Who else?</p>")))
    first, _read, third = snapshot["parts"]
    answer = {"parts": {first["id"]: {"choice": wrong(first)}, third["id"]: {"unsure": True}}}
    assert [(part.asked, part.said, part.right) for part in kind.parts(snapshot, answer)] == [
        ("Who speaks for the child?", "The employer", False), ("A case. Who else?", "", False)]  # fmt: skip
    assert kind.said(snapshot, answer) == "Who speaks for the child?: The employer"


# --- No leak ------------------------------------------------------------------------------------------------------------
def test_nothing_of_any_part_is_told_before_it_is_handed_in(client_for, learner, site):
    secret = {"explanation": f"<p>{CANARY} why</p>", "when_wrong": f"{CANARY} wrong", "hints": [f"{CANARY} hint"]}
    for_markers = "<p>for-markers-only</p>"
    body = case_study(
        single(choices=[choice("A guardian", True, f"{CANARY} 1"), choice("Nobody", False, f"{CANARY} 2")], **secret),
        example("essay", model_answer=f"<p>{CANARY} model</p>", marker_notes=for_markers, words_from=None, **secret),
        **secret,
    )
    nobody = body["value"]["parts"][0]["value"]["choices"][1]["id"]
    posts = [{"q-1-choice": nobody}, {"q-1-choice": nobody, "q-2-text": NOTE}]
    seen = list(pages_before(client_for(learner), body, *posts))
    assert not any(CANARY in page or "for-markers-only" in page for page in seen)
    after = page_after(client_for(learner), body, posts[1])
    assert after.count(CANARY) == 7 and "for-markers-only" not in after

    def turn(snapshot):
        for one in snapshot["parts"][0]["choices"]:
            one["correct"] = not one["correct"]

    assert looks_the_same(client_for(learner), body, turn, {"q-2-text": NOTE})


# --- Translation --------------------------------------------------------------------------------------------------------
def test_translators_get_the_words_of_every_part_and_nothing_else(site):
    picture = make_picture(alt_text="A waiting room")
    body = case_study(single("<p>Who else?</p>"), example("hotspot", image=picture), example("confidence"), text="<p>A case.</p>")
    body["value"]["parts"][0]["value"].pop("image", None)  # as a form or an import may leave it
    texts = offered(body)
    assert {"A case.", "Who else?", "The guardian", "Window", "A waiting room", "not sure at all"} <= set(texts)
    assert not {text for text in texts if text.lower() in {"true", "false"} or text.isdigit()} - {str(picture.pk)}


def test_a_translated_case_keeps_its_parts_and_marks(site):
    question = make_question(case_study(single(), example("true_false")))
    from_editor = Question.objects.get(pk=question.pk)
    _kind, snapshot = frozen(from_editor.body.raw_data[0])
    assert [part["id"] for part in snapshot["parts"]] == [part["id"] for part in question.snapshot()["parts"]]


# --- In a browser -------------------------------------------------------------------------------------------------------
def answer(hand):
    page = hand.page
    hand.choose(page.get_by_label("Somebody else holds his passport"))
    hand.choose(page.get_by_label("He owes money for the journey"))
    hand.choose(page.get_by_label("False", exact=False))
    hand.choose(page.get_by_role("group", name="Part 3 of 3").get_by_label("I don't know yet"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(journeys):
    page = journeys.by_keyboard(case_study(), answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")
    expect(page.get_by_text("Part 3 of 3")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_on_a_small_phone(journeys):
    page = journeys.without_javascript(case_study(), answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_in_any_state(journeys, width, dark):
    journeys.axe_clean(case_study(), answer, width, dark)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_part_that_exists_fits_into_one_form(journeys):
    parts = [example(kind) for kind in KINDS if kind != "case_study"]

    def unsure_of_all(hand):
        for box in hand.page.get_by_role("checkbox", name="I don't know yet").all():
            hand.choose(box)

    page = journeys.without_javascript(case_study(*parts), unsure_of_all)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not yet passed")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_error_leads_to_its_part_and_an_answer_takes_back_not_knowing(new_page, learner, site):
    page = new_page(user=learner)
    page.goto(start_url(quiz_of(case_study())))
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Part 2 of 3: Choose").click()
    expect(page.locator("#id_q-2-choice_0")).to_be_focused()
    part = page.get_by_role("group", name="Part 2 of 3")
    part.get_by_label("I don't know yet").check()
    part.get_by_label("True").check()
    expect(part.get_by_label("I don't know yet")).not_to_be_checked()
