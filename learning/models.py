"""Learner records. They point to content by translation key, so a learner may change language and lose nothing."""

import uuid
from datetime import date, timedelta

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


class BlockStateQuerySet(models.QuerySet["BlockState"]):
    def reflections_of(self, user) -> "BlockStateQuerySet":
        """What ``user`` wrote for themselves, the newest first. Ask for it only on behalf of ``user``."""
        return self.filter(enrolment__user=user, kind="reflection").order_by("-touched_at", "pk")


class BlockState(models.Model):
    """What a learner left in a practice block: one row for each learner and block, whatever the language of the page.

    ``state`` is JSON that the block alone understands; of a private block nobody but the learner reads it.
    ``score`` is the last one, from 0 to 1; null where nothing is right or wrong.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="block_states", verbose_name=_("enrolment"))
    lesson_key = models.UUIDField(_("lesson"), editable=False)
    block_id = models.UUIDField(_("block"), editable=False)
    kind = models.CharField(_("kind"), max_length=40, editable=False)
    state = models.JSONField(_("state"), default=dict, editable=False)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=5, null=True, editable=False)
    tries = models.PositiveIntegerField(_("tries"), default=0, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    touched_at = models.DateTimeField(_("last touched"), auto_now=True, editable=False)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True, editable=False)

    objects = BlockStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of a block")
        verbose_name_plural = _("states of blocks")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson_key", "block_id"], name="block_state_once"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(0, 1)), name="block_score_range"
            ),
        ]
        indexes = [models.Index(fields=["lesson_key", "block_id"])]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.block_id}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def due(self, today: date, *, at_most: timedelta) -> "FollowUpQuerySet":
        """Those to send on ``today``, for people who can still sign in; what is late by more than ``at_most`` is left aside."""
        waiting = self.filter(sent_at=None, due_on__range=(today - at_most, today))
        return waiting.filter(block_state__enrolment__user__is_active=True)


class FollowUp(models.Model):
    """The one mail that a learner asked for, to come back to what they wrote. Nothing of the text stands here.

    ``sent_at`` is set by whoever is about to send it, before it goes, and taken back where the mail server refused it.
    """

    block_state = models.OneToOneField(BlockState, models.CASCADE, related_name="follow_up", verbose_name=_("state of a block"))
    due_on = models.DateField(_("due"), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up mail")
        verbose_name_plural = _("follow-up mails")
        default_permissions = ()  # only its learner decides about it
        indexes = [models.Index(fields=["due_on"], condition=models.Q(sent_at=None), name="follow_up_due")]

    def __str__(self) -> str:
        return f"{self.block_state_id}, {self.due_on}"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def shown(self) -> "ContributionQuerySet":
        return self.filter(state=Contribution.State.SHOWN)

    def texts(self) -> "ContributionQuerySet":
        """What somebody wrote, in contrast to what they chose."""
        return self.exclude(language="")


class Contribution(models.Model):
    """What somebody gave to an anonymous block. Nothing leads to who it was: no person, no time of day, no number in a row.

    ``text`` is the id of a choice for a poll, which is counted at once and in all languages together: its ``language`` is empty.
    Texts wait until a trainer has let them through, and are read in their own language alone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Hidden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lesson_key = models.UUIDField(_("lesson"), editable=False)
    block_id = models.UUIDField(_("block"), editable=False)
    kind = models.CharField(_("kind"), max_length=40, editable=False)
    text = models.TextField(_("text"), editable=False)
    language = models.CharField(_("language"), max_length=20, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    day = models.DateField(_("day"), default=timezone.localdate, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        default_permissions = ()  # who may let texts through is said in accounts.permissions
        indexes = [models.Index(fields=["lesson_key", "block_id", "state"]), models.Index(fields=["state", "day"])]

    def __str__(self) -> str:
        return f"{self.kind}, {self.block_id}"
