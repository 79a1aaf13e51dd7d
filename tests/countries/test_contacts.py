"""The block “Contacts”: the numbers of the reader's country, how old they are, and those that hold in several countries."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from countries.models import Contact
from courses.models import LessonPage
from tests.factories.countries import make_contact
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    put_into(lessons[0], example("contacts", kind="helpline"))
    return lessons[0]


def html(client: Client, lesson: LessonPage, **query: str) -> str:
    response = client.get(lesson.url, query)
    assert response.status_code == 200
    return response.content.decode().split('<div class="body">')[1]


def words(markup: str) -> str:
    return " ".join(strip_tags(markup.replace("</dt>", " ")).split())


def test_a_learner_sees_the_numbers_of_their_country_first(client_for, learner, lesson):
    make_contact(
        "Child line",
        number="+32 (0)2 475 44 99",
        link="https://www.example.org/help",
        languages="fr, nl, Arabic",
        confirmed=True,
        checked_on=localdate(),
        words={"en": {"hours": "day and night", "cost": "free", "who": "anyone"}},
    )
    make_contact("German line", country="DE")
    make_contact("Belgian police", kind="police")
    page = html(client_for(learner), lesson)
    said = words(page)
    assert 'href="tel:+32024754499"' in page and "Child line" in said
    for told in ["Hours day and night", "Languages French, Dutch, Arabic", "Cost free", "Who may call anyone", "example.org"]:
        assert told in said
    assert "German line" not in said and "Belgian police" not in said and "still missing" not in said
    assert said.index("Child line") < said.index("In several countries") < said.index("112")
    assert "To be confirmed" not in said and f"Checked in {localdate():%B %Y}" in said


def test_a_number_that_nobody_checked_for_long_is_marked_in_words(client_for, learner, lesson):
    contact = make_contact(confirmed=True, checked_on=localdate() - timedelta(days=180))
    client = client_for(learner)
    assert "180 days" not in words(html(client, lesson))
    old = localdate() - timedelta(days=181)
    Contact.objects.filter(pk=contact.pk).update(checked_on=old)
    page = html(client, lesson)
    assert f"Last checked in {old:%B %Y}, more than 180 days ago" in words(page) and 'data-state="attention"' in page


def test_a_number_without_a_day_is_to_be_confirmed(client_for, learner, lesson):
    make_contact()
    said = words(html(client_for(learner), lesson))
    assert "To be confirmed by the national partner." in said and "hecked in" not in said


def test_european_numbers_stand_only_where_they_hold(client, lesson):
    def numbers(country: str) -> set[str]:
        client.cookies["country"] = country
        page = html(client, lesson)
        return {number for number in ["tel:112", "tel:116000", "tel:116111"] if number in page}

    assert numbers("BG") == {"tel:112", "tel:116111"}
    assert numbers("FR") == {"tel:112"}
    assert numbers("") == numbers("XX") == {"tel:112", "tel:116111"}
    put_into(lesson, example("contacts", kind="missing_children"))
    assert numbers("TR") == {"tel:112"}
    assert numbers("GB") == numbers("BE") == numbers("") == {"tel:112", "tel:116000"}


def test_a_number_is_listed_once(client_for, learner, lesson):
    put_into(lesson, example("contacts", kind="missing_children"))
    make_contact("Child Focus", kind="missing_children", number="116 000")
    assert html(client_for(learner), lesson).count('href="tel:116000"') == 1


def test_a_country_without_contacts_says_so(client_for, learner, client, lesson):
    assert "The contacts of Belgium are still missing." in words(html(client_for(learner), lesson))
    said = words(html(client, lesson))
    assert "Choose a country to see its contacts." in said and "still missing" not in said


def test_the_contacts_of_another_country_can_be_looked_at(client_for, learner, lesson):
    make_contact("German line", country="DE")
    said = words(html(client_for(learner), lesson, country="DE"))
    assert "German line" in said and "Yours is Belgium." in said


def test_words_come_in_the_readers_language_and_others_are_marked(client_for, learner, lesson):
    make_contact("Child Focus", words={"nl": {"hours": "dag en nacht", "cost": "gratis"}, "en": {"cost": "free"}})
    page = html(client_for(learner), lesson)
    assert '<dd lang="nl">dag en nacht</dd>' in page and "<dd>free</dd>" in page and "gratis" not in page
    assert "<span>Child Focus</span>" in page


def test_a_contact_by_its_website_alone(client_for, learner, lesson):
    make_contact("Chat", number="", link="https://chat.example.org/start")
    page = html(client_for(learner), lesson)
    assert ">chat.example.org</a>" in page and 'href="tel:"' not in page


def test_days_are_told_in_the_language_of_the_page(client, lesson, settings):
    make_contact(confirmed=True, checked_on=date(2026, 3, 2))
    assert "March 2026" in html(client, lesson, country="BE")
