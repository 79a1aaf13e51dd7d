"""What every practice block can do. It builds its form, marks an answer and explains it, and knows nothing of who answers.

Everything but ``material`` works on JSON: what ``material`` froze of the block, and the *state* that an earlier answer left. So a
lesson that is rendered from a cache needs no block value, and who keeps states is somebody else's matter (``learning``).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from training.blocks import PRACTICE

from .portrayed import PORTRAYED

SETTINGS = ["required"]
SAMPLE = "00000000-0000-0000-0000-000000000000"  # stands for the id of a block that is shown without a lesson


@dataclass(frozen=True)
class Answered:
    """What an answer leads to. ``state``: JSON, kept for the learner; ``score`` from 0 to 1, None where nothing is right."""

    state: dict[str, Any]
    done: bool = True
    score: Fraction | None = None
    given: tuple[str, ...] = ()  # of an anonymous block: texts to keep without saying whose they are
    mail_on: date | None = None  # when the learner wants one mail, to come back to it


@dataclass(frozen=True)
class Exercise:
    """One practice block in front of one reader: what its template prints."""

    name: str  # type of the block
    ident: str
    material: dict[str, Any]
    form: forms.Form
    state: dict[str, Any] | None = None  # what an earlier answer left
    feedback: Any = None  # what ``feedback`` made of the state; None before the first answer
    sendable: bool = True  # false in previews: there is nobody to answer
    signed_out: bool = False  # nothing was kept, because nobody is signed in any more
    kept: bool = True  # false where a visitor answered: the answer is shown and forgotten
    enrolled: bool = False  # a learner of the course is known to answer, to whom a mail can go

    @property
    def done(self) -> bool:
        return self.state is not None and self.state.get("done", True)

    @property
    def has_news(self) -> bool:
        """Whether there is something to tell before the form: an earlier answer, errors, or that it was not kept."""
        return self.state is not None or bool(self.form.errors) or self.signed_out


def needed(*, default: bool) -> blocks.BooleanBlock:
    """The field ``required`` of a practice block. A block that is for the learner alone begins without the tick."""
    return blocks.BooleanBlock(
        label=_("Needed before the lesson is done"),
        required=False,
        default=default,
        help_text=_("The lesson counts as done only when this has been answered, rightly or not."),
    )


class PracticeBlock(blocks.StructBlock):
    """A block that a learner answers. Subclasses add fields and the five methods."""

    heading = blocks.CharBlock(label=_("Title"), max_length=120, help_text=_("What the learner does. Example: Sort the signs."))
    required = needed(default=True)
    private = False  # what is written is for the learner's eyes alone
    anonymous = False  # what is given is kept without its giver, and so once and for good: no form stands there afterwards
    moderated = False  # others read what is given once somebody has let it through
    compares = ""  # what in the states of all learners is counted and told to those who have answered; see ``hearing``
    plain_on_paper = False  # true: it is printed as it reads, because nothing in it is for a pencil
    folds = True  # after an answer the form is folded away, to be tried again
    to_do = _("Answer “%(title)s”.")  # what the end of the lesson says of it while it is open

    def asks(self, value: Any) -> bool:
        """Whether there is anything to answer; without, the block is shown like any other."""
        return True

    def scripts(self, material: dict[str, Any]) -> list[str]:
        """Static paths of modules that make the form handier; it works without them."""
        return []

    def get_form_layout(self) -> BlockGroup:
        folded = [name for name in (*SETTINGS, *PORTRAYED) if name in self.child_blocks]
        own = [name for name in self.child_blocks if name not in {"heading", *folded}]
        return BlockGroup(children=["heading", *own], settings=folded)

    @abstractmethod
    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        """Freeze ``value`` as JSON with ``heading`` and ``required``; ``language`` is that of its words.

        Whatever is shuffled is shuffled by ``ident``: the same each time.
        """

    @abstractmethod
    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        """The learner's form; ``data`` as posted, ``state`` of an earlier answer. Errors say what to do."""

    @abstractmethod
    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """What the valid ``form`` leads to, after ``state``."""

    @abstractmethod
    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Any:
        """What the template tells about an earlier answer; never raises for a state that fits an older edition of the block."""

    def place(self, material: dict[str, Any], state: dict[str, Any]) -> str | None:
        """Where within the block ``state`` leads, for the address of the page; None for a block that is all in one place."""
        return None

    def state_at(self, material: dict[str, Any], state: dict[str, Any] | None, place: str) -> dict[str, Any] | None:
        """``state`` as a reader sees it whose address names ``place``, which may be anything. Nothing is kept of it."""
        return state

    def looks_back_to(self, material: dict[str, Any]) -> dict[str, Any] | None:
        """What the state of an earlier block of this type holds that belongs to this one; None where nothing is looked up."""
        return None

    def recalling(self, state: dict[str, Any], earlier: dict[str, Any]) -> dict[str, Any]:
        """``state``, which is about to be kept, with what matters of the state that ``looks_back_to`` found."""
        return state

    def hearing(self, state: dict[str, Any], others: list[tuple[str, int]]) -> dict[str, Any]:
        """``state`` as its reader sees it: with what all gave to an anonymous block, or answered to one that ``compares``.

        ``others`` holds each text or answer and how often.
        """
        return {**state, "others": [list(pair) for pair in others]}

    def tells_totals(self, material: dict[str, Any]) -> bool:
        """Whether the author of a block that ``compares`` wants what all answered to be shown."""
        return bool(self.compares)

    def asks_learners(self, material: dict[str, Any]) -> bool:
        """Whether the form asks learners of the course something that it does not ask guests."""
        return False

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """States worth looking at in previews and the style guide, by name: ``right``, ``wrong``, ``done``."""
        return {}

    def frozen(self, value: Any, **own: Any) -> dict[str, Any]:
        """The JSON that every material begins with, and the block's ``own`` parts."""
        return {"heading": value["heading"], "required": bool(value["required"]), **own}

    def exercise(
        self,
        ident: str,
        material: dict[str, Any],
        state: dict[str, Any] | None = None,
        form: forms.Form | None = None,
        **how: bool,
    ) -> Exercise:
        """This block with ``material`` for a reader whose earlier answer left ``state``; ``form`` where one was posted."""
        if form is None:
            form = self.form(material, state, prefix=prefix_of(ident))
        feedback = self.feedback(material, state) if state else None
        return Exercise(self.name, ident, material, form, state, feedback, **how)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Where nobody hands an exercise in (previews, the style guide), the block shows itself, not to be sent."""
        material = self.material(value, SAMPLE, get_language())
        exercise = self.exercise(SAMPLE, material, sendable=False)
        return {**super().get_context(value, parent_context), **self.printed(exercise)}

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        """What the template works with."""
        answered = bool(exercise.state)
        return {"exercise": exercise, "folded": self.folds and answered, "asks": not (self.anonymous and answered)}

    def render_exercise(self, exercise: Exercise, context: dict[str, Any]) -> SafeString:
        return render_to_string(self.meta.template, {**context, **self.printed(exercise)})

    class Meta:
        label_format = "{heading}"
        group = PRACTICE


def asks(block: blocks.Block, value: Any) -> bool:
    """Whether learners answer ``block``, which may be of any type, with ``value``."""
    return isinstance(block, PracticeBlock) and block.asks(value)


def prefix_of(ident: str) -> str:
    """The prefix of a block's inputs, so that two blocks of a page never share one."""
    return f"b{ident[:8]}"
