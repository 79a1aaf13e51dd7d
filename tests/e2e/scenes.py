"""Every page of the site in every state, opened one after the other. Each generator yields the name of what is open.

Whoever adds a page, or a state of one, adds it here; ``test_accessibility`` looks at all of them.
"""

import re
from collections.abc import Callable, Iterator

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from certificates.models import Certificate
from courses.models import CoursePage, LessonPage
from quizzes.models import Quiz
from tests.accounts.inbox import mailed_link
from tests.e2e.learner import Learner, sign_in
from tests.factories.quizzes import start_url
from training.settings.base import DATA_UPLOAD_MAX_MEMORY_SIZE

Scenes = Iterator[str]


def press(page: Page, name: str, heading: str) -> None:
    """Press a button of the page and wait for the page that it leads to."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def press_too_early(page: Page) -> None:
    """Send the form as it stands and wait for the summary of its errors."""
    page.get_by_role("main").locator("form .button--primary").first.click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


# --- For everybody ----------------------------------------------------------------------------------------------------
def public_pages(page: Page, course: CoursePage, lesson: LessonPage) -> Scenes:
    for name, address in {
        "home page": "/en/",
        "home page in Bulgarian": "/bg/",
        "catalogue": "/en/courses/",
        "catalogue, nothing matches": "/en/courses/?language=bg",
        "course": course.url,
        "module": lesson.get_parent().url,
        "first lesson": lesson.url,
        "outline": reverse("learning:outline", args=[course.translation_key]),
        "quizzes": reverse("quizzes:catalogue"),
        "standard page": "/en/privacy/",
        "language and country": reverse("home:place"),
        "language and country, page not translated": f"/fr/settings/place/?next={lesson.url}",
        "search": reverse("home:search"),
        "search, found": f"{reverse('home:search')}?q=lesson",
        "search, nothing found": f"{reverse('home:search')}?q=zzzz",
        "mail in development": reverse("home:mail"),
        "not found": "/en/nothing/here/",
        "forbidden": "/en/closed/",
        "broken": "/en/broken/",
    }.items():
        page.goto(address)
        yield name
    page.goto(reverse("home:place"))
    press_too_early(page)
    yield "language and country, errors"
    page.get_by_label("Belgium").check()
    press(page, "Save", "Language and country")
    yield "language and country, saved"


def refusals(page: Page, course: CoursePage) -> Scenes:
    page.goto(course.url)
    page.context.clear_cookies()
    press(page, "Start the course", "The page was open too long")
    yield "form that is too old"
    page.goto(reverse("account_signup"))
    address = page.get_by_label("E-mail address")
    address.evaluate("input => input.removeAttribute('maxlength')")
    address.fill("x" * (DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    press(page, "Continue", "Too much at once")
    yield "form that is too big"
    page.goto(reverse("account_login"))
    press_too_early(page)
    press(page, "Sign in", "Wait a moment")
    yield "too many tries to sign in"


def checks(page: Page, certificates: list[Certificate], use_up: Callable[[], None]) -> Scenes:
    """``use_up`` makes the next check one too many."""
    page.goto(reverse("certificates:verify"))
    yield "check a certificate"
    for code in ("ABCDEFGHJKMN", *(certificate.code for certificate in certificates)):
        page.goto(reverse("certificates:verify_code", args=[code]))
        yield f"check of {code}"
    use_up()
    page.goto(reverse("certificates:verify_code", args=["ABCDEFGHJKMN"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Please wait")
    yield "too many checks"


# --- Signing up and in ------------------------------------------------------------------------------------------------
def entrance(page: Page, person: User) -> Scenes:
    for name in ("account_login", "account_signup", "account_request_login_code", "account_reset_password"):
        page.goto(reverse(name))
        yield name
        press_too_early(page)
        yield f"{name}, errors"
    for name, address in {
        "set a password, old link": "/en/accounts/password/reset/key/1-old/",
        "confirm the address, old link": reverse("account_confirm_email", args=["old"]),
        "look at your e-mail": reverse("account_email_verification_sent"),
        "account closed": reverse("account_inactive"),
        "password set": reverse("account_reset_password_from_key_done"),
    }.items():
        page.goto(address)
        yield name
    page.goto(reverse("account_reset_password"))
    page.get_by_label("E-mail address").fill(person.email)
    press(page, "Send me a link", "Look at your e-mail")
    yield "link to set a password sent"
    page.goto(mailed_link())
    yield "set a password"
    press_too_early(page)
    yield "set a password, errors"


def steps_of_signing_in(page: Page, guarded: User) -> Scenes:
    """By a code that is mailed, and with an app on the phone."""
    page.goto(reverse("account_request_login_code"))
    page.get_by_label("E-mail address").fill(guarded.email)
    press(page, "Send me a code", "Enter your code")
    yield "code"
    press_too_early(page)
    yield "code, errors"
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    sign_in(page, guarded.email)
    expect(page).to_have_url(re.compile(reverse("mfa_authenticate")))
    yield "second step"
    press_too_early(page)
    yield "second step, errors"


# --- One's own account ------------------------------------------------------------------------------------------------
def account_pages(page: Page, person: User) -> Scenes:
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:profile')}")
    sign_in(page, person.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    for name in (
        "accounts:profile",
        "accounts:about_you",
        "accounts:name",
        "account_email",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_logout",
    ):
        page.goto(reverse(name))
        yield name
    for name in ("account_email", "account_change_password", "mfa_activate_totp"):
        page.goto(reverse(name))
        press_too_early(page)
        yield f"{name}, errors"
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        page.goto(reverse(name))
        yield f"{name}, with an app"


def beginnings_of_an_account(page: Page, become: Callable[[User], None], newcomer: User, by_code: User) -> Scenes:
    """Who has answered nothing, confirmed nothing and, the second of them, set no password."""
    become(newcomer)
    page.goto(reverse("accounts:about_you"))
    yield "about you"
    press_too_early(page)
    yield "about you, errors"
    page.goto(reverse("learning:my_learning"))
    yield "my learning, nothing yet"
    page.goto(reverse("accounts:confirm_email"))
    yield "confirm the address"
    press(page, "Send me the link", "Confirm your e-mail address")
    yield "confirm the address, sent"
    page.goto(mailed_link())
    yield "confirm the address, link opened"
    page.goto(reverse("account_reauthenticate"))
    yield "password once more"
    press_too_early(page)
    yield "password once more, errors"
    become(by_code)
    page.goto(reverse("account_set_password"))
    yield "first password"


# --- Learning ---------------------------------------------------------------------------------------------------------
def learning_pages(page: Page, course: CoursePage, lessons: list[LessonPage]) -> Scenes:
    learner, outline = Learner(page), reverse("learning:outline", args=[course.translation_key])
    quizzes = {"quizzes": reverse("quizzes:catalogue"), "progress by topic": reverse("quizzes:progress")}
    around = {"course": course.url, "outline": outline, **quizzes, "my learning": reverse("learning:my_learning")}
    page.goto(course.url)
    learner.press("Start the course")
    learner.sees(lessons[0].title)
    yield "lesson"
    for name, address in around.items():
        page.goto(address)
        yield f"{name}, begun"
    page.goto(lessons[0].url)
    learner.finish_lesson()
    learner.sees(lessons[1].title)
    yield "lesson, quiz to pass"
    yield from quiz_pages(learner)
    learner.follow("Back to the lesson")
    learner.sees(lessons[1].title)
    yield "lesson, quiz passed"
    for lesson in lessons[1:]:
        learner.sees(lesson.title)
        learner.finish_lesson()
    learner.sees(course.title)
    yield "outline, just finished"
    page.goto(lessons[1].url)
    yield "lesson, done"
    for name, address in around.items():
        page.goto(address)
        yield f"{name}, finished"
    learner.hand.press(page.get_by_role("link", name=course.title).first)


def quiz_pages(learner: Learner) -> Scenes:
    """From the lesson to a result that passed."""
    learner.follow("Go to the quiz")
    expect(learner.main.get_by_role("button", name="Start", exact=True)).to_be_visible()
    yield "quiz"
    learner.press("Start")
    attempt = learner.open_attempt()
    yield "question"
    press_too_early(learner.page)
    yield "question, nothing chosen"
    learner.press("I don't know yet")
    expect(learner.page).to_have_url(re.compile("/2/$"))
    learner.page.goto(reverse("quizzes:submit", args=[attempt.public_id]))
    yield "check your answers, some missing"
    learner.page.goto(attempt.return_to)
    yield "lesson, quiz begun"
    learner.follow("Resume the quiz")
    learner.follow("Resume")
    learner.answer_quiz(rightly=False)
    yield "result, not passed"
    learner.page.goto(reverse("quizzes:start", args=[attempt.quiz_key]))
    yield "quiz, tried before"
    learner.page.goto(reverse("quizzes:result", args=[attempt.public_id]))
    learner.press("Try again now")
    learner.answer_quiz(rightly=True)
    yield "result, passed"


def feedback_after_each(page: Page, quiz: Quiz) -> Scenes:
    learner = Learner(page)
    page.goto(start_url(quiz))
    learner.press("Start")
    learner.answer_question(learner.open_attempt(), 1, rightly=False)
    expect(learner.page.locator("#feedback")).to_be_visible()
    yield "feedback on a question"


def certificate_pages(page: Page, become: Callable[[User], None], certificates: dict[str, Certificate]) -> Scenes:
    for state, certificate in certificates.items():
        become(certificate.user)
        page.goto(reverse("certificates:detail", args=[certificate.public_id]))
        yield f"certificate, {state}"
        page.goto(reverse("learning:my_learning"))
        yield f"my learning, certificate {state}"
    become(certificates["due"].user)
    page.goto(reverse("certificates:detail", args=[certificates["due"].public_id]))
    press_too_early(page)
    yield "certificate, errors"
