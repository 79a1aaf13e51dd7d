"""Steps to put in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, permutations, product
from random import Random
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Kind, Mark, Part, ReviewedPart, Show, marked
from .placing import PlacingForm, in_editor, place_name, quoted, reviewed, twice
from .question import CheckedBlock, asked, frozen, list_items

LEAST, MOST = 2, 12  # steps


class StepBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Step"), rows=1)
    feedback = blocks.TextBlock(
        label=_("Feedback"), required=False, default="", rows=2, help_text=_("Why the step comes here. Shown after answering.")
    )
    with_above = blocks.BooleanBlock(
        label=_("May stand before or after the one above"),
        required=False,
        default=False,
        help_text=_("Tick it where both orders are right. Several ticks in a row: these steps may come in any order."),
    )

    class Meta:
        icon = "list-ol"
        label_format = "{text}"


class OrderingBlock(CheckedBlock):
    steps = blocks.ListBlock(
        StepBlock(),
        label=_("Steps in the right order"),
        default=[{"text": "", "feedback": ""}] * 3,
        help_text=_("Two to twelve steps, the first one on top. Learners always see them mixed."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        if not LEAST <= len(value["steps"]) <= MOST:
            yield "steps", _("Write two to twelve steps.")
        for text in twice(step["text"] for step in value["steps"]):
            yield "steps", in_editor(_("Two steps say “%(text)s”. Nobody can tell the two apart: change one."), text)
        ticks = [bool(step.get("with_above")) for step in value["steps"]]
        if ticks and ticks[0]:
            yield "steps", _("No step stands above the first one. Take out its tick.")
        elif len(ticks) > 1 and all(ticks[1:]):
            yield "steps", _("Every order would be right. Take out a tick, or ask another kind of question.")

    class Meta:
        icon = "list-ol"
        label = _("Put in order")
        label_format = "{text}"
        description = _("Steps that have one right order.")
        preview_value = {
            "text": "<p>A boy of 16 is brought to your office by the police.</p><p>In which order do you go about the talk?</p>",
            "steps": [
                {"text": "See to safety, food and rest", "feedback": "Safety and immediate needs come first."},
                {"text": "Call an independent interpreter", "feedback": "Never the adult who came along."},
                {
                    "text": "Say who you are and what you cannot keep secret",
                    "feedback": "Before the child tells anything.",
                },
                {"text": "Listen, and write down the child's own words", "feedback": "Without pressing for details."},
            ],
            "explanation": "<p>A child who is safe and understands you decides what to tell.</p>",
        }


@dataclass(frozen=True)
class OrderReview:
    """``said``: the steps in the learner's order. ``right``: (step, feedback) pairs in the right one; empty where not due.

    ``tied``: the steps of ``right`` that may also come before the one above.
    """

    said: tuple[ReviewedPart, ...]
    right: tuple[tuple[str, str], ...]
    tied: frozenset[str] = frozenset()


class OrderingForm(PlacingForm):
    """A place for each step. In a draft the first of two steps with one place keeps it; gaps are empty ids."""

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        before = {step: str(place) for place, step in enumerate(ordered(initial), start=1) if step}
        super().__init__(shown, data, before, **options)
        places = [(str(n), str(n)) for n in range(1, len(shown["steps"]) + 1)]
        for step in shown["steps"]:
            self.ask(step["id"], step["text"], places, _("Choose a place for “%(text)s”."))

    def clean(self) -> dict[str, Any]:
        chosen, taken = self.chosen(), {}
        again = [step for step, place in chosen.items() if taken.setdefault(place, step) != step]
        places = [str(n) for n in range(1, len(self.fields) + 1)]
        if not self.draft:
            free = ", ".join(place for place in places if place not in taken)
            for step in again:
                facts = {"place": chosen[step], "free": free, "text": quoted(self.fields[step].label)}
                message = _("Place %(place)s is given twice. Choose another one for “%(text)s”. Still free: %(free)s.")
                self.add_error(step, str(message) % facts)
        order = [taken.get(place, "") for place in places]
        while order and not order[-1]:
            order.pop()
        return {"answer": {"order": order} if order else None}


class Ordering(Kind):
    name = "ordering"
    label = _("Put in order")
    instruction = _(
        "Give every step its place; 1 is first. Each step that comes directly after the right one earns a part of the points."
    )
    task = _("Give every step its place; 1 is first.")
    partial = True
    scripts = ["js/components/drag.js", "js/components/ordering.js"]
    template = "quizzes/kinds/ordering.html"
    review_template = "quizzes/kinds/ordering_review.html"

    def block(self) -> blocks.StructBlock:
        return OrderingBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """``steps`` in the order to show, which says nothing; ``order``: their ids in the right one.

        ``tied``: the ids of those that may also come before the one above. Snapshots from before there were such have none.
        """
        steps = [{"id": ident, "text": step["text"], "feedback": step["feedback"]} for ident, step in list_items(value["steps"])]
        order = [step["id"] for step in steps]
        tied = [ident for ident, step in list_items(value["steps"]) if step.get("with_above")]
        steps.sort(key=lambda step: step["id"])
        if shuffle:
            shuffle.shuffle(steps)
        return frozen(value, steps=steps, order=order, tied=tied)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**asked(snapshot), "steps": [{"id": step["id"], "text": step["text"]} for step in snapshot["steps"]]}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> OrderingForm:
        return OrderingForm(shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """One share of n-1 for each step that comes directly after one that it may follow."""
        right = following(snapshot) & set(pairwise(said_order(snapshot, answer)))
        return marked(Fraction(len(right), max(len(snapshot["order"]) - 1, 1)))

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> OrderReview:
        steps = {step["id"]: step for step in snapshot["steps"]}
        order, said = snapshot["order"], said_order(snapshot, answer)
        parts = self.parts(snapshot, answer)
        needed = show.right_answer and not (show.verdict and all(part.right for part in parts))
        # The feedback stands beside a step once: in the right order where that is shown, else in the learner's.
        rows = [
            reviewed(part, show, "", "" if needed or not step else steps[step]["feedback"])
            for step, part in zip(said, parts, strict=False)
        ]
        right = [(steps[step]["text"], steps[step]["feedback"] if show.feedback else "") for step in order if needed]
        return OrderReview(tuple(rows), tuple(right), frozenset(steps[step]["text"] for step in tied_in(snapshot) if needed))

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, list[str]]:
        return {"order": list(snapshot["order"])}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        """One part for each place. Right is a step that comes directly after one it may follow, or may begin."""
        texts, right = {step["id"]: step["text"] for step in snapshot["steps"]}, following(snapshot)
        said = said_order(snapshot, answer)
        said += [""] * (len(snapshot["order"]) - len(said))
        rows = zip(said, [None, *said], strict=False)
        return [
            Part(place_name(n), texts.get(step, ""), (previous, step) in right)
            for n, (step, previous) in enumerate(rows, start=1)
        ]


def ordered(answer: Any) -> list[str]:
    """The ids in ``answer``, first to last, each once; an empty one is a place that was left free."""
    found = answer.get("order") if isinstance(answer, dict) else None
    order: list[str] = []
    for step in found if isinstance(found, list) else []:
        if isinstance(step, str) and (not step or step not in order):
            order.append(step)
    return order


def said_order(snapshot: dict[str, Any], answer: Any) -> list[str]:
    """``ordered`` without steps that the question does not have; they leave their place free."""
    known = set(snapshot["order"])
    return [step if step in known else "" for step in ordered(answer)][: len(known)]


def tied_in(snapshot: dict[str, Any]) -> list[str]:
    """The ids of the steps that may also come before the one above."""
    return snapshot.get("tied", [])


def following(snapshot: dict[str, Any]) -> set[tuple[str | None, str]]:
    """Every (step before, step) that stands in some right order; None comes before the first step.

    An answer with all steps is right if, and only if, each step of it stands in such a pair.
    """
    tied, groups = set(tied_in(snapshot)), [[]]
    for step in snapshot["order"]:
        if groups[-1] and step not in tied:
            groups.append([])
        groups[-1].append(step)
    within = {pair for group in groups for pair in permutations(group, 2)}
    between = {pair for above, below in pairwise([[None], *groups]) for pair in product(above, below)}
    return within | between
