"""When something is wrong, the page says what to do, in the reader's language, and keeps what was typed."""

import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import path

from training.urls import urlpatterns as ours


def broken(request):
    raise RuntimeError("secret detail")


def echo(request):
    return HttpResponse("|".join(request.POST.getlist("note")))


def closed(request):
    raise PermissionDenied


def away(request):
    """As when the database stops: what the driver says never leaves the server."""
    try:
        raise ConnectionError("secret-host refused")
    except ConnectionError as error:
        raise OperationalError("connection to secret-host failed") from error


urlpatterns = [
    path("broken/", broken),
    path("en/away/", away),
    path("fr/away/", away),
    path("fr/broken/", broken),
    path("en/echo/", echo),
    path("bg/closed/", closed),
    *ours,
]
handler400 = "home.errors.bad_request"
handler403 = "home.errors.forbidden"
handler404 = "home.errors.not_found"
handler500 = "home.errors.server_error"

HERE = pytest.mark.urls(__name__)


@pytest.mark.parametrize(("path", "language"), [("/en/nothing/here/", "en"), ("/fr/rien/ici/", "fr"), ("/bg/nishto/", "bg")])
def test_not_found_in_the_language_of_the_address(client, site, path, language):
    response = client.get(path)

    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}"' in html
    assert f'action="/{language}/search/"' in html
    assert f'href="/{language}/leave/"' in html
    assert f'href="/{language}/"' in html
    assert html.count("<h1") == 1


def test_not_found_without_a_site(client, db):
    assert client.get("/en/nothing/").status_code == 404


@HERE
def test_forbidden_says_what_to_do(client, client_for, learner):
    stranger, insider = client.get("/bg/closed/?a=1"), client_for(learner).get("/bg/closed/")

    assert stranger.status_code == insider.status_code == 403
    assert '<html lang="bg"' in stranger.content.decode()
    assert "/bg/accounts/login/?next=/bg/closed/%3Fa%3D1" in stranger.content.decode()
    assert "Профилът Ви няма право да отваря тази страница." in insider.content.decode()


@HERE
def test_the_last_page_needs_nothing(client, db, django_assert_num_queries):
    client.raise_request_exception = False

    with django_assert_num_queries(0):
        response = client.get("/fr/broken/")

    html = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="fr"' in html
    assert 'href="/fr/"' in html
    assert 'href="/leave/"' in html
    assert "secret detail" not in html
    assert "link" not in html.split("<body>")[0]
    style = response.headers["Content-Security-Policy"].split("style-src ")[1].split(";")[0]
    assert "'sha256-" in style
    assert "unsafe-inline" not in style


@HERE
def test_the_last_page_in_the_language_of_the_browser(client, db):
    client.raise_request_exception = False

    response = client.get("/broken/", headers={"Accept-Language": "bg"})

    assert '<html lang="bg"' in response.content.decode()


@HERE
def test_a_stale_form_is_offered_again_with_what_was_typed(db):
    client = Client(enforce_csrf_checks=True)
    typed = "First line\n<script>alert(1)</script> “ünïcödé”"

    refused = client.post("/en/echo/", {"note": [typed, "two"], "password": "hunter2"}, headers={"Sec-Fetch-Site": "same-origin"})

    html = refused.content.decode()
    assert refused.status_code == 403
    assert "The page was open too long" in html
    assert "<script>alert(1)" not in html
    assert "hunter2" not in html
    form = refused.context["kept"]
    again = client.post(
        "/en/echo/",
        {"note": [value for name, value in form], "csrfmiddlewaretoken": refused.context["csrf_token"]},
    )
    assert again.content.decode() == f"{typed}|two"


@HERE
def test_a_strangers_form_is_not_offered_again(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/en/echo/", {"note": "planted"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert "planted" not in response.content.decode()
    assert 'method="post"' not in response.content.decode()


@pytest.fixture
def patient(db):
    """A browser that shows the page of an error, and whose forms are checked for where they come from."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


FORM = {"note": ["First line\n<script>alert(1)</script> “ünïcödé”", "two\0"], "password": "hunter2", "act": "continue"}
OWN = {"Sec-Fetch-Site": "same-origin"}


@HERE
def test_while_the_database_is_away_a_form_is_offered_again_with_what_was_typed(patient, django_assert_num_queries):
    patient.cookies["csrftoken"] = "a" * 32
    with django_assert_num_queries(0):
        refused = patient.post("/en/away/?a=1", {**FORM, "csrfmiddlewaretoken": "a" * 32}, headers=OWN)

    html = refused.content.decode()
    assert refused.status_code == 503
    assert "no-store" in refused.headers["Cache-Control"]
    assert "Not saved yet" in html and "has to be typed again" in html
    assert 'action="/en/away/?a=1"' in html
    assert "<script>" not in html and "hunter2" not in html and "secret-host" not in html
    again = patient.post("/en/echo/", fields_of(html), headers=OWN)
    assert again.content.decode().replace("\r", "") == "|".join(FORM["note"])


def fields_of(html):
    """What a browser would send for the one form of the page."""
    found = [map(unescape, pair) for pair in re.findall(r'name="([^"]*)" value="([^"]*)"', html)]
    fields = {}
    for name, value in found:
        fields.setdefault(name, []).append(value)
    return fields


@HERE
@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({"note": "planted", "csrfmiddlewaretoken": "a" * 32}, {"Sec-Fetch-Site": "cross-site"}),
        ({"note": "planted", "csrfmiddlewaretoken": "a" * 32}, {}),
        ({"note": "planted", "csrfmiddlewaretoken": "a" * 32, "file": SimpleUploadedFile("a.txt", b"a")}, OWN),
    ],
    ids=["a stranger's", "nobody's", "with a file"],
)
def test_while_the_database_is_away_no_other_form_is_offered_again(patient, data, headers):
    patient.cookies["csrftoken"] = "a" * 32
    refused = patient.post("/fr/away/", data, headers=headers)

    html = refused.content.decode()
    assert refused.status_code == 503 and '<html lang="fr"' in html
    assert "planted" not in html and "<form" not in html


@HERE
def test_a_page_while_the_database_is_away_says_so_and_where_to_go(patient):
    response = patient.get("/en/away/")

    html = response.content.decode()
    assert response.status_code == 503
    assert "Not available right now" in html and "secret-host" not in html
    assert "<form" not in html and 'href="/leave/"' in html


@HERE
@pytest.mark.parametrize("content_type", [MULTIPART_CONTENT, "application/x-www-form-urlencoded"])
def test_five_megabytes_of_text_are_refused_with_a_word(client, db, content_type):
    note = "x" * 5_000_000
    data = {"note": note} if content_type == MULTIPART_CONTENT else f"note={note}"

    response = client.post("/en/echo/", data, content_type=content_type)

    assert response.status_code == 400
    assert "Too much at once" in response.content.decode()


@HERE
def test_a_host_that_is_not_ours_is_refused_politely(client, db):
    response = client.get("/fr/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert '<html lang="fr"' in response.content.decode()
