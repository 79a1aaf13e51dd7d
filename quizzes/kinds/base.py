"""What every kind of question can do."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from wagtail import blocks


@dataclass(frozen=True)
class Mark:
    """The result of marking one answer: ``fraction`` from 0 to 1 of the question's points, and why, in words."""

    fraction: float
    verdict: str  # right, partly, wrong, unanswered
    feedback: list[dict[str, Any]] = field(default_factory=list)  # per choice: text, chosen, correct, feedback


class Kind(Protocol):
    """Shapes: ``snapshot`` is what ``snapshot()`` froze, ``answer`` is JSON or None. All pure, no database."""

    name: str
    label: str
    template: str  # of the learner's form fields
    review_template: str  # of the marked answer

    def block(self) -> blocks.StructBlock:
        """The editor's block. Its value has at least ``text`` (rich text) and ``explanation`` (rich text)."""

    def snapshot(self, value: Any, shuffle: Any) -> dict[str, Any]:
        """Freeze a block value as JSON: question, choices as shown, right answer, feedback. ``shuffle``: a ``random.Random`` or None."""

    def form(self, snapshot: dict[str, Any], data: Any = None, initial: Any = None) -> forms.Form:
        """A form that shows the question without anything that betrays the answer; ``cleaned_data["answer"]`` is JSON."""

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark: ...
