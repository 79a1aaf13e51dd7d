"""Demo accounts: in development only, made once, refused elsewhere."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.services import has_verified_email

pytestmark = pytest.mark.django_db
ADDRESSES = {f"{name}@example.org" for name in ("guardian", "lawyer", "trainer", "issuer", "coordinator", "admin")}


@pytest.fixture
def development(settings) -> None:
    settings.DEVELOPMENT = True


def test_people_of_every_role_can_sign_in(development, monkeypatch, capsys):
    monkeypatch.setenv("DEMO_PASSWORD", "a demonstration phrase")
    call_command("make_demo_accounts")
    assert set(User.objects.values_list("email", flat=True)) == ADDRESSES
    for user in User.objects.all():
        assert has_verified_email(user) and user.about_answered
        client = Client()
        client.post(reverse("account_login"), {"login": user.email, "password": "a demonstration phrase"})
        assert client.session["_auth_user_id"] == str(user.pk)
    assert "a demonstration phrase" in capsys.readouterr().out
    assert list(Organisation.objects.filter(is_issuer=True).values_list("name", flat=True)) == ["Demo Partner Belgium"]
    assert {name for user in User.objects.all() for name in user.groups.values_list("name", flat=True)} == {
        "Trainers",
        "Issuers",
        "Coordinators",
        "Reviewers",
    }


def test_second_run_changes_nothing(development, capsys):
    call_command("make_demo_accounts")
    guardian = User.objects.get(email="guardian@example.org")
    guardian.set_password("their own phrase")
    guardian.full_name = "Somebody else"
    guardian.save()
    call_command("make_demo_accounts")
    guardian.refresh_from_db()
    assert guardian.check_password("their own phrase") and guardian.full_name == "Somebody else"
    assert User.objects.count() == len(ADDRESSES)
    assert Organisation.objects.count() == 2


def test_weak_demo_password_is_refused(development, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "short")
    with pytest.raises(CommandError, match="too weak"):
        call_command("make_demo_accounts")
    assert not User.objects.exists()


def test_outside_development_the_command_refuses():
    with pytest.raises(CommandError, match="development"):
        call_command("make_demo_accounts")
    assert not User.objects.exists()


def test_outside_development_the_check_refuses_them(settings):
    settings.DEVELOPMENT = True
    call_command("make_demo_accounts")
    call_command("check", databases=["default"])
    settings.DEVELOPMENT = False
    with pytest.raises(SystemCheckError, match=r"accounts\.E001"):
        call_command("check", databases=["default"])
    User.objects.update(is_active=False)
    call_command("check", databases=["default"])


def test_check_without_a_database_asks_none(settings, django_assert_num_queries):
    with django_assert_num_queries(0):
        call_command("check")
