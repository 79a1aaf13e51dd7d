from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from certificates.models import Certificate, CertificateTemplate
from courses.models import CoursePage
from tests.factories.certificates import HolderFactory, TemplateFactory, due


@pytest.fixture
def holder(db: None) -> User:
    """A learner with a confirmed address, who has answered the sign-up."""
    return HolderFactory(country="BE", occupation="guardian")


@pytest.fixture
def template(course: CoursePage, organisation) -> CertificateTemplate:
    return TemplateFactory(course_key=course.translation_key, issuer=organisation)


@pytest.fixture
def due_certificate(holder: User, template: CertificateTemplate) -> Certificate:
    """Earned by ``holder``, who has yet to say their name."""
    return due(holder, template)


@pytest.fixture
def in_tab(client_for) -> Callable[[User], Client]:
    """``in_tab(user)``: a browser in which forms need their proof of origin, as outside of tests."""

    def signed_in(user: User) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        return client

    return signed_in
