"""Proof: what a certificate promises, frozen at the moment it was promised."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

from .codes import new_code


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
    hours = models.DecimalField(_("hours of training"), max_digits=5, decimal_places=2)
    version = models.PositiveIntegerField(_("version of the template"), default=1, editable=False)

    class Meta:
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")

    def __str__(self) -> str:
        return f"{self.issuer}, {self.course_key}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of_issuers(self, organisations) -> "CertificateQuerySet":
        """Certificates that the given organisations issue; nobody reads those of another issuer."""
        return self.filter(template__issuer__in=organisations)


class Certificate(models.Model):
    """One person's certificate for one course: there is never a second.

    DUE: earned, the holder has yet to say how their name is printed. REQUESTED: waits for the issuer. ISSUED: valid.
    REVOKED: withdrawn, still shown to whoever checks it. ``details`` is frozen on issue (see ``services.frozen_details``).
    """

    class Status(models.TextChoices):
        DUE = "due", _("Due")
        REQUESTED = "requested", _("Waiting for approval")
        ISSUED = "issued", _("Valid")
        REVOKED = "revoked", _("Revoked")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates", verbose_name=_("holder")
    )
    template = models.ForeignKey(CertificateTemplate, models.PROTECT, related_name="certificates", verbose_name=_("template"))
    course_key = models.UUIDField(_("course"), editable=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DUE, editable=False)
    holder_name = models.CharField(_("name on the certificate"), max_length=200, blank=True)
    language = models.CharField(_("language of the certificate"), max_length=10, blank=True)
    details = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("earned"), default=timezone.now, editable=False)
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-created_at"]
        permissions = [("revoke_certificate", _("Can revoke and reinstate certificates"))]
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key"], name="certificate_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["due", "requested"]) | models.Q(issued_at__isnull=False),
                name="certificate_issued_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name or self.user}, {self.code}"


class CertificateDocument(models.Model):
    """The frozen PDF: written once, never again. In the database, so that row and file cannot come apart."""

    certificate = models.OneToOneField(Certificate, models.CASCADE, related_name="document", primary_key=True)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.sha256


class CertificateEvent(models.Model):
    """What happened to a certificate, by whom and why. Only ever added to."""

    class Action(models.TextChoices):
        EARNED = "earned", _("Earned")
        REQUESTED = "requested", _("Requested by the holder")
        ISSUED = "issued", _("Issued")
        REVOKED = "revoked", _("Revoked")
        REINSTATED = "reinstated", _("Reinstated")

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="events")
    action = models.CharField(max_length=12, choices=Action)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, {self.at:%Y-%m-%d}"
