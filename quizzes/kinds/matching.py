"""Pairs to put together: what stands on the left gets one of the texts on the right."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import Kind, Mark, Part, ReviewedPart, Show, marked
from .choices import letter
from .placing import LONG, ONTO_BOXES, PlacingForm, in_editor, placed, reviewed, same, twice
from .question import CheckedBlock, asked, frozen, list_items

LEAST, MOST = 2, 12  # pairs


class PairBlock(blocks.StructBlock):
    left = blocks.TextBlock(label=_("Left side"), rows=1)
    right = blocks.TextBlock(label=_("What fits it"), rows=1)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        default="",
        rows=2,
        help_text=_("Why these two belong together. Shown after answering."),
    )

    class Meta:
        icon = "link"
        label_format = "{left}"


class MatchingBlock(CheckedBlock):
    pairs = blocks.ListBlock(
        PairBlock(),
        label=_("Pairs"),
        default=[{"left": "", "right": "", "feedback": ""}] * 3,
        help_text=_("Two to twelve pairs. The right sides are shown mixed; if two are the same, they count as one."),
    )
    distractors = blocks.ListBlock(
        blocks.TextBlock(label=_("Right side"), rows=1),
        label=_("Further right sides"),
        default=[],
        help_text=_("Texts that fit nothing on the left, so that the last pair cannot be guessed."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        pairs = list(value["pairs"])
        if not LEAST <= len(pairs) <= MOST:
            yield "pairs", _("Write two to twelve pairs.")
        for text in twice(pair["left"] for pair in pairs):
            yield "pairs", in_editor(_("“%(text)s” stands on the left twice. Nobody can tell the two apart: change one."), text)
        rights = {same(pair["right"]) for pair in pairs}
        if len(rights) + len(value["distractors"]) < LEAST:
            yield "pairs", _("There is only one right side to choose. Write another pair, or a further right side.")
        for text in dict.fromkeys(same(text) for text in value["distractors"]):
            if text in rights:
                yield "distractors", in_editor(_("“%(text)s” fits one of the pairs. Take it out here."), text)

    class Meta:
        icon = "link"
        label = _("Matching")
        label_format = "{text}"
        description = _("Texts on the left that each get the one text on the right that fits.")
        preview_value = {
            "text": "<p>You prepare a letter to the authorities.</p><p>Which article do you name for each point?</p>",
            "pairs": [
                {
                    "left": "The age is uncertain: presume a child",
                    "right": "Article 10",
                    "feedback": "Protection comes first, while the age is being checked.",
                },
                {
                    "left": "Time to recover and reflect",
                    "right": "Article 13",
                    "feedback": "At least 30 days. National law may give more.",
                },
                {
                    "left": "No punishment for what the child was compelled to do",
                    "right": "Article 26",
                    "feedback": "Raise it early, before any plea.",
                },
            ],
            "distractors": ["Article 14"],
            "explanation": "<p>These are articles of the Council of Europe Convention on trafficking.</p>",
        }


class MatchingForm(PlacingForm):
    """The fields are numbered and not named after the pair, whose id also names its right side: see ``Matching``."""

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        before = placed(initial, "pairs")
        self.names = {left["id"]: str(n) for n, left in enumerate(shown["lefts"], start=1)}
        values = {self.names[left]: right for left, right in before.items() if left in self.names}
        super().__init__(shown, data, values, **options)
        texts = [(right["id"], f"{right['letter']}. {right['text']}") for right in shown["rights"]]
        for left in shown["lefts"]:
            self.ask(self.names[left["id"]], left["text"], texts, _("Choose what fits “%(text)s”."))

    @property
    def listed(self) -> bool:
        """Whether the right sides are too long to be read in a closed list only."""
        return any(len(right["text"]) > LONG for right in self.shown["rights"])

    def clean(self) -> dict[str, Any]:
        chosen = self.chosen()
        pairs = {left: chosen[name] for left, name in self.names.items() if name in chosen}
        return {"answer": {"pairs": pairs} if pairs else None}


class Matching(Kind):
    """A pair's id names both its sides, so that a learner's page must never hold that of the left one."""

    name = "matching"
    label = _("Matching")
    instruction = _(
        "Choose what fits each line. Each right pair earns the same part of the points. A wrong one takes nothing away."
        " Some choices may fit nothing."
    )
    task = _("Choose what fits each line. Some choices may fit nothing.")
    partial = True
    scripts = ONTO_BOXES
    template = "quizzes/kinds/matching.html"
    review_template = "quizzes/kinds/parts_review.html"

    def block(self) -> blocks.StructBlock:
        return MatchingBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """``lefts`` know the id of their right side; of equal right sides the first one's counts for all."""
        pairs, first = list_items(value["pairs"]), {}
        for ident, text in [(ident, pair["right"]) for ident, pair in pairs] + list_items(value["distractors"]):
            first.setdefault(same(text), {"id": ident, "text": text})
        lefts = [
            {"id": ident, "text": pair["left"], "feedback": pair["feedback"], "right": first[same(pair["right"])]["id"]}
            for ident, pair in pairs
        ]
        rights = sorted(first.values(), key=lambda right: right["id"])
        if shuffle:
            shuffle.shuffle(lefts)
            shuffle.shuffle(rights)
        return frozen(value, lefts=lefts, rights=rights)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        lefts = [{"id": left["id"], "text": left["text"]} for left in snapshot["lefts"]]
        rights = [{"id": right["id"], "letter": letter(n), "text": right["text"]} for n, right in enumerate(snapshot["rights"])]
        return {**asked(snapshot), "lefts": lefts, "rights": rights}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> MatchingForm:
        return MatchingForm(shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """Every pair its equal share; what was chosen twice or fits nothing earns nothing and costs nothing."""
        parts = self.parts(snapshot, answer)
        return marked(Fraction(sum(bool(part.right) for part in parts), len(parts) or 1))

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> list[ReviewedPart]:
        texts = {right["id"]: right["text"] for right in snapshot["rights"]}
        parts = zip(snapshot["lefts"], self.parts(snapshot, answer), strict=True)
        return [reviewed(part, show, texts[left["right"]], left["feedback"]) for left, part in parts]

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, dict[str, str]]:
        return {"pairs": {left["id"]: left["right"] for left in snapshot["lefts"]}}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        """One part for each left side. The id of any pair means the right side that it has."""
        meant = {left["id"]: left["right"] for left in snapshot["lefts"]}
        texts = {right["id"]: right["text"] for right in snapshot["rights"]}
        chosen = {left: meant.get(right, right) for left, right in placed(answer, "pairs").items()}
        return [
            Part(left["text"], texts.get(chosen.get(left["id"], ""), ""), chosen.get(left["id"]) == left["right"])
            for left in snapshot["lefts"]
        ]
