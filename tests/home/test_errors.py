"""When something is wrong, the page says what to do, in the reader's language, and keeps what was typed."""

import pytest
from django.core.exceptions import PermissionDenied
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


urlpatterns = [
    path("broken/", broken),
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
