"""A page that was open too long: the message says so in the reader's language, what was typed is kept, nothing is done twice."""

import html
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from certificates.models import Certificate, CertificateEvent
from courses.models import LessonPage
from learning.models import Enrolment, LessonCompletion
from quizzes.models import Attempt
from tests.factories.accounts import PASSWORD
from tests.factories.learning import pass_quiz
from tests.factories.quizzes import begin, best_answer, posted, question_url, result_url, submit_url

from .words import SCRIPT, said

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr", "bg"])
SIGNED_OUT = "You were signed out in the meantime. Sign in and go on: your answers are kept."
NOT_SAVED = "You were signed out. What you typed is here, but not saved yet."
ONCE_MORE = "You were signed out in the meantime. Sign in, then mark the lesson as done once more."


@pytest.fixture
def me(holder: User) -> User:
    holder.set_password(PASSWORD)
    holder.save()
    return holder


@pytest.fixture
def browser(client_for, me: User) -> Client:
    return client_for(me)


def expire(browser: Client) -> None:
    browser.session.flush()


def sign_in(browser: Client, me: User, url: str):
    """Fill in the sign-in page to which a redirect led; what the learner sees then."""
    assert reverse("account_login") in url, url
    return browser.post(url, {"login": me.email, "password": PASSWORD}, follow=True)


def path(language: str, name: str, *args) -> str:
    with override(language):
        return reverse(name, args=args)


# --- Lessons ----------------------------------------------------------------------------------------------------------
@LANGUAGES
def test_marking_a_lesson_after_the_sign_in_ended(browser, me, course, lessons, language):
    browser.post(reverse("learning:start", args=[course.translation_key]))
    act = path(language, "learning:complete_lesson", lessons[0].translation_key)
    expire(browser)
    refused = browser.post(act)
    assert said(ONCE_MORE, language) in browser.get(refused.url).content.decode()
    assert not LessonCompletion.objects.exists()
    page = sign_in(browser, me, refused.url)
    assert page.request["PATH_INFO"] == lessons[0].get_url(), "the lesson with its button, not the address of the button"
    assert "Mark as done and continue" in page.content.decode()
    browser.post(act)
    browser.post(act)
    assert LessonCompletion.objects.count() == 1


def test_starting_a_course_after_the_sign_in_ended(browser, me, course, lessons):
    expire(browser)
    page = browser.post(reverse("learning:start", args=[course.translation_key]), follow=True)
    main = page.content.decode().split("<main")[1]
    sign_in_link = html.unescape(re.search(rf'href="({reverse("account_login")}[^"]*)"', main)[1])
    page = sign_in(browser, me, sign_in_link)
    assert page.request["PATH_INFO"] == lessons[0].get_url()


@LANGUAGES
def test_the_address_of_a_button_is_a_page_that_says_so(browser, client, course, lessons, language):
    for name, key in [("learning:start", course.translation_key), ("learning:complete_lesson", lessons[0].translation_key)]:
        for visitor in (browser, client):
            response = visitor.get(path(language, name, key))
            assert response.status_code == 405 and response.headers["Allow"] == "POST"
            assert said("This address belongs to a button. Go back and press the button itself.", language) in (
                response.content.decode()
            )
    assert not Enrolment.objects.exists()


def test_a_lesson_that_was_taken_away_meanwhile(browser, course, lessons):
    browser.post(reverse("learning:start", args=[course.translation_key]))
    lessons[0].unpublish()
    response = browser.post(reverse("learning:complete_lesson", args=[lessons[0].translation_key]))
    assert response.status_code == 404 and "This page is not here" in response.content.decode()
    assert not LessonCompletion.objects.exists()


def test_an_old_tab_of_a_lesson_that_is_done(browser, me, course, lessons):
    """The last lesson marked in two tabs: one end of the course, and both tabs say where to go on."""
    browser.post(reverse("learning:start", args=[course.translation_key]))
    pass_quiz(me, lessons[1].quizzes[0])
    for lesson in lessons:
        browser.post(reverse("learning:complete_lesson", args=[lesson.translation_key]))
    finished = Enrolment.objects.get().completed_at
    again = browser.post(reverse("learning:complete_lesson", args=[lessons[-1].translation_key]), follow=True)
    assert again.status_code == 200
    assert Enrolment.objects.get().completed_at == finished and LessonCompletion.objects.count() == len(lessons)


# --- Quizzes ----------------------------------------------------------------------------------------------------------
@LANGUAGES
def test_an_answer_after_the_sign_in_ended(browser, me, quiz, language):
    attempt = begin(browser, quiz)
    answer = best_answer(attempt, 1)
    url = path(language, "quizzes:page", attempt.public_id, 1)
    expire(browser)
    page = sign_in(browser, me, browser.post(url, posted(answer)).url)
    shown = page.content.decode()
    assert page.request["PATH_INFO"] == url
    assert said("You were signed out. What you chose here is not saved yet: press Continue.", language) in shown
    assert re.search(rf'value="{answer["choice"]}"[^>]* checked', shown)
    assert attempt.responses.get(position=1).answer is None
    browser.post(url, posted(answer))
    assert attempt.responses.get(position=1).answer == answer


@LANGUAGES
def test_an_answer_to_a_quiz_that_was_handed_in_meanwhile(browser, quiz, language):
    attempt = begin(browser, quiz)
    browser.post(submit_url(attempt))
    page = browser.post(path(language, "quizzes:page", attempt.public_id, 1), posted(best_answer(attempt, 1)), follow=True)
    assert said("This try was handed in before. Nothing was changed.", language) in page.content.decode()
    assert Attempt.objects.get().points == 0


def test_handing_in_after_the_sign_in_ended(browser, me, quiz):
    attempt = begin(browser, quiz)
    expire(browser)
    page = sign_in(browser, me, browser.post(submit_url(attempt)).url)
    assert page.request["PATH_INFO"] == submit_url(attempt), "the page with the button"
    assert Attempt.objects.get().submitted_at is None
    first, second = browser.post(submit_url(attempt)), browser.post(submit_url(attempt))
    assert first.url == second.url == result_url(attempt) + "#result"


def test_a_quiz_that_was_taken_away_meanwhile_can_be_finished(browser, quiz):
    attempt = begin(browser, quiz)
    quiz.unpublish()
    assert browser.post(question_url(attempt, 1), posted(best_answer(attempt, 1))).status_code == 302
    assert browser.post(submit_url(attempt), follow=True).status_code == 200


# --- What people type about themselves --------------------------------------------------------------------------------
@LANGUAGES
def test_a_name_after_the_sign_in_ended(browser, me, language):
    url = path(language, "accounts:name")
    expire(browser)
    refused = browser.post(url, {"full_name": f"Élodie {SCRIPT}", "is_superuser": "on"})
    assert said(SIGNED_OUT, language) in browser.get(refused.url).content.decode()
    shown = sign_in(browser, me, refused.url).content.decode()
    assert said(NOT_SAVED, language) in shown
    assert 'value="Élodie &lt;script&gt;alert(1)&lt;/script&gt;"' in shown
    me.refresh_from_db()
    assert me.full_name == ""
    assert "Élodie" not in browser.get(url).content.decode(), "kept once"


@LANGUAGES
def test_the_second_page_of_the_sign_up_after_the_sign_in_ended(browser, me, language):
    url = path(language, "accounts:about_you")
    expire(browser)
    refused = browser.post(url, {"country": "FR", "occupation": "lawyer", "next": "/en/courses/"})
    assert said(SIGNED_OUT, language) in browser.get(refused.url).content.decode()
    shown = sign_in(browser, me, refused.url).content.decode()
    assert re.search(r'value="FR"[^>]* checked', shown) and re.search(r'value="lawyer"[^>]* checked', shown)
    me.refresh_from_db()
    assert (me.country, me.occupation) == ("BE", "guardian")


@LANGUAGES
def test_the_name_for_a_certificate_after_the_sign_in_ended(browser, me, due_certificate, language):
    url = path(language, "certificates:detail", due_certificate.public_id)
    expire(browser)
    refused = browser.post(url, {"holder_name": "Çelik Müller", "language": "bg"})
    page = sign_in(browser, me, refused.url)
    shown = page.content.decode()
    assert page.request["PATH_INFO"] == url
    assert said(NOT_SAVED, language) in shown
    assert 'value="Çelik Müller"' in shown and re.search(r'value="bg"[^>]* checked', shown)
    due_certificate.refresh_from_db()
    assert (due_certificate.status, due_certificate.holder_name) == (Certificate.Status.DUE, "")


def test_what_one_person_typed_is_not_shown_on_another_persons_page(browser, client, due_certificate, learner):
    """A shared computer: the next one to sign in gets the page of their own account, and nobody else's certificate."""
    url = reverse("certificates:detail", args=[due_certificate.public_id])
    expire(browser)
    refused = browser.post(url, {"holder_name": "Çelik Müller", "language": "bg"})
    page = browser.post(refused.url, {"login": learner.email, "password": PASSWORD}, follow=True)
    assert page.status_code == 404 and "Çelik" not in page.content.decode()
    assert "Çelik" not in browser.get(reverse("accounts:name")).content.decode()


def test_a_certificate_asked_for_in_two_tabs(browser, due_certificate, django_capture_on_commit_callbacks, mailoutbox):
    url = reverse("certificates:detail", args=[due_certificate.public_id])
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("Ana Ilieva", "Somebody Else"):
            assert browser.post(url, {"holder_name": name, "language": "en"}).url == url
    due_certificate.refresh_from_db()
    assert due_certificate.details["holder"] == "Ana Ilieva"
    assert CertificateEvent.objects.filter(action="issued").count() == len(mailoutbox) == 1


@LANGUAGES
def test_the_place_needs_no_sign_in(browser, language):
    expire(browser)
    data = {"language": language, "country": "FR", "theme": "dark", "next": ""}
    page = browser.post(path(language, "home:place"), data, follow=True)
    assert said("Your choice is saved.", language) in page.content.decode()


# --- The proof of origin is stale --------------------------------------------------------------------------------------
@LANGUAGES
def test_every_form_without_its_proof_is_offered_again(in_tab, holder, due_certificate, quiz, lessons, language):
    """Cookies cleared, or signed in anew in another tab: one press sends everything again."""
    browser = in_tab(holder)
    attempt = Attempt.objects.create(
        user=holder, quiz_key=quiz.translation_key, title="Quiz", language="en", length=1, pass_mark=1
    )
    forms = {
        path(language, "accounts:name"): {"full_name": "Élodie"},
        path(language, "accounts:about_you"): {"country": "FR", "occupation": "lawyer"},
        path(language, "certificates:detail", due_certificate.public_id): {"holder_name": "Élodie", "language": "fr"},
        path(language, "quizzes:page", attempt.public_id, 1): {"q-choice": "x"},
        path(language, "quizzes:submit", attempt.public_id): {"act": "hand-in"},
        path(language, "learning:complete_lesson", lessons[0].translation_key): {"act": "done"},
        path(language, "home:place"): {"language": "fr", "country": "FR", "theme": "dark"},
    }
    for url, data in forms.items():
        refused = browser.post(url, data, headers={"Sec-Fetch-Site": "same-origin"})
        shown = refused.content.decode()
        assert refused.status_code == 403, url
        assert said("The page was open too long", language) in shown and f'action="{url}"' in shown, url
        for name, value in data.items():
            assert f'name="{name}" value="{value}"' in shown, (url, name)
    holder.refresh_from_db()
    assert holder.full_name == "" and not Attempt.objects.exclude(submitted_at=None).exists()
    again = browser.post(path(language, "accounts:name"), {"full_name": "Élodie", "csrfmiddlewaretoken": token(refused)})
    holder.refresh_from_db()
    assert again.status_code == 302 and holder.full_name == "Élodie"


def token(response) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())[1]


def test_passwords_and_codes_are_never_written_back(in_tab, holder):
    browser = in_tab(holder)
    secrets = {"login": "ana@example.com", "password": "hunter2-one", "code": "hunter2-two", "oldpassword": "hunter2-three"}
    for name in ("account_login", "account_change_password", "account_confirm_login_code", "account_signup"):
        response = browser.post(reverse(name), secrets, headers={"Sec-Fetch-Site": "same-origin"})
        assert response.status_code == 403 and "hunter2" not in response.content.decode(), name


# --- Two people, one browser -------------------------------------------------------------------------------------------
def test_the_tab_of_the_person_before(browser, learner, me, quiz, course):
    """Somebody else signed in meanwhile: the old tab's form finds nothing, and writes nothing for either."""
    attempt = begin(browser, quiz)
    answer = posted(best_answer(attempt, 1))
    browser.post(reverse("account_logout"))
    browser.force_login(learner)
    for url, data in [(question_url(attempt, 1), answer), (submit_url(attempt), {})]:
        assert browser.post(url, data).status_code == 404
    attempt.refresh_from_db()
    assert attempt.submitted_at is None and attempt.responses.get(position=1).answer is None
    assert Attempt.objects.count() == 1


def test_an_editors_page_after_the_sign_in_ended(client_for, trainer, lessons):
    browser, url = client_for(trainer), reverse("wagtailadmin_pages:edit", args=[lessons[0].pk])
    before = LessonPage.objects.get(pk=lessons[0].pk).latest_revision_id
    expire(browser)
    refused = browser.post(url, {"title": "New title"})
    assert refused.url == f"{reverse('account_login')}?{urlencode({'next': url}, safe='/')}"
    assert LessonPage.objects.get(pk=lessons[0].pk).latest_revision_id == before
