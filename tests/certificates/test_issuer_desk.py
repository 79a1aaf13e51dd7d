"""The issuer's list: who completed, in which state; found, filtered, exported, approved in bulk."""

import csv
import io
import uuid

import openpyxl
import pytest
from django.urls import reverse

from certificates.models import Certificate, CertificateTemplate
from tests.factories.certificates import HolderFactory, OrganisationFactory, TemplateFactory, due, issued, requested, revoked

pytestmark = pytest.mark.django_db
INDEX = "certificates_desk:index"


@pytest.fixture
def desk(client_for, issuer):
    return client_for(issuer)


@pytest.fixture
def some(template, issuer):
    """One of each state."""
    CertificateTemplate.objects.update(mode="approval")
    template.refresh_from_db()
    waiting = requested(HolderFactory(), template, "Wanda Waiting")
    CertificateTemplate.objects.update(mode="automatic")
    template.refresh_from_db()
    return {
        "due": due(HolderFactory(full_name="Doris Due"), template),
        "requested": waiting,
        "issued": issued(HolderFactory(), template, "Ivan Issued"),
        "revoked": revoked(issued(HolderFactory(), template, "Rada Revoked"), issuer),
    }


def shown(desk, **query) -> set[str]:
    page = desk.get(reverse(INDEX), query).content.decode()
    return {name for name in ("Doris Due", "Wanda Waiting", "Ivan Issued", "Rada Revoked") if name in page}


def test_everyone_who_completed_is_listed(desk, some):
    page = desk.get(reverse(INDEX)).content.decode()
    assert shown(desk) == {"Doris Due", "Wanda Waiting", "Ivan Issued", "Rada Revoked"}
    for certificate in some.values():
        assert certificate.grouped_code in page
        assert str(certificate.get_status_display()) in page
    assert "Recognising" in page and "1 waits for approval" in page


def test_a_person_without_a_name_is_not_shown_by_mail_address(desk, template):
    certificate = due(HolderFactory(), template)
    page = desk.get(reverse(INDEX)).content.decode()
    assert "Name not given yet" in page and certificate.user.email not in page


def test_filters(desk, some):
    assert shown(desk, status="requested") == {"Wanda Waiting"}
    assert shown(desk, status=["issued", "revoked"]) == {"Ivan Issued", "Rada Revoked"}
    assert len(shown(desk, course_key=str(some["due"].course_key))) == 4
    assert shown(desk, issued_at_from="2001-01-01") == {"Ivan Issued", "Rada Revoked"}
    assert shown(desk, earned_at_to="2001-01-01") == set()


def test_search_by_name_and_by_code_as_typed(desk, some):
    assert shown(desk, q="ivan") == {"Ivan Issued"}
    assert shown(desk, q="doris") == {"Doris Due"}
    Certificate.objects.filter(pk=some["revoked"].pk).update(code="0011ABCDEFGH")
    assert shown(desk, q="oo11-abcd") == {"Rada Revoked"}
    assert shown(desk, q="example.org") == set()


def test_export_matches_what_is_seen_and_has_the_code(desk, some):
    response = desk.get(reverse(INDEX), {"status": "issued", "export": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Holder", "Course", "Completed", "Status", "Issued", "Code"]
    certificate = some["issued"]
    assert [row[0] for row in rows[1:]] == ["Ivan Issued"]
    assert rows[1][1] == "Recognising" and rows[1][3] == "Valid" and rows[1][5] == certificate.grouped_code


@pytest.mark.parametrize("name", ["=HYPERLINK(A1)", "+cmd", "-Li", "@Sum"])
def test_no_name_becomes_a_formula(desk, template, name):
    issued(HolderFactory(), template, name)
    response = desk.get(reverse(INDEX), {"export": "csv"})
    assert list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))[1][0] == f"'{name}"
    book = openpyxl.load_workbook(io.BytesIO(desk.get(reverse(INDEX), {"export": "xlsx"}).content))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_list_costs_the_same_for_many(desk, template, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(60) as captured:
            desk.get(reverse(INDEX), {"status": "due"})
        return len(captured)

    due(HolderFactory(), template)
    queries()
    few = queries()
    for _ in range(15):
        due(HolderFactory(), template)
    assert queries() == few


def test_one_certificate_with_its_history(desk, some):
    page = desk.get(reverse("certificates_desk:single", args=[some["revoked"].public_id])).content.decode()
    for words in (
        "Rada Revoked",
        "Earned",
        "Issued",
        "Revoked",
        "It was issued by mistake.",
        "Issuer Person",
        "Make valid again",
    ):
        assert words in page


def test_the_pdf_from_the_desk(desk, some):
    response = desk.get(reverse("certificates_desk:pdf", args=[some["issued"].public_id]))
    assert response.content.startswith(b"%PDF-")
    early = desk.get(reverse("certificates_desk:pdf", args=[some["due"].public_id]), follow=True)
    assert "no PDF before the certificate is issued" in early.content.decode()


@pytest.fixture
def waiting(template):
    CertificateTemplate.objects.update(mode="approval")
    template.refresh_from_db()
    return [requested(HolderFactory(), template, f"Holder {letter}") for letter in "ABC"]


def test_approve_in_bulk(desk, issuer, waiting, mailoutbox, django_capture_on_commit_callbacks):
    page = desk.get(reverse("certificates_desk:waiting")).content.decode()
    assert "3 certificates wait for approval" in page
    chosen = {"certificate": [certificate.pk for certificate in waiting[:2]]}
    page = desk.post(reverse("certificates_desk:approve"), chosen).content.decode()
    assert "Issue 2 certificates" in page and "Holder C" not in page
    assert not Certificate.objects.filter(status="issued").exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(reverse("certificates_desk:approve"), {**chosen, "confirmed": 1}, follow=True)
    assert "2 certificates issued." in response.content.decode()
    for certificate in waiting[:2]:
        certificate.refresh_from_db()
        assert certificate.status == "issued" and certificate.details["holder"] == certificate.holder_name
        assert certificate.events.last().actor == issuer and certificate.document
    assert len(mailoutbox) == 2
    waiting[2].refresh_from_db()
    assert waiting[2].status == "requested"


def test_approving_twice_issues_once(desk, waiting, mailoutbox, django_capture_on_commit_callbacks):
    data = {"certificate": [certificate.pk for certificate in waiting], "confirmed": 1}
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("certificates_desk:approve"), data)
        dates = list(Certificate.objects.order_by("pk").values_list("issued_at", flat=True))
        response = desk.post(reverse("certificates_desk:approve"), data, follow=True)
    assert "0 certificates issued. 3 were issued before." in response.content.decode()
    assert list(Certificate.objects.order_by("pk").values_list("issued_at", flat=True)) == dates
    assert len(mailoutbox) == 3


def test_approving_what_cannot_be_issued_says_so(desk, waiting, course):
    waiting[0].user.delete()
    data = {"certificate": [certificate.pk for certificate in waiting], "confirmed": 1}
    page = desk.post(reverse("certificates_desk:approve"), data, follow=True).content.decode()
    assert "2 certificates issued. 1 cannot be issued" in page


@pytest.mark.parametrize("chosen", [[], ["x", "-1", "9" * 30, ""]])
def test_approving_nothing(desk, waiting, chosen):
    response = desk.post(reverse("certificates_desk:approve"), {"certificate": chosen, "confirmed": 1}, follow=True)
    assert "Choose at least one certificate." in response.content.decode()


def test_another_issuers_are_left_out_of_an_approval(desk, waiting):
    foreign = requested(HolderFactory(), TemplateFactory(course_key=uuid.uuid4(), issuer=OrganisationFactory(), mode="approval"))
    desk.post(reverse("certificates_desk:approve"), {"certificate": [waiting[0].pk, foreign.pk], "confirmed": 1})
    foreign.refresh_from_db()
    assert foreign.status == "requested"


def test_the_menu_is_for_issuers(client_for, issuer, trainer):
    home = reverse("wagtailadmin_home")
    assert reverse(INDEX) in client_for(issuer).get(home).content.decode()
    assert reverse(INDEX) not in client_for(trainer).get(home).content.decode()
