"""Anyone may check a certificate: by code as people type it, or by the QR code. Nothing else is told."""

import re
import uuid

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from certificates import limits
from certificates.codes import grouped
from certificates.models import Certificate, RevocationReason
from tests.factories.certificates import HolderFactory, TemplateFactory, requested, revoked

pytestmark = pytest.mark.django_db


def check(client, code, **kwargs):
    return client.get(reverse("certificates:verify_code", args=[code]), **kwargs)


def text_of(response) -> str:
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


def test_valid(client, certificate):
    response = check(client, certificate.code)
    text = text_of(response)
    assert response.status_code == 200
    assert re.search("<h1[^>]*>.*Valid.*</h1>", response.content.decode(), re.S)
    assert "Compare these details with the document you hold" in text
    for promised in ("Amélie Dubois", "Recognising", "1.0", "3.5", "Recognise the signs", "Partner Belgium", "Anke Peeters"):
        assert promised in text
    assert certificate.grouped_code in text
    assert certificate.user.email not in text


def test_as_people_type_it(client, certificate):
    code = "O0IL" + "ABCDEFGH"
    Certificate.objects.filter(pk=certificate.pk).update(code="0011ABCDEFGH")
    for typed in (code, code.lower(), "o0il abcd efgh", " 0011-ABCD-EFGH ", "0 0 1 1 a b c d e f g h", "OOll—abcd–efgh"):
        response = client.get(reverse("certificates:verify"), {"code": typed})
        assert "is valid" in text_of(response), typed
        assert response.status_code == 200


def test_revoked_says_when_and_why(client, certificate, issuer):
    revoked(certificate, issuer, RevocationReason.PERSON)
    text = text_of(check(client, certificate.code))
    assert "Revoked" in text and "It is no longer valid" in text
    assert "The person named did not complete the course." in text
    assert "Amélie Dubois" in text and "valid." in text


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKMN", "x", "%20", "é" * 300, "1" * 5000, "\x00", str(uuid.UUID(int=7)), "{{7*7}}"])
def test_unknown(client, certificate, typed):
    response = client.get(reverse("certificates:verify"), {"code": typed})
    assert response.status_code == 200
    text = text_of(response)
    assert "Not found" in text or not typed.strip()
    assert "Amélie" not in text


def test_an_empty_code_is_the_form(client):
    response = client.get(reverse("certificates:verify"), {"code": "  "})
    assert response.status_code == 200 and "Type the code" in text_of(response)


def test_not_issued_is_not_found(client, template, organisation):
    earned = requested(HolderFactory(), TemplateFactory(course_key=uuid.uuid4(), issuer=organisation, mode="approval"))
    assert earned.status == Certificate.Status.REQUESTED
    for typed in (earned.code, earned.public_id):
        response = check(client, typed)
        assert response.status_code == 200 and "Not found" in text_of(response)


def test_the_qr_code_leads_to_the_check_in_the_visitors_language(client, certificate, settings):
    settings.SITE_URL = "https://training.example.org"
    short = certificate.details["url"].split("/", 3)[3]
    for language, _name in settings.LANGUAGES:
        response = client.get(f"/{short}", headers={"accept-language": language})
        assert response.status_code == 302
        assert response.url == f"/{language}/verify/{certificate.public_id}/"
    assert "Amélie Dubois" in text_of(client.get(response.url))


@pytest.mark.parametrize("identifier", ["nonsense", "00000000-0000-4000-8000-000000000000", "%00", "a" * 400])
def test_a_spoilt_qr_code_is_not_found(client, identifier):
    response = client.get(f"/v/{identifier}/", follow=True)
    assert response.status_code == 200 and "Not found" in text_of(response)


def test_the_short_address_does_not_tell_known_from_unknown(client, certificate, django_assert_num_queries):
    for identifier in (certificate.public_id, uuid.uuid4()):
        with django_assert_num_queries(0):
            response = client.get(f"/v/{identifier}/")
        assert response.status_code == 302


def test_all_states_cost_the_same_one_query(client, certificate, issuer, django_assert_max_num_queries):
    check(client, certificate.code)  # fills what the site's header remembers

    def queries(code) -> list[str]:
        with django_assert_max_num_queries(10) as captured:
            check(client, code)
        return [q["sql"] for q in captured.captured_queries]

    valid, unknown, garbage = queries(certificate.code), queries("ABCDEFGHJKMN"), queries("x")
    revoked(certificate, issuer)
    withdrawn = queries(certificate.code)
    assert len(valid) == len(unknown) == len(garbage) == len(withdrawn)
    assert sum("certificates_certificate" in sql for sql in valid) == 1


def test_all_states_look_alike(client, certificate, issuer):
    def outline(code) -> list[str]:
        page = check(client, code).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        return re.findall(r"<(h1|h2|form|input|button)\b", main)

    valid, unknown = outline(certificate.code), outline("ABCDEFGHJKMN")
    revoked(certificate, issuer)
    assert valid == unknown == outline(certificate.code) == ["h1", "h2", "form", "input", "button"]


def test_no_search_engine_and_no_cache_keeps_it(client, certificate):
    for url in (
        reverse("certificates:verify"),
        reverse("certificates:verify_code", args=[certificate.code]),
        reverse("certificates:verify_code", args=["nothing"]),
        f"/v/{certificate.public_id}/",
    ):
        response = client.get(url)
        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]
        if response.status_code == 200:
            assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_trying_codes_is_slowed_down(client, certificate, monkeypatch):
    monkeypatch.setattr(limits, "CHECKS", 5)
    answers = [check(client, f"ABCD{n:08}").status_code for n in range(7)]
    assert answers == [200] * 5 + [429] * 2
    response = check(client, certificate.code)
    assert response.status_code == 429 and int(response["Retry-After"]) > 0
    text = text_of(response)
    assert "Please wait" in text and "Amélie" not in text
    with override("fr"):
        assert check(client, "x").status_code == 429


def test_another_address_is_not_slowed(client, certificate, monkeypatch):
    monkeypatch.setattr(limits, "CHECKS", 1)
    assert check(client, "X", REMOTE_ADDR="192.0.2.1").status_code == 200
    assert check(client, "X", REMOTE_ADDR="192.0.2.1").status_code == 429
    assert check(client, certificate.code, REMOTE_ADDR="192.0.2.2").status_code == 200
    assert check(client, "X", REMOTE_ADDR="2001:db8::1").status_code == 200
    assert check(client, "X", REMOTE_ADDR="2001:db8::2").status_code == 429, "one household, one count"


def test_guesses_find_nothing(client, certificate):
    answers = [check(client, grouped(f"{n:012}")) for n in range(limits.CHECKS + 20)]
    assert sum("Not found" in text_of(answer) for answer in answers) == limits.CHECKS
    assert [answer.status_code for answer in answers[limits.CHECKS :]] == [429] * 20


def test_holders_are_listed_nowhere(client, certificate):
    for url in ("/sitemap.xml", reverse("certificates:verify"), reverse("certificates:verify") + "?code=Am%C3%A9lie"):
        assert "Dubois" not in client.get(url).content.decode()


def test_every_language(client, certificate):
    for language, _name in settings.LANGUAGES:
        with override(language):
            page = check(client, certificate.code).content.decode()
        assert f'<html lang="{language}"' in page and "Amélie Dubois" in page
        assert '<dd lang="en">Recognising</dd>' in page


def test_only_get(client, certificate):
    assert client.post(reverse("certificates:verify"), {"code": certificate.code}).status_code == 405
