"""Administrators look after people and organisations in the Wagtail admin; nobody else sees either."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, Role, User
from accounts.permissions import TRAINERS
from tests.accounts.inbox import mailed_code
from tests.factories.accounts import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
ADD, PEOPLE = reverse("wagtailusers_users:add"), reverse("wagtailusers_users:index")
PERSON = {"email": "New@Example.com", "full_name": "Élodie Şahin", "country": "BE", "occupation": "guardian", "is_active": "on"}


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def organisation_form(**data) -> dict:
    """The form of an organisation as a browser sends it, without people."""
    empty = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0, "memberships-MIN_NUM_FORMS": 0}
    return {"name": "Partner", "slug": "partner", "country": "BE", **empty, "memberships-MAX_NUM_FORMS": 1000, **data}


def test_new_person_gets_in_with_a_code(admin_client: Client):
    assert admin_client.get(ADD).status_code == 200
    assert admin_client.post(ADD, PERSON).status_code == 302
    user = User.objects.get(email="new@example.com")
    assert (user.full_name, user.has_usable_password(), user.is_superuser) == ("Élodie Şahin", False, False)
    assert EmailAddress.objects.get(user=user).verified
    person = Client()
    person.post(reverse("account_request_login_code"), {"email": "new@example.com"})
    person.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert person.session["_auth_user_id"] == str(user.pk)


def test_address_that_somebody_confirmed_is_not_given_away(admin_client: Client):
    PersonFactory(email="new@example.com", verified=True)
    response = admin_client.post(ADD, PERSON)
    assert response.status_code == 200
    assert "Another person has confirmed this address." in response.content.decode()
    assert User.objects.filter(email="new@example.com").count() == 1


def test_person_invited_under_an_address_that_somebody_only_named(admin_client: Client):
    PersonFactory(email="new@example.com")
    admin_client.post(ADD, PERSON)
    Client().post(reverse("account_request_login_code"), {"email": "new@example.com"})
    assert len(mail.outbox) == 1
    assert User.objects.claiming("new@example.com")[0].full_name == "Élodie Şahin"


def test_person_is_edited(admin_client: Client):
    user = PersonFactory(email="old@example.com")
    page = reverse("wagtailusers_users:edit", args=[user.pk])
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, PERSON).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.full_name) == ("new@example.com", "Élodie Şahin")
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [("new@example.com", True)]


def test_administrator_cannot_shut_themselves_out(admin_client: Client, administrator: User):
    page = reverse("wagtailusers_users:edit", args=[administrator.pk])
    admin_client.post(page, {"email": administrator.email, "full_name": "Admin", "country": "BE", "occupation": "other"})
    administrator.refresh_from_db()
    assert administrator.is_superuser and administrator.is_active


def test_people_are_found_by_name_and_by_address(admin_client: Client):
    PersonFactory(email="amelie@example.com", full_name="Amélie Peeters")
    PersonFactory(email="jonas@example.com", full_name="Jonas Weber")
    for question in ("Peeters", "amelie@"):
        html = admin_client.get(PEOPLE, {"q": question}).content.decode()
        assert "amelie@example.com" in html and "jonas@example.com" not in html


def test_organisation_with_a_person_and_a_role(admin_client: Client):
    user = PersonFactory()
    row = {"memberships-0-user": user.pk, "memberships-0-role": Role.TRAINER, "memberships-0-ORDER": 1}
    page = reverse("organisations:add")
    assert "People and their roles" in admin_client.get(page).content.decode()
    admin_client.post(page, organisation_form(**{**row, "memberships-TOTAL_FORMS": 1}))
    organisation = Organisation.objects.get()
    assert [member.user for member in organisation.memberships.all()] == [user]
    assert user.groups.get().name == TRAINERS


def test_person_taken_off_an_organisation_loses_the_groups(admin_client: Client):
    membership = MembershipFactory(role=Role.TRAINER)
    row = {"memberships-0-id": membership.pk, "memberships-0-user": membership.user_id, "memberships-0-role": Role.TRAINER}
    counts = {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1, "memberships-0-DELETE": "1", "memberships-0-ORDER": 1}
    page = reverse("organisations:edit", args=[membership.organisation_id])
    assert admin_client.get(page).status_code == 200
    admin_client.post(page, organisation_form(**row, **counts))
    assert not membership.user.groups.exists()


def test_person_is_chosen_by_searching(admin_client: Client):
    PersonFactory(email="amelie@example.com")
    PersonFactory(email="jonas@example.com")
    html = admin_client.get(reverse("person_chooser:choose_results"), {"q": "amelie"}).content.decode()
    assert "amelie@example.com" in html and "jonas@example.com" not in html
    assert admin_client.get(reverse("person_chooser:choose")).status_code == 200


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ISSUER, Role.COORDINATOR])
def test_nobody_else_lists_people_or_organisations(client: Client, role: Role):
    client.force_login(MembershipFactory(role=role).user)
    someone, organisation = PersonFactory(), OrganisationFactory()
    for page in (
        PEOPLE,
        ADD,
        reverse("wagtailusers_users:edit", args=[someone.pk]),
        reverse("organisations:index"),
        reverse("organisations:edit", args=[organisation.pk]),
        reverse("person_chooser:choose"),
        reverse("person_chooser:choose_results"),
        reverse("person_chooser:chosen", args=[someone.pk]),
        reverse("person_chooser:chosen_multiple") + f"?id={someone.pk}",
    ):
        response = client.get(page)
        assert response.status_code in {302, 403}
        assert someone.email not in response.content.decode()


def test_editor_settings_page_asks_for_one_name(client: Client):
    user = MembershipFactory(role=Role.TRAINER).user
    client.force_login(user)
    html = client.get("/admin/account/").content.decode()
    assert "name-full_name" in html and "first_name" not in html


def test_editor_settings_page_is_for_editors(client: Client):
    assert client.get("/admin/account/").status_code == 302
