"""An issuer sees who completed in the own organisation, revokes and reinstates a certificate, and approves many at once."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from certificates.models import Certificate, CertificateTemplate
from courses.models import CoursePage
from tests.browsing import NewPage
from tests.e2e.learner import sign_in
from tests.factories.certificates import HolderFactory, OrganisationFactory, TemplateFactory, issued, requested
from tests.factories.courses import make_course

pytestmark = pytest.mark.browser
OWN, ELSEWHERE = "Amélie Dubois", "Somebody of Another Partner"
REASON = "The details on it are not right."


@pytest.fixture
def template(course: CoursePage, organisation) -> CertificateTemplate:
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


@pytest.fixture
def own(template: CertificateTemplate) -> Certificate:
    return issued(HolderFactory(), template, OWN)


@pytest.fixture
def elsewhere(site) -> Certificate:
    """Issued by another organisation for another course."""
    course = make_course(site.catalogue, title="Another course", slug="another")
    return issued(HolderFactory(), TemplateFactory(course_key=course.translation_key, issuer=OrganisationFactory()), ELSEWHERE)


@pytest.fixture
def desk(new_page: NewPage) -> Callable[[User], Page]:
    """The list of certificates, reached through the sign-in and the menu."""

    def opened(issuer: User) -> Page:
        page = new_page()
        page.goto("/admin/")
        sign_in(page, issuer.email)
        menu = page.get_by_role("navigation", name="Main menu")
        menu.get_by_role("button", name="Certificates").click()
        menu.get_by_role("link", name="Issued and waiting").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Certificates")
        return page

    return opened


def confirm(page: Page, certificate: Certificate, verb: str, answer: str) -> None:
    page.get_by_label("Type the code of the certificate to confirm").fill(certificate.grouped_code)
    page.get_by_role("button", name=verb).click()
    expect(page.get_by_role("main")).to_contain_text(answer)


def expect_public_answer(stranger: Page, certificate: Certificate, *words: str) -> None:
    stranger.goto(reverse("certificates:verify_code", args=[certificate.code]))
    for text in words:
        expect(stranger.get_by_role("main")).to_contain_text(text)


def test_issuer_downloads_revokes_and_reinstates(new_page: NewPage, desk, issuer, own, elsewhere):
    page = desk(issuer)
    main = page.get_by_role("main")
    expect(main).to_contain_text(own.grouped_code)
    expect(main).not_to_contain_text(ELSEWHERE)
    answer = page.goto(reverse("certificates_desk:single", args=[elsewhere.public_id]))
    assert answer is not None and answer.status == 404
    expect(page.locator("body")).not_to_contain_text(ELSEWHERE)

    page.goto(reverse("certificates_desk:index"))
    main.get_by_role("link", name=OWN).click()
    with page.expect_download() as download:
        main.get_by_role("link", name="Download PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    main.get_by_role("link", name="Revoke").click()
    main.get_by_role("button", name="Revoke the certificate").click()
    expect(main.get_by_role("alert")).to_contain_text("Choose a reason.")
    main.get_by_label(REASON).check()
    confirm(page, own, "Revoke the certificate", "The certificate is revoked. The holder is told by e-mail.")
    assert mail.outbox[-1].to == [own.user.email] and REASON in mail.outbox[-1].body
    stranger = new_page()
    expect_public_answer(stranger, own, "Revoked", REASON, OWN)

    main.get_by_role("link", name="Make valid again").click()
    confirm(page, own, "Make it valid again", "The certificate is valid again. The holder is told by e-mail.")
    assert mail.outbox[-1].to == [own.user.email]
    expect_public_answer(stranger, own, "Valid", OWN)
    history = main.get_by_role("table")
    expect(history.get_by_role("row")).to_have_count(1 + own.events.count())
    expect(history).to_contain_text(REASON)


def test_issuer_approves_many_at_once(new_page: NewPage, desk, issuer, template):
    CertificateTemplate.objects.update(mode="approval")
    template.refresh_from_db()
    waiting = [requested(HolderFactory(), template, name) for name in ("Ana Ilieva", "Ben Maes", "Cem Kaya")]
    page = desk(issuer)
    main = page.get_by_role("main")
    main.get_by_role("link", name="3 wait for approval").click()
    main.get_by_role("checkbox", name="Ben Maes").uncheck()
    main.get_by_role("button", name="Approve the chosen certificates").click()
    expect(main).to_contain_text("2 certificates are issued when you confirm.")
    main.get_by_role("button", name="Issue 2 certificates").click()
    expect(main).to_contain_text("2 certificates issued.")
    states = list(Certificate.objects.order_by("holder_name").values_list("status", flat=True))
    assert states == ["issued", "requested", "issued"]
    assert {letter.to[0] for letter in mail.outbox} == {waiting[0].user.email, waiting[2].user.email}

    holder = new_page(user=waiting[0].user)
    holder.goto(reverse("certificates:detail", args=[waiting[0].public_id]))
    expect(holder.get_by_role("link", name="Download PDF")).to_be_visible()
