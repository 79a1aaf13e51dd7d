"""The main job, end to end: sign up, learn, fail and pass a quiz, finish, get a certificate, have it checked by a stranger."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from certificates.models import CertificateTemplate
from learning.models import Enrolment
from tests.accounts.inbox import mailed_link
from tests.browsing import DESKTOP, PHONE, NewPage
from tests.e2e.learner import Keyboard, Learner, Pointer
from tests.factories.certificates import TemplateFactory

pytestmark = pytest.mark.browser
EMAIL = "amelie@service.example"
NAME = "Amélie Đorđević-Иванова"
WAYS = [
    pytest.param({"width": PHONE}, Pointer, id="phone"),
    pytest.param({"width": PHONE, "javascript": False}, Pointer, id="phone-without-javascript"),
    pytest.param({"width": DESKTOP}, Pointer, id="desktop"),
    pytest.param({"width": DESKTOP}, Keyboard, id="keyboard"),
]


@pytest.fixture
def template(live_server, settings, course, organisation) -> CertificateTemplate:
    """Certificates of ``course``, with addresses that lead to the server of this test."""
    settings.SITE_URL = live_server.url
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


def confirm_email(learner: Learner) -> None:
    learner.press("Send me the link")
    expect(learner.main).to_contain_text(EMAIL)
    learner.page.goto(mailed_link())
    learner.press("Confirm my address")


def get_certificate(learner: Learner) -> None:
    """Ask for it, confirm the address on the way, and find what was typed."""
    learner.follow("Get my certificate")
    name = learner.main.get_by_label(learner.say("How should your name appear?"))
    learner.hand.write(name, NAME)
    learner.hand.choose(learner.main.get_by_label("Français"))
    learner.press("Get my certificate")
    confirm_email(learner)
    learner.sees(learner.say("Get your certificate"))
    expect(name).to_have_value(NAME)
    expect(learner.main.get_by_label("Français")).to_be_checked()
    learner.press("Get my certificate")
    learner.sees(learner.say("My certificate"))


def downloaded(learner: Learner) -> bytes:
    with learner.page.expect_download() as download:
        learner.hand.press(learner.main.get_by_role("link", name=re.compile("PDF")))
    return download.value.path().read_bytes()


def check(stranger: Page, address: str, code: str) -> None:
    """Somebody without an account checks the paper: first by the address in its QR code, then by typing the code as it comes."""
    for sloppy in (None, f" {code.lower().replace('-', ' ')} "):
        if sloppy is None:
            stranger.goto(address)
        else:
            stranger.goto("/en/verify/")
            stranger.get_by_label("Code", exact=True).fill(sloppy)
            stranger.get_by_role("button", name="Check", exact=True).click()
        expect(stranger.get_by_role("heading", level=1)).to_have_text("Valid")
        expect(stranger.get_by_role("main")).to_contain_text(NAME)
        expect(stranger.get_by_role("main")).to_contain_text(code)


@pytest.mark.parametrize(("window", "hand"), WAYS)
def test_from_sign_up_to_a_checked_certificate(new_page: NewPage, course, lessons, template, window, hand):
    learner = Learner(new_page(**window), hand=hand)
    learner.sign_up_from(course.url, EMAIL)
    learner.sees(lessons[0].title)  # the third page after Start
    learner.finish_lesson()

    learner.sees(lessons[1].title)
    expect(learner.main).to_contain_text("Before this lesson is done")
    learner.open_quiz()
    learner.answer_quiz(rightly=False)
    learner.press("Try again now")
    learner.answer_quiz(rightly=True)
    learner.follow("Back to the lesson")
    learner.sees(lessons[1].title)
    learner.finish_lesson()
    learner.sees(lessons[2].title)
    learner.finish_lesson()
    learner.sees(lessons[3].title)
    learner.finish_lesson()

    learner.sees(course.title)
    expect(learner.main).to_contain_text("You have finished the course. Well done.")
    get_certificate(learner)
    pdf = downloaded(learner)
    assert pdf.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert NAME in str(document.docinfo["/Title"])
        assert str(document.Root.Lang) == "fr"
        [address] = {str(link.A.URI) for link in document.pages[0].Annots}
    check(new_page(**window), address, learner.main.locator(".code").inner_text())
    assert Enrolment.objects.get().completed_at
