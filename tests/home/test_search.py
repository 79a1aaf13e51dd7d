"""Search finds what everyone may read, in the reader's language, whatever is typed."""

import json

import pytest

from tests.factories.courses import LessonFactory, block, make_course
from tests.factories.home import StandardPageFactory


def found(client, words: str, language: str = "en", **params) -> list[str]:
    response = client.get(f"/{language}/search/", {"q": words, **params})
    assert response.status_code == 200
    return [page.title for page in response.context["results"]]


def test_without_words_it_only_asks(client, site):
    html = client.get("/en/search/").content.decode()

    assert 'type="search"' in html
    assert "result" not in html.split("</form>")[1].split("</main>")[0]


def test_finds_titles_and_summaries(client, course):
    course.summary = "About guardianship in ten countries"
    course.save()

    assert found(client, "recognis") == [course.title]
    assert found(client, "guardianship countries") == [course.title]
    assert found(client, "guardianship missing") == []


def test_endings_do_not_matter(client, course):
    course.summary = "For every guardian"
    course.save()

    assert course.title in found(client, "guardians")


def test_words_of_lessons_stay_behind_the_enrolment(client, lessons):
    lessons[1].title, lessons[1].summary = "Reading signs", "What to look for"
    lessons[1].body = json.dumps([block("text", "<p>Perpendicular</p>")])
    lessons[1].save()

    assert found(client, "perpendicular") == []
    html = client.get("/en/search/", {"q": "signs"}).content.decode()
    assert "Reading signs" in html
    assert "What to look for" in html
    assert "Lesson · English" in html


def test_only_live_pages_of_the_current_language(client, site):
    make_course(site.catalogues["fr"], title="Reconnaître la traite", slug="reconnaitre")
    draft = StandardPageFactory(parent=site.home, title="Unfinished thoughts", slug="unfinished", live=False)

    assert found(client, "traite", "fr") == ["Reconnaître la traite"]
    assert found(client, "traite", "en") == []
    assert found(client, draft.title) == []


def test_says_in_which_language_there_is_something(client, site):
    make_course(site.catalogues["fr"], title="Reconnaître la traite", slug="reconnaitre")

    html = client.get("/en/search/", {"q": "traite"}).content.decode()

    assert "Nothing found for “traite”" in html
    assert 'href="/fr/search/?q=traite" hreflang="fr"' in html


def test_finds_cyrillic_in_any_case(client, site):
    make_course(site.catalogues["bg"], title="Трафик на деца", slug="trafik")

    assert found(client, "ТРАФИК деца", "bg") == ["Трафик на деца"]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"',
        "'",
        "*",
        "a OR b",
        "NEAR(a b)",
        "title:x",
        "a AND NOT b",
        "%",
        "\\",
        "\x00",
        "🙂",
        "אבג",
        "-",
        "a " * 3000,
    ],
)
def test_anything_may_be_typed(client, site, words):
    response = client.get("/en/search/", {"q": words})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.django_db
def test_what_was_asked_is_kept_and_harmless(client):
    html = client.get("/en/search/", {"q": 'a"><script>'}).content.decode()

    assert 'value="a&quot;&gt;&lt;script&gt;"' in html
    assert '"><script>' not in html


def test_twenty_a_page_and_the_count_in_the_status_region(client, lessons):
    for n in range(21):
        LessonFactory(parent=lessons[0].get_parent(), title=f"Indicator {n}")

    first, second = found(client, "indicator"), found(client, "indicator", page="2")

    assert (len(first), len(second)) == (20, 1)
    assert set(first).isdisjoint(second)
    html = client.get("/en/search/", {"q": "indicator"}).content.decode()
    assert '<p role="status">21 results for “indicator”</p>' in html
    assert "?q=indicator&amp;page=2" in html


def test_a_page_that_does_not_exist_shows_the_last(client, course):
    assert found(client, "recognis", page="99") == [course.title]
    assert found(client, "recognis", page="x") == [course.title]


def test_costs_the_same_for_many_results(client, lessons, django_assert_max_num_queries):
    for n in range(20):
        LessonFactory(parent=lessons[0].get_parent(), title=f"Indicator {n}")
    found(client, "indicator")

    with django_assert_max_num_queries(10):
        found(client, "indicator")


@pytest.mark.postgres
def test_finds_on_postgresql_too(client, course, site):
    make_course(site.catalogues["bg"], title="Трафик на деца", slug="trafik")

    assert found(client, "recognis") == [course.title]
    assert found(client, "recognising zzz") == []
    assert found(client, "деца ТРАФ", "bg") == ["Трафик на деца"]
    assert found(client, "<script> & | ! ':*") == []
