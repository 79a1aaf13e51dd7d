"""axe finds nothing on any page of the site, in any state, light and dark, on a small phone and at a desk.

The pages are listed in ``scenes``; what is looked at, in ``inspector``. Each test opens its pages in one browser, one by one.
"""

from collections.abc import Callable
from functools import partial

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from certificates.models import CertificateTemplate
from tests.browsing import session_cookie
from tests.e2e import scenes
from tests.e2e.inspector import Inspector
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import HolderFactory, TemplateFactory, due, issued, issuer_of, requested, revoked
from tests.factories.home import StandardPageFactory
from tests.factories.quizzes import make_quiz
from training import urls

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]


def closed(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("Broken on purpose, by a test")


urlpatterns = [path("en/closed/", closed), path("en/broken/", broken), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


@pytest.fixture
def become(page: Page, live_server) -> Callable[[User], None]:
    """Sign the visitor of ``page`` in as somebody, without the form."""

    def somebody(user: User) -> None:
        page.context.add_cookies([session_cookie(user, live_server.url)])

    return somebody


@pytest.fixture
def template(course, organisation) -> CertificateTemplate:
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


def test_public_pages(inspector, page, settings, site, course, lessons):
    settings.DEVELOPMENT = True  # shows the newest mail
    StandardPageFactory(parent=site.home, title="Privacy", slug="privacy")
    assert inspector.problems_of(scenes.public_pages(page, course, lessons[0])) == []


def test_refusals(inspector, page, settings, course):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    assert inspector.problems_of(scenes.refusals(page, course)) == []


def test_checks_of_certificates(inspector, page, monkeypatch, template, organisation):
    certificates = [issued(HolderFactory(), template), revoked(issued(HolderFactory(), template), issuer_of(organisation))]
    use_up = partial(monkeypatch.setattr, "certificates.limits.CHECKS", 0)
    assert inspector.problems_of(scenes.checks(page, certificates, use_up)) == []


def test_entrance(inspector, page, site):
    guarded = PersonFactory(verified=True)
    TOTP.activate(guarded, "JBSWY3DPEHPK3PXP")
    assert inspector.problems_of(scenes.entrance(page, PersonFactory(verified=True))) == []
    assert inspector.problems_of(scenes.steps_of_signing_in(page, guarded)) == []


def test_account_pages(inspector, page, site):
    person = PersonFactory(email="somebody-with-a-rather-long-address@department.partner.example.com", verified=True)
    assert inspector.problems_of(scenes.account_pages(page, person)) == []


def test_beginnings_of_an_account(inspector, page, site, become):
    newcomer, by_code = PersonFactory(country="", occupation=""), PersonFactory(verified=True)
    by_code.set_unusable_password()
    by_code.save()
    assert inspector.problems_of(scenes.beginnings_of_an_account(page, become, newcomer, by_code)) == []


def test_learning_pages(inspector, page, become, learner, course, lessons, template):
    become(learner)
    assert inspector.problems_of(scenes.learning_pages(page, course, lessons)) == []
    assert inspector.problems_of(scenes.feedback_after_each(page, make_quiz(behaviour="immediate"))) == []


def test_certificate_pages(inspector, page, become, template, organisation):
    certificates = {
        "due": due(HolderFactory(confirmed=False), template),
        "issued": issued(HolderFactory(), template),
        "revoked": revoked(issued(HolderFactory(), template), issuer_of(organisation)),
    }
    template.mode = "approval"
    template.save()
    certificates["waiting"] = requested(HolderFactory(), template)
    assert inspector.problems_of(scenes.certificate_pages(page, become, certificates)) == []


def test_style_guide(inspector, page, become, quiz, administrator):
    become(administrator)
    page.goto("/styleguide/")
    inspector.look("style guide")
    assert inspector.problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_comes_with_the_page(page, site, live_server, theme):
    """The server writes the attribute with which the tests above choose light or dark: nothing flashes, no script is needed."""
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page.goto("/en/")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)


def test_our_pages_in_the_admin(page, become, administrator, learner, course, template, assert_no_violations):
    """The desk of issuers and the reports of trainers. Menu and frame around them are Wagtail's."""
    certificate, withdrawn = issued(HolderFactory(), template), revoked(issued(HolderFactory(), template), administrator)
    CertificateTemplate.objects.update(mode="approval")
    template.refresh_from_db()
    requested(HolderFactory(), template)
    become(administrator)
    for name, arguments in {
        "learning_report_index": [],
        "learning_report": [course.translation_key],
        "certificates_desk:waiting": [],
        "certificates_desk:single": [certificate.public_id],
        "certificates_desk:revoke": [certificate.public_id],
        "certificates_desk:reinstate": [withdrawn.public_id],
    }.items():
        page.goto(reverse(name, args=arguments))
        assert_no_violations(page, context="main")
    page.get_by_role("button", name="Make it valid again").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_no_violations(page, context="main")
