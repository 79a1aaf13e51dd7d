"""What checking an answer tells, costs and closes, in each behaviour."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quizzes.kinds import Verdict
from quizzes.marking import UNSURE, Given, is_settled, worth
from quizzes.models import Attempt, QuizItem
from quizzes.rules import Behaviour, Rules
from tests.factories.courses import QuestionBankFactory, items
from tests.factories.kinds import example
from tests.factories.quizzes import (
    begin,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    wrong_answer,
)

RIGHT, WRONG, OTHER = {"choice": "r"}, {"choice": "w"}, {"choice": "x"}
SNAPSHOT = {
    "kind": "single_choice",
    "choices": [{"id": i, "text": i, "correct": i == "r", "feedback": ""} for i in "rwx"],
    "hints": ["First hint", "Second hint"],
    "penalty": "0.3333333",
}


def given(answer, *checked, certainty=None, **fields):
    return Given(SNAPSHOT | fields, answer, certainty, [{"answer": a, "certainty": certainty} for a in checked])


@pytest.mark.parametrize(
    ("checked", "answer", "fraction"),
    [
        ([RIGHT], RIGHT, 1),
        ([WRONG, RIGHT], RIGHT, Fraction(2, 3)),
        ([WRONG, OTHER, RIGHT], RIGHT, Fraction(1, 3)),
        ([WRONG], RIGHT, Fraction(2, 3)),
        ([WRONG], WRONG, 0),
        ([WRONG, OTHER], UNSURE, 0),
        ([WRONG, OTHER, WRONG, OTHER, RIGHT], RIGHT, 0),
        ([RIGHT], UNSURE, 0),
    ],
)
def test_each_wrong_try_costs_a_third(checked, answer, fraction):
    for behaviour in (Behaviour.INTERACTIVE, Behaviour.ADAPTIVE):
        assert worth(given(answer, *checked), Rules(behaviour=behaviour)).fraction == fraction


def test_without_penalties_tries_are_free_and_a_question_may_have_its_own_penalty():
    free = Rules(behaviour=Behaviour.INTERACTIVE, penalties=False)
    assert worth(given(RIGHT, WRONG, RIGHT), free).fraction == 1
    own = worth(given(RIGHT, WRONG, RIGHT, penalty="0.1"), Rules(behaviour=Behaviour.INTERACTIVE))
    assert own.fraction == Fraction(9, 10)


def test_the_best_counts_where_answers_stay_open_and_the_last_where_tries_are_counted():
    assert worth(given(WRONG, RIGHT, WRONG), Rules(behaviour=Behaviour.ADAPTIVE)).fraction == 1
    assert worth(given(WRONG, RIGHT, WRONG), Rules(behaviour=Behaviour.INTERACTIVE)).fraction == 0


@pytest.mark.parametrize(
    ("behaviour", "checked", "settled"),
    [
        (Behaviour.DEFERRED, [RIGHT], False),
        (Behaviour.IMMEDIATE, [WRONG], True),
        (Behaviour.INTERACTIVE, [WRONG], False),
        (Behaviour.INTERACTIVE, [RIGHT], True),
        (Behaviour.INTERACTIVE, [WRONG, OTHER], False),
        (Behaviour.INTERACTIVE, [UNSURE], True),
        (Behaviour.INTERACTIVE, [WRONG, OTHER, WRONG], True),
        (Behaviour.ADAPTIVE, [RIGHT], False),
    ],
)
def test_an_answer_is_settled_when_nothing_more_can_be_tried(behaviour, checked, settled):
    assert is_settled(given(checked[-1], *checked), Rules(behaviour=behaviour)) is settled


@pytest.mark.parametrize(
    ("answer", "certainty", "fraction"),
    [
        (RIGHT, 1, Fraction(1, 3)),
        (RIGHT, 2, Fraction(2, 3)),
        (RIGHT, 3, 1),
        (WRONG, 1, 0),
        (WRONG, 2, Fraction(-2, 3)),
        (WRONG, 3, -2),
        (RIGHT, None, Fraction(1, 3)),
        (UNSURE, 3, 0),
    ],
)
def test_being_sure_earns_most_and_costs_most(answer, certainty, fraction):
    assert worth(given(answer, certainty=certainty), Rules(certainty=True)).fraction == fraction


def test_a_wrong_answer_costs_what_the_quiz_says_and_not_knowing_costs_nothing():
    rules = Rules(wrong_costs=25)
    assert worth(given(WRONG), rules).fraction == Fraction(-1, 4)
    assert worth(given(UNSURE), rules).fraction == 0 and worth(given(None), rules).fraction == 0


def test_a_credit_below_zero_counts_only_where_wrong_answers_cost():
    choices = [{"id": "r", "text": "", "correct": True, "feedback": ""},
               {"id": "w", "text": "", "correct": False, "feedback": "", "credit": "-50"}]  # fmt: skip
    assert worth(given(WRONG, choices=choices), Rules()).fraction == 0
    assert worth(given(WRONG, choices=choices), Rules(wrong_costs=10)).fraction == Fraction(-1, 2)


def test_a_credit_below_zero_is_no_more_than_wrong_where_certainty_counts():
    choices = [{"id": "w", "text": "", "correct": False, "feedback": "", "credit": "-50"}]
    assert worth(given(WRONG, certainty=3, choices=choices), Rules(certainty=True)).fraction == -2


def test_whoever_does_not_know_in_the_end_has_said_so():
    for behaviour in (Behaviour.INTERACTIVE, Behaviour.ADAPTIVE):
        assert worth(given(UNSURE, WRONG), Rules(behaviour=behaviour)).verdict == Verdict.UNSURE


def test_marks_by_hand_replace_waiting():
    essay = {"kind": "essay", "rubric": [], "text": "", "words_from": None, "words_to": None}
    waiting = worth(Given(essay, {"text": "My words"}), Rules())
    assert waiting.verdict == Verdict.WAITING and waiting.fraction == 0
    marked = worth(Given(essay, {"text": "My words"}, hand_fraction=Decimal("0.75")), Rules())
    assert (marked.verdict, marked.fraction) == (Verdict.PARTLY, Fraction(3, 4))


# --- In the browser's shoes -------------------------------------------------------------------------------------------
def hinted(**fields):
    return make_question(single_choice(hints=[{"type": "item", "id": f"h{n}", "value": text} for n, text in
                                              enumerate(["Think of the court", "Think of the child"])], **fields))  # fmt: skip


def answer_of(attempt, n):
    """The ``n``th choice of the first question: 0 is right."""
    return {"choice": attempt.responses.get(position=1).snapshot["choices"][n]["id"]}


def check(client, attempt, n):
    response = client.post(question_url(attempt, 1), posted(answer_of(attempt, n), act="check q"))
    assert response.status_code == 302, response.content.decode()
    return client.get(question_url(attempt, 1)).content.decode()


@pytest.mark.django_db
def test_hints_come_one_by_one_after_wrong_tries_and_the_right_answer_only_at_the_end(taker):
    attempt = begin(taker, make_quiz([hinted()], behaviour="interactive"))
    before = taker.get(question_url(attempt, 1)).content.decode()
    assert "Think of the court" not in before and "Check this answer" in before
    first = check(taker, attempt, 1)
    assert "Think of the court" in first and "Think of the child" not in first
    assert "You may try 2 more times" in first and "See the law." not in first and "Best answer" not in first
    assert "An employer has interests" in first, "feedback to what was chosen is due"
    second = check(taker, attempt, 2)
    assert "Think of the child" in second and "You may try 1 more time." in second
    last = check(taker, attempt, 1)
    assert "See the law." in last and "Best answer" in last and "You may try" not in last
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == 0


@pytest.mark.django_db
def test_a_right_second_try_earns_two_thirds_and_checking_twice_is_one_try(taker):
    attempt = begin(taker, make_quiz([hinted()], behaviour="interactive"))
    check(taker, attempt, 1)
    check(taker, attempt, 1)
    check(taker, attempt, 0)
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == Decimal("66.66")
    assert "0.66 of 1. You need 0.8." in taker.get(result_url(attempt)).content.decode(), "no rounding where tries cost a part"


@pytest.mark.parametrize(
    ("rules", "splits"),
    [
        ({}, False),
        ({"behaviour": Behaviour.IMMEDIATE}, False),
        ({"behaviour": Behaviour.ADAPTIVE}, True),
        ({"behaviour": Behaviour.INTERACTIVE, "penalties": False}, False),
        ({"certainty": True}, True),
        ({"wrong_costs": 25}, True),
    ],
)
def test_which_rules_split_the_points_of_a_question(rules, splits):
    assert Rules(**rules).splits_points is splits


@pytest.mark.django_db
def test_open_answers_may_be_checked_and_changed_until_handing_in(taker):
    attempt = begin(taker, make_quiz([make_question()], behaviour="adaptive", penalties=False))
    assert "Not quite" in check(taker, attempt, 1)
    again = check(taker, attempt, 0)
    assert "Check again" in again and 'type="radio"' in again
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == 100


@pytest.mark.django_db
def test_a_quiz_that_tells_at_the_end_checks_nothing(taker):
    attempt = begin(taker, make_quiz([make_question()]))
    taker.post(question_url(attempt, 1), posted(answer_of(attempt, 0), act="check q"))
    html = taker.get(question_url(attempt, 1)).content.decode()
    assert "See the law." not in html and attempt.responses.get(position=1).checks == []


@pytest.mark.django_db
def test_how_sure_is_asked_beside_each_answer(taker):
    attempt = begin(taker, make_quiz([make_question()], certainty=True))
    missing = taker.post(question_url(attempt, 1), posted(answer_of(attempt, 0)))
    assert missing.status_code == 422 and "Say how sure you are." in missing.content.decode()
    taker.post(question_url(attempt, 1), posted(answer_of(attempt, 0)) | {"q-sure": "2"})
    assert attempt.responses.get(position=1).certainty == 2
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == Decimal("66.66")


@pytest.mark.django_db
def test_a_question_may_be_done_again_where_the_quiz_allows_it(taker):
    quiz = make_quiz([make_question()], behaviour="immediate", redo=True)
    attempt = begin(taker, quiz)
    url = question_url(attempt, 1)
    for told in (taker.get(start_url(quiz)), taker.get(url)):
        assert "You may then do the question again." in told.content.decode() and "final" not in told.content.decode()
    taker.post(url, posted(answer_of(attempt, 1)))
    assert "Do this question again" in taker.get(url).content.decode()
    taker.post(url, {"act": "redo q"})
    taker.post(url, posted(answer_of(attempt, 0)))
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == 100


def wrong_then_again(client, attempt, position):
    """Answer the question at ``position`` wrongly, read why, and ask for it again; its key afterwards."""
    client.post(question_url(attempt, position), posted(wrong_answer(attempt, position)))
    assert "Do this question again" in client.get(question_url(attempt, position)).content.decode()
    client.post(question_url(attempt, position), {"act": "redo q"})
    response = attempt.responses.get(position=position)
    assert (response.answer, response.checks, response.seen_feedback, response.points) == (None, [], False, None)
    return response.question_key


@pytest.mark.django_db
def test_a_drawn_question_is_done_again_with_another_of_the_same_outcome(taker):
    bank = QuestionBankFactory()
    law = {make_question(bank=bank, outcome="Law").translation_key for _ in range(3)}
    signs = make_question(bank=bank, outcome="Signs").translation_key
    quiz = make_quiz([], behaviour="immediate", redo=True)
    QuizItem.objects.create(quiz=quiz, draw_bank=bank, draw_count=2, points=2)
    attempt = begin(taker, quiz)
    keys = {response.question_key: response.position for response in attempt.responses.all()}
    assert wrong_then_again(taker, attempt, keys[signs]) == signs, "there is no other one about it"
    first = next(key for key in keys if key in law)
    asked = {first, wrong_then_again(taker, attempt, keys[first])}
    assert asked < law and len(asked) == 2
    response = attempt.responses.get(position=keys[first])
    assert response.max_points == 2 and response.snapshot["outcome"] == "Law"


@pytest.mark.django_db
def test_a_fixed_question_is_done_again_as_it_was(taker):
    bank = QuestionBankFactory()
    fixed, *_others = [make_question(bank=bank, outcome="Law") for _ in range(4)]
    quiz = make_quiz([fixed], behaviour="immediate", redo=True)
    QuizItem.objects.create(quiz=quiz, draw_bank=bank, draw_count=1, sort_order=5)
    attempt = begin(taker, quiz)
    assert wrong_then_again(taker, attempt, 1) == fixed.translation_key


@pytest.mark.django_db
def test_out_of_a_whole_bank_another_is_asked_too_and_none_of_a_quiz_that_was_taken_away(taker):
    bank = QuestionBankFactory()
    for _ in range(3):
        make_question(bank=bank, outcome="Law")
    quiz = make_quiz([], draw_from=bank, questions_per_attempt=1, behaviour="immediate", redo=True)
    attempt = begin(taker, quiz)
    first = attempt.responses.get().question_key
    second = wrong_then_again(taker, attempt, 1)
    assert second != first
    quiz.unpublish()
    assert wrong_then_again(taker, attempt, 1) == second


@pytest.mark.django_db
def test_redo_is_refused_where_the_quiz_does_not_allow_it(taker):
    attempt = begin(taker, make_quiz([make_question()], behaviour="immediate"))
    url = question_url(attempt, 1)
    taker.post(url, posted(answer_of(attempt, 1)))
    taker.post(url, {"act": "redo q"})
    assert attempt.responses.get(position=1).answer == answer_of(attempt, 1)
    assert "Do this question again" not in taker.get(url).content.decode()


@pytest.mark.django_db
def test_how_sure_is_not_asked_where_nothing_is_right(taker):
    attempt = begin(taker, make_quiz([make_question(example("poll")), make_question()], certainty=True))
    assert "How sure are you?" not in taker.get(question_url(attempt, 1)).content.decode()
    assert "How sure are you?" in taker.get(question_url(attempt, 2)).content.decode()


@pytest.mark.django_db
def test_points_are_told_after_a_check_where_they_are_ticked(taker):
    shown = begin(taker, make_quiz([hinted()], behaviour="interactive"))
    assert "Points: 0 of 1" in check(taker, shown, 1) and "Points: 0.67 of 1" in check(taker, shown, 0)
    hidden = begin(taker, make_quiz([hinted()], behaviour="interactive", review_during=["verdict"]))
    assert "Points:" not in check(taker, hidden, 1)
    essay = begin(taker, make_quiz([make_question(example("essay", words_from=1))], behaviour="immediate"))
    taker.post(question_url(essay, 1), {"act": "continue", "q-text": "At five she said that she must go."})
    html = taker.get(question_url(essay, 1)).content.decode()
    assert "Waiting to be marked" in html and "Points:" not in html


@pytest.mark.django_db
def test_the_next_try_may_build_on_the_last(taker):
    quiz = make_quiz([make_question(), make_question()], builds_on_last=True, certainty=True)
    first = begin(taker, quiz)
    taker.post(question_url(first, 1), posted(answer_of(first, 0)) | {"q-sure": "3"})
    taker.post(submit_url(first))
    started = taker.post(start_url(quiz), follow=True)
    second = Attempt.objects.open().get()
    carried = second.responses.get(position=1)
    assert (carried.answer, carried.certainty, carried.points, second.number) == (answer_of(first, 0), 3, 1, 2)
    assert second.responses.get(position=2).answer is None
    assert started.redirect_chain[-1][0] == question_url(second, 1), "from the first question on, whatever is filled in"
    assert "Your answers from the last try are filled in." in started.content.decode()
    taker.post(submit_url(second))
    second.refresh_from_db()
    assert second.percent == 50


@pytest.mark.django_db
def test_credits_of_an_author_count(taker):
    choices = items(
        [{"text": "Best", "correct": True, "feedback": ""}, {"text": "Half", "correct": False, "feedback": "", "credit": "50"}]
    )
    question = make_question(single_choice() | {"value": single_choice()["value"] | {"choices": choices}})
    attempt = begin(taker, make_quiz([question]))
    taker.post(question_url(attempt, 1), posted(answer_of(attempt, 1)))
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == 50
