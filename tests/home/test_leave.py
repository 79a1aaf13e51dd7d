"""Leaving quickly: one plain link, and nothing of the reader is left."""

import pytest
from django.test import Client

from accounts.models import User
from training.places import DEFAULT_EXIT_URL, EXIT_URLS, Country


@pytest.mark.parametrize("path", ["/leave/", "/en/leave/", "/bg/leave/"])
@pytest.mark.django_db
def test_leads_to_a_neutral_page_at_once(client, path):
    response = client.get(path)

    assert response.status_code == 303
    assert response.headers["Location"] == DEFAULT_EXIT_URL
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_is_that_of_the_country(client, client_for, learner):
    client.cookies["country"] = "BG"
    assert client.get("/leave/").headers["Location"] == EXIT_URLS[Country.BG]

    assert client_for(learner).get("/leave/").headers["Location"] == EXIT_URLS[Country.BE]


@pytest.mark.django_db
def test_an_invented_country_leads_nowhere_else(client):
    client.cookies["country"] = "https://evil.example/"

    assert client.get("/leave/").headers["Location"] == DEFAULT_EXIT_URL


def test_the_session_is_gone_for_every_copy_of_its_cookie(client_for, learner: User, site):
    client = client_for(learner)
    copy = Client()
    copy.cookies["sessionid"] = client.cookies["sessionid"].value
    assert copy.get("/en/").wsgi_request.user.is_authenticated

    client.get("/leave/")

    assert not copy.get("/en/").wsgi_request.user.is_authenticated


def test_our_cookies_expire_except_the_language(client_for, learner):
    client = client_for(learner)
    client.cookies.load({"csrftoken": "x" * 32, "country": "FR", "theme": "dark", "django_language": "fr", "messages": "x"})

    expired = {name for name, cookie in client.get("/leave/").cookies.items() if cookie["max-age"] == 0}

    assert {"sessionid", "csrftoken", "country", "theme", "messages"} <= expired
    assert "django_language" not in expired


@pytest.mark.django_db
def test_the_browser_is_told_to_forget_where_it_listens(client):
    assert "Clear-Site-Data" not in client.get("/leave/").headers
    assert client.get("/leave/", secure=True).headers["Clear-Site-Data"] == '"cache", "storage"'


def test_leaving_is_only_a_link(client, site):
    assert client.post("/leave/").status_code == 405
    assert 'href="/en/leave/"' in client.get("/en/").content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_one_press_leaves_and_back_shows_nothing_personal(new_page, live_server, monkeypatch, learner, site, javascript):
    """The neutral page stands on our own host here: a test makes no request to another."""
    neutral = f"{live_server.url}/healthz"
    monkeypatch.setitem(EXIT_URLS, Country.BE, neutral)
    page = new_page(javascript=javascript, user=learner)
    page.goto("/en/learn/")
    page.get_by_role("link", name="My profile").first.wait_for()

    page.get_by_role("link", name="Leave this site").last.click()
    page.wait_for_url(neutral)
    page.go_back()

    assert page.get_by_role("link", name="My profile").count() == 0
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.browser
def test_shift_three_times_leaves(page, live_server, monkeypatch, site):
    monkeypatch.setattr("home.shell.DEFAULT_EXIT_URL", f"{live_server.url}/healthz")
    page.goto("/en/")

    for _press in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("**/healthz")
