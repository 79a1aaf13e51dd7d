"""Who can publish or issue needs a second factor before the administration opens."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from tests.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db
ADMIN, SET_UP = reverse("wagtailadmin_home"), reverse("mfa_index")


@pytest.fixture(autouse=True)
def required(settings) -> None:
    settings.STAFF_MFA_REQUIRED = True


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ISSUER, Role.COORDINATOR])
@pytest.mark.parametrize("path", [ADMIN, "/admin/pages/", "/admin/account/"])
def test_without_it_every_page_leads_to_the_set_up_and_says_why(client: Client, role: Role, path: str):
    client.force_login(MembershipFactory(role=role).user)
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0] == SET_UP
    assert "so your account needs two-step sign-in" in response.content.decode()


def test_posting_is_stopped_as_well(client: Client, administrator: User):
    client.force_login(administrator)
    assert client.post(reverse("wagtailusers_users:add"), {"email": "new@example.com", "country": "BE"}).url == SET_UP
    assert not User.objects.filter(email="new@example.com").exists()


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ISSUER, Role.COORDINATOR])
def test_with_it_the_administration_opens(client: Client, role: Role):
    user = MembershipFactory(role=role).user
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.force_login(user)
    assert client.get(ADMIN).status_code == 200


def test_desk_does_not_ask_for_it(client: Client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(MembershipFactory(role=Role.TRAINER).user)
    assert client.get(ADMIN).status_code == 200


def test_signing_out_of_the_administration_always_works(client: Client, administrator: User):
    client.force_login(administrator)
    client.post(reverse("wagtailadmin_logout"))
    assert "_auth_user_id" not in client.session


def test_ordinary_pages_cost_no_query_more(client: Client, administrator: User, settings):
    client.force_login(administrator)
    client.get(reverse("accounts:name"))  # what is remembered between requests is remembered now
    counts = []
    for needed in (False, True):
        settings.STAFF_MFA_REQUIRED = needed
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("accounts:name"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
