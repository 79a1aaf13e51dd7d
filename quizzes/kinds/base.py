"""What every kind of question can do, and the words that kinds and engine share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks


class AsWritten(Random):
    """Shuffles nothing: the order is the author's, as far as it does not tell the answer."""

    def shuffle(self, x: list[Any]) -> None:
        """Leave ``x`` as it is."""


class Verdict(models.TextChoices):
    RIGHT = "right", pgettext_lazy("verdict on an answer", "Right")
    PARTLY = "partly", _("Partly right")
    WRONG = "wrong", _("Not quite")
    UNSURE = "unsure", _("You said: I don't know yet")
    UNANSWERED = "unanswered", _("Not answered")
    WAITING = "waiting", _("Waiting to be marked")
    NOTED = "noted", _("Noted: nothing here is right or wrong")


# What is stored when the learner says "I don't know yet": an answer, worth nothing, whatever the kind of question.
UNSURE = {"unsure": True}
# Feedback to the answer as a whole, by how right it was: fields of every snapshot.
COMBINED = {Verdict.RIGHT: "when_right", Verdict.PARTLY: "when_partly", Verdict.WRONG: "when_wrong", Verdict.UNSURE: "when_wrong"}


@dataclass(frozen=True)
class Mark:
    """The result of marking one answer: ``fraction`` of the question's points, exactly, from -1 to 1.

    Less than nothing comes only from credits that an author wrote below zero; the engine decides whether it counts.
    """

    fraction: Fraction
    verdict: Verdict


def verdict_of(fraction: Fraction) -> Verdict:
    if fraction >= 1:
        return Verdict.RIGHT
    return Verdict.PARTLY if fraction > 0 else Verdict.WRONG


def marked(fraction: Fraction) -> Mark:
    """``fraction`` kept between -1 and 1, with its verdict."""
    fraction = min(max(Fraction(fraction), Fraction(-1)), Fraction(1))
    return Mark(fraction, verdict_of(fraction))


@dataclass(frozen=True)
class Show:
    """What may be shown of a marked answer now. Nothing else reaches a template: see ``Kind.explain``."""

    verdict: bool = True  # whether the answer, and each part of it, is right
    points: bool = True
    feedback: bool = True  # words that belong to what was answered
    explanation: bool = True  # words that belong to the question, and the source
    right_answer: bool = True

    def while_trying(self) -> "Show":
        """As long as there are further tries, what was right stays open."""
        return replace(self, explanation=False, right_answer=False)


@dataclass(frozen=True)
class Part:
    """One thing that was asked and what was said, in words, for exports and analysis.

    ``asked`` is empty where the question asks one thing only; ``right`` is None where nothing is right or wrong.
    """

    asked: str
    said: str
    right: bool | None = None


@dataclass(frozen=True)
class ReviewedPart:
    """One row of ``quizzes/kinds/parts_review.html``. Empty text and ``right`` None: not shown now, or there is none."""

    asked: str
    said: str
    right: bool | None = None
    expected: str = ""
    feedback: str = ""


def reviewed_part(part: Part, show: Show, *, expected: str = "", feedback: str = "") -> ReviewedPart:
    """``part`` with only what ``show`` allows; the right answer is not repeated where it was given and is known to be right."""
    repeats = show.verdict and part.right
    return ReviewedPart(
        asked=part.asked,
        said=part.said,
        right=part.right if show.verdict else None,
        expected=expected if show.right_answer and not repeats else "",
        feedback=feedback if show.feedback else "",
    )


class AnswerForm(forms.Form):
    """A learner's form for one question. ``clean`` returns ``{"answer": JSON}``, or adds errors that say what to do.

    ``draft``: an unfinished answer is kept as far as it goes (autosave, "Save and leave", time up); only what was never
    offered is still refused. An answer without anything in it is None.
    """

    def __init__(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> None:
        self.shown, self.draft = shown, draft
        super().__init__(data, initial=initial, prefix=prefix, use_required_attribute=False)


class Kind(ABC):
    """One kind of question. No method reads or writes anything but its arguments.

    Shapes: a *snapshot* is the JSON that ``snapshot`` froze; *shown* is the part of it that a learner may see before
    marking; an *answer* is the JSON in ``form.cleaned_data["answer"]``, or None.
    """

    name: str  # type of the block; stored for ever
    label: str | Promise
    instruction: str | Promise  # what to do, and how points are given
    partial = False  # whether an answer may earn a part of the points, see also earns_part
    graded = True  # whether it has points at all
    by_hand = False  # whether a person marks it
    asks = True  # whether there is something to answer
    unsure_inside = False  # whether the form itself offers "I don't know yet", so that its page does not
    scripts: Sequence[str] = ()  # static paths of modules that make the form handier; it works without them
    template: str  # of the learner's form fields; inputs: shown, answer_form, kind, language; task: see there, in lessons
    review_template: str  # of a marked answer; inputs: details (what ``explain`` returned), language

    @property
    def task(self) -> str | Promise:
        """What to do, without a word of points: for lessons, which show none."""
        return self.instruction

    @abstractmethod
    def block(self) -> blocks.StructBlock:
        """The editor's block, a ``QuestionBlock``."""

    @abstractmethod
    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """Freeze a block value as JSON: what ``frozen`` makes of every question, and the kind's own parts in the order shown.

        Whatever a learner can pick is a dict with an ``id`` that survives reordering and translation.
        """

    @abstractmethod
    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        """Name one by one what may leave the server before marking. Nothing here depends on the right answer."""

    @abstractmethod
    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> AnswerForm:
        """The learner's form; ``data`` as posted, ``initial`` an earlier answer. Sees only what is shown."""

    @abstractmethod
    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """Mark ``answer``; unknown parts of it count as wrong, never raise. None is an answer with nothing in it."""

    def earns_part(self, snapshot: dict[str, Any]) -> bool:
        """Whether an answer to this one question may earn a part of the points."""
        return self.partial

    @abstractmethod
    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> Any:
        """What the review template prints: the answer, and of the rest only what ``show`` allows."""

    @abstractmethod
    def best_answer(self, snapshot: dict[str, Any]) -> Any:
        """An answer that earns every point; None where there is none."""

    @abstractmethod
    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        """What was said to each thing that was asked; one part with empty ``said`` where nothing was."""

    def said(self, snapshot: dict[str, Any], answer: Any) -> str:
        """The answer in words, on one line."""
        return in_words(self.parts(snapshot, answer))


class Ungraded(Kind):
    """A kind in which nothing is right or wrong: what was said is noted and shown again."""

    graded = False
    review_template = "quizzes/kinds/parts_review.html"

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        return Mark(Fraction(0), Verdict.NOTED)

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> Any:
        return [reviewed_part(part, show) for part in self.parts(snapshot, answer)]

    def best_answer(self, snapshot: dict[str, Any]) -> Any:
        return None


def in_words(parts: Iterable[Part]) -> str:
    return "; ".join(f"{part.asked}: {part.said}" if part.asked else part.said for part in parts if part.said)
