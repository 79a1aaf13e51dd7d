"""The certificate pages as people use them: phone and desk, with and without JavaScript, light and dark."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from certificates.models import Certificate
from tests.factories.certificates import HolderFactory, TemplateFactory, due, issued, issuer_of, requested, revoked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def template(course, organisation):
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_due_to_verified_on_a_phone(new_page, template, javascript):
    holder = HolderFactory()
    certificate = due(holder, template)
    page = new_page(width=360, javascript=javascript, user=holder)
    page.goto(reverse("certificates:detail", args=[certificate.public_id]))
    page.get_by_label("How should your name appear?").fill("🌻")
    page.get_by_role("button", name="Get my certificate").click()
    assert page.get_by_text("There is a problem").is_visible()
    page.get_by_label("How should your name appear?").fill("Çelik  Müller")
    if javascript:
        assert page.locator("[data-name-twin]").inner_text() == "Çelik Müller"
    page.get_by_role("button", name="Get my certificate").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    certificate.refresh_from_db()
    assert download.value.suggested_filename == f"certificate-{certificate.grouped_code}.pdf"
    visitor = new_page(width=360, javascript=javascript)
    visitor.goto(reverse("certificates:verify"))
    visitor.get_by_label("Code", exact=True).fill(certificate.code.lower())
    visitor.get_by_role("button", name="Check").click()
    assert visitor.get_by_role("heading", level=1).inner_text().strip() == "Valid"
    assert visitor.get_by_text("Çelik Müller").is_visible()


def addresses(template, organisation) -> list:
    """Who opens what: every certificate page in every state."""
    holder = HolderFactory()
    pending = due(HolderFactory(), template)
    valid = issued(holder, template)
    withdrawn = revoked(issued(HolderFactory(), template), issuer_of(organisation))
    template.mode = "approval"
    template.save()
    waiting = requested(HolderFactory(), template)
    own = [(c.user, reverse("certificates:detail", args=[c.public_id])) for c in (pending, valid, withdrawn, waiting)]
    codes = [valid.code, withdrawn.code, "ABCDEFGHJKMN"]
    return (
        own
        + [(None, reverse("certificates:verify_code", args=[code])) for code in codes]
        + [(None, reverse("certificates:verify"))]
    )


@pytest.mark.parametrize("dark", [False, True])
def test_no_accessibility_violations_and_no_overflow(new_page, template, organisation, assert_no_violations, dark):
    for user, url in addresses(template, organisation):
        cache.clear()
        page = new_page(width=320, dark=dark, user=user)
        page.goto(url)
        assert_no_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url


def test_the_error_state_and_the_wait_page(new_page, template, assert_no_violations, monkeypatch):
    certificate = due(HolderFactory(), template)
    page = new_page(user=certificate.user)
    page.goto(reverse("certificates:detail", args=[certificate.public_id]))
    page.get_by_role("button", name="Get my certificate").click()
    assert page.locator(".error-summary").is_visible()
    assert_no_violations(page)
    monkeypatch.setattr("certificates.limits.CHECKS", 0)
    page.goto(reverse("certificates:verify_code", args=["X"]))
    assert page.get_by_role("heading", level=1).inner_text() == "Please wait"
    assert_no_violations(page)


def test_an_issuer_approves_and_revokes(new_page, template, organisation):
    template.mode = "approval"
    template.save()
    people = [requested(HolderFactory(), template, f"Holder {letter}") for letter in "AB"]
    page = new_page(user=issuer_of(organisation))
    page.goto(reverse("certificates_desk:index"))
    page.get_by_role("link", name="2 wait for approval").click()
    page.get_by_label("Holder B").uncheck()
    page.get_by_role("button", name="Approve the chosen certificates").click()
    page.get_by_role("button", name="Issue 1 certificate").click()
    page.get_by_text("1 certificate issued.").wait_for()
    page.goto(reverse("certificates_desk:index"))
    page.get_by_role("link", name="Holder A").click()
    page.get_by_role("link", name="Revoke").click()
    page.get_by_label("It was issued by mistake.").check()
    page.get_by_label("Type the code").fill(people[0].code)
    page.get_by_role("button", name="Revoke the certificate").click()
    page.get_by_text("The certificate is revoked").wait_for()
    assert Certificate.objects.get(pk=people[0].pk).status == "revoked"
