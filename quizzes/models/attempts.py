"""What a learner answered. Frozen at the start: questions, pass mark and settings of an attempt never change under its feet."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.grading import Standing, Try, standing
from quizzes.marking import Given, opens_next
from quizzes.rules import Behaviour, Grading, Navigation, Rules


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, user, quiz_key: uuid.UUID) -> "AttemptQuerySet":
        return self.filter(user=user, quiz_key=quiz_key)

    def open(self) -> "AttemptQuerySet":
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> "AttemptQuerySet":
        return self.filter(submitted_at__isnull=False)

    def counting(self) -> "AttemptQuerySet":
        """Handed in, by somebody with an account, and not discarded."""
        return self.submitted().filter(user__isnull=False, discarded=False)

    def open_and_best(self, grading: str = Grading.BEST) -> "tuple[Attempt | None, Attempt | None]":
        """The open attempt, and the submitted one that counts by ``grading``. One query.

        Where all count together, or the best does: a pass first, then the highest, then the earliest. For the attempts of one
        person at one quiz.
        """
        best = ["-passed", "-percent", "submitted_at"]
        order = {Grading.FIRST: ["waiting", "submitted_at"], Grading.LAST: ["waiting", "-submitted_at"]}.get(grading, best)
        ordered = self.annotate(handed_in=models.Q(submitted_at__isnull=False)).order_by("handed_in", "discarded", *order)
        first_two = list(ordered[:2])
        opened = next((attempt for attempt in first_two if attempt.is_open), None)
        return opened, next((attempt for attempt in first_two if not attempt.is_open), None)

    def overdue(self, now: datetime) -> "AttemptQuerySet":
        return self.open().filter(ends_at__lte=now)

    def standings(self, user, quiz_keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Standing]:
        """How ``user`` stands in each quiz that they have handed in at least once. One query."""
        tries: dict[uuid.UUID, list[Try]] = {}
        wanted = self.counting().filter(user=user, quiz_key__in=list(quiz_keys)).order_by("submitted_at", "pk")
        for key, *values in wanted.values_list("quiz_key", "percent", "passed", "pass_mark", "waiting", "rules"):
            percent, passed, pass_mark, waiting, rules = values
            tries.setdefault(key, []).append(Try(percent, passed, pass_mark, waiting, Rules.of(rules)))
        return {key: standing(found) for key, found in tries.items()}

    def passed_keys(self, user, quiz_keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
        """Which of ``quiz_keys`` count as done for ``user``, by the rules that their tries promised. One query."""
        return {key for key, found in self.standings(user, quiz_keys).items() if found.done}


class Attempt(models.Model):
    """One sitting of a quiz. Open until ``submitted_at``; points and ``percent`` are set by marking.

    ``length`` is the number of questions. ``return_to`` is the local path of the lesson from which the learner came.
    ``rules`` are the quiz's settings at the start (``quizzes.rules.Rules``). A visitor without an account has no ``user`` but a
    ``visitor`` key, which only their session knows; such practice counts for nothing and is deleted after three days.
    ``waiting``: an answer still waits for a person to mark it. ``ends_at``: when its time is over.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="attempts", verbose_name=_("person")
    )
    visitor = models.CharField(max_length=40, blank=True, editable=False)
    quiz_key = models.UUIDField(_("quiz"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveSmallIntegerField(_("try number"), default=1, editable=False)
    length = models.PositiveSmallIntegerField(_("number of questions"), editable=False)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (per cent)"))
    page_reached = models.PositiveSmallIntegerField(default=1, editable=False)
    rules = models.JSONField(_("settings"), default=dict, editable=False)
    return_to = models.CharField(max_length=500, blank=True, editable=False)
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    touched_at = models.DateTimeField(_("last answered"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("time is over"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    discarded = models.BooleanField(_("does not count"), default=False, editable=False)
    waiting = models.BooleanField(_("waits for a marker"), default=False, editable=False)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True, editable=False)
    max_points = models.DecimalField(_("points possible"), max_digits=7, decimal_places=2, null=True, editable=False)
    percent = models.DecimalField(_("per cent"), max_digits=5, decimal_places=2, null=True, editable=False)
    passed = models.BooleanField(_("passed"), default=False, editable=False)
    # Where an attempt that was taken elsewhere came from, so that bringing it over twice makes one.
    origin = models.CharField(max_length=120, blank=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "quiz_key"], condition=models.Q(submitted_at__isnull=True), name="attempt_one_open"
            ),
            models.UniqueConstraint(
                fields=["visitor", "quiz_key"],
                condition=models.Q(submitted_at__isnull=True) & ~models.Q(visitor=""),
                name="attempt_one_open_visitor",
            ),
            models.UniqueConstraint(fields=["origin"], condition=~models.Q(origin=""), name="attempt_origin_once"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, visitor="") | (models.Q(user__isnull=True) & ~models.Q(visitor="")),
                name="attempt_user_or_visitor",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "quiz_key", "passed"]),
            models.Index(fields=["quiz_key", "submitted_at"]),
            models.Index(fields=["ends_at"], condition=models.Q(submitted_at__isnull=True), name="attempt_open_ends"),
        ]

    def __str__(self) -> str:
        who = self.user or _("Visitor")
        return f"{who}, {self.title}"

    @cached_property
    def promised(self) -> Rules:
        return Rules.of(self.rules)

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def is_late(self) -> bool:
        """Handed in after the day it was due."""
        due = self.promised.due_at
        return bool(due and self.submitted_at and self.submitted_at > due)

    def resume_page(self) -> int | None:
        """The first page that still waits for the learner; None when all that is left is to hand in. At most two queries."""
        if self.promised.navigation == Navigation.ONE_WAY:
            return self.page_reached if self.page_reached <= self.last_page() else None
        waiting = self.responses.filter(answer__isnull=True)
        if self.promised.behaviour == Behaviour.IMMEDIATE:
            waiting = self.responses.filter(seen_feedback=False, answer__isnull=False) | waiting
        page = waiting.order_by("position").values_list("page", flat=True).first()
        in_order = page and self.promised.navigation == Navigation.IN_ORDER
        return min(page, self.page_reached) if in_order else page

    def last_page(self) -> int:
        """The number of its last page. One query, once."""
        if not hasattr(self, "_last_page"):
            self._last_page = self.responses.aggregate(last=models.Max("page"))["last"] or 1
        return self._last_page

    def not_yet_open(self) -> dict[int, int]:
        """The positions of the questions that wait for the one before, each with the page of that one. One query.

        What was answered once stays open.
        """
        waiting: dict[int, int] = {}
        before: Response | None = None
        for response in self.responses.all():
            waits = response.after_previous and response.answer is None and not response.checks
            if waits and before and (before.position in waiting or not opens_next(before.given, self.promised)):
                waiting[response.position] = before.page
            before = response
        return waiting

    @property
    def tells_points(self) -> bool:
        """Whether its learner may read now how many points it has."""
        return self.promised.show(self.promised.moment(self.submitted_at, timezone.now())).points

    def time_is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and now >= self.ends_at


class Response(models.Model):
    """One question of an attempt, as it was asked (``snapshot``), and what the learner answered (``answer``).

    ``snapshot`` holds the right answer and never leaves the server unmarked; only ``Kind.shown`` of it does.
    ``answer`` is None until the learner gave one; ``version`` counts its changes, so that a stale tab is noticed.
    ``seen_feedback`` locks an answer whose feedback was shown. ``points`` are kept with every answer and are for nobody to see
    until the attempt is submitted (or the feedback shown). ``checks`` are the answers that were checked one after the other,
    each ``{"answer", "certainty"}``. ``hand_fraction`` is what markers gave, 0 to 1.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(_("position"))
    page = models.PositiveSmallIntegerField(_("page"), default=1)
    section = models.CharField(_("section"), max_length=200, blank=True)
    after_previous = models.BooleanField(_("opens after the question before"), default=False, editable=False)
    question_key = models.UUIDField(_("question"), editable=False)
    question_version = models.PositiveIntegerField(_("version of the question"), default=0, editable=False)
    snapshot = models.JSONField()
    answer = models.JSONField(null=True, blank=True)
    certainty = models.PositiveSmallIntegerField(_("how sure"), null=True, blank=True)
    checks = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    seconds = models.PositiveIntegerField(_("seconds spent"), default=0, editable=False)
    seen_feedback = models.BooleanField(default=False)
    excluded = models.BooleanField(_("left out of the result"), default=False)
    waits_for_marker = models.BooleanField(_("waits for a marker"), default=False)
    hand_fraction = models.DecimalField(_("marked by hand"), max_digits=6, decimal_places=5, null=True, blank=True)
    hand_comment = models.TextField(_("comment of the marker"), blank=True)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, editable=False)
    max_points = models.DecimalField(_("points possible"), max_digits=6, decimal_places=2, default=1, editable=False)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="response_position_once")]
        indexes = [
            models.Index(fields=["question_key", "question_version"]),
            models.Index(fields=["attempt"], condition=models.Q(waits_for_marker=True), name="response_waits_for_marker"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}, {self.position}"

    @property
    def given(self) -> Given:
        return Given(self.snapshot, self.answer, self.certainty, self.checks, self.hand_fraction)


class AttemptEvent(models.Model):
    """What happened to an attempt that its learner did not do by answering. Only ever added to."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("what happened to a try", "Handed in")
        TIME_UP = "time_up", _("Handed in because its time was over")
        DISCARDED = "discarded", _("Time over, does not count")
        REOPENED = "reopened", _("Opened again")
        REGRADED = "regraded", _("Marked again after a correction")
        EXCLUDED = "excluded", _("A question was left out of the result, or taken in again")
        MARKED = "marked", _("Marked by hand")

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event of an attempt")
        verbose_name_plural = _("events of attempts")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.attempt}, {self.get_kind_display()}"
