"""What a quiz promises to whoever starts it: the settings that an attempt freezes. Values only, no models."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .kinds import Show


class Behaviour(models.TextChoices):
    DEFERRED = "deferred", _("At the end, all together")
    IMMEDIATE = "immediate", _("After each question")
    INTERACTIVE = "interactive", _("After each try, with hints and further tries")
    ADAPTIVE = "adaptive", _("Whenever the learner checks an answer; answers stay open")


class Navigation(models.TextChoices):
    FREE = "free", _("Free: any question at any time")
    IN_ORDER = "in_order", _("In order: a question opens when the one before has an answer")
    ONE_WAY = "one_way", _("One way: in order, and no way back")


class Grading(models.TextChoices):
    BEST = "best", _("The best try")
    AVERAGE = "average", _("The average of all tries")
    FIRST = "first", _("The first try")
    LAST = "last", _("The last try")


class TimeUp(models.TextChoices):
    SUBMIT = "submit", _("What is saved is handed in")
    GRACE = "grace", _("The learner may still hand in for a while, but change nothing")
    DISCARD = "discard", _("A try that was not handed in does not count")


class Completion(models.TextChoices):
    PASS = "pass", _("With a pass")
    USED_UP = "used_up", _("With a pass, or when all tries are used up")
    TAKEN = "taken", _("When it was handed in, whatever the result")


class Moment(models.TextChoices):
    DURING = "during", _("During the try")
    JUST_AFTER = "just_after", _("Within the hour after handing in")
    LATER = "later", _("Later, while the quiz is open")
    CLOSED = "closed", _("After the quiz has closed")


class Shown(models.TextChoices):
    """All but the last are fields of ``Show``."""

    VERDICT = "verdict", _("Whether the answer is right")
    POINTS = "points", _("Points")
    FEEDBACK = "feedback", _("Feedback to what was answered")
    EXPLANATION = "explanation", _("Explanation and source")
    RIGHT_ANSWER = "right_answer", _("The right answer")
    OVERALL = "overall", _("Feedback to the whole result")


JUST_AFTER = timedelta(hours=1)
AFTERWARDS = (Moment.JUST_AFTER, Moment.LATER, Moment.CLOSED)


def always() -> list[str]:
    return [moment.value for moment in AFTERWARDS]


def all_shown() -> list[str]:
    return list(Shown.values)


@dataclass(frozen=True)
class Rules:
    """The settings of a quiz as an attempt keeps them. Minutes are whole minutes, 0 means none."""

    behaviour: str = Behaviour.DEFERRED
    certainty: bool = False  # learners say how sure they are, and it changes the points
    penalties: bool = True  # each wrong try costs the question's penalty
    wrong_costs: int = 0  # per cent of a question's points that a wrong answer takes away
    navigation: str = Navigation.FREE
    grading: str = Grading.BEST
    completion: str = Completion.PASS
    minimum_tries: int = 0  # that must be handed in before the quiz counts as done
    attempts_allowed: int = 0  # 0: as many as one likes
    time_limit: int = 0
    when_time_ends: str = TimeUp.SUBMIT
    grace: int = 0
    redo: bool = False  # a question whose feedback was read may be answered afresh
    second_marker: bool = False
    due_at: datetime | None = None
    closes_at: datetime | None = None
    review: Mapping[str, list[str]] = field(default_factory=lambda: {moment.value: all_shown() for moment in Moment})
    answers_shown: Sequence[str] = field(default_factory=always)  # when the questions and one's answers may be read again

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> "Rules":
        """Read what ``frozen`` wrote; settings that did not exist then have the value that they had silently."""
        known = {name: frozen[name] for name in (f.name for f in fields(cls)) if name in frozen}
        for name in ("due_at", "closes_at"):
            if known.get(name):
                known[name] = datetime.fromisoformat(known[name])
        return cls(**known)

    def freeze(self) -> dict[str, Any]:
        """As JSON."""
        frozen = asdict(self)
        for name in ("due_at", "closes_at"):
            frozen[name] = frozen[name].isoformat() if frozen[name] else None
        return frozen

    @property
    def checks(self) -> bool:
        """Whether an answer can be checked before everything is handed in."""
        return self.behaviour != Behaviour.DEFERRED

    @property
    def splits_points(self) -> bool:
        """Whether a right answer may earn only a part of its points, or a wrong one costs some."""
        costly_tries = self.penalties and self.behaviour in {Behaviour.INTERACTIVE, Behaviour.ADAPTIVE}
        return costly_tries or self.certainty or self.wrong_costs > 0

    def show(self, moment: Moment) -> Show:
        allowed = self.review.get(moment, [])
        return Show(**{name: name in allowed for name in Shown.values if name != Shown.OVERALL})

    def shows_answers(self, moment: Moment) -> bool:
        """Whether learners see the questions and what they answered; during the try they always do."""
        return moment == Moment.DURING or moment in self.answers_shown

    def answers_from(self, after: Moment = Moment.DURING) -> str:
        """The first moment after ``after`` at which they do; empty where there is none."""
        return next((moment.value for moment in self._moments_after(after) if self.shows_answers(moment)), "")

    def _moments_after(self, moment: Moment) -> list[Moment]:
        coming = [later for later in AFTERWARDS if later != Moment.CLOSED or self.closes_at]
        return coming[coming.index(moment) + 1 :] if moment in coming else coming

    @property
    def why_during(self) -> bool:
        """Whether learners who check an answer during the try read what is said about it."""
        return self._tells_why(Moment.DURING)

    @property
    def why_from(self) -> str:
        """The first moment after handing in at which learners read why; empty where there is none."""
        return next((moment.value for moment in self._moments_after(Moment.DURING) if self._tells_why(moment)), "")

    def _tells_why(self, moment: Moment) -> bool:
        show = self.show(moment)
        return self.shows_answers(moment) and (show.feedback or show.explanation)

    def shows_overall(self, moment: Moment) -> bool:
        return Shown.OVERALL in self.review.get(moment, [])

    def moment(self, submitted_at: datetime | None, now: datetime) -> Moment:
        """Which column of the review matrix holds at ``now`` for an attempt handed in at ``submitted_at`` (None: not yet)."""
        if submitted_at is None:
            return Moment.DURING
        if self.closes_at and now >= self.closes_at:
            return Moment.CLOSED
        return Moment.JUST_AFTER if now < submitted_at + JUST_AFTER else Moment.LATER
