"""Each kind: what an editor may save, what is frozen, what a learner's form accepts."""

from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from quizzes.kinds import KINDS
from quizzes.kinds.choices import letter
from quizzes.kinds.prose import frozen_html, plain_text, split_question
from tests.factories.pictures import make_picture
from tests.factories.quizzes import choice, multiple_response, single_choice, true_false

BODIES = {"single_choice": single_choice, "multiple_response": multiple_response, "true_false": true_false}


def value_of(body):
    return KINDS[body["type"]].block().to_python(body["value"])


def snapshot_of(body, shuffle=None):
    return {"kind": body["type"], **KINDS[body["type"]].snapshot(value_of(body), shuffle)}


def messages_of(body):
    with pytest.raises(ValidationError) as caught:
        KINDS[body["type"]].block().clean(value_of(body))
    return [str(e.message) for e in caught.value.block_errors["choices"].non_block_errors.as_data()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_can_be_picked_previewed_and_saved(name):
    kind = KINDS[name]
    block = kind.block()
    assert block.meta.icon and str(block.meta.description) and str(kind.label) and str(kind.instruction)
    value = block.normalize(block.meta.preview_value)
    snapshot = {"kind": name, **kind.snapshot(value)}
    value["image"] = make_picture()
    assert block.clean(value)["text"].source
    earns = kind.graded and not kind.by_hand
    assert kind.mark(snapshot, kind.best_answer(snapshot)).fraction == int(earns)


def test_messages_to_editors_are_human():
    assert messages_of(single_choice(choices=[choice("Only", True)])) == ["Write at least two choices."]
    assert messages_of(single_choice(choices=[choice("One"), choice("Two")])) == ["Tick the right answer."]
    assert messages_of(multiple_response(choices=[choice("One"), choice("Two")])) == ["Tick the right answer."]
    two_right = messages_of(single_choice(choices=[choice("One", True), choice("Two", True)]))
    assert two_right == ["Only one choice may be right. If several are, use the kind “Several answers”."]


def test_a_draft_may_be_unfinished():
    block = KINDS["single_choice"].block()
    unfinished = value_of(single_choice(choices=[choice("Only")]))
    assert block.clean_deferred(unfinished)["choices"][0]["text"] == "Only"


@pytest.mark.parametrize("name", BODIES)
def test_choices_are_known_by_their_id_whatever_their_order(name):
    body = BODIES[name]()
    kind, straight = KINDS[name], snapshot_of(body)
    shuffled = [snapshot_of(body, Random(seed)) for seed in range(6)]
    answer = kind.best_answer(straight)
    assert all(kind.mark(other, answer).fraction == 1 for other in shuffled)
    orders = {tuple(c["id"] for c in other["choices"]) for other in shuffled}
    assert (len(orders) == 1) is (name == "true_false")
    if name != "true_false":
        assert {c["id"] for c in straight["choices"]} == {item["id"] for item in body["value"]["choices"]}


@pytest.mark.parametrize("name", BODIES)
def test_form_keeps_an_answer_and_refuses_anything_that_was_not_offered(name):
    kind, snapshot = KINDS[name], snapshot_of(BODIES[name]())
    shown, answer = kind.shown(snapshot), kind.best_answer(snapshot)
    data = QueryDict(mutable=True)
    data.setlist("q-choice", answer.get("choices") or [answer["choice"]])
    form = kind.form(shown, data)
    assert form.is_valid() and form.cleaned_data["answer"] == answer
    again = str(kind.form(shown, initial=answer)["choice"])
    assert again.count("checked") == len(answer.get("choices", ["one"]))
    assert not kind.form(shown, QueryDict("q-choice=invented")).is_valid()
    empty = kind.form(shown, QueryDict(""))
    assert not empty.is_valid() and "I don't know yet" in empty.errors["choice"][0]


def test_partial_credit_is_explained_to_the_learner():
    assert KINDS["multiple_response"].partial
    assert "wrong tick takes a part away" in str(KINDS["multiple_response"].instruction)
    assert not KINDS["single_choice"].partial and not KINDS["true_false"].partial


@pytest.mark.parametrize(
    ("markup", "lead", "question"),
    [
        ("<p>One line?</p>", "", "One line?"),
        ("<p>A case.</p><p>What <b>now</b>?</p>", "<p>A case.</p>", "What <b>now</b>?"),
        ("<p>Look:</p><ul><li>a</li></ul><p>Which?</p>", "<p>Look:</p><ul><li>a</li></ul>", "Which?"),
        ("<p>Which fits?</p><ul><li>a</li><li>b</li></ul>", "", "Which fits? a b"),
        ("", "", ""),
    ],
)
def test_the_last_paragraph_is_the_question_and_fits_a_legend(markup, lead, question):
    assert split_question(markup) == (lead, question)


def test_frozen_html_keeps_what_an_editor_can_write_and_nothing_else():
    html = '<p onclick="x()">Hi <b>you</b> <script>alert(1)</script><a href="javascript:alert(1)">a</a></p><iframe></iframe>'
    assert frozen_html(html) == '<p>Hi <b>you</b> <a rel="noopener noreferrer">a</a></p>'
    assert plain_text("<p>a &lt;b&gt; c</p><p>d</p>") == "a <b> c d"


def test_letters_go_on_after_z():
    assert [letter(n) for n in (0, 3, 25, 26, 27, 52)] == ["A", "D", "Z", "AA", "AB", "BA"]
