"""People, organisations, roles."""

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from accounts.models import Membership, Organisation, Role, User

PASSWORD = "correct horse battery"


class PersonFactory(DjangoModelFactory):
    """Somebody who has answered the sign-up. ``verified=True`` confirms the address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.com")
    country = "BE"
    occupation = "guardian"
    language = "en"

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **kwargs) -> None:
        self.set_password(PASSWORD if extracted is None else extracted)
        self.save(update_fields=["password"])

    @factory.post_generation
    def verified(self, create: bool, extracted: bool | None, **kwargs) -> None:
        EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=bool(extracted))


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Partner {number}")
    slug = factory.Sequence(lambda number: f"partner-{number}")
    country = "BE"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.LEARNER
