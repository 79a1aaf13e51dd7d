"""Cards to sort into boxes; one of the boxes may be "It depends"."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Kind, Mark, Part, ReviewedPart, Show, marked
from .placing import ONTO_BOXES, PlacingForm, in_editor, placed, reviewed, twice
from .question import CheckedBlock, asked, frozen, list_items

LEAST, MOST = 2, 6  # boxes of the author
MOST_RADIOS = 4  # boxes that are shown at once; more are easier to choose from a list
DEPENDS = "depends"  # id of the box "It depends"


class CardBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Card"), rows=1)
    feedback = blocks.TextBlock(
        label=_("Feedback"), required=False, default="", rows=2, help_text=_("Why the card belongs there. Shown after answering.")
    )

    class Meta:
        icon = "doc-empty"
        label_format = "{text}"


class BoxBlock(blocks.StructBlock):
    name = blocks.TextBlock(label=_("Name of the box"), rows=1)
    cards = blocks.ListBlock(CardBlock(), label=_("Cards that belong here"))

    class Meta:
        icon = "folder-open-inverse"
        label_format = "{name}"


class CategoriseBlock(CheckedBlock):
    boxes = blocks.ListBlock(
        BoxBlock(),
        label=_("Boxes"),
        default=[{"name": "", "cards": [{"text": "", "feedback": ""}]}] * 2,
        help_text=_("Two to six boxes, each with its cards. The cards are shown mixed. A box may stay empty."),
    )
    offer_depends = blocks.BooleanBlock(
        label=_("Offer one more box: “It depends”"),
        required=False,
        help_text=_("Where a good professional would ask before judging."),
    )
    depends = blocks.ListBlock(CardBlock(), label=_("Cards that belong into “It depends”"), default=[])

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        boxes, depends = list(value["boxes"]), list(value["depends"])
        if not LEAST <= len(boxes) <= MOST:
            yield "boxes", _("Write two to six boxes.")
        for text in twice(box["name"] for box in boxes):
            yield "boxes", in_editor(_("Two boxes are called “%(text)s”. Change one of the names."), text)
        cards = [card["text"] for box in boxes for card in box["cards"]] + [card["text"] for card in depends]
        if not cards:
            yield "boxes", _("Write at least one card.")
        for text in twice(cards):
            yield "boxes", in_editor(_("The card “%(text)s” is there twice. Nobody can tell the two apart: change one."), text)
        if depends and not value["offer_depends"]:
            yield "depends", _("Tick “Offer one more box”, or take these cards out.")

    class Meta:
        icon = "folder-open-inverse"
        label = _("Sort into boxes")
        label_format = "{text}"
        description = _("Cards that each belong into one of several boxes.")
        preview_value = {
            "text": "<p>You read the notes of a school about a girl of 14.</p><p>What does each note tell you?</p>",
            "boxes": [
                {
                    "name": "A reason to look closer",
                    "cards": [
                        {
                            "text": "She must bring home a fixed sum each day",
                            "feedback": "A minimum sum is a sign.",
                        },
                        {"text": "An adult waits at the gate and listens", "feedback": "Being watched is a sign of control."},
                    ],
                },
                {
                    "name": "Tells little by itself",
                    "cards": [{"text": "She speaks with a foreign accent", "feedback": "Many children do."}],
                },
            ],
            "offer_depends": True,
            "depends": [{"text": "She has a new phone", "feedback": "Ask who gave it, and what is expected in return."}],
            "explanation": "<p>No single sign proves anything. Look for signs that belong together.</p>",
        }


class CategoriseForm(PlacingForm):
    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, placed(initial, "cards"), **options)
        boxes = [(box["id"], box["name"]) for box in shown["boxes"]]
        widget = forms.RadioSelect if len(boxes) <= MOST_RADIOS else forms.Select
        for card in shown["cards"]:
            self.ask(card["id"], card["text"], boxes, _("Choose a box for “%(text)s”."), widget)

    def clean(self) -> dict[str, Any]:
        cards = self.chosen()
        return {"answer": {"cards": cards} if cards else None}


class Categorise(Kind):
    name = "categorise"
    label = _("Sort into boxes")
    instruction = _(
        "Choose a box for every card. Each right card earns the same part of the points. A wrong one takes nothing away."
    )
    task = _("Choose a box for every card.")
    partial = True
    scripts = ONTO_BOXES
    template = "quizzes/kinds/placing.html"
    review_template = "quizzes/kinds/parts_review.html"

    def block(self) -> blocks.StructBlock:
        return CategoriseBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """The cards are never in the order of their boxes. The words "It depends" are frozen in the language that is active."""
        boxes = [(ident, box["name"], box["cards"]) for ident, box in list_items(value["boxes"])]
        if value["offer_depends"]:
            boxes.append((DEPENDS, str(_("It depends")), value["depends"]))
        cards = [
            {"id": ident, "text": card["text"], "feedback": card["feedback"], "box": box}
            for box, _name, inside in boxes
            for ident, card in list_items(inside)
        ]
        cards.sort(key=lambda card: card["id"])
        if shuffle:
            shuffle.shuffle(cards)
        return frozen(value, boxes=[{"id": ident, "name": name} for ident, name, _cards in boxes], cards=cards)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        boxes = [{"id": box["id"], "name": box["name"]} for box in snapshot["boxes"]]
        return {**asked(snapshot), "boxes": boxes, "cards": [{"id": c["id"], "text": c["text"]} for c in snapshot["cards"]]}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> CategoriseForm:
        return CategoriseForm(shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """Every card its equal share."""
        parts = self.parts(snapshot, answer)
        return marked(Fraction(sum(bool(part.right) for part in parts), len(parts) or 1))

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> list[ReviewedPart]:
        names = {box["id"]: box["name"] for box in snapshot["boxes"]}
        parts = zip(snapshot["cards"], self.parts(snapshot, answer), strict=True)
        return [reviewed(part, show, names[card["box"]], card["feedback"]) for card, part in parts]

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, dict[str, str]]:
        return {"cards": {card["id"]: card["box"] for card in snapshot["cards"]}}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        """One part for each card."""
        chosen, names = placed(answer, "cards"), {box["id"]: box["name"] for box in snapshot["boxes"]}
        return [
            Part(card["text"], names.get(chosen.get(card["id"], ""), ""), chosen.get(card["id"]) == card["box"])
            for card in snapshot["cards"]
        ]
