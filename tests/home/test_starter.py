"""``load_starter`` makes a site out of an empty database, once."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Revision, Site

from courses.models import CourseIndexPage, CoursePage, PackItem, UnwantedWord
from home.models import HomePage, StandardPage

PACK = {
    "pack.yaml": "format: 1\nslug: small\nsource_language: en\nlanguages: [en]\n",
    "en/course.yaml": "key: small\ntitle: A small course\nslug: small\nsummary: One lesson.\noutcomes: [Know it]\n",
    "en/1-first/module.yaml": "key: first\ntitle: First\nslug: first\nsummary: One.\noutcomes: [Know it]\n",
    "en/1-first/1-one.yaml": "key: one\ntitle: One\nslug: one\nminutes: 5\nsummary: A lesson.\n"
    "body:\n  - id: start\n    type: text\n    value: <p>Words.</p>\n",
}


@pytest.fixture
def content(settings, tmp_path: Path, db) -> Path:
    """The site's own texts and one small course, in a folder of their own."""
    shutil.copytree(Path(settings.CONTENT_DIR) / "site", tmp_path / "site")
    for name, text in PACK.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings.CONTENT_DIR = tmp_path
    return tmp_path


def load() -> str:
    out = StringIO()
    call_command("load_starter", stdout=out)
    return out.getvalue()


def everything() -> dict[str, list]:
    models = (Locale, Site, Page, HomePage, StandardPage, CourseIndexPage, CoursePage, PackItem)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models} | {
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content"))
    }


def test_an_empty_database_becomes_a_site(content, client):
    load()

    for code, name in settings.LANGUAGES:
        response = client.get(f"/{code}/")
        html = response.content.decode()
        assert response.status_code == 200
        assert f'<html lang="{code}"' in html
        assert response.context["page"].purpose in html
        links = response.context["shell"].footer_links
        assert len(links) == 3, name
        for title, url in links:
            page = client.get(url)
            assert page.status_code == 200
            assert title in page.content.decode()
        assert client.get(response.context["shell"].courses_url).status_code == 200
    assert "A small course" in client.get("/en/courses/").content.decode()


def test_the_welcome_page_is_gone_and_the_site_stands_at_its_address(content, settings):
    settings.SITE_URL = "https://training.example.org:8443"
    load()

    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("training.example.org", 8443, True)
    assert site.root_page.specific.__class__ is HomePage
    assert not Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")).exists()


def test_a_second_run_changes_nothing(content):
    load()
    before = everything()

    said = load()

    assert everything() == before
    assert "Site: nothing to do." in said


def test_what_editors_changed_stays(content):
    load()
    privacy = StandardPage.objects.get(slug="privacy")
    privacy.title = "Privacy at our organisation"
    privacy.save_revision().publish()
    StandardPage.objects.get(slug="a-propos").unpublish()
    StandardPage.objects.get(slug="dostapnost").delete()

    load()

    assert StandardPage.objects.get(slug="privacy").title == "Privacy at our organisation"
    assert not StandardPage.objects.get(slug="a-propos").live
    assert not StandardPage.objects.filter(slug="dostapnost").exists()


def test_a_page_of_ones_own_under_the_root_is_kept(content):
    own = Page.get_first_root_node().add_child(instance=HomePage(title="Ours", slug="ours"))
    site = Site.objects.get()
    site.root_page = own
    site.save()

    load()

    assert Site.objects.get().root_page_id == own.pk
    assert HomePage.objects.filter(pk=own.pk).exists()


def test_translations_belong_together_block_by_block(content):
    load()

    for slug in ("about", "privacy", "accessibility"):
        english = StandardPage.objects.get(slug=slug)
        others = list(english.get_translations())
        assert len(others) == len(settings.LANGUAGES) - 1
        for other in others:
            assert [block.id for block in other.body] == [block.id for block in english.body]
            assert str(other.body) != str(english.body)


def test_the_same_identities_on_every_site(content):
    load()
    first = {(page.slug, str(page.translation_key)) for page in Page.objects.filter(depth__gt=1)}
    for page in Page.objects.filter(depth=2):
        page.delete()
    PackItem.objects.all().delete()

    load()

    assert {(page.slug, str(page.translation_key)) for page in Page.objects.filter(depth__gt=1)} == first


def test_a_wrong_file_loads_nothing(content):
    (content / "site/en/privacy.yaml").write_text("title: Privacy\nslug: privacy\nbody:\n  - {id: a, type: nothing, value: b}\n")

    with pytest.raises(CommandError, match="unknown type nothing"):
        load()

    assert not HomePage.objects.exists()


def test_a_wrong_file_of_a_country_loads_nothing_either(content):
    (content / "site/countries/BE.yaml").write_text("country: FR\n")

    with pytest.raises(CommandError, match="Nothing was loaded"):
        load()

    assert not HomePage.objects.exists() and not PackItem.objects.exists()


@pytest.mark.parametrize("name", ["glossary", "terminology"])
def test_a_list_of_words_that_is_none_is_named(content, name):
    (content / f"site/{name}.yaml").write_text("terms: [5]\nwords: {en: [5]}\n")

    with pytest.raises(CommandError, match=f"{name}.yaml: this is not written as"):
        load()


def test_a_word_to_avoid_that_somebody_wrote_in_capitals_is_theirs(content):
    (content / "site/terminology.yaml").write_text("words: {en: [{avoid: slave, use: a child in debt bondage}]}\n")
    UnwantedWord.objects.create(language="en", avoid="Slave", use="what we say here")

    load()

    assert UnwantedWord.objects.get().use == "what we say here"


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_the_privacy_page_names_the_cookies_and_says_nothing_of_children(content, client, code):
    """What the page promises is short enough to be read; that it is there in every language is tested here."""
    load()

    page = StandardPage.objects.get(
        translation_key=StandardPage.objects.get(slug="privacy").translation_key, locale__language_code=code
    )

    assert len(page.body) > 10
    assert "12" in str(page.body)


def test_the_courses_of_the_project_stand_in_their_order(db, client):
    """Both packs of ``content/``, loaded as a new site loads them."""
    call_command("load_starter", stdout=StringIO())

    titles = list(CoursePage.objects.live().filter(locale__language_code="en").order_by("path").values_list("title", flat=True))

    assert titles == ["Recognising and assisting trafficked children", "Ludo-educational methods for trainers"]
    html = client.get("/en/courses/").content.decode()
    assert html.index(titles[0]) < html.index(titles[1])
