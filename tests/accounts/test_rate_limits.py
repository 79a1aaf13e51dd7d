"""Guessing is slowed down, and whoever is slowed down reads why in their language (T20)."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD, PersonFactory
from training.settings import base

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    cache.clear()
    yield
    cache.clear()


def test_guessing_a_password_stops_after_five_tries_known_or_not(client: Client):
    user = PersonFactory()
    answers = []
    for email in (user.email, "nobody@example.com"):
        for _ in range(5):
            client.post(reverse("account_login"), {"login": email, "password": "guess"})
        response = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert response.status_code == 422
        assert "Too many tries. Wait five minutes, then try again." in response.content.decode()
        answers.append(response.status_code)
        cache.clear()
    assert answers[0] == answers[1]


def test_while_guessing_is_stopped_the_owner_gets_in_with_a_code(client: Client):
    user = PersonFactory()
    for _ in range(6):
        client.post(reverse("account_login"), {"login": user.email, "password": "guess"}, REMOTE_ADDR="192.0.2.1")
    other = Client()
    other.post(reverse("account_request_login_code"), {"email": user.email})
    other.post(reverse("account_confirm_login_code"), {"code": mail.outbox[-1].body.split()[2]})
    assert "_auth_user_id" in other.session


def test_nobody_is_flooded_with_codes(client: Client):
    pages = ["account_request_login_code", "account_signup"]
    for number in range(6):
        Client().post(reverse(pages[number % 2]), {"email": "somebody@example.com", "by": "code"})
    assert len(mail.outbox) == 3


def test_owner_hears_of_second_sign_ups_three_times_an_hour(client: Client):
    user = PersonFactory(password="the owner's own phrase")
    for number in range(5):
        Client().post(reverse("account_signup"), {"email": user.email, "password1": f"another phrase {number}"})
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(("language", "heading"), [("en", "Wait a moment"), ("fr", None), ("bg", None)])
def test_refusal_is_a_clear_page(client: Client, language: str, heading: str | None):
    page = reverse("account_reset_password").replace("/en/", f"/{language}/")
    for number in range(21):
        response = client.post(page, {"email": f"person{number}@example.com"})
    html = response.content.decode()
    assert response.status_code == 429
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    assert heading is None or heading in html


def test_class_that_signs_up_together_behind_one_address_is_let_in():
    for number in range(40):
        client = Client()
        client.post(reverse("account_signup"), {"email": f"person{number}@example.com", "password1": PASSWORD})
        assert "_auth_user_id" in client.session
