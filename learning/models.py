"""Learner records. They point to content by translation key, so a learner may change language and lose nothing."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, user) -> "EnrolmentQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def completed(self) -> "EnrolmentQuerySet":
        return self.filter(completed_at__isnull=False)


class Enrolment(models.Model):
    """A person takes a course. ``version`` is the course's version when they began; ``completed_at`` is never taken back."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments", verbose_name=_("person"))
    course_key = models.UUIDField(_("course"), editable=False)
    version = models.CharField(_("version of the course"), max_length=20, blank=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True, editable=False)
    last_lesson_key = models.UUIDField(_("last lesson opened"), null=True, blank=True, editable=False)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="enrolment_once")]
        indexes = [models.Index(fields=["course_key", "completed_at"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.course_key}"


class LessonCompletion(models.Model):
    """A lesson that a learner has done. Its presence is the fact; it is never edited."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="completions", verbose_name=_("enrolment"))
    lesson_key = models.UUIDField(_("lesson"), editable=False)
    completed_at = models.DateTimeField(_("completed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("lesson completion")
        verbose_name_plural = _("lesson completions")
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson_key"], name="lesson_completion_once")]
        indexes = [models.Index(fields=["lesson_key"])]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.lesson_key}"
