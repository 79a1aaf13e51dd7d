"""The second page of the sign-up, and the pages that change a person's own details."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
ABOUT_YOU, NAME = reverse("accounts:about_you"), reverse("accounts:name")


@pytest.fixture
def user() -> User:
    return PersonFactory(country="", occupation="")


def test_nothing_chosen_is_said_twice_and_goes_nowhere(client: Client, user: User):
    client.force_login(user)
    response = client.post(ABOUT_YOU, {"country": "BE"})
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Choose an occupation, or choose “I prefer not to say”.") == 2  # in the summary and at the question
    assert 'value="BE" checked' in " ".join(html.split()) or "checked" in html.split('value="BE"')[1][:120]
    user.refresh_from_db()
    assert user.country == ""


def test_each_question_says_why_and_lets_people_keep_it_to_themselves(client: Client, user: User):
    client.force_login(user)
    html = client.get(ABOUT_YOU).content.decode()
    assert "It decides which laws, contacts and help lines you see." in html
    assert "In reports we only count" in html
    assert html.count("I prefer not to say") == 2


def test_answers_survive_a_session_that_ended(client: Client, user: User):
    response = client.post(ABOUT_YOU, {"country": "DE", "occupation": "lawyer", "next": "/en/learn/"})
    assert response.url.startswith(reverse("account_login"))
    assert "your answers are kept" in client.get(response.url).content.decode()
    back = client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": response.url.split("next=")[1]}
    )
    html = client.get(back.url).content.decode()
    assert "checked" in html.split('value="DE"')[1].split(">")[0]
    assert "checked" in html.split('value="lawyer"')[1].split(">")[0]


def test_until_it_is_answered_every_sign_in_leads_here(client: Client, user: User):
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": "/en/learn/"})
    assert response.url == f"{ABOUT_YOU}?next=%2Fen%2Flearn%2F"


@pytest.mark.parametrize("answer", ["ZZ", "", "🙂", "<script>", "B" * 100_000])
def test_only_listed_answers_count(client: Client, user: User, answer: str):
    client.force_login(user)
    response = client.post(ABOUT_YOU, {"country": answer, "occupation": "lawyer"})
    assert response.status_code == 422
    assert "<script>" not in response.content.decode().replace("</script>", "")


def test_name_is_saved(client: Client, user: User):
    client.force_login(user)
    assert client.post(NAME, {"full_name": "Élodie Şahin Đorđević Иванова"}).url == reverse("accounts:profile")
    user.refresh_from_db()
    assert user.full_name == "Élodie Şahin Đorđević Иванова"


@pytest.mark.parametrize("name", ["😀 Ana", "<script>alert(1)</script>", "\u202eAna", "أحمد بن علي", "O'Neil; DROP", "=1+1"])
def test_strange_names_are_shown_as_text(client: Client, user: User, name: str):
    client.force_login(user)
    client.post(NAME, {"full_name": name})
    html = client.get(reverse("accounts:profile")).content.decode()
    assert "<script>alert" not in html
    user.refresh_from_db()
    assert user.full_name == name.removeprefix("\u202e"), "only what turns the writing direction goes"


@pytest.mark.parametrize("name", ["x" * 201, "x" * 1_000_000, "a\x00b"])
def test_impossible_names_are_refused_and_kept_in_the_form(client: Client, user: User, name: str):
    client.force_login(user)
    response = client.post(NAME, {"full_name": name})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert name[:200].replace("\x00", "") in response.content.decode().replace("\x00", "")
