"""Threats T2, T3 and T17: other people's attempts, changed forms, closed attempts and planted addresses change nothing."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from quizzes.models import Attempt, AttemptEvent, QuestionFlag, Response
from quizzes.services import start_attempt
from quizzes.urls import urlpatterns
from tests.factories.quizzes import (
    begin,
    best_answer,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    start_url,
    submit_url,
    take_quiz,
    wrong_answer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return User.objects.create_user("other@example.org", "correct horse battery")


def state_of(attempt):
    return (
        Attempt.objects.filter(pk=attempt.pk).values().get(),
        list(Response.objects.filter(attempt=attempt).order_by("position").values()),
    )


# Every address of an attempt, also those that are added later.
ADDRESSES = [pattern.name for pattern in urlpatterns if "public_id" in pattern.pattern.converters]
VERBS = ["get", "head", "post", "put", "patch", "delete", "options"]
ACTS = ["continue", "check", "unsure", "redo", "leave", "invented"]


def address(name, attempt):
    (pattern,) = [pattern for pattern in urlpatterns if pattern.name == name]
    numbers = {part: 1 for part in pattern.pattern.converters if part != "public_id"}
    return reverse(f"quizzes:{name}", kwargs={"public_id": attempt.public_id, **numbers})


def everything_sent(client, name, attempt):
    """The replies to every verb, and to all that a form could post there."""
    url = address(name, attempt)
    answer = posted(wrong_answer(attempt, 1), version=0) | {"reason": "wrong", "user": "1", "q-sure": "3"}
    return [getattr(client, verb)(url) for verb in VERBS] + [client.post(url, answer | {"act": act}) for act in ACTS]


def rows():
    return (*state_of(Attempt.objects.get()), AttemptEvent.objects.count(), QuestionFlag.objects.count())


def test_the_addresses_of_attempts_are_known():
    assert {"page", "save", "flag", "submit", "result"} <= set(ADDRESSES)


@pytest.mark.parametrize("submitted", [False, True])
@pytest.mark.parametrize("name", ADDRESSES)
def test_another_persons_attempt_is_not_found(taker, other, submitted, name):
    quiz = make_quiz()
    theirs = take_quiz(other, quiz) if submitted else start_attempt(user=other, quiz=quiz)
    before = rows()
    for reply in everything_sent(taker, name, theirs):
        assert reply.status_code in {404, 405}
    assert rows() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_visitor_gets_nothing_of_an_attempt(site, other, name):
    theirs = start_attempt(user=other, quiz=make_quiz())
    before = rows()
    for reply in everything_sent(Client(), name, theirs):
        assert reply.status_code in {401, 405} or "login" in reply.url
    assert rows() == before


@pytest.mark.parametrize("submitted", [False, True])
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_practice_of_a_visitor_is_nobody_elses(taker, submitted, name):
    quiz, visitor = make_quiz(open_to_all=True), Client()
    visitor.post(start_url(quiz))
    theirs = Attempt.objects.get()
    if submitted:
        visitor.post(submit_url(theirs))
    before = rows()
    for reply in everything_sent(taker, name, theirs):
        assert reply.status_code in {404, 405}
    for reply in everything_sent(Client(), name, theirs):
        assert reply.status_code in {401, 405} or "login" in reply.url
    assert rows() == before


def test_practice_is_not_taken_over_by_signing_in(site, learner):
    quiz, visitor = make_quiz(open_to_all=True), Client()
    visitor.post(start_url(quiz))
    attempt = Attempt.objects.get()
    visitor.force_login(learner)
    assert visitor.post(submit_url(attempt)).status_code == 404
    assert Attempt.objects.get().is_open


@pytest.mark.parametrize("url_name", ["page", "submit", "result"])
def test_staff_have_no_back_door(client_for, administrator, other, url_name):
    theirs = take_quiz(other, make_quiz())
    args = [theirs.public_id, 1] if url_name == "page" else [theirs.public_id]
    assert client_for(administrator).get(reverse(f"quizzes:{url_name}", args=args)).status_code == 404


def test_what_does_not_exist_is_not_found(taker):
    attempt = begin(taker, make_quiz())
    assert taker.get(question_url(attempt, 99)).status_code == 404
    assert taker.post(question_url(attempt, 0), {}).status_code == 404
    assert taker.get(reverse("quizzes:result", args=[uuid.uuid4()])).status_code == 404
    assert taker.get(reverse("quizzes:start", args=[uuid.uuid4()])).status_code == 404


def test_hidden_and_invented_fields_change_nothing(taker):
    attempt = begin(taker, make_quiz())
    wrong = wrong_answer(attempt, 1)
    extra = {
        "points": "9",
        "correct": "true",
        "passed": "true",
        "user": "1",
        "position": "3",
        "seen_feedback": "1",
        "percent": "100",
    }
    taker.post(question_url(attempt, 1), posted(wrong) | extra)
    taker.post(submit_url(attempt), extra | {"submitted_at": "2000-01-01", "pass_mark": "0"})
    attempt.refresh_from_db()
    assert (attempt.points, attempt.percent, attempt.passed, attempt.pass_mark) == (0, 0, False, 80)
    first, second, third = attempt.responses.all()
    assert (first.answer, first.points, third.answer) == (wrong, 0, None)


@pytest.mark.parametrize("version", ["-1", "x", "", "1" * 400, "٣", "1e9"])
def test_a_nonsense_version_is_no_error(taker, version):
    attempt = begin(taker, make_quiz())
    response = taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)) | {"q-version": version})
    assert response.status_code in {302, 409}


@pytest.mark.parametrize("value", ["invented", "", "true", "0", "<script>", "\x00", "x" * 5000])
def test_a_choice_that_was_not_offered_is_refused(taker, value):
    attempt = begin(taker, make_quiz())
    response = taker.post(question_url(attempt, 1), {"act": "continue", "q-choice": value})
    assert response.status_code == 422
    assert attempt.responses.get(position=1).answer is None


def test_a_choice_of_another_question_is_refused(taker):
    attempt = begin(taker, make_quiz())
    stolen = best_answer(attempt, 1)["choice"]
    assert taker.post(question_url(attempt, 2), {"q-choice": [stolen]}).status_code == 422


def test_a_closed_attempt_takes_nothing_any_more_and_says_so(taker, learner):
    attempt = take_quiz(learner, make_quiz(), right=0)
    before = state_of(attempt)
    response = taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)), follow=True)
    assert response.redirect_chain[-1][0] == result_url(attempt)
    assert "handed in before. Nothing was changed." in response.content.decode()
    taker.post(submit_url(attempt))
    assert taker.get(question_url(attempt, 1)).url == taker.get(submit_url(attempt)).url == result_url(attempt)
    assert state_of(attempt) == before


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "evil.example",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "http://[::1",
        "?next=https://evil.example",
        "/" + "x" * 600,
    ],
)
def test_next_never_leads_elsewhere(taker, address):
    quiz = make_quiz()
    response = taker.get(start_url(quiz), {"next": address})
    assert response.context["return_to"] == "" and response.context["start_url"] == start_url(quiz)
    taker.post(start_url(quiz) + "?next=" + address.replace("\n", "%0A").replace("\t", "%09"))
    assert Attempt.objects.get().return_to == ""


def test_next_keeps_a_path_of_this_site(taker):
    quiz = make_quiz()
    attempt = begin(taker, quiz, "?next=/en/курс/урок/%3Fa%3D1")
    assert attempt.return_to == "/en/курс/урок/?a=1"
    assert 'href="/en/курс/урок/?a=1"' in taker.get(start_url(quiz)).content.decode()


def test_state_changes_by_post_only(taker):
    quiz = make_quiz()
    taker.get(start_url(quiz))
    assert not Attempt.objects.exists()
    attempt = begin(taker, quiz)
    before = state_of(attempt)
    taker.get(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    taker.get(submit_url(attempt))
    taker.head(submit_url(attempt))
    assert state_of(attempt) == before


# --- Fields of one's own form -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("save", [False, True])
@pytest.mark.parametrize("sure", ["9", "0", "-1", "3.0", "x", "", "٣"])
def test_a_certainty_that_was_not_offered_is_not_stored(taker, sure, save):
    attempt = begin(taker, make_quiz(certainty=True))
    url = question_url(attempt, 1) + ("save/" if save else "")
    reply = taker.post(url, posted(best_answer(attempt, 1), version=0) | {"q-sure": sure})
    assert reply.status_code == (200 if save else 422)
    assert attempt.responses.get(position=1).certainty is None


@pytest.mark.parametrize("act", ["redo", "check", "unsure", "continue", "leave"])
def test_no_button_works_on_a_closed_attempt(taker, learner, act):
    quiz = make_quiz(behaviour="immediate", redo=True)
    attempt = take_quiz(learner, quiz, right=1)
    before = state_of(attempt)
    for position in range(1, attempt.length + 1):
        reply = taker.post(question_url(attempt, position), posted(best_answer(attempt, position), act=act, version=1))
        assert reply.url == result_url(attempt)
        assert taker.post(question_url(attempt, position) + "save/", posted(best_answer(attempt, position))).status_code == 410
    assert state_of(attempt) == before


@pytest.mark.parametrize(
    "act", ["check q9", "redo q2", "unsure x", "check q-1", "redo ' OR 1", "continue q", "check", " check q"]
)
def test_a_button_of_a_question_that_is_not_there_changes_nothing(taker, act):
    attempt = begin(taker, make_quiz(behaviour="adaptive"))
    before = [row["answer"] for row in state_of(attempt)[1]]
    assert taker.post(question_url(attempt, 1), {"act": act, "q-version": "0"}).status_code in {302, 404, 422}
    assert [row["answer"] for row in state_of(attempt)[1]] == before


@pytest.mark.parametrize("prefix", ["q2", "q0", "q1", "q-1", "q99", "Q", "", "q2-q"])
@pytest.mark.parametrize("save", [False, True])
def test_a_field_of_another_page_is_not_read(taker, prefix, save):
    attempt = begin(taker, make_quiz())
    answer = best_answer(attempt, 1)["choice"]
    url = question_url(attempt, 1) + ("save/" if save else "")
    assert taker.post(url, {f"{prefix}-choice": answer, f"{prefix}-version": "0"}).status_code in {200, 422}
    assert all(response.answer is None for response in attempt.responses.all())


@pytest.mark.parametrize("navigation", ["in_order", "one_way"])
def test_a_page_that_is_not_open_takes_nothing_by_its_address(taker, navigation):
    attempt = begin(taker, make_quiz([make_question() for _ in range(3)], navigation=navigation))
    before = state_of(attempt)
    for page in (2, 3):
        data = posted(best_answer(attempt, page), version=0)
        assert taker.post(question_url(attempt, page), data).url == question_url(attempt, 1)
        taker.post(question_url(attempt, page) + "save/", data)
    assert state_of(attempt) == before


def test_a_page_that_was_left_for_good_takes_nothing_any_more(taker):
    attempt = begin(taker, make_quiz([make_question() for _ in range(3)], navigation="one_way"))
    taker.post(question_url(attempt, 1), posted(wrong_answer(attempt, 1), version=0))
    kept = attempt.responses.get(position=1).answer
    for path in ("", "save/"):
        taker.post(question_url(attempt, 1) + path, posted(best_answer(attempt, 1), version=1))
    assert attempt.responses.get(position=1).answer == kept


@pytest.mark.parametrize("page", ["0", "99", "4294967296", "99999999999999999999"])
@pytest.mark.parametrize("path", ["", "save/"])
def test_a_page_number_that_is_not_there_is_no_error(taker, page, path):
    attempt = begin(taker, make_quiz())
    url = question_url(attempt, 1).replace("/1/", f"/{page}/") + path
    assert taker.post(url, posted(best_answer(attempt, 1))).status_code in {404, 410}
    assert all(response.answer is None for response in attempt.responses.all())
