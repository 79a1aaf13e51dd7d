"""Marking again after a correction: first who would change, then, once confirmed, every try with its history."""

import json
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import Role
from quizzes.correction_jobs import carry_out
from quizzes.corrections import AT_ONCE, Regrade, in_order_of, plan
from quizzes.models import Attempt, AttemptEvent, JobState, Question, QuizReport, Response
from quizzes.services import reopen_attempt, save_hand_mark, save_response, start_attempt, submit_attempt
from quizzes.visibility import try_code
from tests.factories.correcting import confirm, job_url, preview, publish, raw_choices, regrade_url, with_right
from tests.factories.courses import items
from tests.factories.marking import RUBRIC, colleague, essay, make_essay_quiz, stranger, write
from tests.factories.quizzes import make_question, make_quiz, take_quiz, translated

pytestmark = pytest.mark.django_db

CORRECTIONS = reverse("quizzes_desk:corrections")
HINT = "was marked by an older version of this question"
APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}


def edited(question):
    """The question with another wording of its first choice, as the editor posts it for publishing."""
    value = {
        "text": rich_text("<p>Who speaks for the child now?</p>"),
        "explanation": rich_text("<p>Why.</p>"),
        "image-image": "",
        "image-alt_text": "",
        "hints-count": "0",
        "attachments-count": "0",
        "choices-count": "3",
    }
    for n, one in enumerate(raw_choices(question)):
        told = {"value-text": one["value"]["text"], "value-feedback": "", "order": str(n), "deleted": "", "type": "item"}
        told |= {"id": one["id"]} | ({"value-correct": "on"} if n == 0 else {})
        value |= {f"choices-{n}-{name}": said for name, said in told.items()}
    data = {"bank": question.bank_id, "body": streamfield([("single_choice", value)]), "outcome": "", "source": ""}
    others = {"jurisdiction": "", "penalty": "0.3333333", "tags": "", "review_lesson": "", "action-publish": "1"}
    return nested_form_data(data | others)


def page(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_preview_tells_who_changes_and_changes_nothing(corrector, organisation, question, quiz):
    right, wrong = (take_quiz(colleague(organisation), quiz, right=n) for n in (2, 1))
    publish(question, choices=with_right(question, 1))
    before = list(Response.objects.order_by("pk").values()), list(Attempt.objects.order_by("pk").values())

    job = preview(corrector, regrade_url(question))

    html = page(corrector, job_url(job))
    assert "2 tries were looked at. Nothing has been changed yet." in html
    assert f"<code>{try_code(right)}</code>" in html and "66.66 %" in html and "33.33 %" in html and "No longer reached" in html
    assert "1 try would no longer reach the pass mark." in html
    assert job.parameters["totals"] == {"checked": 2, "changed": 2, "lost": 1, "won": 0}
    assert f"<code>{try_code(wrong)}</code>" in html, "without the first right answer there are none left"
    assert "Petrova" not in html
    assert before == (list(Response.objects.order_by("pk").values()), list(Attempt.objects.order_by("pk").values()))
    assert not AttemptEvent.objects.filter(kind="regraded").exists()


def test_confirming_marks_again_and_nobody_loses_a_pass(corrector, trainer, taker, question, quiz):
    attempt = take_quiz(taker, quiz, right=2)
    corrected = publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))

    confirm(corrector, job)

    attempt.refresh_from_db()
    assert attempt.percent == Decimal("33.33") and attempt.passed, "the pass was kept"
    event = attempt.events.get(kind=AttemptEvent.Kind.REGRADED)
    assert (event.by, event.reason, event.data["kept_pass"]) == (trainer, "Two answers were right", True)
    assert event.data["before"] == {"points": "2.00", "percent": "66.66", "passed": True}
    assert event.data["after"]["percent"] == "33.33"
    assert event.data["replaced"]["snapshot"]["choices"][0]["correct"] is True, "the question as it was asked stays readable"
    response = attempt.responses.get(position=1)
    assert response.question_version == corrected.live_revision_id and response.snapshot["choices"][1]["correct"] is True
    assert "1 try was corrected." in page(corrector, job_url(job))
    assert preview(corrector, regrade_url(question)).parameters["totals"]["checked"] == 0, "there is nothing left to correct"


def test_passes_are_taken_away_only_when_somebody_says_so(corrector, taker, question, quiz):
    attempt = take_quiz(taker, quiz, right=2)
    publish(question, choices=with_right(question, 1))

    confirm(corrector, preview(corrector, regrade_url(question)), take_away="yes")

    attempt.refresh_from_db()
    assert not attempt.passed and attempt.events.get(kind="regraded").data["kept_pass"] is False


def test_a_kept_pass_stays_kept_when_the_try_is_counted_up_later(corrector, trainer, organisation):
    first = make_question()
    quiz = make_quiz([make_question(essay()), first, make_question()], pass_mark=60)
    attempt = start_attempt(user=colleague(organisation), quiz=quiz)
    right = [one["id"] for one in attempt.responses.get(position=2).snapshot["choices"]][0]
    save_response(attempt=attempt, position=1, answer={"text": "x"})
    save_response(attempt=attempt, position=2, answer={"choice": right})
    key = attempt.responses.get(position=3).snapshot["choices"][0]["id"]
    save_response(attempt=attempt, position=3, answer={"choice": key})
    submit_attempt(attempt=attempt)
    publish(first, choices=with_right(first, 1))
    confirm(corrector, preview(corrector, regrade_url(first)))
    response = attempt.responses.get(position=1)
    keys = [row["id"] for row in response.snapshot["rubric"]]

    save_hand_mark(response=response, marker=trainer, scores=dict.fromkeys(keys, 0))

    attempt.refresh_from_db()
    assert attempt.passed and attempt.percent == Decimal("33.33")


def test_a_correction_may_give_a_pass(corrector, taker, question, quiz):
    attempt = take_quiz(taker, quiz, right=0)
    wrong = attempt.responses.get(position=1).answer["choice"]
    index = [one["id"] for one in raw_choices(question)].index(wrong)
    for position in (2,):
        response = attempt.responses.get(position=position)
        reopen_attempt(attempt=attempt, by=taker, reason="x")
        best = next(one["id"] for one in response.snapshot["choices"] if one["correct"])
        save_response(attempt=attempt, position=position, answer={"choice": best})
    assert not submit_attempt(attempt=attempt).passed
    publish(question, choices=with_right(question, index))

    job = preview(corrector, regrade_url(question))
    assert job.parameters["totals"]["won"] == 1 and "Reached now" in page(corrector, job_url(job))
    confirm(corrector, job)

    assert Attempt.objects.get().passed


def test_a_reason_is_needed(corrector, taker, question, quiz):
    take_quiz(taker, quiz)
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))

    response = confirm(corrector, job, reason=" ")

    assert response.status_code == 422 and "Say why." in response.content.decode()
    assert not AttemptEvent.objects.filter(kind="regraded").exists()
    assert confirm(corrector, job, take_away="perhaps").status_code == 422


def test_twice_and_after_a_stop_nothing_is_done_twice(corrector, organisation, question, quiz):
    attempts = [take_quiz(colleague(organisation), quiz, right=2) for _n in range(3)]
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))
    confirm(corrector, job)
    confirm(corrector, job)
    done = AttemptEvent.objects.filter(kind="regraded").count()
    assert done == 3

    # As a worker that was killed after two of three leaves it.
    last = attempts[-1].responses.get(position=1)
    event = attempts[-1].events.get(kind="regraded")
    Response.objects.filter(pk=last.pk).update(
        snapshot=event.data["replaced"]["snapshot"], question_version=event.data["replaced"]["version"]
    )
    event.delete()
    QuizReport.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=2)
    assert "2 of 3" in page(corrector, job_url(job))
    corrector.post(job_url(job, "restart"))
    corrector.post(job_url(job, "restart"))
    carry_out.call(job.pk)

    assert AttemptEvent.objects.filter(kind="regraded").count() == 3
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert {a.events.filter(kind="regraded").count() for a in attempts} == {1}


def spoil(attempt):
    """Leave an answer in ``attempt`` that no marking can read; returns what was there."""
    second = attempt.responses.get(position=2)
    attempt.responses.filter(position=2).update(snapshot={})
    return second.snapshot


def test_a_preview_that_fails_says_so_and_can_be_tried_again(corrector, taker, question, quiz):
    attempt = take_quiz(taker, quiz, right=2)
    publish(question, choices=with_right(question, 1))
    before = spoil(attempt)

    job = preview(corrector, regrade_url(question))

    html = page(corrector, job_url(job))
    assert "Something went wrong." in html and "Nothing was changed." in html and "Failed" in page(corrector, CORRECTIONS)
    assert confirm(corrector, job).status_code == 302
    assert not AttemptEvent.objects.filter(kind="regraded").exists()

    attempt.responses.filter(position=2).update(snapshot=before)
    corrector.post(job_url(job, "restart"))
    assert "Correct 1 try" in page(corrector, job_url(job))


def test_a_correction_that_fails_leaves_no_try_half_done_and_goes_on_when_tried_again(corrector, organisation, question, quiz):
    attempts = [take_quiz(colleague(organisation), quiz, right=2) for _n in range(3)]
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))
    before = spoil(attempts[1])

    confirm(corrector, job)

    html = page(corrector, job_url(job))
    assert "1 of 3 tries are corrected." in html and "Try again" in html
    assert [one.events.filter(kind="regraded").count() for one in attempts] == [1, 0, 0]
    assert attempts[1].responses.get(position=1).question_version == 0
    corrector.post(job_url(job, "restart"))
    assert "1 of 3 tries are corrected." in page(corrector, job_url(job))

    attempts[1].responses.filter(position=2).update(snapshot=before)
    corrector.post(job_url(job, "restart"))
    assert "3 tries were corrected." in page(corrector, job_url(job))
    assert [one.events.filter(kind="regraded").count() for one in attempts] == [1, 1, 1]
    corrector.post(job_url(job, "restart"))
    assert "3 tries were corrected." in page(corrector, job_url(job))


def test_what_the_learner_saw_keeps_its_order_and_new_entries_come_last(corrector, taker, question):
    quiz = make_quiz([question], shuffle_choices=True)
    attempt = take_quiz(taker, quiz)
    shown = [one["id"] for one in attempt.responses.get().snapshot["choices"]]
    fresh = {
        "id": "11111111-1111-4111-8111-111111111111",
        "type": "item",
        "value": {"text": "A lawyer", "correct": False, "feedback": ""},
    }
    publish(question, choices=[fresh, *reversed(with_right(question, 0, 1))])

    confirm(corrector, preview(corrector, regrade_url(question)))

    assert [one["id"] for one in attempt.responses.get().snapshot["choices"]] == [*shown, fresh["id"]]


def test_only_lists_that_are_shuffled_are_put_in_order():
    old = {"parts": [{"id": "b", "choices": [{"id": "2"}, {"id": "1"}]}, {"id": "a"}], "rubric": [{"id": "r"}]}
    new = {"parts": [{"id": "a"}, {"id": "b", "choices": [{"id": "1"}, {"id": "3"}, {"id": "2"}]}], "rubric": [{"id": "s"}]}

    made = in_order_of(new, old, {frozenset("123")})

    assert made == {
        "parts": [{"id": "a"}, {"id": "b", "choices": [{"id": "2"}, {"id": "1"}, {"id": "3"}]}],
        "rubric": [{"id": "r"}],
    }


def test_each_try_is_marked_by_the_question_in_its_own_language(corrector, organisation, question):
    quiz = make_quiz([question])
    english = take_quiz(colleague(organisation), quiz)
    bulgarian = translated(question, "bg")
    other = take_quiz(colleague(organisation), translated(quiz, "bg"))
    assert other.responses.get().snapshot["language"] == "bg"
    publish(bulgarian, choices=with_right(bulgarian, 1))

    confirm(corrector, preview(corrector, regrade_url(question)))

    assert english.events.filter(kind="regraded").count() == 0
    other.refresh_from_db()
    assert other.percent == 0


def test_points_by_hand_and_the_rubric_stay(corrector, trainer, taker):
    quiz = make_essay_quiz()
    attempt = write(quiz, taker)
    response = attempt.responses.get(position=1)
    keys = [row["id"] for row in response.snapshot["rubric"]]
    save_hand_mark(response=response, marker=trainer, scores=dict(zip(keys, [1, 1], strict=True)))
    question = quiz.items.first().question
    publish(question, rubric=items([RUBRIC[0]]), model_answer="<p>A better note.</p>")

    confirm(corrector, preview(corrector, regrade_url(question)))

    response.refresh_from_db()
    assert response.snapshot["model_answer"] == "<p>A better note.</p>" and len(response.snapshot["rubric"]) == 2
    attempt.refresh_from_db()
    assert attempt.percent == Decimal("83.33") and not attempt.waiting


def test_open_tries_keep_the_question_that_they_were_asked(corrector, taker, question, quiz):
    attempt = start_attempt(user=taker, quiz=quiz)
    publish(question, choices=with_right(question, 1))

    job = preview(corrector, regrade_url(question))

    assert job.parameters["totals"]["checked"] == 0
    assert attempt.responses.get(position=1).snapshot["choices"][0]["correct"] is True


def test_a_question_of_another_kind_marks_nothing_again(corrector, taker, question, quiz):
    take_quiz(taker, quiz)
    question.body = json.dumps([essay()])
    question.save_revision().publish()

    assert preview(corrector, regrade_url(question)).parameters["totals"]["checked"] == 0
    assert "of another kind" in page(corrector, regrade_url(question))


def test_publishing_a_question_that_was_answered_leads_to_the_preview(client_for, administrator, taker, question, quiz, site):
    take_quiz(taker, quiz)
    editor = client_for(administrator)
    edit = reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])

    html = editor.post(edit, edited(question), follow=True).content.decode()

    assert HINT in html and regrade_url(question) in html


def test_approving_a_question_that_was_answered_leads_to_the_preview_and_a_draft_does_not(
    client_for, administrator, trainer, taker, question, quiz, site
):
    workflow = Workflow.objects.get(name="Review before publishing")
    WorkflowContentType.objects.create(content_type=ContentType.objects.get_for_model(Question), workflow=workflow)
    take_quiz(taker, quiz)
    editor = client_for(administrator)
    edit = reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])
    data = edited(question)
    del data["action-publish"]

    assert HINT not in editor.post(edit, data, follow=True).content.decode()
    assert HINT not in client_for(trainer).post(edit, data | {"action-submit": "1"}, follow=True).content.decode()
    assert HINT not in editor.post(edit, data | APPROVE, follow=True).content.decode()  # the first of two steps
    html = editor.post(edit, data | APPROVE, follow=True).content.decode()

    question.refresh_from_db()
    assert question.live_revision_id and not question.has_unpublished_changes
    assert HINT in html and regrade_url(question) in html


def test_marking_again_is_among_the_acts_on_a_question(corrector, question):
    for view, arguments in (("list", []), ("edit", [question.pk])):
        assert regrade_url(question) in page(corrector, reverse(f"wagtailsnippets_quizzes_question:{view}", args=arguments))


def test_the_cost_of_a_preview_does_not_grow_inside_a_batch(organisation, question, quiz):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            found = list(plan(question, Attempt.objects.filter(user__isnull=False)))
        return len(found), len(seen)

    take_quiz(colleague(organisation), quiz)
    publish(question, choices=with_right(question, 1))
    few = cost()
    for _n in range(6):
        attempt = take_quiz(colleague(organisation), quiz)
        attempt.responses.filter(position=1).update(question_version=0)
    many = cost()

    assert (few[0], many[0]) == (1, 7) and few[1] == many[1] and AT_ONCE > 7


@pytest.mark.parametrize("who", ["visitor", "taker", "issuer", "trainer elsewhere", "coordinator elsewhere"])
def test_others_see_and_change_nothing(
    who, request, client, client_for, corrector, taker, question, quiz, django_capture_on_commit_callbacks
):
    attempt = take_quiz(taker, quiz, right=2)
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))
    elsewhere = {"trainer elsewhere": Role.TRAINER, "coordinator elsewhere": Role.COORDINATOR}
    if who == "visitor":
        nobody = client
    else:
        nobody = client_for(stranger(elsewhere[who]) if who in elsewhere else request.getfixturevalue(who))

    with django_capture_on_commit_callbacks(execute=True):
        answers = [
            nobody.get(job_url(job)),
            nobody.post(job_url(job, "confirm"), {"take_away": "yes", "reason": "x"}),
            nobody.post(job_url(job, "restart")),
        ]
        nobody.post(regrade_url(question))
    for own in QuizReport.objects.exclude(pk=job.pk):
        assert own.parameters["totals"]["checked"] == 0
        with django_capture_on_commit_callbacks(execute=True):
            nobody.post(job_url(own, "confirm"), {"take_away": "yes", "reason": "x"})

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert not any(try_code(attempt) in answer.content.decode() for answer in answers)
    attempt.refresh_from_db()
    assert attempt.passed and not attempt.events.filter(kind="regraded").exists()
    assert Regrade(question.translation_key).responses(Attempt.objects.all()).count() == 1
