"""What checking an answer tells, costs and closes, in each behaviour."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quizzes.kinds import Verdict
from quizzes.marking import UNSURE, Given, is_settled, worth
from quizzes.rules import Behaviour, Rules
from tests.factories.courses import items
from tests.factories.quizzes import begin, make_question, make_quiz, posted, question_url, single_choice, submit_url

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


def test_marks_by_hand_replace_waiting():
    essay = {"kind": "essay", "rubric": [], "text": "", "words_from": None, "words_to": None}
    waiting = worth(Given(essay, {"text": "My words"}), Rules())
    assert waiting.verdict == Verdict.WAITING and waiting.fraction == 0
    marked = worth(Given(essay, {"text": "My words"}, hand_fraction=Decimal("0.75")), Rules())
    assert (marked.verdict, marked.fraction) == (Verdict.PARTLY, Fraction(3, 4))


# --- In the browser's shoes -------------------------------------------------------------------------------------------
@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


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
    attempt = begin(taker, make_quiz([make_question()], behaviour="immediate", redo=True))
    url = question_url(attempt, 1)
    taker.post(url, posted(answer_of(attempt, 1)))
    assert "Do this question again" in taker.get(url).content.decode()
    taker.post(url, {"act": "redo q"})
    taker.post(url, posted(answer_of(attempt, 0)))
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.percent == 100


@pytest.mark.django_db
def test_redo_is_refused_where_the_quiz_does_not_allow_it(taker):
    attempt = begin(taker, make_quiz([make_question()], behaviour="immediate"))
    url = question_url(attempt, 1)
    taker.post(url, posted(answer_of(attempt, 1)))
    taker.post(url, {"act": "redo q"})
    assert attempt.responses.get(position=1).answer == answer_of(attempt, 1)


@pytest.mark.django_db
def test_the_next_try_may_build_on_the_last(taker):
    quiz = make_quiz([make_question(), make_question()], builds_on_last=True)
    first = begin(taker, quiz)
    taker.post(question_url(first, 1), posted(answer_of(first, 1)))
    taker.post(submit_url(first))
    second = begin(taker, quiz)
    assert second.responses.get(position=1).answer == answer_of(first, 1) and second.number == 2


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
