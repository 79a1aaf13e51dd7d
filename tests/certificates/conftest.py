import pytest
from django.core.cache import cache

from certificates.models import Certificate, CertificateTemplate
from tests.factories.certificates import HolderFactory, TemplateFactory, due, issued


@pytest.fixture(autouse=True)
def forget_checks():
    """The count of checks from one address lives in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def holder(db):
    return HolderFactory()


@pytest.fixture
def template(course, organisation) -> CertificateTemplate:
    """The automatic template of ``course``, by ``organisation``."""
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


@pytest.fixture
def due_certificate(holder, template) -> Certificate:
    return due(holder, template)


@pytest.fixture
def certificate(holder, template) -> Certificate:
    """Issued, with its frozen details; its document is made by whoever asks first."""
    return issued(holder, template)
