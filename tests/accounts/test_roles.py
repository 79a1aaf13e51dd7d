"""A role in an organisation brings its groups; groups bring what Wagtail lets people do."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow

from accounts.models import Membership, Organisation, Role, User
from accounts.permissions import (
    COORDINATORS,
    ISSUERS,
    LEGAL_REVIEWERS,
    REVIEWERS,
    SAFEGUARDING_REVIEWERS,
    TRAINERS,
    has_role,
    may_issue_for,
)
from courses.models import ReviewTask
from tests.factories.accounts import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def with_role(role: Role) -> User:
    return User.objects.get(pk=MembershipFactory(role=role).user_id)


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (Role.LEARNER, set()),
        (Role.TRAINER, {TRAINERS}),
        (Role.ISSUER, {ISSUERS}),
        (Role.COORDINATOR, {COORDINATORS, REVIEWERS}),
    ],
)
def test_role_brings_its_groups(role: Role, groups: set[str]):
    assert groups_of(with_role(role)) == groups


def test_lost_role_takes_its_groups_away_but_not_those_of_another_role():
    user = PersonFactory()
    trainer = MembershipFactory(user=user, role=Role.TRAINER)
    MembershipFactory(user=user, role=Role.TRAINER)
    coordinator = MembershipFactory(user=user, role=Role.COORDINATOR)
    coordinator.delete()
    trainer.delete()
    assert groups_of(user) == {TRAINERS}


def test_changed_role_and_changed_person():
    membership = MembershipFactory(role=Role.TRAINER)
    before, after = membership.user, PersonFactory()
    membership.role = Role.ISSUER
    membership.save()
    assert groups_of(before) == {ISSUERS}
    membership.user = after
    membership.save()
    assert (groups_of(before), groups_of(after)) == (set(), {ISSUERS})


def test_deleted_organisation_takes_its_roles_with_it():
    membership = MembershipFactory(role=Role.TRAINER)
    Organisation.objects.all().delete()
    assert groups_of(membership.user) == set()


def test_deleted_person_leaves_nothing_behind():
    user = MembershipFactory(role=Role.COORDINATOR).user
    MembershipFactory(user=user, role=Role.TRAINER)
    user.delete()
    assert not Membership.objects.exists()
    assert not Group.user_set.through.objects.exists()


def test_groups_that_follow_from_no_role_are_left_alone():
    user = PersonFactory()
    user.groups.add(Group.objects.create(name="Translators"))
    MembershipFactory(user=user, role=Role.TRAINER).delete()
    assert groups_of(user) == {"Translators"}


def test_issuer_issues_for_one_organisation_only():
    membership = MembershipFactory(role=Role.ISSUER)
    assert may_issue_for(membership.user, membership.organisation)
    assert not may_issue_for(membership.user, OrganisationFactory())
    assert not may_issue_for(with_role(Role.TRAINER), membership.organisation)
    User.objects.filter(pk=membership.user_id).update(is_active=False)
    assert not has_role(User.objects.get(pk=membership.user_id), Role.ISSUER)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            Role.TRAINER,
            [
                "wagtailadmin.access_admin",
                "quizzes.add_question",
                "quizzes.change_quiz",
                "quizzes.add_questionbank",
                "quizzes.delete_question",
                "wagtail_localize.submit_translation",
            ],
            ["certificates.revoke_certificate", "accounts.change_user", "quizzes.delete_quiz"],
        ),
        (
            Role.ISSUER,
            ["wagtailadmin.access_admin", "certificates.view_certificate", "certificates.revoke_certificate"],
            ["quizzes.change_quiz", "accounts.view_organisation"],
        ),
        (Role.COORDINATOR, ["wagtailadmin.access_admin"], ["certificates.revoke_certificate", "accounts.add_user"]),
        (Role.LEARNER, [], ["wagtailadmin.access_admin"]),
    ],
)
def test_rights_of_each_role(role: Role, may: list[str], may_not: list[str]):
    user = with_role(role)
    assert [permission for permission in may if not user.has_perm(permission)] == []
    assert [permission for permission in may_not if user.has_perm(permission)] == []


def test_trainer_writes_and_submits_reviewer_publishes():
    page = Page.objects.get(depth=2).permissions_for_user
    trainer, coordinator = page(with_role(Role.TRAINER)), page(with_role(Role.COORDINATOR))
    assert trainer.can_add_subpage() and trainer.can_edit() and trainer.can_submit_for_moderation()
    assert not trainer.can_publish() and not trainer.can_delete()
    assert coordinator.can_publish() and coordinator.can_lock()
    issuer = page(with_role(Role.ISSUER))
    assert not issuer.can_edit() and not issuer.can_publish()


def test_review_before_publishing_takes_a_reviewer():
    page = Page.objects.get(depth=2)
    trainer, coordinator = with_role(Role.TRAINER), with_role(Role.COORDINATOR)
    workflow = page.get_workflow()
    assert workflow.name == "Review before publishing"
    page.title = "Better title"
    page.save_revision(user=trainer)
    state = workflow.start(page, trainer)
    task = state.current_task_state.task.specific
    assert isinstance(task, ReviewTask)
    assert task.get_actions(page, trainer) == []
    assert [action for action, _, _ in task.get_actions(page, coordinator)] == ["reject", "approve", "approve"]
    for _step in ("legal", "safeguarding"):
        state.current_task_state.specific.approve(user=coordinator)
        state.refresh_from_db()
    page.refresh_from_db()
    assert page.live and page.title == "Better title"


def test_wagtails_own_groups_and_workflow_are_out_of_the_way():
    assert set(Group.objects.values_list("name", flat=True)) == {
        TRAINERS,
        REVIEWERS,
        ISSUERS,
        COORDINATORS,
        LEGAL_REVIEWERS,
        SAFEGUARDING_REVIEWERS,
    }
    assert list(Workflow.objects.active().values_list("name", flat=True)) == ["Review before publishing"]


def test_learner_does_not_enter_the_administration(client: Client):
    client.force_login(with_role(Role.LEARNER))
    assert client.get(reverse("wagtailadmin_home")).status_code in {302, 403}
    client.force_login(with_role(Role.TRAINER))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.django_db
def test_a_learner_is_told_that_the_administration_is_not_for_them(client_for, learner, site):
    response = client_for(learner).get("/admin/", follow=True)
    assert response.status_code == 403 and not response.redirect_chain
