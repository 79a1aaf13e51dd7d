"""Tries as support sees them: the list, the history of one, and opening it again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from quizzes.kinds.base import UNSURE
from quizzes.models import Attempt, AttemptEvent
from quizzes.services import save_response, start_attempt, submit_attempt
from quizzes.visibility import try_code
from tests.factories.accounts import OrganisationFactory
from tests.factories.editing import PUBLISH, item, quiz_data
from tests.factories.marking import colleague, make_essay_quiz, mark_url, marks, stranger, write
from tests.factories.quizzes import make_quiz, question_url, take_quiz

pytestmark = pytest.mark.django_db
TRIES = "/admin/quizzes/tries/"


@pytest.fixture
def taker(organisation):
    return colleague(organisation, full_name="Ivana Petrova", email="ivana@example.net")


def history_url(attempt):
    return reverse("quizzes_desk:try", args=[attempt.public_id])


def open_url(attempt):
    return reverse("quizzes_desk:open_again", args=[attempt.public_id])


def page(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_tells_who_with_which_result(at_work, taker):
    attempt = take_quiz(taker, make_quiz(), right=2)

    html = page(at_work, TRIES)

    for told in (try_code(attempt), "Ivana Petrova", "What did you learn?", "Not passed yet", "66.66", "1 try"):
        assert told in html


def test_the_list_is_filtered(at_work, organisation, taker):
    quiz = make_quiz()
    passed, failed = take_quiz(taker, quiz), take_quiz(colleague(organisation, full_name="Other Person"), quiz, right=0)
    opened = start_attempt(user=colleague(organisation), quiz=make_quiz(title="Second quiz"))

    for query, found in [
        ({"state": "passed"}, passed),
        ({"state": "not_passed"}, failed),
        ({"state": "open"}, opened),
        ({"q": "petrova"}, passed),
        ({"q": "ivana@"}, passed),
        ({"code": try_code(failed)}, failed),
        ({"quiz": str(opened.quiz_key)}, opened),
    ]:
        html = page(at_work, TRIES, **query)
        assert f"<code>{try_code(found)}</code>" in html and "1 try" in html, query


def test_tries_that_wait_or_do_not_count_are_found_by_their_state_alone(at_work, organisation):
    waiting = write(make_essay_quiz(), colleague(organisation))
    failed, discarded = (take_quiz(colleague(organisation), make_quiz(), right=0) for _n in range(2))
    Attempt.objects.filter(pk=discarded.pk).update(discarded=True)

    for state, found in [("waiting", waiting), ("discarded", discarded), ("not_passed", failed)]:
        html = page(at_work, TRIES, state=state)
        assert f"<code>{try_code(found)}</code>" in html and "1 try" in html, state


@pytest.mark.parametrize("query", [{"quiz": "x"}, {"state": "x"}, {"code": "'"}, {"q": "x" * 200}, {"p": "-1"}])
def test_odd_filters_are_no_error(at_work, taker, query):
    take_quiz(taker, make_quiz())
    page(at_work, TRIES, **query)


def test_a_trainer_reads_no_name_while_a_text_waits_to_be_marked(at_work, client_for, coordinator, taker):
    attempt = write(make_essay_quiz(), taker)

    assert "Petrova" not in page(at_work, TRIES) and "Petrova" not in page(at_work, history_url(attempt))
    assert try_code(attempt) not in page(at_work, TRIES, q="Petrova"), "the filter does not tell it either"
    assert "Petrova" in page(client_for(coordinator), TRIES, q="Petrova")


def test_opening_again_keeps_answers_and_tells_why_in_the_history(at_work, trainer, taker, client_for):
    attempt = take_quiz(taker, make_quiz(pass_mark=60), right=2)
    ends_at = timezone.localtime(timezone.now() + timedelta(hours=2)).replace(second=0, microsecond=0)
    assert "All answers stay" in page(at_work, open_url(attempt))

    response = at_work.post(open_url(attempt), {"reason": "The power went", "ends_at": f"{ends_at:%Y-%m-%dT%H:%M}"})

    assert response.url == history_url(attempt)
    attempt.refresh_from_db()
    assert attempt.is_open and attempt.ends_at == ends_at and attempt.percent is None
    assert not attempt.passed
    event = attempt.events.get(kind=AttemptEvent.Kind.REOPENED)
    assert event.by == trainer and event.data["before"]["percent"] == "66.66"
    html = page(at_work, history_url(attempt))
    assert "The power went" in html and "66.66 %, passed" in html
    assert client_for(taker).get(question_url(attempt, 1)).status_code == 200


@pytest.mark.parametrize(
    "data", [{}, {"reason": " "}, {"reason": "x", "ends_at": "soon"}, {"reason": "x", "ends_at": "2020-01-01T10:00"}]
)
def test_without_a_reason_or_with_an_end_that_is_over_nothing_is_opened(at_work, taker, data):
    attempt = take_quiz(taker, make_quiz())

    response = at_work.post(open_url(attempt), data)

    assert response.status_code == 422 and "There is a problem" in response.content.decode()
    assert not Attempt.objects.get().is_open


def test_it_is_told_in_words_why_a_try_cannot_be_opened(at_work, taker):
    quiz = make_quiz()
    attempt = take_quiz(taker, quiz)
    start_attempt(user=taker, quiz=quiz)

    html = at_work.post(open_url(attempt), {"reason": "Wanted"}, follow=True).content.decode()

    assert "begun another one" in html
    attempt.refresh_from_db()
    assert not attempt.is_open and attempt.events.filter(kind="reopened").count() == 0


def test_a_try_at_another_quiz_stands_in_nobodys_way(at_work, taker):
    attempt = take_quiz(taker, make_quiz())
    start_attempt(user=taker, quiz=make_quiz(title="Second quiz"))
    at_work.post(open_url(attempt), {"reason": "The power went"})
    attempt.refresh_from_db()
    assert attempt.is_open


def test_a_try_that_did_not_count_counts_once_it_is_opened_and_handed_in_again(at_work, taker):
    attempt = take_quiz(taker, make_quiz())
    Attempt.objects.update(discarded=True, passed=False)
    at_work.post(open_url(attempt), {"reason": "The power went"})
    submit_attempt(attempt=attempt)
    attempt.refresh_from_db()
    assert attempt.passed and not attempt.discarded


def test_what_waited_waits_no_more_once_its_learner_takes_it_back(at_work, taker):
    attempt = write(make_essay_quiz(), taker)
    at_work.post(open_url(attempt), {"reason": "The power went"})
    attempt.refresh_from_db()
    assert not attempt.waiting
    save_response(attempt=attempt, position=1, answer=UNSURE)
    assert not submit_attempt(attempt=attempt).waiting
    assert not attempt.responses.filter(waits_for_marker=True).exists()
    assert "Nothing waits" in page(at_work, reverse("quizzes_desk:queue"))


def test_a_press_twice_opens_once(at_work, taker):
    attempt = take_quiz(taker, make_quiz())
    for _press in range(2):
        at_work.post(open_url(attempt), {"reason": "Twice"})
    assert attempt.events.filter(kind="reopened").count() == 1


def test_nobody_opens_their_own_try(at_work, trainer):
    attempt = take_quiz(trainer, make_quiz())

    assert open_url(attempt) not in page(at_work, history_url(attempt))
    assert at_work.post(open_url(attempt), {"reason": "For me"}).status_code in {302, 403}
    assert not Attempt.objects.get().is_open


@pytest.mark.parametrize("who", ["visitor", "taker", "issuer", "trainer elsewhere", "coordinator elsewhere"])
def test_others_see_no_try_and_open_none(who, request, client, client_for, taker, site):
    attempt = take_quiz(taker, make_quiz())
    elsewhere = {"trainer elsewhere": Role.TRAINER, "coordinator elsewhere": Role.COORDINATOR}
    if who == "visitor":
        nobody = client
    else:
        nobody = client_for(stranger(elsewhere[who]) if who in elsewhere else request.getfixturevalue(who))

    answers = [nobody.get(history_url(attempt)), nobody.get(open_url(attempt)), nobody.post(open_url(attempt), {"reason": "x"})]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert try_code(attempt) not in nobody.get(TRIES).content.decode()
    assert not Attempt.objects.get().is_open


def test_who_only_learns_or_issues_elsewhere_sees_no_try_there(at_work, trainer):
    elsewhere = OrganisationFactory()
    for role in (Role.LEARNER, Role.ISSUER):
        Membership.objects.create(user=trainer, organisation=elsewhere, role=role)
    attempt = take_quiz(colleague(elsewhere), make_quiz())
    text = write(make_essay_quiz(), colleague(elsewhere))

    for url in (TRIES, reverse("quizzes_desk:queue")):
        html = page(at_work, url)
        assert try_code(attempt) not in html and try_code(text) not in html
    at_work.post(open_url(attempt), {"reason": "x"})
    at_work.post(mark_url(text), marks(text, 2, 1))
    assert not Attempt.objects.open().exists() and text.responses.get(position=1).waits_for_marker


def test_a_new_pass_mark_leaves_tries_alone_and_says_so(client_for, administrator, taker, site):
    quiz = make_quiz()
    attempt = take_quiz(taker, quiz, right=2)
    assert not attempt.passed
    editor, url = client_for(administrator), reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])

    posted = quiz_data([item(row.question) for row in quiz.items.all()], pass_mark="50") | PUBLISH
    quiz.items.all().delete()  # the form posts them as new ones

    html = editor.post(url, posted, follow=True).content.decode()

    assert "keep the pass mark that they were promised, such as 80 per cent" in html
    attempt.refresh_from_db()
    assert (attempt.pass_mark, attempt.passed) == (80, False)
