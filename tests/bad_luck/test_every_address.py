"""Threats T2, T3 and T19: every address of the site, opened by everybody with the ids of somebody else.

No address answers with an error of ours, none shows a word of another organisation's people, none changes their records. The
addresses are read from the site itself, so that a new one is tried without anybody thinking of it.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.models import Membership, Organisation, Role, User
from certificates.models import Certificate, CertificateEvent, CertificateTemplate
from learning.models import Enrolment, LessonCompletion
from quizzes.models import Attempt, Response
from tests.factories.certificates import HolderFactory, OrganisationFactory, TemplateFactory, complete, issued, issuer_of, revoked
from tests.factories.courses import make_course
from tests.factories.quizzes import make_quiz, take_quiz

pytestmark = [
    pytest.mark.django_db,
    # A report of wagtail-localize counts pages of a list that it has not sorted.
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]
CANARY = "Canarina"
# Wagtail's own page for trying the error page, and the way out of the session that is used here.
LEFT_OUT = ("admin/failwhale/", "accounts/logout/", "admin/logout/", "leave/", "accounts/sessions/")
ROLES = ["nobody", "stranger", "learner", "trainer", "issuer", "coordinator"]
KEPT = [Attempt, Response, Certificate, CertificateEvent, CertificateTemplate, Enrolment, LessonCompletion, Membership]


@dataclass(frozen=True)
class Foreign:
    """What belongs to another organisation and its people."""

    person: User
    organisation: Organisation
    template: CertificateTemplate
    certificates: list[Certificate]
    attempts: list[Attempt]
    page: int
    course_key: uuid.UUID

    def ids_for(self, address: str) -> dict[str, object]:
        """Values for the parts of ``address``, by the kind of part; those of the records that it is about."""
        if "attempts/" in address:
            public = self.attempts[0].public_id
        elif "certificates/" in address:
            public = self.certificates[0].public_id
        else:
            public = self.course_key
        about = {
            "users/": self.person.pk,
            "choose-person": self.person.pk,
            "organisations/": self.organisation.pk,
            "certificate-templates/": self.template.pk,
            "pages/": self.page,
        }
        number = next((pk for part, pk in about.items() if part in address), 1)
        return {"uuid": public, "int": number, "str": number, "slug": "quizzes", "path": "x.png"}


@pytest.fixture
def foreign(site) -> Foreign:
    """Another organisation with a learner, a certificate in each state, an attempt in each state, and staff of its own."""
    organisation = OrganisationFactory(name=f"{CANARY} Partner", slug="foreign")
    course = make_course(site.catalogue, modules=1, lessons=1, title="Theirs", slug="theirs")
    template = TemplateFactory(course_key=course.translation_key, issuer=organisation)
    person = HolderFactory(full_name=f"{CANARY} Person", email="canarina@example.net", country="FR", occupation="lawyer")
    Membership.objects.create(user=person, organisation=organisation, role=Role.LEARNER)
    issuer = issuer_of(organisation)
    certificates = [
        issued(person, template, f"{CANARY} Issued"),
        revoked(issued(HolderFactory(), template, f"{CANARY} Revoked"), issuer),
    ]
    quiz = make_quiz()
    attempts = [take_quiz(person, quiz)]
    complete(HolderFactory(full_name=f"{CANARY} Second"), course.translation_key)
    return Foreign(person, organisation, template, certificates, attempts, course.pk, course.translation_key)


@pytest.fixture
def browser_of(client_for: Callable[[User], Client], organisation: Organisation, client: Client) -> Callable[[str], Client]:
    def signed_in(role: str) -> Client:
        if role == "nobody":
            browser = client
        elif role == "stranger":
            browser = client_for(HolderFactory(country="BE", occupation="lawyer"))
        else:
            browser = client_for(issuer_of(organisation, Role(role)))
        browser.raise_request_exception = False
        return browser

    return signed_in


def patterns(resolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address
        else:
            yield from patterns(entry, address)


REGULAR = {
    r"(?P<key>[-:\w]+)": "x:y",
    r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-x",
    r"((?:[\w\-]+/)*)": "",
    r"(?P<pk>.+)": "1",
    r"(?P<revision_id_a>live|earliest|\d+)": "live",
    r"(?P<revision_id_b>live|latest|\d+)": "latest",
    r"(live|earliest|\d+)": "live",
    r"(live|latest|\d+)": "latest",
    r"(\d+)": "1",
    r"(.*)": "x",
    ".*": "x",
}


def plain(address: str, ids: dict[str, object]) -> str:
    """An address in place of a pattern: its parts filled in, regular expressions resolved."""
    for expression, text in REGULAR.items():
        address = address.replace(expression, text)
    address = re.sub(r"<(?:(\w+):)?\w+>", lambda part: str(ids.get(part[1] or "str", "x")), address)
    return "/" + re.sub(r"[\^$\\]", "", address)


def addresses(foreign: Foreign, *, nonsense: bool = False) -> list[str]:
    """Every address, with the ids of ``foreign``, or with ids that nothing has."""
    none = {"uuid": uuid.UUID(int=7), "int": 99_999_999_999_999_999_999, "str": 0, "slug": "no-such", "path": "no/such"}
    found = [p for p in patterns(get_resolver()) if not p.endswith(LEFT_OUT)]
    return [plain(p, none if nonsense else foreign.ids_for(p)) for p in found]


def test_every_part_of_every_pattern_is_filled_in(foreign: Foreign):
    found = addresses(foreign)
    assert len(found) > 300
    assert not [address for address in found if set(address) & set("<>()[]?*+|")]


@pytest.mark.parametrize("role", [*ROLES, "administrator"])
def test_no_address_shows_others_or_fails(foreign: Foreign, browser_of, client_for, administrator: User, role: str):
    browser = client_for(administrator) if role == "administrator" else browser_of(role)
    browser.raise_request_exception = False
    failed, shown = [], []
    for address in addresses(foreign) + (addresses(foreign, nonsense=True) if role in {"nobody", "trainer"} else []):
        response = browser.get(address)
        if response.status_code >= 500:
            failed.append(address)
        body = response.getvalue()
        if CANARY.encode() in body or b"canarina" in body or b"%PDF" in body:
            shown.append(address)
    assert not failed
    assert bool(shown) == (role == "administrator"), "who may see everything proves that the search finds it"


def state(kinds: list[type[Model]]) -> dict[str, list[dict]]:
    return {kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds}


@pytest.mark.parametrize("role", ROLES)
def test_no_press_of_a_button_changes_others(foreign: Foreign, browser_of, role: str):
    browser = browser_of(role)
    before = state(KEPT), list(User.objects.filter(pk=foreign.person.pk).values())
    failed = []
    data = {"certificate": [c.pk for c in foreign.certificates], "confirmed": "1", "reason": "mistake", "next": "/en/"}
    data |= {"code": foreign.certificates[0].code, "holder_name": "Thief", "q-choice": "x", "language": "en"}
    ours = [a for a in addresses(foreign) if not a.startswith("/admin/") or is_ours(a)]
    for address in ours:
        response = browser.post(address, data)
        if response.status_code >= 500:
            failed.append(address)
        assert CANARY.encode() not in response.getvalue(), address
    assert not failed
    after = state(KEPT)
    for name, rows in before[0].items():
        old = {row["id"] for row in rows}
        assert [row for row in after[name] if row["id"] in old] == rows, name
    assert list(User.objects.filter(pk=foreign.person.pk).values()) == before[1]


def is_ours(address: str) -> bool:
    """Views of our own in the administration, or Wagtail's with our people behind them."""
    parts = ("certificates", "certificate-templates", "organisations", "users", "learning", "choose-person")
    return address.split("/")[2] in parts


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_change_nothing(foreign: Foreign, browser_of, method: str):
    browser = browser_of("issuer")
    before = state(KEPT)
    for address in addresses(foreign):
        if address.startswith("/admin/") and not is_ours(address):
            continue
        response = getattr(browser, method)(address)
        assert response.status_code < 500, address
        assert CANARY.encode() not in response.getvalue(), address
    assert state(KEPT) == before


def test_guessed_numbers_find_nothing(foreign: Foreign, browser_of):
    """T3: what is public or personal is named by ids too long to guess; the few numbers there are belong to the own desk."""
    issuer = browser_of("issuer")
    numbers = range(max(foreign.template.pk - 20, 0), foreign.template.pk + 20)
    for number in numbers:
        response = issuer.get(f"/admin/certificate-templates/edit/{number}/")
        assert response.status_code in {302, 404}, number
    for name in ("certificates/{}/", "certificates/{}/pdf/", "learn/{}/", "quizzes/attempts/{}/1/"):
        for number in range(50):
            assert issuer.get("/en/" + name.format(number)).status_code == 404
