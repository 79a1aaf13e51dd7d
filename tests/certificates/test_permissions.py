"""Two organisations, every role, every address of the desk: nobody reads or changes another issuer's certificates."""

import pytest
from django.urls import reverse

from accounts.models import Role
from certificates.models import Certificate
from tests.factories.certificates import (
    HolderFactory,
    OrganisationFactory,
    TemplateFactory,
    issued,
    issuer_of,
    requested,
    revoked,
)
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db

OF_ONE = ["single", "pdf", "revoke", "reinstate"]
LISTS = ["index", "index_results", "waiting"]


@pytest.fixture
def theirs(site):
    """Another organisation, with one certificate in each state of which an issuer could make something."""
    organisation = OrganisationFactory()
    course = make_course(site.catalogue, modules=1, lessons=1, title="Theirs", slug="theirs")
    template = TemplateFactory(course_key=course.translation_key, issuer=organisation)
    own_issuer = issuer_of(organisation)
    return {
        "issuer": own_issuer,
        "issued": issued(HolderFactory(), template, "Foreign Issued"),
        "revoked": revoked(issued(HolderFactory(), template, "Foreign Revoked"), own_issuer),
        "requested": waiting(template),
    }


def waiting(template):
    template.mode = "approval"
    template.save()
    return requested(HolderFactory(), template, "Foreign Waiting")


def everything() -> list:
    return list(Certificate.objects.order_by("pk").values_list("pk", "status", "issued_at", "details", "issuer"))


@pytest.fixture
def strangers(organisation, client, client_for):
    """Everybody who is not an issuer of the other organisation, signed out people included."""
    people = {role.value: client_for(issuer_of(organisation, role)) for role in Role}
    return people | {"nobody": client, "person": client_for(HolderFactory())}


def test_no_stranger_opens_or_changes_one(theirs, strangers):
    before = everything()
    for who, browser in strangers.items():
        for state in ("issued", "revoked", "requested"):
            certificate = theirs[state]
            for name in OF_ONE:
                url = reverse(f"certificates_desk:{name}", args=[certificate.public_id])
                for response in (
                    browser.get(url),
                    browser.post(url, {"reason": "mistake", "code": certificate.code}),
                ):
                    body = response.content.decode(errors="replace")
                    assert "Foreign" not in body and "%PDF" not in body, (who, state, name)
                    assert certificate.grouped_code not in body, (who, state, name)
    assert everything() == before


def test_issuers_of_another_organisation_find_nothing(theirs, strangers):
    url = reverse("certificates_desk:single", args=[theirs["issued"].public_id])
    assert strangers["issuer"].get(url, follow=True).status_code == 404


def test_no_stranger_approves(theirs, strangers):
    before = everything()
    for browser in strangers.values():
        browser.post(reverse("certificates_desk:approve"), {"certificate": theirs["requested"].pk, "confirmed": 1})
        page = browser.post(reverse("certificates_desk:approve"), {"certificate": theirs["requested"].pk})
        assert "Foreign" not in page.content.decode()
    assert everything() == before


@pytest.mark.parametrize("query", [{}, {"q": "Foreign"}, {"export": "csv"}, {"export": "xlsx"}, {"status": "issued"}])
def test_no_list_search_or_export_shows_them(theirs, strangers, query):
    for who, browser in strangers.items():
        for name in LISTS:
            body = browser.get(reverse(f"certificates_desk:{name}"), query).content.decode(errors="replace")
            assert "Foreign I" not in body and theirs["issued"].grouped_code not in body, (who, name)
            assert "Theirs" not in body, "not even as a course to filter by"


def test_their_own_issuer_can_do_all_of_it(theirs, client_for):
    browser = client_for(theirs["issuer"])
    for name in OF_ONE:
        assert browser.get(reverse(f"certificates_desk:{name}", args=[theirs["issued"].public_id])).status_code == 200
    assert "Foreign Issued" in browser.get(reverse("certificates_desk:index")).content.decode()
    assert "Foreign Waiting" in browser.get(reverse("certificates_desk:waiting")).content.decode()


def test_an_administrator_sees_all(theirs, client_for, administrator):
    assert "Foreign Issued" in client_for(administrator).get(reverse("certificates_desk:index")).content.decode()


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TRAINER, Role.COORDINATOR])
def test_other_roles_of_the_same_organisation_do_not_issue(client_for, theirs, role):
    colleague = issuer_of(theirs["issued"].issuer, role)
    browser = client_for(colleague)
    before = everything()
    for name in OF_ONE:
        url = reverse(f"certificates_desk:{name}", args=[theirs["issued"].public_id])
        body = browser.get(url).content.decode(errors="replace")
        browser.post(url, {"reason": "mistake", "code": theirs["issued"].code})
        assert "Foreign" not in body and "%PDF" not in body
    assert "Foreign" not in browser.get(reverse("certificates_desk:index")).content.decode()
    browser.post(reverse("certificates_desk:approve"), {"certificate": theirs["requested"].pk, "confirmed": 1})
    assert everything() == before


def test_losing_the_role_ends_it_at_once(theirs, client_for):
    browser = client_for(theirs["issuer"])
    theirs["issuer"].memberships.all().delete()
    body = browser.get(reverse("certificates_desk:single", args=[theirs["issued"].public_id])).content.decode()
    assert "Foreign" not in body


def test_the_holders_page_is_the_holders_alone(theirs, strangers):
    for browser in strangers.values():
        for name in ("certificates:detail", "certificates:download"):
            response = browser.get(reverse(name, args=[theirs["issued"].public_id]))
            body = response.content.decode(errors="replace")
            assert "Foreign" not in body and "%PDF" not in body
