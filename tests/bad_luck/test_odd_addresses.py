"""Addresses that nobody links to: odd languages, codes, pages, positions, ways out of the folder, ways to another site."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.quizzes import begin, start_url

from .words import NASTY, is_harmless

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\/evil.example/",
    "/\t/evil.example/",
    "/%09/evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://[::1",
    "/\x00//evil.example",
    "\x01https://evil.example",
]


@pytest.mark.parametrize(
    "address",
    [
        "/xx/",
        "/en/en/",
        "/en/fr/",
        "/EN/",
        "/en-GB/",
        "/en/%00/",
        "/%00/",
        "/en//courses/",
        "/en/courses//",
        "/en/%2e%2e/",
        "/фр/",
        "/.en/",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_language_or_page_that_is_none(client, course, address, language):
    response = client.get(address, headers={"Accept-Language": language}, follow=True)
    assert response.status_code == 404
    assert "<h1" in response.content.decode() and 'role="search"' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["p=-1", "p=abc", f"p={HUGE}", "p=1&p=2", "p=", "p=%00", "p=1.5", "page=-1", f"page={HUGE}", "page=%D9%A3"]
)
def test_pages_of_lists_that_are_not_there(client, client_for, course, trainer, issuer, administrator, query):
    lists = [
        (client, reverse("home:search") + "?q=lesson&"),
        (client, course.get_parent().get_url() + "?"),
        (client_for(trainer), reverse("learning_report", args=[course.translation_key]) + "?"),
        (client_for(issuer), reverse("certificates_desk:index") + "?"),
        (client_for(administrator), reverse("wagtailusers_users:index") + "?"),
    ]
    for browser, url in lists:
        assert browser.get(url + query).status_code == 200, url


@pytest.mark.parametrize(
    "query", ["q=a&q=b", "code=a&code=b", "next=/en/&next=//evil.example/", "q[]=a", "q=a;q=b", "=", "&&&", "%"]
)
def test_parameters_twice_or_malformed(client, site, query):
    for name in ("home:search", "certificates:verify", "home:place", "account_login", "account_signup"):
        response = client.get(f"{reverse(name)}?{query}")
        assert response.status_code == 200, name
        assert 'href="//evil' not in response.content.decode(), name


@pytest.mark.parametrize(
    "code", [*NASTY.values(), "..", ".", "a/b", "%", "é" * 300, HUGE, "{{7*7}}", " "], ids=lambda text: repr(text[:12])
)
def test_codes_that_are_none(client, site, code):
    """By form, by address and by QR: the same answer as for a code that was never given."""
    never = client.get(reverse("certificates:verify"), {"code": "AAAA-AAAA-AAAA"})
    response = client.get(reverse("certificates:verify"), {"code": code})
    assert response.status_code == never.status_code == 200
    assert is_harmless(response.content.decode())
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize("position", ["0", "-1", "4", "99", HUGE, "9" * 300, "1.5", "abc", "٣", "1e1", "%00", "01"])
def test_positions_in_a_quiz_that_are_none(client_for, holder, quiz, position):
    browser = client_for(holder)
    attempt = begin(browser, quiz)
    url = f"/en/quizzes/attempts/{attempt.public_id}/{position}/"
    assert browser.get(url).status_code == (200 if position == "01" else 404)
    browser.post(url, {"q-choice": "x", "act": "continue"})
    assert not attempt.responses.exclude(answer=None).exists()


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_address_leads_to_another_site(client, client_for, holder, quiz, wanted):
    """T17: every ``next`` of the site, in the address and in the form."""
    browser = client_for(holder)
    forms = [
        (client, reverse("home:place"), {"language": "en", "country": "BE", "theme": "light"}),
        (client, reverse("account_login"), {"login": holder.email, "password": "wrong"}),
        (browser, reverse("accounts:about_you"), {"country": "BE", "occupation": "lawyer"}),
        (browser, reverse("accounts:confirm_email"), {}),
        (browser, start_url(quiz), {}),
        (Client(), reverse("account_logout"), {}),
    ]
    for visitor, url, data in forms:
        for response in (
            visitor.get(url, {"next": wanted}),
            visitor.post(url, data | {"next": wanted}),
            visitor.post(url, data, query_params={"next": wanted}),
        ):
            target = response.headers.get("Location", "")
            assert not target or (target.startswith("/") and not target.startswith(("//", "/\\"))), (url, target)
            html = response.content.decode()
            for attribute in ('href="', 'action="'):
                assert attribute + "//evil" not in html and attribute + "https://evil" not in html, url
                assert attribute + "javascript:" not in html, url


@pytest.mark.parametrize("climb", ["..", "%2e%2e", "..%2f..", "..%5c..", "%00", "....//"])
def test_no_way_out_of_the_folder(client, site, climb):
    for folder in ("media/images", "static", "documents/1"):
        response = client.get(f"/{folder}/{climb}/db.sqlite3")
        assert response.status_code in {302, 400, 404}, folder
        assert b"SQLite format" not in response.content


def test_a_look_without_a_body_is_answered(client, course):
    """What link checkers and messengers ask first."""
    for url in ("/en/", course.get_url(), reverse("home:search"), reverse("certificates:verify"), "/robots.txt", "/healthz"):
        assert client.head(url).status_code == 200, url


@pytest.mark.parametrize(
    "header", ["Accept-Language", "User-Agent", "Referer", "Origin", "X-Forwarded-For", "Cookie", "Sec-Fetch-Site"]
)
@pytest.mark.parametrize("value", ["", "x" * 5000, "\xff\xfe", "<script>alert(1)</script>", "%00", ",;=", "fr-FR;q=9,*;q=x"])
def test_odd_headers(client, site, header, value):
    response = client.get(reverse("account_login"), headers={header: value})
    assert response.status_code == 200
    assert is_harmless(response.content.decode())


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "django_language", "country", "theme", "messages"])
@pytest.mark.parametrize("value", ["", "x" * 3000, "<script>", "%00", "a:b:c", "../..", "é"])
def test_odd_cookies(site, cookie, value):
    client = Client()
    client.cookies[cookie] = value
    for url in ("/en/", reverse("home:place"), reverse("account_login"), "/"):
        response = client.get(url, follow=True)
        assert response.status_code == 200, url
        assert is_harmless(response.content.decode())
