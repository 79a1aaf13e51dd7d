"""Proof: what a certificate promises, frozen at the moment it was promised."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

from .codes import grouped, new_code, normalised


class CertificateTemplate(models.Model):
    """How the certificates of one course are made, by whom and on whose decision. Changes apply to later certificates only."""

    class Mode(models.TextChoices):
        AUTOMATIC = "automatic", _("Automatically, when the course is completed")
        APPROVAL = "approval", _("After approval by the issuer")

    course_key = models.UUIDField(_("course"), unique=True)
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="certificate_templates",
        limit_choices_to={"is_issuer": True},
        verbose_name=_("issuer"),
    )
    mode = models.CharField(_("certificates are issued"), max_length=20, choices=Mode, default=Mode.AUTOMATIC)
    hours = models.DecimalField(_("hours of training"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0.25)])
    version = models.PositiveIntegerField(_("version of the template"), default=1, editable=False)

    class Meta:
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")

    def __str__(self) -> str:
        return f"{self.issuer}, {self.course_key}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, user) -> "CertificateQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def of_issuers(self, organisations) -> "CertificateQuerySet":
        """Certificates that the given organisations issue; nobody reads those of another issuer."""
        return self.filter(issuer__in=organisations)

    def waiting(self) -> "CertificateQuerySet":
        return self.filter(status=Certificate.Status.REQUESTED).order_by("earned_at", "pk")

    def public(self) -> "CertificateQuerySet":
        """What anyone may check: issued, or revoked with the last ``revoked_at`` and ``revoked_for``."""
        revoked = CertificateEvent.objects.filter(
            certificate=models.OuterRef("pk"), action=CertificateEvent.Action.REVOKED
        ).order_by("-at", "-pk")
        return self.filter(status__in=[Certificate.Status.ISSUED, Certificate.Status.REVOKED]).annotate(
            revoked_at=models.Subquery(revoked.values("at")[:1]), revoked_for=models.Subquery(revoked.values("reason")[:1])
        )

    def checked_by(self, typed: str) -> "Certificate | None":
        """The public certificate that ``typed`` (a code as people type it, or the id in a QR) means. Always one query."""
        try:
            wanted = models.Q(public_id=uuid.UUID(typed))
        except ValueError:
            wanted = models.Q(code=normalised(typed)[:64])
        return self.public().filter(wanted).first()

    def by_course(self) -> dict[uuid.UUID, "Certificate"]:
        """The certificates of one person, by course."""
        return {certificate.course_key: certificate for certificate in self}


class Certificate(models.Model):
    """One person's certificate for one course: there is never a second.

    DUE: earned, the holder has yet to say how their name is printed. REQUESTED: waits for the issuer. ISSUED: valid.
    REVOKED: withdrawn, still shown to whoever checks it. ``details`` is frozen on issue (see ``services.frozen_details``);
    until then ``holder_name`` and ``language`` are the holder's draft. ``issuer`` follows the template until issue, then stays.
    """

    class Status(models.TextChoices):
        DUE = "due", _("Name needed")
        REQUESTED = "requested", _("Waiting for approval")
        ISSUED = "issued", _("Valid")
        REVOKED = "revoked", _("Revoked")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates", verbose_name=_("holder")
    )
    template = models.ForeignKey(CertificateTemplate, models.PROTECT, related_name="certificates", verbose_name=_("template"))
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="certificates", verbose_name=_("issuer"))
    course_key = models.UUIDField(_("course"), editable=False)
    course_version = models.CharField(_("version of the course"), max_length=20, blank=True, editable=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DUE, editable=False)
    holder_name = models.CharField(_("name on the certificate"), max_length=200, blank=True)
    language = models.CharField(_("language of the certificate"), max_length=10, blank=True)
    details = models.JSONField(default=dict, editable=False)
    earned_at = models.DateTimeField(_("completed"), default=timezone.now, editable=False)
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-earned_at", "-pk"]
        permissions = [("revoke_certificate", _("Can revoke and reinstate certificates"))]
        indexes = [models.Index(fields=["issuer", "status"])]
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key"], name="certificate_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["due", "requested"])
                | (models.Q(issued_at__isnull=False) & ~models.Q(holder_name="")),
                name="certificate_issued_has_date_and_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name or _('Name not given yet')}, {self.grouped_code}"

    @property
    def grouped_code(self) -> str:
        return grouped(self.code)


class CertificateDocument(models.Model):
    """The frozen PDF: written once, never again. In the database, so that row and file cannot come apart."""

    certificate = models.OneToOneField(Certificate, models.CASCADE, related_name="document", primary_key=True)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("certificate document")
        verbose_name_plural = _("certificate documents")

    def __str__(self) -> str:
        return self.sha256


class RevocationReason(models.TextChoices):
    """Why a certificate was withdrawn, in words that anyone may read: whoever checks the certificate sees them."""

    DETAILS = "details", _("The details on it are not right.")
    MISTAKE = "mistake", _("It was issued by mistake.")
    PERSON = "person", _("The person named did not complete the course.")
    HOLDER = "holder", _("The holder asked for it.")
    OTHER = "other", _("The issuer withdrew it. Ask the issuer for the reason.")


class CertificateEvent(models.Model):
    """What happened to a certificate, by whom and why. Only ever added to. ``reason`` is public, ``note`` is not."""

    class Action(models.TextChoices):
        EARNED = "earned", _("Earned")
        REQUESTED = "requested", _("Requested by the holder")
        ISSUED = "issued", _("Issued")
        REVOKED = "revoked", _("Revoked")
        REINSTATED = "reinstated", _("Reinstated")

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="events")
    action = models.CharField(max_length=12, choices=Action)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=RevocationReason, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("certificate event")
        verbose_name_plural = _("certificate events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, {self.at:%Y-%m-%d}"

    def save(self, *args, **kwargs) -> None:
        """Add to the history; what stands in it is never rewritten."""
        if self.pk:
            raise TypeError("The history of a certificate is only ever added to.")
        super().save(*args, **kwargs)


class CertificateNotice(models.Model):
    """The mail that tells the holder of an event. Written with the event, so that no crash can lose it; sent afterwards."""

    event = models.OneToOneField(CertificateEvent, models.CASCADE, related_name="notice", primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("certificate notice")
        verbose_name_plural = _("certificate notices")

    def __str__(self) -> str:
        return f"{self.event}, {self.tries}"
