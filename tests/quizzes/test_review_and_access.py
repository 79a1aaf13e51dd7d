"""What is told when, by the review matrix; feedback by score; access codes; practice without an account; doubts."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from quizzes.marking import UNSURE
from quizzes.models import Attempt, QuestionFlag, QuizBand, QuizOverride
from quizzes.rules import Rules
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories.quizzes import (
    begin,
    best_answer,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    take_quiz,
    wrong_answer,
)

pytestmark = pytest.mark.django_db
MARKS = {"verdict": "Not quite", "points": "Points: 0 of 1", "feedback": "An employer has", "explanation": "See the law.",
         "right_answer": "Best answer"}  # fmt: skip


def failed(learner, **review):
    quiz = make_quiz([make_question()], **review)
    return take_quiz(learner, quiz, right=0)


# --- The matrix -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", MARKS)
def test_each_thing_is_shown_only_where_it_is_ticked(taker, learner, name):
    alone = taker.get(result_url(failed(learner, review_just_after=[name]))).content.decode()
    assert {other for other, text in MARKS.items() if text in alone} == {name}


def test_the_column_changes_with_time(taker, learner):
    attempt = failed(learner, review_just_after=[], review_later=["explanation"], review_closed=["right_answer"])
    assert not any(text in taker.get(result_url(attempt)).content.decode() for text in MARKS.values())
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=2))
    later = taker.get(result_url(attempt)).content.decode()
    assert "See the law." in later and "Best answer" not in later
    attempt.rules["closes_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    Attempt.objects.update(rules=attempt.rules)
    closed = taker.get(result_url(attempt)).content.decode()
    assert "Best answer" in closed and "See the law." not in closed


def test_questions_and_answers_are_hidden_while_their_row_is_not_ticked(taker, learner):
    quiz = make_quiz([make_question(single_choice(when_wrong="Read on."), outcome="Know who speaks")], answers_shown=["later"])
    QuizBand.objects.create(quiz=quiz, locale=quiz.locale, from_percent=0, text="<p>Begin again</p>")
    attempt = take_quiz(learner, quiz, right=0)
    attempt.responses.update(hand_comment="Read the last part again.", excluded=True)
    secret = ["Who speaks for", "The employer", "The guardian", "Read on.", "See the law.", "UN Protocol", "Read the last part"]
    html = taker.get(result_url(attempt)).content.decode()
    assert not [words for words in secret if words in html] and "Question 1" not in html
    assert "0 of 1" in html and "Begin again" in html and "1 question was left out" in html
    assert "You see the questions and your answers from one hour after handing in." in html
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=2))
    later = taker.get(result_url(attempt)).content.decode()
    assert not [words for words in secret if words not in later] and "from one hour after" not in later


@pytest.mark.parametrize(
    ("shown", "closes", "told"),
    [
        ([], None, "The questions and your answers are not shown any more."),
        (["closed"], None, "The questions and your answers are not shown any more."),
        (["closed"], timedelta(days=1), "You see the questions and your answers when the quiz has closed."),
    ],
)
def test_learners_read_when_they_will_see_their_answers(taker, learner, shown, closes, told):
    quiz = make_quiz([make_question()], answers_shown=shown, closes_at=closes and timezone.now() + closes)
    start = text_of(taker.get(start_url(quiz)))
    assert ("you do not see the questions and your answers again" in start) is (closes is None)
    assert "you read why" not in start.lower().replace("you read why when the quiz has closed", "")
    assert told in text_of(taker.get(result_url(take_quiz(learner, quiz))))


def test_during_the_try_answers_are_there_whatever_is_ticked(taker):
    attempt = begin(taker, make_quiz([make_question()], behaviour="immediate", answers_shown=[]))
    taker.post(question_url(attempt, 1), posted(wrong_answer(attempt, 1)))
    assert "An employer has" in taker.get(question_url(attempt, 1)).content.decode()


def test_a_try_from_before_there_was_this_row_shows_its_answers(taker, learner):
    attempt = take_quiz(learner, make_quiz([make_question()]))
    del attempt.rules["answers_shown"]
    Attempt.objects.update(rules=attempt.rules)
    assert "Who speaks for the child?" in taker.get(result_url(attempt)).content.decode()


@pytest.mark.parametrize(
    ("minutes", "moment"),
    [(0, "just_after"), (59, "just_after"), (60, "later"), (119, "later"), (120, "closed"), (500, "closed")],
)
def test_each_column_begins_to_the_minute(minutes, moment):
    handed_in = timezone.now()
    rules = Rules(closes_at=handed_in + timedelta(hours=2))
    assert rules.moment(handed_in, handed_in + timedelta(minutes=minutes)) == moment
    assert rules.moment(None, handed_in + timedelta(minutes=minutes)) == "during"


def test_during_a_try_only_what_is_ticked_is_told(taker):
    attempt = begin(taker, make_quiz([make_question()], behaviour="immediate", review_during=["feedback"]))
    taker.post(question_url(attempt, 1), posted(wrong_answer(attempt, 1)))
    html = taker.get(question_url(attempt, 1)).content.decode()
    assert "An employer has" in html and not any(MARKS[name] in html for name in ("verdict", "explanation", "right_answer"))


@pytest.mark.parametrize(("right", "text"), [(0, "Begin again"), (1, "Halfway"), (2, "All of it")])
def test_feedback_by_score(taker, learner, right, text):
    quiz = make_quiz([make_question(), make_question()])
    for floor, words in ((0, "Begin again"), (50, "Halfway"), (100, "All of it")):
        QuizBand.objects.create(quiz=quiz, locale=quiz.locale, from_percent=floor, text=f"<p>{words}</p>")
    html = taker.get(result_url(take_quiz(learner, quiz, right=right))).content.decode()
    assert [words for words in ("Begin again", "Halfway", "All of it") if words in html] == [text]


def test_feedback_by_score_waits_until_it_is_due(taker, learner):
    quiz = make_quiz([make_question()], review_just_after=["points"], review_later=["overall"])
    QuizBand.objects.create(quiz=quiz, locale=quiz.locale, from_percent=0, text="<p>Begin again</p>")
    url = result_url(take_quiz(learner, quiz, right=0))
    assert "Begin again" not in taker.get(url).content.decode()
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=2))
    assert "Begin again" in taker.get(url).content.decode()


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1]))


@pytest.mark.parametrize("grading", ["best", "average", "last"])
def test_points_that_are_not_due_are_on_no_page(taker, learner, grading):
    nothing = {"review_just_after": ["verdict", "explanation"], "review_later": []}
    quiz = make_quiz([make_question() for _ in range(7)], grading=grading, **nothing)
    take_quiz(learner, quiz, right=5)
    attempt = take_quiz(learner, quiz, right=3)
    card = taker.get(start_url(quiz)), taker.get(result_url(attempt))
    for page in card:
        assert not re.search(r"[35] of 7|42\.8|57\.1|71\.4", text_of(page)), text_of(page)
    Attempt.objects.update(rules=attempt.rules | {"review": {"just_after": ["points"]}})
    assert "3 of 7" in text_of(taker.get(start_url(quiz))) and "3 of 7" in text_of(taker.get(result_url(attempt)))


NEVER = {"review_during": ["verdict"], "review_just_after": ["verdict"], "review_later": [], "review_closed": []}


@pytest.mark.parametrize(
    ("behaviour", "matrix", "told"),
    [
        ("deferred", {}, "until you hand in; then you read why"),
        ("deferred", NEVER | {"review_later": ["explanation"]}, "until you hand in. You read why from one hour after"),
        (
            "deferred",
            NEVER | {"review_closed": ["feedback"], "closes_at": timezone.now() + timedelta(days=1)},
            "You read why when the quiz has closed",
        ),
        ("deferred", NEVER | {"review_closed": ["feedback"]}, "This quiz does not tell why"),
        ("deferred", NEVER | {"review_during": ["feedback"]}, "This quiz does not tell why"),
        ("immediate", {}, "After each answer you read why"),
        ("immediate", NEVER | {"review_just_after": ["explanation"]}, "once you press Continue. You read why after handing in"),
        ("immediate", NEVER, "once you press Continue. This quiz does not tell why"),
        ("interactive", NEVER, "This quiz does not tell why"),
    ],
)
def test_pages_promise_to_tell_why_only_when_they_do(taker, behaviour, matrix, told):
    quiz = make_quiz([make_question()], behaviour=behaviour, **matrix)
    start = text_of(taker.get(start_url(quiz)))
    assert told in start and ("you read why" in start.lower()) is ("read why" in told), start
    attempt = begin(taker, quiz)
    page, check = (text_of(taker.get(url)) for url in (question_url(attempt, 1), submit_url(attempt)))
    assert ("read why" in page) is (behaviour == "immediate" and not matrix)
    assert ("read why" in check) is (not matrix or "explanation" in matrix["review_just_after"])


def test_what_belongs_to_a_box_goes_with_it(taker, learner):
    """Combined feedback with feedback, source with explanation, topics with points or verdicts; not knowing is no secret."""
    words = {
        "feedback": "Read the second lesson again.",
        "explanation": "UN Protocol",
        "points": "By topic",
        "verdict": "By topic",
    }
    for name in ("right_answer", *words):
        quiz = make_quiz([make_question(single_choice(when_wrong=words["feedback"]))], review_just_after=[name])
        attempt = start_attempt(user=learner, quiz=quiz)
        save_response(attempt=attempt, position=1, answer=UNSURE)
        html = taker.get(result_url(submit_attempt(attempt=attempt))).content.decode()
        assert {text for text in words.values() if text in html} == {words[name] for name in [name] if name in words}
        assert "You said: I don&#x27;t know yet" in html


def test_the_words_of_a_marker_are_feedback(taker, learner):
    hidden, shown = failed(learner, review_just_after=["points"]), failed(learner, review_just_after=["feedback"])
    for attempt in (hidden, shown):
        attempt.responses.update(hand_comment="Read the last part again.")
    assert "Read the last part again." not in text_of(taker.get(result_url(hidden)))
    assert "Read the last part again." in text_of(taker.get(result_url(shown)))


# --- Access code ------------------------------------------------------------------------------------------------------
def test_the_code_opens_the_quiz_whatever_its_case_and_never_reaches_the_page(taker):
    quiz = make_quiz([make_question()], access_code="Bluebell-7")
    page = taker.get(start_url(quiz)).content.decode()
    assert "Access code" in page and "Bluebell" not in page
    wrong = taker.post(start_url(quiz), {"code": "daisy"})
    assert wrong.status_code == 422 and "This is not the access code" in wrong.content.decode() and not Attempt.objects.exists()
    assert "There is a problem" in wrong.content.decode() and 'href="#id_code"' in wrong.content.decode()
    assert 'value="daisy"' in wrong.content.decode() and "<title>Error:" in wrong.content.decode()
    assert taker.post(start_url(quiz), {}).content.decode().count("This is not the access code") == 2, "in the summary and beside"
    assert taker.post(start_url(quiz), {"code": " BLUEBELL-7 "}).status_code == 302
    assert Attempt.objects.count() == 1


def give(quiz, **fields):
    return QuizOverride.objects.create(quiz_key=quiz.translation_key, reason="Joined later", **fields)


def test_a_person_may_have_a_code_of_their_own_or_none(client_for, taker, learner, trainer, organisation):
    quiz = make_quiz([make_question()], access_code="Bluebell-7")
    give(quiz, organisation=organisation, no_access_code=True)
    own = give(quiz, user=learner, access_code="Daisy-3")
    assert taker.post(start_url(quiz), {"code": "Bluebell-7"}).status_code == 422
    assert taker.post(start_url(quiz), {"code": "daisy-3"}).status_code == 302
    theirs = client_for(trainer)
    assert "Access code" not in theirs.get(start_url(quiz)).content.decode()
    assert theirs.post(start_url(quiz)).status_code == 302
    assert Attempt.objects.count() == 2
    submit_attempt(attempt=Attempt.objects.get(user=trainer))
    assert "Try again now" in theirs.get(result_url(Attempt.objects.get(user=trainer))).content.decode()
    own.delete()
    submit_attempt(attempt=Attempt.objects.get(user=learner))
    assert "Try again now" not in taker.get(result_url(Attempt.objects.get(user=learner))).content.decode()


def test_an_override_that_says_nothing_of_a_code_leaves_it_as_it_is(taker, learner):
    quiz = make_quiz([make_question()], access_code="Bluebell-7")
    give(quiz, user=learner, attempts_allowed=9)
    assert taker.post(start_url(quiz)).status_code == 422


# --- Practice ---------------------------------------------------------------------------------------------------------
def test_a_visitor_practises_without_an_account_and_nothing_counts(site):
    quiz, visitor = make_quiz([make_question()], open_to_all=True), Client()
    html = visitor.get(start_url(quiz)).content.decode()
    assert "this is practice" in html
    assert "counts towards finishing" not in html and "see your results" not in html
    visitor.post(start_url(quiz))
    attempt = Attempt.objects.get()
    assert attempt.user is None and attempt.visitor
    visitor.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    html = visitor.post(submit_url(attempt), follow=True).content.decode()
    assert "You have passed" in html and "deleted after three days" in html
    assert not Attempt.objects.counting().exists()


def test_the_practice_of_one_visitor_is_not_that_of_another(site):
    quiz, visitor = make_quiz([make_question()], open_to_all=True), Client()
    visitor.post(start_url(quiz))
    attempt = Attempt.objects.get()
    assert "login" in Client().get(question_url(attempt, 1)).url
    other = Client()
    other.post(start_url(quiz))
    assert "login" in other.get(question_url(attempt, 1)).url and Attempt.objects.count() == 2


def test_practice_is_deleted_after_three_days(site):
    quiz = make_quiz([make_question()], open_to_all=True)
    Client().post(start_url(quiz))
    call_command("close_attempts", stdout=StringIO())
    assert Attempt.objects.count() == 1
    Attempt.objects.update(started_at=timezone.now() - timedelta(days=4))
    call_command("close_attempts", stdout=StringIO())
    assert not Attempt.objects.exists()


def test_a_quiz_that_is_not_open_to_all_asks_for_the_sign_in(site):
    assert "login" in Client().post(start_url(make_quiz([make_question()]))).url


# --- Which try counts -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("grading", "percent", "passed"), [("best", 100, True), ("average", 50, False), ("first", 0, False), ("last", 50, False)]
)
def test_which_try_counts(learner, site, grading, percent, passed):
    quiz = make_quiz([make_question(), make_question()], grading=grading)
    for right in (0, 2, 1):
        take_quiz(learner, quiz, right=right)
    standing = Attempt.objects.standings(learner, [quiz.translation_key])[quiz.translation_key]
    assert (standing.percent, standing.passed, standing.tries) == (percent, passed, 3)
    assert (quiz.translation_key in Attempt.objects.passed_keys(learner, [quiz.translation_key])) is passed


@pytest.mark.parametrize(("grading", "counting"), [("best", 1), ("first", 2), ("last", 0), ("average", None)])
def test_the_start_page_says_which_try_counts_and_the_result_whether_it_is_done(taker, learner, grading, counting):
    quiz = make_quiz([make_question()], grading=grading, pass_mark=60)
    for right in (0, 1, 0):
        attempt = take_quiz(learner, quiz, right=right)
    rows = taker.get(start_url(quiz)).content.decode().split("<tbody>")[1].split("</tr>")
    assert [n for n, row in enumerate(rows) if "This one counts." in row] == ([] if counting is None else [counting])
    assert ("Go to my learning" in text_of(taker.get(result_url(attempt)))) is (grading == "best")


def test_a_quiz_may_be_done_when_tries_are_used_up_or_just_taken(learner, site):
    used_up = make_quiz([make_question()], completion="used_up", attempts_allowed=2)
    taken = make_quiz([make_question()], completion="taken", minimum_tries=2)
    for quiz in (used_up, taken):
        take_quiz(learner, quiz, right=0)
        assert not Attempt.objects.passed_keys(learner, [quiz.translation_key])
        take_quiz(learner, quiz, right=0)
        assert Attempt.objects.passed_keys(learner, [quiz.translation_key])


# --- Doubts -----------------------------------------------------------------------------------------------------------
def test_a_learner_doubts_a_question_once_for_each_reason(taker, learner):
    attempt = failed(learner)
    url = f"/en/quizzes/attempts/{attempt.public_id}/flag/"
    assert url in taker.get(result_url(attempt)).content.decode()
    for _ in range(2):
        assert "Thank you" in taker.post(url, {"position": "1", "reason": "unclear"}, follow=True).content.decode()
    assert QuestionFlag.objects.get().question_key == attempt.responses.get().question_key
    for nonsense in ({"position": "1", "reason": "x"}, {"position": "9", "reason": "unclear"}, {"position": "²"}, {}):
        assert "Choose the question" in taker.post(url, nonsense, follow=True).content.decode()
    assert QuestionFlag.objects.count() == 1


def test_a_doubt_after_the_sign_in_ended_leads_back_to_the_result(taker, learner):
    attempt = take_quiz(learner, make_quiz([make_question()]))
    reply = Client().post(f"/en/quizzes/attempts/{attempt.public_id}/flag/", {"position": "1", "reason": "unclear"})
    assert reply.status_code == 302 and reply.url.endswith(f"?next={result_url(attempt)}")


def test_nobody_doubts_in_the_name_of_another(client_for, trainer, learner, site):
    attempt = failed(learner)
    url = f"/en/quizzes/attempts/{attempt.public_id}/flag/"
    assert client_for(trainer).post(url, {"position": "1", "reason": "unclear"}).status_code == 404
