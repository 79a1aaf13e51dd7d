"""Single questions that open only when the one before them is finished; nothing of them is told before."""

import pytest

from quizzes.marking import UNSURE
from quizzes.models import Attempt
from quizzes.services import NotYetOpen, redo_question, save_response, start_attempt, submit_attempt
from tests.factories.kinds import example
from tests.factories.quizzes import (
    begin,
    best_answer,
    choice,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    single_choice,
    submit_url,
    wrong_answer,
)

pytestmark = pytest.mark.django_db
SECRET = ("What then?", "Call the helpline")


@pytest.fixture
def taker(client_for, learner, site):
    return client_for(learner)


def two(first=None, waits=(2,), **fields):
    """A quiz of three questions; those in ``waits`` open after the one before."""
    then = single_choice("<p>What then?</p>", choices=[choice("Call the helpline", True), choice("Wait")])
    questions = [first or make_question(), make_question(then), make_question()]
    quiz = make_quiz(questions, **{"behaviour": "immediate", **fields})
    for item in quiz.items.filter(sort_order__in=[position - 1 for position in waits]):
        item.after_previous = True
        item.save()
    return quiz


def keep(attempt, position, answer, **how):
    return save_response(attempt=attempt, position=position, answer=answer, **how)


def test_a_question_opens_when_the_one_before_is_finished(taker):
    attempt = begin(taker, two())
    html = taker.get(question_url(attempt, 2)).content.decode()
    assert "This question opens when question 1 is finished." in html and question_url(attempt, 1) in html
    assert not any(words in html for words in SECRET)
    assert question_url(attempt, 3) in html, "the others may be answered meanwhile"
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    html = taker.get(question_url(attempt, 2)).content.decode()
    assert all(words in html for words in SECRET) and "opens when" not in html


def test_on_one_page_it_takes_its_place_once_it_is_open(taker):
    attempt = begin(taker, two(questions_per_page=0))
    url = question_url(attempt, 1)
    html = taker.get(url).content.decode()
    assert "This question opens when question 1 is finished." in html and "Go to question 1" not in html
    assert 'name="q-choice"' in html and 'name="q2-choice"' not in html and 'name="q3-choice"' in html
    taker.post(url, posted(best_answer(attempt, 1), act="check q"))
    html = taker.get(url).content.decode()
    assert 'name="q2-choice"' in html and SECRET[0] in html


def test_neither_the_check_page_nor_a_post_gets_around_it(taker):
    attempt = begin(taker, two())
    html = taker.get(submit_url(attempt)).content.decode()
    assert SECRET[0] not in html and "Not open yet" in html
    for act in ("continue", "check", "unsure", "leave", "redo"):
        assert taker.post(question_url(attempt, 2), posted(best_answer(attempt, 2), act=act)).status_code == 302
    saved = taker.post(question_url(attempt, 2) + "save/", posted(best_answer(attempt, 2)))
    assert saved.status_code in {200, 404}
    with pytest.raises(NotYetOpen):
        keep(attempt, 2, best_answer(attempt, 2))
    assert attempt.responses.get(position=2).answer is None


def test_in_a_row_each_waits_for_its_own(learner, site):
    attempt = start_attempt(user=learner, quiz=two(waits=(1, 2, 3)))
    assert attempt.not_yet_open() == {2: 1, 3: 2}, "the first has none before it"
    keep(attempt, 1, best_answer(attempt, 1), check=True)
    assert attempt.not_yet_open() == {3: 2}


def test_something_to_read_that_is_not_open_yet_opens_nothing(learner, site):
    quiz = make_quiz([make_question(), make_question(example("information")), make_question()], behaviour="immediate")
    quiz.items.filter(sort_order__gt=0).update(after_previous=True)
    attempt = start_attempt(user=learner, quiz=quiz)
    assert attempt.not_yet_open() == {2: 1, 3: 2}
    keep(attempt, 1, best_answer(attempt, 1), check=True)
    assert not attempt.not_yet_open()


@pytest.mark.parametrize(
    ("behaviour", "right", "opens"),
    [("immediate", False, True), ("interactive", False, False), ("interactive", True, True), ("adaptive", False, True)],
)
def test_finished_means_that_nothing_more_is_to_be_tried(learner, site, behaviour, right, opens):
    first = make_question(single_choice(hints=[{"type": "item", "value": "Think of the child.", "id": "h"}]))
    attempt = start_attempt(user=learner, quiz=two(first, behaviour=behaviour))
    answer = best_answer(attempt, 1) if right else wrong_answer(attempt, 1)
    keep(attempt, 1, answer)
    assert 2 in attempt.not_yet_open(), "what is only saved is not finished"
    keep(attempt, 1, answer, check=True)
    assert (2 not in attempt.not_yet_open()) is opens


def test_not_knowing_or_only_reading_opens_the_next(learner, site):
    attempt = start_attempt(user=learner, quiz=two(behaviour="interactive"))
    keep(attempt, 1, UNSURE)
    assert not attempt.not_yet_open()
    Attempt.objects.all().delete()
    assert not start_attempt(user=learner, quiz=two(make_question(example("information")))).not_yet_open()


def test_what_was_answered_once_stays_open(learner, site):
    attempt = start_attempt(user=learner, quiz=two(redo=True))
    keep(attempt, 1, best_answer(attempt, 1), check=True)
    keep(attempt, 2, best_answer(attempt, 2))
    redo_question(attempt=attempt, position=1)
    assert not attempt.not_yet_open()


@pytest.mark.parametrize("settings", [{"behaviour": "deferred"}, {"navigation": "in_order"}])
def test_where_nothing_can_be_finished_or_all_is_in_order_nothing_waits(learner, site, settings):
    assert not start_attempt(user=learner, quiz=two(**settings)).not_yet_open()


def test_a_drawn_question_waits_too_and_the_result_shows_every_question(taker, learner):
    quiz = two(waits=())
    quiz.items.create(draw_count=1, draw_outcome="Know whom to call", after_previous=True, sort_order=9)
    make_question(single_choice("<p>Who helps?</p>"), outcome="Know whom to call")
    attempt = start_attempt(user=learner, quiz=quiz)
    assert attempt.not_yet_open() == {4: 3}
    submit_attempt(attempt=attempt)
    assert "Who helps?" in taker.get(result_url(attempt)).content.decode()
