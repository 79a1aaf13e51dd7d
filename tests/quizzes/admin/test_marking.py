"""Texts get their points from a person, who does not know who wrote them."""

from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Role
from quizzes.models import Attempt, AttemptEvent, HandMark, Response
from quizzes.services import reopen_attempt, save_response, start_attempt, submit_attempt
from quizzes.visibility import try_code
from tests.factories.marking import (
    TEXT,
    case_with_two_texts,
    colleague,
    essay,
    make_essay_quiz,
    mark_url,
    marks,
    stranger,
    write,
)
from tests.factories.quizzes import best_answer, make_question, make_quiz, result_url

pytestmark = pytest.mark.django_db
QUEUE = "/admin/quizzes/marking/"
GONE = {302, 404}  # the admin looks for a page in the reader's language first


@pytest.fixture
def writer(organisation):
    return colleague(organisation, full_name="Ivana Petrova", email="ivana@example.net", language="bg")


@pytest.fixture
def second(client_for, organisation, site):
    """Another trainer of the same organisation, signed in."""
    return client_for(colleague(organisation, Role.TRAINER, full_name="Second Marker"))


def page(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_queue_and_the_page_never_tell_who_wrote(at_work, writer):
    attempt = write(make_essay_quiz(), writer)

    for url in (QUEUE, mark_url(attempt)):
        html = page(at_work, url)
        assert try_code(attempt) in html
        assert not any(told in html for told in ("Ivana", "Petrova", "ivana@example.net", str(attempt.public_id)))


def test_the_marking_page_shows_question_answer_notes_model_and_rubric(at_work, writer):
    html = page(at_work, mark_url(write(make_essay_quiz(), writer)))

    for told in ("What do you write into your note?", TEXT, "Spelling costs nothing.", "A model note.", "Her words, the time."):
        assert told in html
    assert "From 0 to 2" in html and "Do not name anybody" in html


def test_points_count_at_once_and_the_learner_reads_the_comment(at_work, writer, client_for):
    attempt = write(make_essay_quiz(), writer)
    assert attempt.waiting and not attempt.passed and attempt.percent == 50

    response = at_work.post(mark_url(attempt), marks(attempt, 1, 1, comment="Clear and calm."))

    assert response.status_code == 302
    attempt.refresh_from_db()
    assert (attempt.waiting, attempt.percent, attempt.passed) == (False, Decimal("83.33"), True)
    event = attempt.events.get(kind=AttemptEvent.Kind.MARKED)
    assert event.data["before"]["percent"] == "50.00" and event.data["after"]["percent"] == "83.33"
    assert "Clear and calm." in client_for(writer).get(result_url(attempt)).content.decode()
    assert "Nothing waits for you here" in page(at_work, QUEUE)


def test_without_a_rubric_per_cent_are_given(at_work, writer):
    attempt = write(make_essay_quiz(essay([])), writer)
    assert "Points in per cent" in page(at_work, mark_url(attempt))

    at_work.post(mark_url(attempt), marks(attempt, "70.5"))

    assert attempt.responses.get(position=1).hand_fraction == Decimal("0.705")


def test_a_third_of_the_points_lies_exactly_on_the_pass_mark(at_work, writer):
    quiz = make_quiz([make_question(essay([{"name": "One", "description": "", "points": 3}]))], pass_mark=50)
    quiz.items.create(question=make_question(essay([{"name": "Two", "description": "", "points": 3}])), sort_order=2)
    attempt = start_attempt(user=writer, quiz=quiz)
    for position in (1, 2):
        save_response(attempt=attempt, position=position, answer={"text": TEXT})
    submit_attempt(attempt=attempt)

    at_work.post(mark_url(attempt), marks(attempt, 1))
    at_work.post(mark_url(attempt, 2), marks(attempt, 2, position=2))

    attempt.refresh_from_db()
    assert attempt.percent == 50 and attempt.passed, "a third and two thirds of two points are one, with nothing rounded off"


@pytest.mark.parametrize("points", [("3", "1"), ("-1", "1"), ("", "1"), ("NaN", "1"), ("x", "1"), ("1e9", "0"), ("1,5", "0")])
def test_points_that_make_no_sense_are_told_and_nothing_is_saved(at_work, writer, points):
    attempt = write(make_essay_quiz(), writer)

    response = at_work.post(mark_url(attempt), marks(attempt, *points, comment="Kept words"))

    assert response.status_code == 422
    html = response.content.decode()
    assert "There is a problem" in html and "Kept words" in html
    assert not HandMark.objects.exists() and Attempt.objects.get().waiting


def test_a_draft_is_for_its_author_alone_and_counts_for_nothing(at_work, second, writer):
    attempt = write(make_essay_quiz(), writer)

    at_work.post(mark_url(attempt), marks(attempt, 2, act="draft", comment="Not ready"))

    assert Attempt.objects.get().waiting and attempt.events.filter(kind="marked").count() == 0
    assert "You have a draft" in page(at_work, QUEUE) and "Not ready" in page(at_work, mark_url(attempt))
    assert "You have a draft" not in page(second, QUEUE) and "Not ready" not in page(second, mark_url(attempt))


def test_the_next_answer_follows_and_filters_stay(at_work, organisation, client_for):
    quiz, other = make_essay_quiz(), make_essay_quiz(title="Another quiz")
    first, _elsewhere, third = (write(q, colleague(organisation)) for q in (quiz, other, quiz))
    query = f"?quiz={quiz.translation_key}"
    html = page(at_work, mark_url(first, query=query))
    assert mark_url(third, query=query).replace("&", "&amp;") in html and "Skip to next" in html

    assert "Previous answer" not in html
    html = page(at_work, mark_url(third, query=query))
    assert mark_url(first, query=query).replace("&", "&amp;") in html and "Skip to next" not in html

    response = at_work.post(mark_url(first, query=query), marks(first, 2, 1))

    assert response.url == mark_url(third, query=query)
    last = at_work.post(mark_url(third, query=query), marks(third, 2, 1))
    assert last.url == QUEUE + query
    assert "Nothing waits" in page(at_work, last.url)


def test_the_queue_is_filtered_by_quiz_question_and_try_code(at_work, organisation):
    quiz, other = make_essay_quiz(title="First quiz"), make_essay_quiz(title="Other quiz")
    one, two = write(quiz, colleague(organisation)), write(other, colleague(organisation))
    key = one.responses.get(position=1).question_key

    for query in ({"quiz": quiz.translation_key}, {"question": key}, {"code": try_code(one)}, {"code": try_code(one).upper()}):
        html = page(at_work, QUEUE, **query)
        assert f"<code>{try_code(one)}</code>" in html and f"<code>{try_code(two)}</code>" not in html


def test_a_text_of_a_try_that_does_not_count_is_nobodys_work(at_work, writer):
    write(make_essay_quiz(), writer)
    Attempt.objects.update(discarded=True)
    assert "Nothing waits" in page(at_work, QUEUE)


@pytest.mark.parametrize(
    "query", [{"code": "nonsense"}, {"code": "zzzzzzzz"}, {"quiz": "x"}, {"question": "'"}, {"show": "all"}, {"p": "x"}]
)
def test_odd_filters_are_no_error(at_work, writer, query):
    write(make_essay_quiz(), writer)
    page(at_work, QUEUE, **query)


def test_two_markers_do_not_see_each_other_until_both_have_marked(at_work, second, writer):
    attempt = write(make_essay_quiz(second_marker=True), writer)

    at_work.post(mark_url(attempt), marks(attempt, 2, 1, comment="First words"))

    assert Attempt.objects.get().waiting, "one of two"
    assert "Nothing waits" in page(at_work, QUEUE) and "Second marker wanted" in page(second, QUEUE)
    html = page(second, mark_url(attempt))
    assert "First words" not in html and 'value="2"' not in html and "100 per cent" not in html

    second.post(mark_url(attempt), marks(attempt, 2, 0, comment="Second words"))

    response = attempt.responses.get(position=1)
    assert response.hand_fraction == Decimal("0.83333") and not response.waits_for_marker
    assert response.hand_comment == "First words\n\nSecond words"
    assert Attempt.objects.get().percent == Decimal("91.66")


def test_a_large_difference_is_shown_to_the_second_and_either_may_revise(at_work, second, writer):
    attempt = write(make_essay_quiz(second_marker=True), writer)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))

    response = second.post(mark_url(attempt), marks(attempt, 0, 1), follow=True)

    html = response.content.decode()
    assert "more than 25 per cent apart" in html and "100 per cent" in html and "33.33 per cent" in html
    assert "more than 25 per cent apart" in page(at_work, mark_url(attempt)), "the first marker sees it too, from then on"
    at_work.post(mark_url(attempt), marks(attempt, 0.5, 1))
    assert attempt.responses.get(position=1).hand_fraction == Decimal("0.41667")
    assert "more than 25" not in page(at_work, mark_url(attempt))
    at_work.post(mark_url(attempt), marks(attempt, 0.75, 1))
    assert "more than 25" not in page(at_work, mark_url(attempt)), "25 per cent apart is not more"


def test_a_second_person_cannot_mark_what_is_marked(at_work, second, writer):
    attempt = write(make_essay_quiz(), writer)
    posted = marks(attempt, 0, 0)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))

    html = second.post(mark_url(attempt), posted, follow=True).content.decode()

    assert "Nothing was saved: somebody else has marked this answer" in html
    assert Attempt.objects.get().percent == 100


def test_the_marker_may_change_the_points_later(at_work, writer):
    attempt = write(make_essay_quiz(), writer)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))
    assert try_code(attempt) in page(at_work, QUEUE, show="mine")

    at_work.post(mark_url(attempt), marks(attempt, 0, 0))

    assert Attempt.objects.get().percent == 50
    assert attempt.events.filter(kind="marked").count() == 2
    html = at_work.post(mark_url(attempt), marks(attempt, 2, act="draft"), follow=True).content.decode()
    assert "Nothing was saved" in html, "what counts does not become a draft"
    assert not HandMark.objects.get().is_draft and Attempt.objects.get().percent == 50


def test_nobody_marks_their_own_text(at_work, trainer):
    attempt = write(make_essay_quiz(), trainer)

    assert "Nothing waits" in page(at_work, QUEUE)
    assert at_work.post(mark_url(attempt), marks(attempt, 2, 1)).status_code in GONE
    assert Attempt.objects.get().waiting


def test_a_case_with_several_texts_is_marked_as_one(at_work, writer):
    quiz = make_quiz([case_with_two_texts()])
    attempt = write_case(quiz, writer)
    html = page(at_work, mark_url(attempt))
    assert "Her words" in html and "Points in per cent" in html and "The guardian" in html

    given = marks(attempt, 2, 1) | {"points-1-0": "50"}
    at_work.post(mark_url(attempt), given)

    attempt.refresh_from_db()
    assert attempt.percent == Decimal("83.33") and not attempt.waiting  # the right choice, 3 of 3 points, 50 per cent


def test_in_a_case_only_what_was_written_gets_points(at_work, writer):
    attempt = start_attempt(user=writer, quiz=make_quiz([case_with_two_texts()]))
    choice, _left_empty, text = attempt.responses.get().snapshot["parts"]
    right = next(one["id"] for one in choice["choices"] if one["correct"])
    answer = {"parts": {choice["id"]: {"choice": right}, text["id"]: {"text": TEXT}}}
    save_response(attempt=attempt, position=1, answer=answer)
    submit_attempt(attempt=attempt)
    assert "Her words" not in page(at_work, mark_url(attempt))

    at_work.post(mark_url(attempt), marks(attempt, "50"))

    attempt.refresh_from_db()
    assert attempt.percent == 50 and not attempt.waiting


def write_case(quiz, user):
    attempt = start_attempt(user=user, quiz=quiz)
    choice, *texts = attempt.responses.get().snapshot["parts"]
    right = next(one["id"] for one in choice["choices"] if one["correct"])
    answer = {"parts": {choice["id"]: {"choice": right}} | {part["id"]: {"text": TEXT} for part in texts}}
    save_response(attempt=attempt, position=1, answer=answer)
    return submit_attempt(attempt=attempt)


def test_points_for_an_older_text_do_not_count_for_a_new_one(at_work, writer, administrator):
    attempt = write(make_essay_quiz(), writer)
    stale = marks(attempt, 0, 0)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))
    reopen_attempt(attempt=attempt, by=administrator, reason="A crash")
    assert at_work.get(mark_url(attempt)).url == QUEUE, "an open try is not marked"
    save_response(attempt=attempt, position=1, answer={"text": "Something new."})
    submit_attempt(attempt=attempt)

    response = attempt.responses.get(position=1)
    assert response.waits_for_marker and response.hand_fraction is None
    assert "Something new." in page(at_work, mark_url(attempt))
    at_work.post(mark_url(attempt), stale)
    assert Attempt.objects.get().waiting, "the page that was open showed the older text"


def test_two_markers_are_wanted_anew_for_a_new_text(at_work, second, writer, administrator):
    attempt = write(make_essay_quiz(second_marker=True), writer)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))
    reopen_attempt(attempt=attempt, by=administrator, reason="A crash")
    save_response(attempt=attempt, position=1, answer={"text": "Something new."})
    submit_attempt(attempt=attempt)

    second.post(mark_url(attempt), marks(attempt, 0, 1))

    assert Attempt.objects.get().waiting, "one of two: what the first gave was for the older text"
    assert try_code(attempt) in page(at_work, QUEUE)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))
    assert attempt.responses.get(position=1).hand_fraction == Decimal("0.66667")


def test_a_try_opened_again_keeps_points_for_texts_that_did_not_change(at_work, writer, administrator):
    attempt = write(make_essay_quiz(), writer)
    at_work.post(mark_url(attempt), marks(attempt, 2, 1))
    reopen_attempt(attempt=attempt, by=administrator, reason="A crash")
    save_response(attempt=attempt, position=2, answer=best_answer(attempt, 2))

    assert submit_attempt(attempt=attempt).percent == 100


def test_the_learner_is_told_once_in_their_language_and_neutrally(
    at_work, writer, administrator, django_capture_on_commit_callbacks
):
    attempt = write(make_essay_quiz(title="Signs of trafficking"), writer)

    with django_capture_on_commit_callbacks(execute=True):
        at_work.post(mark_url(attempt), marks(attempt, 2, 1))
        at_work.post(mark_url(attempt), marks(attempt, 1, 1))

        reopen_attempt(attempt=attempt, by=administrator, reason="A crash")
        save_response(attempt=attempt, position=1, answer={"text": "Something new."})
        submit_attempt(attempt=attempt)
        at_work.post(mark_url(attempt), marks(attempt, 2, 1))

    (message,) = mail.outbox
    assert message.to == ["ivana@example.net"]
    assert "trafficking" not in (message.subject + message.body).lower()
    assert f"/bg{result_url(attempt)[3:]}" in message.body


def test_nobody_is_told_while_another_text_waits(at_work, writer, django_capture_on_commit_callbacks):
    quiz = make_essay_quiz()
    more = make_essay_quiz(title="For its essay").items.first().question
    quiz.items.create(question=more, sort_order=9)
    attempt = start_attempt(user=writer, quiz=quiz)
    for position in (1, 3):
        save_response(attempt=attempt, position=position, answer={"text": TEXT})
    submit_attempt(attempt=attempt)
    with django_capture_on_commit_callbacks(execute=True):
        at_work.post(mark_url(attempt), marks(attempt, 2, 1))
        assert mail.outbox == []
        at_work.post(mark_url(attempt, 3), marks(attempt, 2, 1, position=3))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("who", ["visitor", "writer", "issuer", "trainer elsewhere", "coordinator elsewhere"])
def test_whoever_is_no_marker_here_gets_nothing_and_changes_nothing(who, request, client_for, client, writer, site):
    attempt = write(make_essay_quiz(), writer)
    elsewhere = {"trainer elsewhere": Role.TRAINER, "coordinator elsewhere": Role.COORDINATOR}
    if who == "visitor":
        nobody = client
    elif who in elsewhere:
        nobody = client_for(stranger(elsewhere[who]))
    else:
        nobody = client_for(request.getfixturevalue(who))

    for answer in (
        nobody.get(QUEUE),
        nobody.get(mark_url(attempt)),
        nobody.post(mark_url(attempt), marks(attempt, 2, 1)),
        nobody.post(mark_url(attempt), marks(attempt, 2, 1, act="draft")),
    ):
        assert answer.status_code in {302, 403, 404} or who in elsewhere
        assert TEXT not in answer.content.decode() and try_code(attempt) not in answer.content.decode()
    assert not HandMark.objects.exists() and Attempt.objects.get().waiting


@pytest.mark.parametrize("who", ["trainer", "coordinator", "administrator"])
def test_markers_of_the_organisation_and_administrators_may_mark(who, request, client_for, writer, site):
    attempt = write(make_essay_quiz(), writer)

    client_for(request.getfixturevalue(who)).post(mark_url(attempt), marks(attempt, 2, 1))

    assert Attempt.objects.get().percent == 100


def test_learners_of_no_organisation_are_marked_by_an_administrator(at_work, client_for, administrator, learner):
    attempt = write(make_essay_quiz(), learner)

    assert try_code(attempt) not in page(at_work, QUEUE)
    assert try_code(attempt) in page(client_for(administrator), QUEUE)


def test_the_queue_costs_the_same_for_any_number(at_work, organisation, django_assert_max_num_queries):
    quiz = make_essay_quiz()
    for _n in range(12):
        write(quiz, colleague(organisation))
    page(at_work, QUEUE)
    with django_assert_max_num_queries(30):
        assert "12 answers" in page(at_work, QUEUE)


def test_the_menu_offers_marking_to_markers_only(client_for, trainer, issuer, site):
    assert reverse("quizzes_desk:queue") in client_for(trainer).get("/admin/").content.decode()
    assert reverse("quizzes_desk:queue") not in client_for(issuer).get("/admin/").content.decode()
    assert Response.objects.count() == 0
