"""Certificates in each of their states, reached as in life: by completing, asking, issuing."""

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from certificates import services
from certificates.awards import award_certificate
from certificates.models import Certificate, CertificateTemplate, RevocationReason
from learning.models import Enrolment

# Latin with every accent of the partner languages, and Cyrillic; more than ninety characters.
LONGEST_NAME = "Élodie Şahin Đorđević Иванова Çelik Müller Gëzim İbrahim van der Straeten-Kołodziejczyk Ó Súilleabháin"

DETAILS = {
    "holder": "Amélie Dubois",
    "language": "en",
    "course": "Recognising and assisting trafficked children",
    "course_language": "en",
    "version": "1.0",
    "outcomes": ["Define child trafficking", "Tell trafficking from smuggling", "Act safely in the first hours"],
    "hours": "3.50",
    "issuer": "Partner Belgium",
    "signatory": "Anke Peeters",
    "signatory_role": "Director",
    "issued_on": "2026-11-23",
    "code": "ABCDEFGHJKMN",
    "url": "https://training.example.org/v/3f0c0b70-6f0e-4d6e-9d5a-5a1f6f0e4d6e/",
    "template_version": 1,
    "site": "ReACT training",
}


class OrganisationFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Partner {n}")
    slug = factory.Sequence(lambda n: f"partner-{n}")
    country = "BG"
    is_issuer = True
    signatory_name = "Elena Petrova"
    signatory_role = "Director"

    class Meta:
        model = Organisation


class TemplateFactory(factory.django.DjangoModelFactory):
    hours = "3.50"
    issuer = factory.SubFactory(OrganisationFactory)

    class Meta:
        model = CertificateTemplate


class HolderFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address who has not said their name yet."""

    email = factory.Sequence(lambda n: f"holder{n}@example.org")
    language = "en"

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def confirmed(self, create: bool, confirmed: bool | None, **kwargs: object) -> None:
        EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=confirmed is not False)


def confirm(user: User) -> None:
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})


def complete(user: User, course_key) -> Enrolment:
    """``user`` has completed the course; nothing is announced."""
    return Enrolment.objects.create(user=user, course_key=course_key, version="1.0", completed_at=timezone.now())


def due(user: User, template: CertificateTemplate) -> Certificate:
    return award_certificate(complete(user, template.course_key))


def requested(user: User, template: CertificateTemplate, name: str = "Amélie Dubois", language: str = "en") -> Certificate:
    return services.request_certificate(certificate=due(user, template), holder_name=name, language=language)


def issued(user: User, template: CertificateTemplate, name: str = "Amélie Dubois", language: str = "en") -> Certificate:
    certificate = requested(user, template, name, language)
    assert certificate.status == Certificate.Status.ISSUED, "the template must be automatic"
    return certificate


def revoked(certificate: Certificate, actor: User, reason: str = RevocationReason.MISTAKE) -> Certificate:
    return services.revoke(certificate=certificate, actor=actor, reason=reason)


def issuer_of(organisation: Organisation, role: Role = Role.ISSUER) -> User:
    user = HolderFactory(full_name=f"{role.label} of {organisation}")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return User.objects.get(pk=user.pk)
