"""Header and footer of every page: links that follow the tree of pages, at next to no cost."""

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from home.context_processors import site_shell
from home.shell import Shell
from learning.models import Enrolment
from quizzes.models import Quiz
from tests.factories.home import StandardPageFactory
from tests.factories.quizzes import make_quiz


def footer(client, path: str = "/en/") -> list[str]:
    return [title for title, _url in client.get(path).context["shell"].footer_links]


def test_the_footer_follows_what_is_published(client, site, django_capture_on_commit_callbacks):
    page = StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")
    StandardPageFactory(parent=page, title="Below", slug="below")
    assert footer(client) == ["Privacy"]

    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Your data"
        page.save_revision().publish()
    assert footer(client) == ["Your data"]

    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert footer(client) == []


def test_the_footer_forgets_deleted_and_moved_pages(client, site, django_capture_on_commit_callbacks):
    first = StandardPageFactory(parent=site.home, title="First", slug="first")
    second = StandardPageFactory(parent=site.home, title="Second", slug="second")
    assert footer(client) == ["First", "Second"]

    with django_capture_on_commit_callbacks(execute=True):
        second.move(first, pos="left")
    assert footer(client) == ["Second", "First"]

    with django_capture_on_commit_callbacks(execute=True):
        first.delete()
    assert footer(client) == ["Second"]


@pytest.mark.parametrize("path", ["/en/", "/en/courses/"])
def test_the_quizzes_are_found_by_whoever_may_take_one(client, site, learner, path, django_capture_on_commit_callbacks):
    address = 'href="/en/quizzes/"'
    quiz = make_quiz(live=False)
    assert address not in client.get(path).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        quiz.open_to_all = True
        quiz.save_revision().publish()
    assert address in client.get(path).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        Quiz.objects.get(pk=quiz.pk).unpublish()
    assert address not in client.get(path).content.decode()
    client.force_login(learner)
    assert address in client.get(path).content.decode()


def test_each_language_has_its_own_links(client, site):
    StandardPageFactory(parent=site.homes["fr"], locale=site.homes["fr"].locale, title="Données", slug="donnees")

    assert (footer(client, "/fr/"), footer(client)) == (["Données"], [])
    assert client.get("/fr/").context["shell"].courses_url == "/fr/courses/"


def test_costs_no_query_once_known(client, site, django_assert_num_queries):
    StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")
    client.get("/en/")
    request = client.get("/en/").wsgi_request
    del request.shell

    with django_assert_num_queries(0), override("en"):
        shell = Shell.of(request)
        assert shell.footer_links
        assert shell.courses_url
        assert len(shell.languages) == 3


def test_the_head_names_the_translations_that_exist(client, site):
    html = client.get("/en/courses/").content.decode()

    for code in ("en", "fr", "bg"):
        assert f'hreflang="{code}" href="http://testserver/{code}/courses/"' in html


def test_only_real_translations_are_named_to_search_engines(client, site):
    page = StandardPageFactory(parent=site.home, title="Only English", slug="only-english")

    html = client.get(page.url).content.decode()

    assert html.count('rel="alternate"') == 1


def test_views_stand_at_the_same_address_in_every_language(client, site):
    links = client.get("/en/search/?q=a%26b").context["shell"].languages

    assert [(link.code, link.url, link.is_current) for link in links] == [
        ("en", "/en/search/?q=a%26b", True),
        ("fr", "/fr/search/?q=a%26b", False),
        ("bg", "/bg/search/?q=a%26b", False),
    ]


def test_survives_a_request_without_anything():
    request = RequestFactory().get("/en/")
    request.COOKIES = {"theme": "x" * 5000, "country": "<script>"}
    request.resolver_match = None

    shell = site_shell(request)["shell"]

    assert (shell.theme, shell.country, shell.country_name) == ("", "", "")
    assert [link.url for link in shell.languages] == ["/en/", "/fr/", "/bg/"]


def test_pages_render_without_a_request(db):
    assert "<main" in render_to_string("404.html", {})


def test_prefer_not_to_say_is_no_country(client_for, learner, site):
    learner.country = "--"
    learner.save()

    assert client_for(learner).get("/en/").context["shell"].country_name == ""


def test_a_preview_shows_the_shell(client_for, administrator, site):
    page = StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")

    response = page.make_preview_request(client_for(administrator).get("/admin/").wsgi_request, "")

    assert response.status_code == 200
    assert "Privacy" in response.rendered_content if hasattr(response, "rendered_content") else response.content.decode()


def test_the_home_page_shows_purpose_doors_courses_and_who_is_behind(client, site, course):
    site.home.purpose = "Learn to recognise <a> trafficked child"
    site.home.save()

    html = client.get("/en/").content.decode()

    assert "<h1>Learn to recognise &lt;a&gt; trafficked child</h1>" in html
    assert 'href="/en/courses/">I am a guardian or lawyer: learn</a>' in html
    assert 'href="/en/verify/">Check a certificate</a>' in html
    assert f'<a href="{course.url}">{course.title}</a>' in html
    assert "Who is behind this training" in html


def test_the_home_page_without_courses_says_so(client, site):
    assert "Първият курс скоро ще бъде тук." in client.get("/bg/").content.decode()


def test_a_learner_finds_where_to_continue(client_for, learner, site, course):
    Enrolment.objects.create(user=learner, course_key=course.translation_key)

    html = client_for(learner).get("/en/").content.decode()

    assert "Continue" in html
    assert html.index("Continue") < html.index('id="courses"')


@pytest.mark.parametrize("path", ["/en/", "/en/courses/"])
def test_without_a_cache_only_speed_is_lost(client, site, settings, path):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    cache.clear()

    assert client.get(path).status_code == 200
