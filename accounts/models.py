"""Who: people, the organisations they belong to, and in which role. No field here describes a child or a case."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from training.places import Country


class Occupation(models.TextChoices):
    GUARDIAN = "guardian", _("Guardian")
    LAWYER = "lawyer", _("Lawyer")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    RECEPTION = "reception", _("Reception or shelter staff")
    POLICE = "police", _("Police or border guard")
    JUSTICE = "justice", _("Judge or prosecutor")
    HEALTH = "health", _("Health professional")
    EDUCATION = "education", _("Teacher or educator")
    INTERPRETER = "interpreter", _("Interpreter or mediator")
    OTHER = "other", _("Another occupation")
    UNDISCLOSED = "undisclosed", _("I prefer not to say")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create a person who signs in with ``email``. A missing password means: by mailed code or passkey only."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Create an administrator, whose address counts as confirmed: whoever reaches the command line vouches for it."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        """The person who owns ``email``, for commands. Raises ``User.DoesNotExist``."""
        people = self.claiming(email)
        if not people:
            raise self.model.DoesNotExist
        return people[0]

    def claiming(self, email: str) -> "list[User]":
        """Everyone whose account names ``email``: who proved that it is theirs first, then in order of joining.

        Usually one or none; more when somebody signed up with an address that was taken
        (docs/decisions/0003-accounts-and-enumeration.md).
        """
        email = email.strip().lower()
        proven = models.Exists(EmailAddress.objects.filter(user=models.OuterRef("pk"), email=email, verified=True))
        by_address = models.Q(pk__in=EmailAddress.objects.filter(email=email).values("user"))
        people = self.filter(models.Q(email=email) | by_address).annotate(proven=proven)
        return list(people.order_by("-proven", "date_joined", "pk"))


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address is the login; the name is what a certificate prints, asked only when one is due.

    ``email`` is never empty and not unique: only an address that was *confirmed* belongs to one person (allauth's
    ``unique_verified_email``). A unique column would tell a stranger at sign-up who has an account here.
    """

    email = models.EmailField(_("e-mail address"), db_index=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    occupation = models.CharField(_("occupation"), max_length=20, choices=Occupation, blank=True)
    country = models.CharField(_("country you work in"), max_length=2, choices=Country, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    # From the sign-up form, so that a form sent twice makes one person.
    signup_key = models.UUIDField(null=True, unique=True, editable=False)
    is_staff = models.BooleanField(_("technical staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def about_answered(self) -> bool:
        """Whether the second page of the sign-up was answered ("prefer not to say" is an answer)."""
        return bool(self.country and self.occupation)


def display_name(user: User) -> str:
    """What account pages call the signed-in person."""
    return str(user)


class Organisation(ClusterableModel):
    """A partner: runs cohorts, and signs certificates when it is an issuer."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("short name for addresses"), unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    website = models.URLField(_("website"), blank=True)
    signatory_name = models.CharField(_("who signs certificates"), max_length=200, blank=True)
    signatory_role = models.CharField(_("role of the signatory"), max_length=200, blank=True)
    is_issuer = models.BooleanField(_("issues certificates"), default=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    TRAINER = "trainer", _("Trainer")
    ISSUER = "issuer", _("Issuer")
    COORDINATOR = "coordinator", _("Coordinator")


class Membership(models.Model):
    """A person's role in an organisation; the groups of the site follow from it (``services.sync_groups``)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"
