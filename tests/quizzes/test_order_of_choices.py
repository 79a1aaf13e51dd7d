"""A question may keep its choices in the order in which they were written, also where its quiz mixes them."""

from random import Random

import pytest

from quizzes.corrections import Regrade
from quizzes.models import Attempt, Question
from quizzes.services import redo_question, save_response, start_attempt
from tests.factories.kinds import example
from tests.factories.quizzes import best_answer, choice, make_question, make_quiz, single_choice, take_quiz

pytestmark = pytest.mark.django_db
SCALE = ["Never", "Sometimes", "Often", "Always"]


def scale(**fields):
    return make_question(single_choice(choices=[choice(word, word == "Often") for word in SCALE]), **fields)


def asked(learner, quiz, seed):
    """The snapshot of the first question of a try of its own."""
    Attempt.objects.all().delete()
    return start_attempt(user=learner, quiz=quiz, chance=Random(seed)).responses.first().snapshot


def words(entries):
    return [entry["text"] for entry in entries]


def test_choices_that_keep_their_order_are_not_mixed_and_others_are(learner, site):
    kept, mixed = (make_quiz([scale(keep_order=keeps)], shuffle_choices=True) for keeps in (True, False))
    assert all(words(asked(learner, kept, seed)["choices"]) == SCALE for seed in range(6))
    assert any(words(asked(learner, mixed, seed)["choices"]) != SCALE for seed in range(6))


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("multiple_response", lambda frozen: frozen["choices"]),
        ("poll", lambda frozen: frozen["choices"]),
        ("gap_choice", lambda frozen: frozen["gaps"][0]["choices"]),
        ("matching", lambda frozen: frozen["lefts"]),
        ("hotspot", lambda frozen: frozen["choices"]),
    ],
)
def test_every_kind_shows_what_was_written_in_its_order(learner, site, kind, shown, shuffle):
    question = make_question(example(kind), keep_order=True)
    value = question.body[0].value
    lists = {"matching": "pairs", "hotspot": "areas"}
    written = value["gaps"][0]["choices"] if kind == "gap_choice" else value[lists.get(kind, "choices")]
    ids = [str(child.id) for child in written.bound_blocks]
    quiz = make_quiz([question], shuffle_choices=shuffle)
    assert all([entry["id"] for entry in shown(asked(learner, quiz, seed))] == ids for seed in range(4))


@pytest.mark.parametrize(("kind", "name"), [("matching", "rights"), ("ordering", "steps"), ("categorise", "cards")])
def test_what_would_tell_the_answer_is_in_no_order_of_the_author(learner, site, kind, name):
    snapshot = asked(learner, make_quiz([make_question(example(kind), keep_order=True)], shuffle_choices=True), 1)
    assert [entry["id"] for entry in snapshot[name]] == sorted(entry["id"] for entry in snapshot[name])


def test_a_question_that_is_done_again_keeps_its_order(learner, site):
    quiz = make_quiz([scale(keep_order=True)], shuffle_choices=True, behaviour="immediate", redo=True)
    attempt = start_attempt(user=learner, quiz=quiz)
    save_response(attempt=attempt, position=1, answer=best_answer(attempt, 1), check=True)
    for seed in range(4):
        assert words(redo_question(attempt=attempt, position=1, chance=Random(seed)).snapshot["choices"]) == SCALE


def test_a_try_keeps_the_order_in_which_it_asked_when_it_is_marked_again(learner, site):
    question = scale()
    attempt = take_quiz(learner, make_quiz([question], shuffle_choices=False))
    question = Question.objects.get()
    question.keep_order = True
    raw = question.body.raw_data[0]
    raw["value"]["choices"].reverse()
    question.body = [(raw["type"], question.body.stream_block.to_python([raw])[0].value)]
    question.save_revision().publish()
    marked = Regrade(question.translation_key).corrected(attempt.responses.get(), [])
    assert words(marked.snapshot["choices"]) == SCALE
