"""What people who run quizzes write down: exceptions, marks by hand, doubts about questions, files brought in and taken out."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

from .attempts import Response
from .bank import QuestionBank

PERSON = settings.AUTH_USER_MODEL


class QuizOverride(models.Model):
    """Other dates, time, tries or access code for one person, or for the people of one organisation, with the reason.

    What is empty stays as the quiz says. A person's own override comes before that of their organisation.
    """

    quiz_key = models.UUIDField(_("quiz"), db_index=True)
    user = models.ForeignKey(PERSON, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(
        _("more time (minutes)"), default=0, help_text=_("On top of the time limit of the quiz.")
    )
    no_time_limit = models.BooleanField(_("no time limit"), default=False)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("tries allowed"), null=True, blank=True, help_text=_("Empty means: as the quiz says. 0 means: as many as wanted.")
    )
    access_code = models.CharField(
        _("access code"), max_length=50, blank=True, help_text=_("Empty means: the code of the quiz, if it has one.")
    )
    no_access_code = models.BooleanField(_("no access code"), default=False)
    reason = models.CharField(
        _("reason"),
        max_length=500,
        help_text=_("For colleagues. No health details: “more time, agreed with the coordinator” will do."),
    )
    created_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, organisation__isnull=True)
                | models.Q(user__isnull=True, organisation__isnull=False),
                name="override_person_or_organisation",
            ),
            models.UniqueConstraint(fields=["quiz_key", "user"], name="override_person_once"),
            models.UniqueConstraint(fields=["quiz_key", "organisation"], name="override_organisation_once"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.organisation)


class HandMark(models.Model):
    """What one marker gave to one answer. A draft counts for nothing yet.

    ``scores``: points by the id of the criterion; without a rubric ``fraction`` alone, from 0 to 1.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="hand_marks")
    marker = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+", verbose_name=_("marker"))
    scores = models.JSONField(default=dict, blank=True)
    fraction = models.DecimalField(
        max_digits=6, decimal_places=5, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    comment = models.TextField(_("comment for the learner"), blank=True)
    is_draft = models.BooleanField(_("draft"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("mark by hand")
        verbose_name_plural = _("marks by hand")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["response", "marker"], name="hand_mark_once")]

    def __str__(self) -> str:
        return f"{self.response}, {self.marker}"


class QuestionFlag(models.Model):
    """A learner says that something is wrong with a question. No free text: nothing about a case can end up here."""

    class Reason(models.TextChoices):
        UNCLEAR = "unclear", _("The question is unclear")
        SEVERAL_FIT = "several_fit", _("More than one answer fits")
        OUTDATED = "outdated", _("It is out of date, or not so in my country")
        LANGUAGE = "language", _("The language or translation is wrong")
        HURTFUL = "hurtful", _("It is worded in a hurtful way")

    question_key = models.UUIDField(_("question"), db_index=True)
    language = models.CharField(_("language"), max_length=10)
    question_version = models.PositiveIntegerField(default=0)
    user = models.ForeignKey(PERSON, models.CASCADE, related_name="+", verbose_name=_("person"))
    reason = models.CharField(_("what is wrong"), max_length=12, choices=Reason)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    resolved_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("doubt about a question")
        verbose_name_plural = _("doubts about questions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_key", "user", "reason"], condition=models.Q(resolved_at__isnull=True), name="question_flag_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class ImportedQuestion(models.Model):
    """Which question of a bank came from which reference in a file, so that bringing a file in twice makes no duplicates."""

    bank = models.ForeignKey(QuestionBank, models.CASCADE, related_name="imported")
    reference = models.CharField(max_length=255)
    question_key = models.UUIDField()
    checksum = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "reference"], name="imported_question_once")]

    def __str__(self) -> str:
        return self.reference


class JobState(models.TextChoices):
    READY = "ready", _("Ready to start")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Job(models.Model):
    """Long work with visible progress: ``done`` of ``total``. Safe to run twice."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(PERSON, models.CASCADE, related_name="+", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.READY)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at"]


class QuestionImport(Job):
    """A file that was read and waits to be confirmed, or was brought in. ``report``: item by item, what arrives and what not.

    Without a ``bank`` one called ``new_bank`` is made when it is brought in, not before.
    """

    bank = models.ForeignKey(
        QuestionBank, models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("question bank")
    )
    new_bank = models.CharField(_("name of the new bank"), max_length=200, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    format = models.CharField(_("format"), max_length=20)
    content = models.BinaryField()
    report = models.JSONField(default=dict)

    class Meta(Job.Meta):
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")

    def __str__(self) -> str:
        return self.file_name

    @property
    def bank_name(self) -> str:
        return self.bank.name if self.bank else self.new_bank


class QuizReport(Job):
    """A table of results that takes longer than a page may: made by a task, fetched when it is done, deleted after a week."""

    quiz_key = models.UUIDField(_("quiz"))
    kind = models.CharField(max_length=20)
    format = models.CharField(_("format"), max_length=10)
    parameters = models.JSONField(default=dict, blank=True)
    content = models.BinaryField(default=b"")

    class Meta(Job.Meta):
        verbose_name = _("report of a quiz")
        verbose_name_plural = _("reports of quizzes")

    def __str__(self) -> str:
        return f"{self.kind}, {self.created_at:%Y-%m-%d}"
