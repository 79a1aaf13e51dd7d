"""Five megabytes in any form, endless addresses: refused with a word in the reader's language, and nothing is lost."""

import uuid

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse
from django.utils.translation import override
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import LessonPage
from quizzes.models import Response
from tests.factories.quizzes import begin, question_url

from .words import FIVE_MEGABYTES, said

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"


def addresses(language: str, due_certificate, attempt) -> dict[str, tuple[str, str]]:
    """Every form of a learner and of a visitor: its address in ``language`` and the field that gets the text."""
    with override(language):
        return {
            "sign-up": (reverse("account_signup"), "email"),
            "sign-in": (reverse("account_login"), "login"),
            "code": (reverse("account_request_login_code"), "email"),
            "reset": (reverse("account_reset_password"), "email"),
            "place": (reverse("home:place"), "next"),
            "about you": (reverse("accounts:about_you"), "country"),
            "name": (reverse("accounts:name"), "full_name"),
            "addresses": (reverse("account_email"), "email"),
            "password": (reverse("account_change_password"), "oldpassword"),
            "certificate": (reverse("certificates:detail", args=[due_certificate.public_id]), "holder_name"),
            "answer": (question_url(attempt, 1), "q-choice"),
        }


@pytest.mark.parametrize("language", ["en", "fr", "bg"])
@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART_CONTENT])
def test_five_megabytes_in_any_form(client_for, holder, due_certificate, quiz, language, content_type):
    browser = client_for(holder)
    attempt = begin(browser, quiz)
    for name, (url, field) in addresses(language, due_certificate, attempt).items():
        data = {field: FIVE_MEGABYTES} if content_type == MULTIPART_CONTENT else f"{field}={FIVE_MEGABYTES}"
        response = browser.post(url, data, content_type=content_type)
        html = response.content.decode()
        assert response.status_code == 400, name
        assert said("Too much at once", language) in html, name
        assert f'<html lang="{language}"' in html, name
        assert len(html) < 30_000, "what was too much is not sent back"
    due_certificate.refresh_from_db()
    assert due_certificate.holder_name == ""
    assert not Response.objects.exclude(answer=None).exists()
    assert browser.get(reverse("learning:my_learning")).status_code == 200, "still signed in"


def test_five_megabytes_from_a_visitor(site):
    client = Client(enforce_csrf_checks=True)
    for url in (reverse("account_signup"), reverse("home:place")):
        client.get(url)
        response = client.post(url, {"email": FIVE_MEGABYTES})
        assert response.status_code == 400 and "Too much at once" in response.content.decode()


def test_more_fields_than_any_form_has(client_for, holder):
    body = "&".join(f"field{n}=1" for n in range(10_001))
    response = client_for(holder).post(reverse("accounts:name"), body, content_type=URLENCODED)
    assert response.status_code == 400 and "Too much at once" in response.content.decode()


@pytest.mark.parametrize("length", [5_000, 200_000])
def test_endless_words_in_an_address(client, site, length):
    for url, field in [(reverse("home:search"), "q"), (reverse("certificates:verify"), "code"), (reverse("home:place"), "next")]:
        response = client.get(url, {field: "ж" * length})
        assert response.status_code == 200, url


def test_forms_that_come_by_address_are_kept_short_in_the_browser(client, site):
    """A server refuses an endless address with a bare line; the browser never makes one."""
    for url in (reverse("home:search"), reverse("certificates:verify")):
        assert 'maxlength="' in client.get(url).content.decode(), url


def lesson_data(lesson: LessonPage, paragraphs: list[str]) -> dict[str, str]:
    body = streamfield([("text", rich_text(f"<p>{text}</p>")) for text in paragraphs])
    return nested_form_data({"title": lesson.title, "slug": lesson.slug, "minutes": "5", "body": body, "comments": NO_COMMENTS})


def draft_of(lesson: LessonPage) -> LessonPage:
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


NO_COMMENTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}


def test_a_very_long_lesson_can_be_saved(client_for, administrator, lessons):
    """Two hundred and fifty blocks are a thousand fields and more."""
    lesson, words = lessons[0], [f"paragraph {n}" for n in range(250)]
    data = lesson_data(lesson, words)
    assert len(data) > 1_000
    response = client_for(administrator).post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)
    assert response.status_code == 302
    assert "paragraph 249" in draft_of(lesson).body[-1].value.source


def test_five_megabytes_in_a_lesson_leave_the_draft_as_it_was(client_for, administrator, lessons):
    lesson = lessons[0]
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    client_for(administrator).post(url, lesson_data(lesson, ["kept"]))
    response = client_for(administrator).post(url, lesson_data(lesson, [FIVE_MEGABYTES]))
    assert response.status_code == 400 and "Too much at once" in response.content.decode()
    assert "kept" in draft_of(lesson).body[0].value.source


def test_a_megabyte_in_a_lesson_is_saved_and_shown(client_for, administrator, lessons):
    lesson = lessons[0]
    word = uuid.uuid4().hex
    data = lesson_data(lesson, [f"{word} " * 25_000]) | {"action-publish": "1"}
    response = client_for(administrator).post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)
    assert response.status_code == 302
    assert word in Client().get(lesson.url).content.decode()
