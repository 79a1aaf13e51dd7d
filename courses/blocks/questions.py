"""Practice blocks that are questions of the kinds that quizzes know: they ask, mark and explain in the same way."""

from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.blocks.struct_block import BlockGroup

from quizzes.explaining import Explained, explain
from quizzes.kinds import KINDS, Kind
from quizzes.kinds.categorise import CategoriseBlock
from quizzes.kinds.question import AFTERWARDS
from quizzes.marking import mark
from training.blocks import PRACTICE

from .practice import SETTINGS, Answered, Exercise, PracticeBlock


class QuestionPractice(PracticeBlock):
    """Asks one question of ``kind``. A subclass also inherits the block of that kind, which brings the fields."""

    kind_name: str

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_name]

    @property
    def scripts(self) -> list[str]:
        return self.kind.scripts

    def get_form_layout(self) -> BlockGroup:
        apart = {"heading", "text", "image", *AFTERWARDS, *SETTINGS}
        own = [name for name in self.child_blocks if name not in apart]
        return BlockGroup(children=["heading", "text", "image", *own, "explanation"], settings=[*SETTINGS, *AFTERWARDS[1:]])

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        with override(language):
            frozen = self.kind.snapshot(value, Random(ident))  # noqa: S311 (an order of cards, no secret)
        return self.frozen(value, snapshot={**frozen, "kind": self.kind_name, "language": language, "source": ""})

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        shown = self.kind.shown(material["snapshot"])
        return self.kind.form(shown, data, (state or {}).get("answer"), prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        answer = form.cleaned_data["answer"]
        score = Fraction(max(mark(material["snapshot"], answer).fraction, 0)) if self.kind.graded else None
        return Answered({"answer": answer}, score=score)

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Explained:
        answer = state.get("answer")
        return explain(material["snapshot"], answer, mark(material["snapshot"], answer))

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        best = self.kind.best_answer(material["snapshot"])
        return {"right": {"answer": best}, "wrong": {"answer": {}}} if best else {}

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        snapshot = exercise.material["snapshot"]
        shown = self.kind.shown(snapshot)
        return {**super().printed(exercise), "kind": self.kind, "shown": shown, "language": snapshot["language"]}


class CardSortBlock(QuestionPractice, CategoriseBlock):
    kind_name = "categorise"

    class Meta:
        icon = "grip"
        label = _("Card sort")
        label_format = "{heading}"
        group = PRACTICE
        description = _("Cards to sort into two to six piles, with a reason for each.")
        help_text = _("6 to 12 cards. Use “it depends” generously: single signs prove little.")
        template = "courses/blocks/practice_question.html"
        preview_value = {"heading": "Signal or noise?", "required": True, **CategoriseBlock._meta_class.preview_value}
