"""Language, country and theme: with or without an account, and back to where one was."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from accounts.models import User
from learning.models import Enrolment
from tests.factories.courses import make_course
from tests.factories.home import StandardPageFactory

FOREIGN = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\n//evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil.example",
    "https:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "file:///etc/passwd",
    "blob:https://evil.example/1",
    "evil.example",
    "www.evil.example/en/",
    "@evil.example",
    "testserver@evil.example",
    "http://testserver@evil.example/",
    "http://testserver:80@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example/testserver",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "http://[::1]/",
    "http://[evil",
    "http://127.0.0.1/",
    "http://0x7f000001/",
    "//google%E3%80%82com",
    "//evil。example",
    "///\\evil.example",
    "/\\/evil.example",
    "\\evil.example",
    ".evil.example",
    "..//evil.example",
    "mailto:a@evil.example",
    "tel:112",
    "x:1",
    ":",
    "://evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "http://",
    "//",
    "///",
    "/\r\n/evil.example",
    "\x00//evil.example",
    "\x0b//evil.example",
    "\ufeff//evil.example",
    "\u2028//evil.example",
]


def choose(client, **fields):
    return client.post("/en/settings/place/", {"language": "fr", "country": "AT", "theme": "dark", **fields})


def test_works_without_an_account(client, site):
    response = choose(client)

    assert response.status_code == 302
    assert response.headers["Location"] == "/fr/settings/place/"
    html = client.get("/fr/").content.decode()
    assert 'data-theme="dark"' in html
    assert "Autriche" in html
    assert client.get("/").headers["Location"] == "/fr/"


def test_the_account_keeps_language_and_country(client_for, learner: User, site):
    choose(client_for(learner))

    learner.refresh_from_db()
    assert (learner.language, learner.country) == ("fr", "AT")


def test_the_account_counts_more_than_the_cookie(client_for, learner: User, site):
    client = client_for(learner)
    client.cookies["country"] = "TR"

    assert "Belgium" in client.get("/en/").content.decode()


def test_shows_what_was_chosen_before(client, site):
    choose(client, language="en", theme="light")

    html = client.get("/en/settings/place/").content.decode()

    for value in ("en", "AT", "light"):
        assert f'value="{value}" required id=' in html or f'value="{value}"' in html
    assert html.count(" checked") == 3


def test_names_each_language_in_itself(client, site):
    html = client.get("/en/settings/place/").content.decode()

    assert 'lang="fr">Français</label>' in html
    assert 'lang="bg">Български</label>' in html


def test_goes_on_with_the_same_page_in_the_new_language(client, site):
    assert choose(client, next="/en/courses/").headers["Location"] == "/fr/courses/"
    assert choose(client, next="/en/search/?q=law").headers["Location"] == "/fr/search/?q=law"


def test_says_so_when_the_page_is_not_translated(client, site):
    page = StandardPageFactory(parent=site.home, title="Only English", slug="only-english")

    response = client.get(choose(client, next=page.url).headers["Location"])

    html = response.content.decode()
    assert response.wsgi_request.path == "/fr/settings/place/"
    assert "La page d’où vous venez n’existe pas encore dans cette langue (Français)." in html
    assert f'href="{page.url}"' in html


def test_language_links_lead_there_too(client, site):
    page = StandardPageFactory(parent=site.home, title="Only English", slug="only-english")
    shell = client.get(page.url).context["shell"]

    links = {link.code: link.url for link in shell.languages}

    assert links["en"] == page.url
    assert "n’existe pas encore dans cette langue (Français)" in client.get(links["fr"]).content.decode()
    assert shell.alternates == [("en", page.url)]


def test_a_learner_who_changes_language_keeps_every_bit_of_progress(client_for, learner, course, lessons, site):
    client = client_for(learner)
    client.post(reverse("learning:start", args=[course.translation_key]))
    client.post(reverse("learning:complete_lesson", args=[lessons[0].translation_key]))

    french = make_course(site.catalogues["fr"], title="Reconnaître", slug="reconnaitre")
    french.translation_key = course.translation_key
    french.save()
    response = choose(client, next=course.url)

    assert response.headers["Location"] == french.url
    assert Enrolment.objects.of(learner).get().completions.count() == 1


@pytest.mark.parametrize("address", FOREIGN)
@pytest.mark.django_db
def test_never_leads_to_another_site(client, address):
    Locale.objects.get_or_create(language_code="fr")

    assert choose(client, next=address).headers["Location"] == "/fr/settings/place/"
    assert client.get("/en/settings/place/", {"next": address}).context["next"] == ""


@pytest.mark.django_db
def test_an_unknown_address_of_ours_does_no_harm(client):
    assert choose(client, next="/en/never/was/here/").headers["Location"] == "/fr/never/was/here/"


@pytest.mark.parametrize("field", ["language", "country", "theme"])
@pytest.mark.parametrize("value", ["", "xx<script>", "é" * 5000])
@pytest.mark.django_db
def test_a_wrong_value_is_named_and_the_rest_is_kept(client, field, value):
    response = choose(client, **{field: value, "next": "/en/search/"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in html
    assert "<title>Error:" in html
    assert "xx<script>" not in html
    assert html.count(" checked") == 2
    assert 'name="next" value="/en/search/"' in html
    assert "country" not in response.cookies


@pytest.mark.django_db
def test_the_way_back_is_offered(client):
    assert (
        'class="back-link" href="/en/search/?q=a&amp;page=2"'
        in client.get("/en/settings/place/", {"next": "/en/search/?q=a&page=2"}).content.decode()
    )
