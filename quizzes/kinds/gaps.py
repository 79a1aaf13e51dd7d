"""What the kinds with gaps share: a passage cut at [1], [2] and on, and one answer for each gap.

The identity of a gap is its list item's id. Its number is its place in the list and in the passage.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import AnswerForm, Kind, Mark, Part, ReviewedPart, Show, marked, reviewed_part
from .prose import frozen_html
from .question import QUESTION_FEATURES, QuestionBlock, asked, frozen, list_items

# A tag, in which nothing is a marker, or a marker. Clean HTML has no "<" outside tags and quotes attributes with ".
TAG_OR_MARKER = re.compile(r'<(?P<end>/?)(?P<tag>\w+)(?:[^>"]|"[^"]*")*>|\[(?P<number>[0-9]{1,2})\]')

PUNCTUATION = re.compile(r"[.,;:!?…)»”]*")


@dataclass(frozen=True)
class Marker:
    number: int
    start: int
    end: int
    in_link: bool


def markers(markup: str) -> Iterator[Marker]:
    """The markers in the text of clean HTML, in order. ``[12]`` is one, ``[2024]`` is not."""
    in_link = False
    for found in TAG_OR_MARKER.finditer(markup):
        if found["number"]:
            yield Marker(int(found["number"]), found.start(), found.end(), in_link)
        elif found["tag"] == "a":
            in_link = not found["end"]


def problem_with(markup: str, gaps: int) -> str | None:
    """What is wrong with the markers of a passage that has ``gaps`` gaps, in words for its editor or translator."""
    found = list(markers(markup))
    numbers = [marker.number for marker in found]
    for number in range(1, gaps + 1):
        if numbers.count(number) > 1:
            return gettext("[%(number)s] stands more than once in the passage. Keep one.") % {"number": number}
        if number not in numbers:
            message = gettext("The passage has no [%(number)s]. Write it where that gap is, with nothing bold in its brackets.")
            return message % {"number": number}
    if extra := [number for number in numbers if not 1 <= number <= gaps]:
        message = gettext("The passage has [%(number)s], but there is no such gap. Add the gap below, or take the sign away.")
        return message % {"number": extra[0]}
    if numbers != sorted(numbers):
        return gettext("The gaps of the passage are not in order. Begin with [1], then [2] and on, as people read.")
    if any(marker.in_link for marker in found):
        return gettext("A gap cannot stand in a link. Move it out of the link.")
    return None


def cut(markup: str, gaps: list[dict[str, Any]]) -> list[dict[str, str]]:
    """``markup`` in pieces of ``html``, each followed by the gap whose id is ``gap`` ("" for none), and that by ``after``.

    ``after`` is punctuation, which may not begin a line. Whatever is wrong with the passage, each gap comes exactly once:
    one without a marker stands at the end.
    """
    pieces, at, open_gaps = [], 0, {n: gap["id"] for n, gap in enumerate(gaps, start=1)}
    for marker in markers(markup):
        if marker.number in open_gaps:
            after = PUNCTUATION.match(markup, marker.end)[0]
            pieces.append({"html": markup[at : marker.start], "gap": open_gaps.pop(marker.number), "after": after})
            at = marker.end + len(after)
    pieces.append({"html": markup[at:], "gap": "", "after": ""})
    return pieces + [{"html": "", "gap": ident, "after": ""} for ident in open_gaps.values()]


class GapsBlock(QuestionBlock):
    """A question with gaps. A subclass adds ``gaps``, a list block."""

    passage = blocks.RichTextBlock(
        label=_("Passage with gaps"),
        features=QUESTION_FEATURES,
        help_text=_("Write [1], [2] and on where the gaps are. Example: A child is anyone under [1] years of age."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if not len(value["gaps"]):
            raise StructBlockValidationError(block_errors={"gaps": ValidationError(gettext("Add at least one gap."))})
        if problem := problem_with(frozen_html(value["passage"].source), len(value["gaps"])):
            raise StructBlockValidationError(block_errors={"passage": ValidationError(problem)})
        return value


class GapsForm(AnswerForm):
    """One field for each gap, named by the gap's id; ``pieces`` pairs the passage with them for the template."""

    def __init__(
        self, shown: dict[str, Any], fields: dict[str, forms.Field], data: Any = None, initial: Any = None, **options: Any
    ) -> None:
        given = said_to(initial)
        super().__init__(shown, data, {self.name_of(ident): given.get(ident) for ident in fields}, **options)
        self.fields |= {self.name_of(ident): field for ident, field in fields.items()}

    @staticmethod
    def name_of(ident: str) -> str:
        return f"gap-{ident}"

    @property
    def pieces(self) -> Iterator[tuple[dict[str, str], dict[str, Any] | None, Any]]:
        """(piece as ``cut`` made it, its gap or None, the bound field or None)."""
        gaps = {gap["id"]: gap for gap in self.shown["gaps"]}
        for piece in self.shown["pieces"]:
            ident = piece["gap"]
            yield (piece, gaps[ident], self[self.name_of(ident)]) if ident else (piece, None, None)

    def clean(self) -> dict[str, Any]:
        given = {gap["id"]: self.cleaned_data.get(self.name_of(gap["id"])) for gap in self.shown["gaps"]}
        given = {ident: said for ident, said in given.items() if said}
        return {"answer": {"gaps": given} if given else None}


def said_to(answer: Any) -> dict[str, str]:
    """What an answer says to each gap, by the gap's id."""
    given = answer.get("gaps") if isinstance(answer, dict) else None
    return {ident: said for ident, said in given.items() if isinstance(said, str)} if isinstance(given, dict) else {}


@dataclass(frozen=True)
class ReviewedPassage:
    """``pieces``: (piece as ``cut`` made it, name of its gap, what was said there); ``parts``: one for each gap."""

    pieces: tuple[tuple[dict[str, str], str, str], ...]
    parts: tuple[ReviewedPart, ...]


class GapsKind(Kind):
    """A subclass says how a gap is frozen, shown and judged. A frozen gap has an ``id`` and a ``name`` such as "Gap 1"."""

    partial = True
    template = "quizzes/kinds/gaps.html"
    review_template = "quizzes/kinds/gaps_review.html"
    missing: Promise  # with %(number)s; what to do where a gap is empty
    free_text = False  # whether learners write, and may write too much
    rules: tuple[str, ...] = ()  # names of settings that are frozen and may be shown

    @abstractmethod
    def frozen_gap(self, gap: Any, shuffle: Random | None) -> dict[str, Any]:
        """What a gap's block value adds to its frozen ``id`` and ``name``."""

    @abstractmethod
    def shown_gap(self, gap: dict[str, Any]) -> dict[str, Any]:
        """What of that a learner may see before answering."""

    @abstractmethod
    def field_for(self, gap: dict[str, Any], missing: str, *, draft: bool) -> forms.Field:
        """The control of a shown gap; ``missing`` is the message where it is empty and this is no ``draft``."""

    @abstractmethod
    def earned(self, snapshot: dict[str, Any], gap: dict[str, Any], given: str) -> Fraction:
        """The share of ``gap`` that ``given`` earns; "" was left empty."""

    @abstractmethod
    def in_words(self, gap: dict[str, Any], given: str) -> str:
        """``given`` as its learner read or wrote it."""

    @abstractmethod
    def expected(self, snapshot: dict[str, Any], gap: dict[str, Any]) -> str:
        """What is right in ``gap``, in words."""

    @abstractmethod
    def feedback(self, snapshot: dict[str, Any], gap: dict[str, Any], given: str, show: Show) -> str:
        """What is said to ``given``."""

    @abstractmethod
    def best(self, snapshot: dict[str, Any], gap: dict[str, Any]) -> str:
        """What to give to earn all of ``gap``."""

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """The names of the gaps are frozen in the language that is active: they stand in the passage."""
        gaps = [
            {"id": ident, "name": gettext("Gap %(number)s") % {"number": number}, **self.frozen_gap(gap, shuffle)}
            for number, (ident, gap) in enumerate(list_items(value["gaps"]), start=1)
        ]
        passage = frozen_html(value["passage"].source if value.get("passage") else "")
        return frozen(value, passage=passage, gaps=gaps, **{rule: bool(value.get(rule)) for rule in self.rules})

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        gaps = [{"id": gap["id"], "name": gap["name"], **self.shown_gap(gap)} for gap in snapshot["gaps"]]
        pieces = cut(snapshot["passage"], gaps)
        return {**asked(snapshot), "pieces": pieces, "gaps": gaps, **{rule: snapshot[rule] for rule in self.rules}}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> GapsForm:
        fields = {
            gap["id"]: self.field_for(gap, self.missing % {"number": number}, draft=draft)
            for number, gap in enumerate(shown["gaps"], start=1)
        }
        return GapsForm(shown, fields, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """The mean of what the gaps earn."""
        given, gaps = said_to(answer), snapshot["gaps"]
        total = sum((self.earned(snapshot, gap, given.get(gap["id"], "")) for gap in gaps), Fraction(0))
        return marked(total / (len(gaps) or 1))

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        given = {gap["id"]: said_to(answer).get(gap["id"], "") for gap in snapshot["gaps"]}
        return [
            Part(gap["name"], self.in_words(gap, given[gap["id"]]), self.earned(snapshot, gap, given[gap["id"]]) >= 1)
            for gap in snapshot["gaps"]
        ]

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> ReviewedPassage:
        gaps, given, parts = snapshot["gaps"], said_to(answer), self.parts(snapshot, answer)
        said = {gap["id"]: part for gap, part in zip(gaps, parts, strict=True)}
        rows = (
            reviewed_part(
                part,
                show,
                expected=self.expected(snapshot, gap),
                feedback=self.feedback(snapshot, gap, given.get(gap["id"], ""), show),
            )
            for gap, part in zip(gaps, parts, strict=True)
        )
        pieces = (
            (piece, said[piece["gap"]].asked, said[piece["gap"]].said) if piece["gap"] else (piece, "", "")
            for piece in cut(snapshot["passage"], gaps)
        )
        return ReviewedPassage(tuple(pieces), tuple(rows))

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, dict[str, str]]:
        return {"gaps": {gap["id"]: self.best(snapshot, gap) for gap in snapshot["gaps"]}}
