"""Giving somebody more time: for people of one's own organisations, with a reason, once each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from quizzes.models import Attempt, QuizOverride
from quizzes.services import reopen_attempt, start_attempt, submit_attempt
from tests.factories.accounts import OrganisationFactory
from tests.factories.quizzes import make_question, make_quiz

pytestmark = pytest.mark.django_db
ADD = "quiz_overrides:add"


@pytest.fixture
def quiz(db):
    return make_quiz([make_question()])


@pytest.fixture
def mine(learner, organisation):
    Membership.objects.create(user=learner, organisation=organisation, role=Role.LEARNER)
    return learner


def posted(quiz, **fields):
    data = {"quiz": quiz.pk, "person": "", "organisation": "", "opens_at": "", "due_at": "", "closes_at": ""}
    return data | {"extra_minutes": "0", "attempts_allowed": "", "reason": "Agreed with the coordinator"} | fields


def test_a_trainer_gives_a_person_more_time(at_work, trainer, quiz, mine):
    response = at_work.post(reverse(ADD), posted(quiz, person=mine.email.upper(), extra_minutes="15"))
    assert response.status_code == 302, response.context["form"].errors
    override = QuizOverride.objects.get()
    assert (override.quiz_key, override.user, override.created_by) == (quiz.translation_key, mine, trainer)
    html = at_work.get(reverse("quiz_overrides:index")).content.decode()
    assert quiz.title in html and "Mila Dimitrova" in html
    edit = reverse("quiz_overrides:edit", args=[override.pk])
    assert mine.email in at_work.get(edit).content.decode()
    at_work.post(edit, posted(quiz, person=mine.email, extra_minutes="20"))
    assert QuizOverride.objects.get().extra_minutes == 20


def test_a_coordinator_gives_an_organisation_another_date(client_for, coordinator, organisation, quiz, site):
    client_for(coordinator).post(reverse(ADD), posted(quiz, organisation=organisation.pk, closes_at="2026-05-01 12:00"))
    assert QuizOverride.objects.get().organisation == organisation


def test_a_person_gets_another_access_code_and_the_code_is_in_no_list(at_work, quiz, mine):
    response = at_work.post(reverse(ADD), posted(quiz, person=mine.email, access_code="Daisy-3"))
    assert response.status_code == 302, response.context["form"].errors
    override = QuizOverride.objects.get()
    assert (override.access_code, override.no_access_code) == ("Daisy-3", False)
    assert "Daisy" not in at_work.get(reverse("quiz_overrides:index")).content.decode()
    edit = reverse("quiz_overrides:edit", args=[override.pk])
    both = at_work.post(edit, posted(quiz, person=mine.email, access_code="Daisy-3", no_access_code="on"))
    assert "Give another code or none, not both." in str(both.context["form"].errors)
    at_work.post(edit, posted(quiz, person=mine.email, no_access_code="on"))
    override.refresh_from_db()
    assert (override.access_code, override.no_access_code) == ("", True)


def test_what_is_wrong_is_explained(at_work, quiz, mine, organisation):
    more = {"extra_minutes": "5"}
    for fields, message in [
        (more, "not both"),
        ({**more, "person": mine.email, "organisation": organisation.pk}, "not both"),
        ({**more, "person": mine.email, "reason": ""}, "This field is required"),
        ({"person": mine.email}, "Nothing differs"),
        ({**more, "person": "nobody@example.org"}, "Nobody in your organisations"),
        ({"person": mine.email, "opens_at": "2026-05-02 10:00", "closes_at": "2026-05-01 10:00"}, "close before it opens"),
    ]:
        response = at_work.post(reverse(ADD), posted(quiz, **fields))
        assert message in str(response.context["form"].errors), fields
    at_work.post(reverse(ADD), posted(quiz, person=mine.email, **more))
    assert "already" in str(at_work.post(reverse(ADD), posted(quiz, person=mine.email, **more)).context["form"].errors)
    assert QuizOverride.objects.count() == 1


def test_people_of_others_are_nobodys_business(at_work, client_for, administrator, learner, quiz):
    elsewhere = Organisation.objects.create(name="Elsewhere", slug="elsewhere", country="AT")
    response = at_work.post(reverse(ADD), posted(quiz, person=learner.email, extra_minutes="5"))
    assert "Nobody in your organisations" in str(response.context["form"].errors)
    response = at_work.post(reverse(ADD), posted(quiz, organisation=elsewhere.pk, extra_minutes="5"))
    assert response.context["form"].errors["organisation"]
    client_for(administrator).post(reverse(ADD), posted(quiz, person=learner.email, extra_minutes="5"))
    override = QuizOverride.objects.get()
    assert "Mila" not in at_work.get(reverse("quiz_overrides:index")).content.decode()
    for view in ("edit", "delete", "history", "usage"):
        assert at_work.get(reverse(f"quiz_overrides:{view}", args=[override.pk]), follow=True).status_code == 404
    at_work.post(reverse("quiz_overrides:delete", args=[override.pk]))
    assert QuizOverride.objects.exists()


def test_who_only_learns_elsewhere_gives_nobody_there_more_time(at_work, trainer, learner, quiz):
    elsewhere = OrganisationFactory()
    for person in (trainer, learner):
        Membership.objects.create(user=person, organisation=elsewhere, role=Role.LEARNER)
    for whom in ({"person": learner.email}, {"organisation": elsewhere.pk}):
        assert at_work.post(reverse(ADD), posted(quiz, extra_minutes="5", **whom)).status_code == 200
    assert not QuizOverride.objects.exists()


def test_who_gave_it_stays_named_when_a_colleague_changes_it(at_work, client_for, coordinator, trainer, quiz, mine):
    at_work.post(reverse(ADD), posted(quiz, person=mine.email, extra_minutes="15"))
    edit = reverse("quiz_overrides:edit", args=[QuizOverride.objects.get().pk])
    client_for(coordinator).post(edit, posted(quiz, person=mine.email, attempts_allowed="0"))
    override = QuizOverride.objects.get()
    assert (override.created_by, override.extra_minutes, override.attempts_allowed) == (trainer, 0, 0)


def test_issuers_and_learners_give_nothing(client_for, issuer, learner, quiz, site):
    for person in (issuer, learner):
        client_for(person).post(reverse(ADD), posted(quiz, person=learner.email, extra_minutes="5"))
        assert client_for(person).get(reverse("quiz_overrides:index")).status_code != 200
    assert not QuizOverride.objects.exists()


# --- While somebody is inside a try -----------------------------------------------------------------------------------
MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(site):
    return make_quiz([make_question()], time_limit=10, closes_at=timezone.now() + 60 * MINUTE)


def test_more_time_reaches_a_try_that_is_open(at_work, timed, mine):
    attempt = start_attempt(user=mine, quiz=timed)
    at_work.post(reverse(ADD), posted(timed, person=mine.email, extra_minutes="15"))
    assert Attempt.objects.get().ends_at == attempt.started_at + 25 * MINUTE
    edit = reverse("quiz_overrides:edit", args=[QuizOverride.objects.get().pk])
    at_work.post(edit, posted(timed, person=mine.email, extra_minutes="5"))
    assert Attempt.objects.get().ends_at == attempt.started_at + 25 * MINUTE, "what was given is not taken away"


def test_later_dates_reach_the_open_tries_of_an_organisation_and_of_nobody_else(
    at_work, client_for, coordinator, organisation, trainer, timed, mine
):
    quiz = make_quiz([make_question()], due_at=timezone.now() + MINUTE, closes_at=timezone.now() + 60 * MINUTE)
    stranger = User.objects.create_user(email="stranger@example.org")
    for person in (mine, stranger):
        start_attempt(user=person, quiz=quiz)
    start_attempt(user=mine, quiz=timed)
    later = {"due_at": "2031-05-01 12:00", "closes_at": "2031-05-02 12:00"}
    client_for(coordinator).post(reverse(ADD), posted(quiz, organisation=organisation.pk, **later))
    extended, other, another_quiz = Attempt.objects.order_by("pk")
    assert extended.ends_at.year == extended.promised.due_at.year == extended.promised.closes_at.year == 2031
    assert other.ends_at.year < 2031 and another_quiz.ends_at.year < 2031


def test_a_try_that_was_opened_again_keeps_the_end_that_was_set_then(at_work, trainer, timed, mine):
    attempt = submit_attempt(attempt=start_attempt(user=mine, quiz=timed))
    ends = timezone.now() + 5 * MINUTE
    reopen_attempt(attempt=attempt, by=trainer, reason="The power went", ends_at=ends)
    at_work.post(reverse(ADD), posted(timed, person=mine.email, extra_minutes="15"))
    assert QuizOverride.objects.exists() and Attempt.objects.get().ends_at == ends
