"""What a learner answered. Frozen at the start: questions, pass mark and settings of an attempt never change under its feet."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .quiz import Feedback


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, user, quiz_key: uuid.UUID) -> "AttemptQuerySet":
        return self.filter(user=user, quiz_key=quiz_key)

    def open(self) -> "AttemptQuerySet":
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> "AttemptQuerySet":
        return self.filter(submitted_at__isnull=False)

    def open_and_best(self) -> "tuple[Attempt | None, Attempt | None]":
        """The open attempt, and the submitted one that counts: a pass first, then the highest, then the earliest. One query.

        For the attempts of one person at one quiz.
        """
        ordered = self.annotate(handed_in=models.Q(submitted_at__isnull=False)).order_by(
            "handed_in", "-passed", "-percent", "submitted_at"
        )
        first_two = list(ordered[:2])
        opened = next((attempt for attempt in first_two if attempt.is_open), None)
        return opened, next((attempt for attempt in first_two if not attempt.is_open), None)

    def passed_keys(self, user, quiz_keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
        """Which of ``quiz_keys`` the user has ever passed: the best result counts, and passed stays passed. One query."""
        return set(
            self.filter(user=user, quiz_key__in=list(quiz_keys), passed=True).values_list("quiz_key", flat=True).distinct()
        )


class Attempt(models.Model):
    """One sitting of a quiz. Open until ``submitted_at``; points and ``percent`` are set once, by marking.

    ``length`` is the number of questions. ``return_to`` is the local path of the lesson from which the learner came.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts", verbose_name=_("person"))
    quiz_key = models.UUIDField(_("quiz"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    length = models.PositiveSmallIntegerField(_("number of questions"), editable=False)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (per cent)"))
    feedback = models.CharField(_("feedback"), max_length=10, choices=Feedback)
    return_to = models.CharField(max_length=500, blank=True, editable=False)
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True, editable=False)
    max_points = models.DecimalField(_("points possible"), max_digits=7, decimal_places=2, null=True, editable=False)
    percent = models.DecimalField(_("per cent"), max_digits=5, decimal_places=2, null=True, editable=False)
    passed = models.BooleanField(_("passed"), default=False, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "quiz_key"], condition=models.Q(submitted_at__isnull=True), name="attempt_one_open"
            )
        ]
        indexes = [models.Index(fields=["user", "quiz_key", "passed"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.title}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def explains_each(self) -> bool:
        """Whether feedback follows each answer, which is then final."""
        return self.feedback == Feedback.EACH

    def resume_position(self) -> int | None:
        """The first question that still waits for the learner; None when all that is left is to hand in. One query."""
        waiting = self.responses.filter(answer__isnull=True)
        if self.explains_each:
            waiting = self.responses.filter(seen_feedback=False)
        return waiting.order_by("position").values_list("position", flat=True).first()


class Response(models.Model):
    """One question of an attempt, as it was asked (``snapshot``), and what the learner answered (``answer``).

    ``snapshot`` holds the right answer and never leaves the server unmarked; only ``Kind.shown`` of it does.
    ``answer`` is None until the learner gave one; ``version`` counts its changes, so that a stale tab is noticed.
    ``seen_feedback`` locks an answer whose feedback was shown. ``points`` are kept with every answer and are for nobody to see
    until the attempt is submitted (or the feedback shown).
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(_("position"))
    question_key = models.UUIDField(_("question"), editable=False)
    snapshot = models.JSONField()
    answer = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_feedback = models.BooleanField(default=False)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, editable=False)
    max_points = models.DecimalField(_("points possible"), max_digits=6, decimal_places=2, default=1, editable=False)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="response_position_once")]
        indexes = [models.Index(fields=["question_key"])]

    def __str__(self) -> str:
        return f"{self.attempt}, {self.position}"
