"""Files made for paper. One row is one file; what it is made of is frozen in it until it is made."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STUCK = timedelta(minutes=10)  # longer than any file takes: its worker is gone


class Kind(models.TextChoices):
    LESSON = "lesson", _("Lesson to print")
    HANDOUT = "handout", _("Handout for learners")
    HANDBOOK = "handbook", _("Handbook for trainers")


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    WORKING = "working", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not made")


class Printable(models.Model):
    """A PDF of a lesson or module. ``fingerprint`` is that of its content: the same content is one row, whoever asks."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    page_key = models.UUIDField()
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    source = models.TextField(blank=True, default="")  # the page as HTML; empty once the file is made
    pdf = models.BinaryField(default=b"")
    size = models.PositiveIntegerField(default=0)  # bytes of the file
    pages = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(default=timezone.now)  # of the newest try
    asked_at = models.DateTimeField(default=timezone.now)  # when somebody last wanted it

    class Meta:
        verbose_name = _("file for paper")
        verbose_name_plural = _("files for paper")

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether its page has to be looked at again."""
        return self.state in {State.QUEUED, State.WORKING}

    @property
    def is_stuck(self) -> bool:
        return self.is_open and self.begun_at < timezone.now() - STUCK
