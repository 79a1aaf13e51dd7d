"""Faults F5 and F6 on one connection, and what happens when the sign-in ends in the middle of an answer."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Attempt, Response
from tests.factories.kinds import example
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
    wrong_answer,
)
from tests.quizzes.canaries import wrong_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(taker):
    return begin(taker, make_quiz())


# --- Two tabs ---------------------------------------------------------------------------------------------------------
def test_a_stale_tab_is_told_and_overwrites_nothing_until_asked_again(taker, attempt):
    url, first, second = question_url(attempt, 1), best_answer(attempt, 1), wrong_answer(attempt, 1)
    assert taker.post(url, posted(first, version=0)).status_code == 302
    stale = taker.post(url, posted(second, version=0))
    html = stale.content.decode()
    assert stale.status_code == 409 and "You changed this answer in another window" in html
    assert re.search(rf'value="{second["choice"]}"[^>]* checked', html), "what this tab chose is kept on the page"
    assert attempt.responses.get(position=1).answer == first
    version = re.search(r'name="q-version" value="(\d+)"', html)[1]
    assert taker.post(url, posted(second, version=int(version))).status_code == 302
    assert attempt.responses.get(position=1).answer == second


def test_a_stale_tab_with_the_same_answer_just_goes_on(taker, attempt):
    url, answer = question_url(attempt, 1), best_answer(attempt, 1)
    taker.post(url, posted(answer, version=0))
    assert taker.post(url, posted(answer, version=0)).status_code == 302
    assert attempt.responses.get(position=1).version == 1


def test_a_stale_tab_that_does_not_know_is_told_too(taker, attempt):
    url = question_url(attempt, 1)
    taker.post(url, posted(best_answer(attempt, 1), version=0))
    response = taker.post(url, {"act": "unsure", "q-version": "0"})
    assert response.status_code == 409
    assert "Choose an answer. If you do not know it" not in response.content.decode()


def test_one_tab_hands_in_while_the_other_still_answers(taker, attempt):
    taker.post(submit_url(attempt))
    response = taker.post(question_url(attempt, 2), posted(best_answer(attempt, 2), version=0))
    assert response.url == result_url(attempt)
    assert Response.objects.get(attempt=attempt, position=2).answer is None


def test_double_click_on_start_opens_one_attempt(taker):
    quiz = make_quiz()
    first, second = taker.post(start_url(quiz)), taker.post(start_url(quiz))
    assert first.url == second.url and Attempt.objects.filter(quiz_key=quiz.translation_key).count() == 1


def test_double_click_on_hand_in_gives_one_result_twice(taker, attempt):
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    first = taker.post(submit_url(attempt))
    row = Attempt.objects.filter(pk=attempt.pk).values().get()
    second = taker.post(submit_url(attempt))
    assert first.url == second.url == f"{result_url(attempt)}#result"
    assert Attempt.objects.filter(pk=attempt.pk).values().get() == row


# --- Expired sign-in --------------------------------------------------------------------------------------------------
def expire(client):
    client.session.flush()


def sign_in_again(client: Client, user, url: str):
    """As the sign-in page does, with the visitor's session of the moment."""
    return client.post(url, {"login": user.email, "password": "correct horse battery"}, follow=True)


def test_an_answer_posted_after_the_session_expired_is_kept_through_the_sign_in(taker, learner, attempt):
    taker.post(question_url(attempt, 1), posted(wrong_answer(attempt, 1)))
    answer = best_answer(attempt, 2)
    expire(taker)
    response = taker.post(question_url(attempt, 2), posted(answer))
    assert response.status_code == 302 and "login" in response.url
    assert attempt.responses.get(position=2).answer is None

    page = sign_in_again(taker, learner, response.url)
    assert page.redirect_chain[-1][0] == question_url(attempt, 2)
    html = page.content.decode()
    assert "You were signed out" in html
    checked = re.findall(r'value="([^"]+)"[^>]* checked', html)
    assert sorted(checked) == sorted(answer["choices"])
    first = taker.get(question_url(attempt, 1)).content.decode()
    assert re.findall(r'value="([^"]+)"[^>]* checked', first) == [wrong_answer(attempt, 1)["choice"]]

    taker.post(question_url(attempt, 2), posted(answer, version=0))
    assert attempt.responses.get(position=2).answer == answer
    assert "What you chose here is not saved yet" not in taker.get(question_url(attempt, 2)).content.decode()


def test_the_kept_answer_is_for_its_owner_only(taker, attempt):
    other = User.objects.create_user("other@example.org", "correct horse battery", country="BE", occupation="lawyer")
    expire(taker)
    response = taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    page = sign_in_again(taker, other, response.url)
    assert page.status_code == 404 and attempt.responses.get(position=1).answer is None


def test_handing_in_after_the_session_expired_comes_back_to_the_check_page(taker, learner, attempt):
    expire(taker)
    response = taker.post(submit_url(attempt))
    page = sign_in_again(taker, learner, response.url)
    assert page.redirect_chain[-1][0] == submit_url(attempt) and "Check your answers" in page.content.decode()
    attempt.refresh_from_db()
    assert attempt.is_open


def test_an_answer_from_before_a_new_sign_in_is_offered_again_with_one_press(learner, taker, attempt):
    """Signing in elsewhere makes the proof of origin of open pages stale; what was chosen stands in the page that says so."""
    strict, answer = Client(enforce_csrf_checks=True), best_answer(attempt, 1)
    strict.force_login(learner)
    strict.get(question_url(attempt, 1))
    response = strict.post(question_url(attempt, 1), posted(answer, version=0), headers={"sec-fetch-site": "same-origin"})
    html = response.content.decode()
    assert response.status_code == 403 and f'name="q-choice" value="{answer["choice"]}"' in html
    again = dict(
        re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html[html.index('method="post" action="/en/quizzes') :])
    )
    assert strict.post(question_url(attempt, 1), again).url == question_url(attempt, 2)
    assert attempt.responses.get(position=1).answer == answer


def test_a_huge_post_of_a_visitor_is_not_kept(client, site, attempt):
    client.post(question_url(attempt, 1), {"q-choice": "x" * 200_000})
    assert "quizzes_kept_answer" not in client.session


# --- The same with a whole page of other kinds ------------------------------------------------------------------------
FULL_PAGE = ["single_choice", "matching", "essay", "case_study", "short_text"]


@pytest.fixture
def full(taker):
    """An attempt at one page of several kinds, whose answers also say how sure the learner is."""
    quiz = make_quiz([make_question(example(kind)) for kind in FULL_PAGE], questions_per_page=0, certainty=True)
    return begin(taker, quiz)


def whole_page(attempt):
    """What somebody filled in: an answer to each question, half of the case, and how sure they are."""
    data = {"act": "continue"}
    for prefix, response in zip(("q", "q2", "q3", "q4", "q5"), attempt.responses.all(), strict=True):
        data |= wrong_post(response.snapshot, prefix) | {f"{prefix}-version": "0"}
    return data | {"q-sure": "2", "q2-sure": "1", "q3-sure": "2", "q4-sure": "3", "q5-sure": "1"}


def fields_of(html):
    """What the learner's form on a page would post if its button were pressed now, by name. Lists, as in ``whole_page``."""
    reader = Form()
    reader.feed(html)
    return reader.posted


def test_a_full_page_survives_the_sign_in_with_every_kind_and_every_certainty(taker, learner, full):
    filled = whole_page(full)
    expire(taker)
    response = taker.post(question_url(full, 1), filled)
    assert response.status_code == 302 and all(r.answer is None for r in full.responses.all())
    page = sign_in_again(taker, learner, response.url)
    found = fields_of(page.content.decode())
    lost = {name for name, value in filled.items() if name != "act" and found.get(name) != listed(value)}
    assert lost == set()
    taker.post(question_url(full, 1), found | {"act": "continue"})
    saved = [(response.answer is not None, response.certainty) for response in full.responses.all()]
    assert saved == [(True, 2), (True, 1), (True, 2), (True, 3), (True, 1)]


def test_a_full_page_with_a_stale_proof_of_origin_is_offered_again_whole(learner, taker, full):
    filled, strict = whole_page(full), Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    strict.get(question_url(full, 1))
    response = strict.post(question_url(full, 1), filled, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 403
    again = fields_of(response.content.decode())
    assert {name for name, value in filled.items() if again.get(name) != listed(value)} == set()
    assert strict.post(question_url(full, 1), again).status_code == 302
    assert all(r.answer is not None for r in full.responses.all())


def test_the_script_that_saves_is_told_and_takes_nothing_away(taker, full):
    filled = whole_page(full)
    expire(taker)
    assert taker.post(question_url(full, 1) + "save/", filled).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(question_url(full, 1) + "save/", filled).status_code == 403
    assert all(r.answer is None and r.version == 0 for r in full.responses.all())


def listed(value):
    return value if isinstance(value, list) else [value]


class Form(HTMLParser):
    """The last form of a page that is not the site's own: reads its fields as a browser would post them."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, list[str]] = {}
        self.inside = ""  # the field whose text or options follow
        self.inputs = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, value = given.get("name"), given.get("value", "")
        if tag == "form":
            self.inputs = given.get("method") == "post"
        if not self.inputs:
            return
        if tag == "input" and name and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.posted.setdefault(name, []).append(value or "")
        if tag in {"select", "textarea"}:
            self.inside = name
        if tag == "textarea":
            self.posted[name] = [""]
        if tag == "option" and "selected" in given:
            self.posted.setdefault(self.inside, []).append(value or "")

    def handle_data(self, data):
        if self.inside in self.posted and self.lasttag == "textarea":
            self.posted[self.inside][0] += data.lstrip("\n")

    def handle_endtag(self, tag):
        if tag in {"select", "textarea"}:
            self.inside = ""
