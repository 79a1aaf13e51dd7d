"""Files of results and answers: no names where none were promised, no formulas, and tables that are made by a task."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Membership, Organisation, Role
from quizzes.models import Attempt, JobState, QuizReport, Response
from quizzes.reports.jobs import make_report
from quizzes.rules import Rules
from tests.factories.correcting import job_url, preview, publish, regrade_url, with_right
from tests.factories.marking import colleague
from tests.factories.quizzes import choice, make_question, make_quiz, single_choice, take_quiz
from tests.factories.results import hand_in, make_people

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(0)"


@pytest.fixture
def quiz(site):
    choices = [choice(FORMULA, True), choice("Nobody")]
    return make_quiz([make_question(single_choice(f"<p>=Question {letter}?</p>", choices=choices)) for letter in "AB"])


@pytest.fixture
def people(organisation):
    return make_people(organisation, 6)


def url_of(name, quiz, query):
    return reverse(f"quizzes_reports:{name}", args=[quiz.translation_key]) + query


def table(response):
    content = b"".join(response) if response.streaming else response.content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_list_as_csv_matches_what_is_seen(at_work, quiz, people):
    hand_in(quiz, people)
    rows = table(at_work.get(url_of("results", quiz, "?export=csv&sort=name&passed=yes")))
    assert rows[0][:3] == ["Name", "Try", "State"]
    assert [row[0] for row in rows[1:]] == [person.full_name for person in people]
    assert rows[1][6:9] == ["0.5", "100.00", "Passed"]
    assert len(table(at_work.get(url_of("results", quiz, "?export=csv&passed=no")))) == 1
    hand_in(quiz, people[:1], rules=Rules(due_at=timezone.now() - timedelta(days=3)).freeze(), number=2)
    rows = table(at_work.get(url_of("results", quiz, "?export=csv&sort=-number")))
    assert [row[5] for row in rows[:3]] == ["Late", "Late", ""], "a heading, the one that was late, the others"


def test_answers_come_in_words_with_points_and_without_names(at_work, quiz, people):
    attempts = hand_in(quiz, people)
    response = at_work.get(url_of("answers", quiz, "?export=csv"))
    rows = table(response)
    assert rows[0] == ["Try", "1. =Question A?", "Points for 1", "2. =Question B?", "Points for 2"]
    codes = sorted(attempt.public_id.hex[:8] for attempt in attempts)
    assert [row[0] for row in rows[1:]] == codes, "the order of handing in would tell who is who in the list of results"
    assert rows[1][1:] == ["'" + FORMULA, "1.00", "'" + FORMULA, "1.00"]
    for person in people:
        assert person.full_name.encode() not in response.content
        assert person.email.encode() not in response.content


def test_columns_come_as_asked_each_answer_in_its_own_and_one_that_waits_says_so(at_work, quiz, people):
    hand_in(quiz, people, lambda person, question, snapshot: ({"choice": snapshot["choices"][question]["id"]}, 1 - question))
    first, second = (question.translation_key for question in quiz.pool())
    Response.objects.filter(question_key=first).update(position=5, waits_for_marker=True)
    rows = table(at_work.get(url_of("answers", quiz, "?export=csv")))
    assert rows[0][1::2] == ["1. =Question B?", "2. =Question A?"]
    assert {tuple(row[1:]) for row in rows[1:]} == {("Nobody", "0.00", "'" + FORMULA, "Waits")}
    Response.objects.filter(question_key=second).update(position=9)
    assert table(at_work.get(url_of("answers", quiz, "?export=csv")))[0][1::2] == ["1. =Question A?", "2. =Question B?"]
    Response.objects.filter(question_key=second).update(position=2)
    Response.objects.filter(question_key=second).order_by("pk").first().delete()
    assert (
        sum(row[1] == "" and row[3] == "'" + FORMULA for row in table(at_work.get(url_of("answers", quiz, "?export=csv")))) == 1
    )


def test_no_cell_of_a_workbook_acts(at_work, quiz, people):
    people[0].full_name = FORMULA
    people[0].save()
    hand_in(quiz, people)
    seen = set()
    for name in ("results", "answers", "analysis"):
        book = load_workbook(io.BytesIO(at_work.get(url_of(name, quiz, "?export=xlsx")).content))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], name
        seen |= {name for cell in cells if FORMULA in str(cell.value)}
    assert {"results", "answers"} <= seen, "the words that would act are there, as text"


def test_answers_of_other_organisations_stay_out(at_work, quiz, people):
    strangers = make_people(Organisation.objects.create(name="Elsewhere", slug="elsewhere", country="IT"), 5, "stranger")
    foreign = hand_in(quiz, strangers)
    hand_in(quiz, people)
    content = at_work.get(url_of("answers", quiz, "?export=csv")).content.decode()
    assert len(content.splitlines()) == 7
    assert not any(attempt.public_id.hex[:8] in content for attempt in foreign)


def test_answers_of_fewer_than_five_people_are_not_given_out(at_work, quiz, people):
    hand_in(quiz, people[:4])
    assert at_work.get(url_of("answers", quiz, "?export=csv")).status_code != 200
    html = at_work.get(url_of("results", quiz, "")).content.decode()
    assert "Ready once five people have handed in" in html
    hand_in(quiz, people[:4])
    assert at_work.get(url_of("answers", quiz, "?export=csv")).status_code != 200, "the same four, twice"
    hand_in(quiz, people[4:5], submitted_at=None)
    hand_in(quiz, people[5:], discarded=True)
    assert at_work.get(url_of("answers", quiz, "?export=csv")).status_code != 200, "neither open nor discarded tries count"
    hand_in(quiz, people[5:])
    assert len(table(at_work.get(url_of("answers", quiz, "?export=csv")))) == 10, "nine that count"


def test_issuers_get_no_answers(client_for, issuer, quiz, people):
    hand_in(quiz, people)
    assert client_for(issuer).get(url_of("results", quiz, "")).status_code == 200
    assert client_for(issuer).get(url_of("answers", quiz, "?export=csv")).status_code != 200


def test_an_unknown_format_is_not_found(at_work, quiz, people):
    hand_in(quiz, people)
    assert at_work.get(url_of("results", quiz, "?export=exe"), follow=True).status_code == 404


@pytest.fixture
def long_quiz(quiz, organisation):
    hand_in(quiz, make_people(organisation, 1001))
    return quiz


def test_a_long_table_is_made_by_a_task_and_fetched_when_done(at_work, long_quiz):
    response = at_work.get(url_of("answers", long_quiz, "?export=csv"))
    assert response.status_code == 302
    page = at_work.get(response.url)
    assert "Your table is ready." in page.content.decode()
    assert "Refresh" not in page.headers
    link = re.search(r'href="([^"]*/file/)"', page.content.decode())[1]
    assert len(table(at_work.get(link))) == 1002


def test_nobody_else_may_fetch_it_nor_who_lost_their_part(at_work, editor, trainer, long_quiz):
    url = at_work.get(url_of("results", long_quiz, "?export=csv")).url
    assert editor.get(url, follow=True).status_code == 404
    Membership.objects.filter(user=trainer).update(
        organisation=Organisation.objects.create(name="Elsewhere", slug="elsewhere", country="IT")
    )
    assert "Your table" not in at_work.get(url).content.decode()


def test_the_page_loads_itself_again_until_the_table_is_made(at_work, trainer, long_quiz):
    url = at_work.get(url_of("results", long_quiz, "?export=csv")).url
    QuizReport.objects.update(state=JobState.RUNNING, done=500)
    page = at_work.get(url)
    assert page.headers["Refresh"] == "3"
    assert "500 of 1001 rows are written." in page.content.decode()
    assert at_work.get(url + "file/", follow=True).status_code == 404
    call_command("make_quiz_reports")
    assert "Your table is ready." in at_work.get(url).content.decode()


def test_what_cannot_be_made_says_so_and_may_be_ordered_again(at_work, long_quiz):
    url = at_work.get(url_of("results", long_quiz, "?export=csv")).url
    report = QuizReport.objects.get()
    QuizReport.objects.update(state=JobState.RUNNING, content=b"", parameters=report.parameters | {"wanted": {}})
    with pytest.raises(CommandError):
        call_command("make_quiz_reports")
    page = at_work.get(url)
    assert "Please order it again" in page.content.decode() and "Refresh" not in page.headers
    assert at_work.get(url + "file/", follow=True).status_code == 404


def test_a_table_that_cannot_be_made_keeps_none_after_it_from_being_made_and_is_named(at_work, long_quiz, caplog):
    urls = [at_work.get(url_of(name, long_quiz, "?export=csv")).url for name in ("results", "answers")]
    QuizReport.objects.update(state=JobState.RUNNING, content=b"")
    broken = QuizReport.objects.earliest("pk")
    QuizReport.objects.filter(pk=broken.pk).update(parameters=broken.parameters | {"wanted": {}})
    said = io.StringIO()

    with pytest.raises(CommandError, match=rf"{broken.pk} \(.*-results\)\.$") as failed:
        call_command("make_quiz_reports", stdout=said)

    assert said.getvalue() == "Made 1, deleted 0.\n", "what was made is told all the same"
    assert "KeyError" in caplog.text, "the log tells why"
    assert "-answers" not in str(failed.value)
    assert "Please order it again" in at_work.get(urls[0]).content.decode()
    assert "Your table is ready." in at_work.get(urls[1]).content.decode()


def test_a_table_that_is_made_stays_as_it_is_and_tells_on_the_way_how_far_it_is(at_work, long_quiz):
    with CaptureQueriesContext(connection) as seen:
        url = at_work.get(url_of("results", long_quiz, "?export=csv")).url
    assert [done for done in (499, 999) if any(f'"done" = {done}' in query["sql"] for query in seen)] == [499, 999]
    before = QuizReport.objects.get()
    Attempt.objects.order_by("pk").first().delete()
    for _again in range(2):
        make_report.call(before.pk)
    assert bytes(QuizReport.objects.get().content) == bytes(before.content)
    assert "Your table is ready." in at_work.get(url).content.decode()


def test_a_thousand_tries_are_written_at_once(at_work, quiz, organisation):
    hand_in(quiz, make_people(organisation, 1000))
    assert at_work.get(url_of("results", quiz, "?export=csv")).status_code == 200
    assert not QuizReport.objects.exists()


def test_who_reads_results_only_fetches_no_answers_that_they_once_ordered(at_work, trainer, long_quiz):
    url = at_work.get(url_of("answers", long_quiz, "?export=csv")).url
    Membership.objects.filter(user=trainer).update(role=Role.ISSUER)
    assert "Your table" not in at_work.get(url).content.decode()


def test_who_reads_a_part_of_what_was_ordered_fetches_nothing(at_work, trainer, long_quiz, organisation):
    elsewhere = Organisation.objects.create(name="Elsewhere", slug="elsewhere", country="IT")
    Membership.objects.create(user=trainer, organisation=elsewhere, role=Role.TRAINER)
    url = at_work.get(url_of("results", long_quiz, "?export=csv")).url
    assert "Your table is ready." in at_work.get(url).content.decode()
    Membership.objects.filter(user=trainer, organisation=elsewhere).delete()
    assert "Your table" not in at_work.get(url).content.decode()


def test_a_correction_that_waits_to_be_confirmed_is_no_table(corrector, long_quiz, organisation):
    question = make_question()
    take_quiz(colleague(organisation), make_quiz([question]))
    publish(question, choices=with_right(question, 1))
    job = preview(corrector, regrade_url(question))
    corrector.get(url_of("results", long_quiz, "?export=csv"))
    QuizReport.objects.exclude(pk=job.pk).update(state=JobState.RUNNING, content=b"")

    call_command("make_quiz_reports")

    job.refresh_from_db()
    assert job.state == JobState.READY and "Correct 1 try" in corrector.get(job_url(job)).content.decode()
    assert QuizReport.objects.exclude(pk=job.pk).get().state == JobState.DONE
    for name in ("report", "file"):
        assert corrector.get(reverse(f"quizzes_reports:{name}", args=[job.public_id]), follow=True).status_code == 404


def test_a_table_goes_after_a_week(at_work, long_quiz):
    url = at_work.get(url_of("results", long_quiz, "?export=csv")).url
    QuizReport.objects.update(created_at=timezone.now() - timedelta(days=8))
    call_command("make_quiz_reports")
    assert at_work.get(url, follow=True).status_code == 404
    assert Attempt.objects.count() == 1001
