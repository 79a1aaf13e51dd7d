"""Mistakes of the configuration are found before they are printed."""

import pytest
from django.core.checks import run_checks

from certificates import fonts
from certificates.checks import fonts_are_there, issuers_have_a_signatory, site_url_is_public
from tests.factories.certificates import OrganisationFactory


def ids(messages) -> list[str]:
    return [message.id for message in messages]


@pytest.mark.parametrize(
    "url", ["http://training.example.org", "https://localhost", "https://127.0.0.1:8000", "", "https://", "training.example.org"]
)
def test_an_address_that_paper_should_not_carry(settings, url):
    settings.SITE_URL = url
    assert ids(site_url_is_public(None)) == ["certificates.E002"]
    assert "certificates.E002" in ids(run_checks(include_deployment_checks=True))
    assert "certificates.E002" not in ids(run_checks())


def test_a_public_address_is_right(settings):
    settings.SITE_URL = "https://training.example.org"
    assert site_url_is_public(None) == []


def test_fonts(settings, tmp_path):
    assert fonts_are_there(None) == []
    settings.BASE_DIR = tmp_path
    assert ids(fonts_are_there(None)) == ["certificates.E001"] * len(fonts.FILES)


@pytest.mark.django_db
def test_an_issuer_without_a_signatory(organisation):
    OrganisationFactory(name="No issuer", is_issuer=False, signatory_name="")
    assert issuers_have_a_signatory(None, databases=["default"]) == []
    OrganisationFactory(name="Nobody signs", signatory_name="")
    (warning,) = issuers_have_a_signatory(None, databases=["default"])
    assert "Nobody signs" in warning.msg
    assert issuers_have_a_signatory(None, databases=None) == []
