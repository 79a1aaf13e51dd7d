"""What the last look at a link found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PATIENCE = 3  # nights that a server may be away before anybody is told


class Link(models.Model):
    """An address that live lessons link to. ``code``: status of HTTP, empty where no server answered."""

    class State(models.TextChoices):
        FINE = "fine", _("answers")
        GONE = "gone", _("is gone")
        LOGIN = "login", _("opens only for those who sign in")
        AWAY = "away", _("does not answer")
        REFUSED = "refused", _("is not an address of the public web")

    url = models.CharField(_("address"), max_length=800, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    code = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    nights = models.PositiveSmallIntegerField(_("nights without an answer"), default=0)
    checked_at = models.DateTimeField(_("checked at"))
    lessons = models.ManyToManyField("courses.LessonPage", related_name="+", verbose_name=_("lessons"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.url


def broken() -> models.Q:
    """Links that somebody should look at. A server that is away for a night or two is left in peace."""
    at_once = [Link.State.GONE, Link.State.LOGIN, Link.State.REFUSED]
    return models.Q(state__in=at_once) | models.Q(state=Link.State.AWAY, nights__gte=PATIENCE)
