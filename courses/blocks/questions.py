"""Practice blocks that are questions of the kinds that quizzes know: they ask, mark and explain in the same way."""

from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.snippets.blocks import SnippetChooserBlock

from quizzes.explaining import Explained, explain
from quizzes.kinds import KINDS, Kind
from quizzes.kinds.base import UNSURE
from quizzes.kinds.categorise import CategoriseBlock
from quizzes.kinds.gap_choice import GapChoiceBlock
from quizzes.kinds.gap_text import GapTextBlock
from quizzes.kinds.hotspot import HotspotBlock
from quizzes.kinds.mark_words import MarkWordsBlock
from quizzes.kinds.matching import MatchingBlock
from quizzes.kinds.ordering import OrderingBlock
from quizzes.kinds.question import FOLDED, SHOWN_WITH, QuestionBlock
from quizzes.marking import mark
from quizzes.models import Question

from .practice import SETTINGS, Answered, Exercise, PracticeBlock

WRITTEN_HERE = ["single_choice", "multiple_response", "true_false", "short_text", "numeric"]  # kinds of the single question


def titled(heading: str, block: type[QuestionBlock]) -> dict[str, Any]:
    """The preview value of a kind's block as a practice block of a lesson."""
    return {"heading": heading, "required": True, **block().meta.preview_value}


class UnsureForm(forms.Form):
    """What the button “I don't know yet” sends, whatever else was chosen."""

    def clean(self) -> dict[str, Any]:
        return {"answer": UNSURE}


class AskingBlock(PracticeBlock):
    """Asks the question that ``material["snapshot"]`` froze, of whatever kind."""

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        if data is not None and data.get("act") == "unsure":
            return UnsureForm(data)
        kind, answer = kind_of(material), answer_in(material, state)
        return kind.form(kind.shown(material["snapshot"]), data, None if answer == UNSURE else answer, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        kind, answer = kind_of(material), form.cleaned_data["answer"]
        score = max(mark(material["snapshot"], answer).fraction, Fraction(0)) if kind.graded else None
        return Answered({"kind": kind.name, "answer": answer}, score=score)

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Explained:
        answer = answer_in(material, state)
        return explain(material["snapshot"], answer, mark(material["snapshot"], answer))

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        kind = kind_of(material)
        best = kind.best_answer(material["snapshot"])
        answers = {"right": best, "wrong": mistaken(material["snapshot"], best), "unsure": UNSURE} if best else {}
        return {name: {"kind": kind.name, "answer": answer} for name, answer in answers.items() if answer}

    def scripts(self, material: dict[str, Any]) -> list[str]:
        return kind_of(material).scripts

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        snapshot = exercise.material["snapshot"]
        kind = kind_of(exercise.material)
        return {**super().printed(exercise), "kind": kind, "shown": kind.shown(snapshot), "language": snapshot["language"]}

    class Meta:
        template = "courses/blocks/practice_question.html"


def mistaken(snapshot: dict[str, Any], best: dict[str, Any]) -> dict[str, Any] | None:
    """An answer to look at in previews that is not ``best`` and earns less; None where none is found."""
    wrong = {name: MISTAKES[name](said, snapshot) for name, said in best.items() if name in MISTAKES}
    return wrong if wrong and all(wrong.values()) and mark(snapshot, wrong).fraction < 1 else None


def others(said: str | list[str], snapshot: dict[str, Any]) -> list[str]:
    return [choice["id"] for choice in snapshot["choices"] if choice["id"] not in said]


def turned(said: dict[str, str], snapshot: dict[str, Any]) -> dict[str, str]:
    """Each thing where the next one belongs; what is typed reads oddly, which is as good a mistake as any."""
    values = list(said.values())
    return dict(zip(said, [*values[1:], *values[:1]], strict=True))


# By the name under which an answer holds what was said: how a mistake is made of what would be right.
MISTAKES = {
    "choice": lambda said, snapshot: next(iter(others([said], snapshot)), ""),
    "choices": lambda said, snapshot: others(said, snapshot)[:1],
    "order": lambda said, snapshot: [*said[1:], *said[:1]],
    "cards": turned,
    "pairs": turned,
    "gaps": turned,
    "text": lambda said, snapshot: said[::-1],
    "number": lambda said, snapshot: f"{said}{said}",
}


def kind_of(material: dict[str, Any]) -> Kind:
    return KINDS[material["snapshot"]["kind"]]


def answer_in(material: dict[str, Any], state: dict[str, Any] | None) -> Any:
    """The answer that ``state`` holds; None where it belongs to another kind, which the question may have been before."""
    return (state or {}).get("answer") if (state or {}).get("kind") == material["snapshot"]["kind"] else None


def frozen_question(kind: str, value: Any, ident: str, language: str) -> dict[str, Any]:
    """The snapshot of a question that is written in the lesson itself."""
    with override(language):
        frozen = KINDS[kind].snapshot(value, Random(ident))  # noqa: S311 (an order of cards, no secret)
    return {**frozen, "kind": kind, "language": language, "source": ""}


class QuestionPractice(AskingBlock):
    """A question of one kind. A subclass also inherits the block of that kind, which brings the fields."""

    kind_name: str

    def get_form_layout(self) -> BlockGroup:
        apart = {"heading", *SHOWN_WITH, "explanation", *FOLDED, *SETTINGS}
        own = [name for name in self.child_blocks if name not in apart]
        return BlockGroup(children=["heading", *SHOWN_WITH, *own, "explanation"], settings=[*SETTINGS, *FOLDED])

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(value, snapshot=frozen_question(self.kind_name, value, ident, language))


def needs_a_marker(question: Question) -> bool:
    """Whether a person marks ``question``, or a part of it where it is a case."""
    body = question.body[0]
    kinds = [body.block_type, *(part.block_type for part in body.value.get("parts") or [])]
    return any(KINDS[kind].by_hand for kind in kinds)


class CardSortBlock(QuestionPractice, CategoriseBlock):
    kind_name = "categorise"

    class Meta:
        icon = "grip"
        label = _("Card sort")
        description = _("Cards to sort into two to six piles, with a reason for each.")
        help_text = _("6 to 12 cards. Use “it depends” generously: single signs prove little.")
        preview_value = titled("Signal or noise?", CategoriseBlock)


class OrderBlock(QuestionPractice, OrderingBlock):
    kind_name = "ordering"

    class Meta:
        icon = "order"
        label = _("Put in order")
        description = _("Steps that have one right order.")
        help_text = _("Four to seven steps. Say of each why it comes there.")
        preview_value = titled("What comes first?", OrderingBlock)


class PairsBlock(QuestionPractice, MatchingBlock):
    kind_name = "matching"

    class Meta:
        icon = "link"
        label = _("Match pairs")
        description = _("Things to match, with a few that fit nowhere.")
        help_text = _("Four to six pairs. Example: each need and the service that meets it.")
        preview_value = titled("Who does what?", MatchingBlock)


class GapsBlock(QuestionPractice, GapChoiceBlock):
    kind_name = "gap_choice"

    class Meta:
        icon = "edit"
        label = _("Fill the gaps: choose")
        description = _("A text with gaps, and choices for each.")
        help_text = _("Write [1], [2] where the gaps are, and the choices for each below. Example: A child is anyone under [1].")
        preview_value = titled("Complete the note", GapChoiceBlock)


class TypedGapsBlock(QuestionPractice, GapTextBlock):
    kind_name = "gap_text"

    class Meta:
        icon = "edit"
        label = _("Fill the gaps: type")
        description = _("A text with gaps to type into; several wordings may be accepted.")
        help_text = _("Write [1], [2] where the gaps are. Accept every wording that a good colleague might use.")
        preview_value = titled("Say it in your words", GapTextBlock)


class AnnotateBlock(QuestionPractice, MarkWordsBlock):
    kind_name = "mark_words"

    class Meta:
        icon = "view"
        label = _("Spot the signs")
        description = _("A statement, chat or note in which learners mark what matters.")
        help_text = _("Mark 4 to 8 phrases, and two harmless ones.")
        preview_value = titled("Read the note", MarkWordsBlock)


class HotspotSignsBlock(QuestionPractice, HotspotBlock):
    kind_name = "hotspot"

    class Meta:
        icon = "crosshairs"
        label = _("Find the signs in a picture")
        description = _("A picture with places to choose; the same places stand in a list.")
        help_text = _("Objects and rooms, never a child. Four to eight places, some of them harmless.")
        preview_value = titled("Look around the room", HotspotBlock)


class SingleQuestionBlock(AskingBlock):
    own = blocks.StreamBlock(
        [(name, KINDS[name].block()) for name in WRITTEN_HERE],
        label=_("Write it here"),
        required=False,
        max_num=1,
    )
    bank = SnippetChooserBlock("quizzes.Question", label=_("Or choose one from the bank"), required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and bool(value["own"]) == bool(value["bank"]):
            problem = ValidationError(_("Write one question here, or choose one from the bank: one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"bank": problem})
        if not self.is_deferred_validation and value["bank"] and needs_a_marker(value["bank"]):
            problem = ValidationError(_("A person has to mark this question, and in a lesson nobody does. Choose another one."))
            raise blocks.StructBlockValidationError(block_errors={"bank": problem})
        return value

    def asks(self, value: Any) -> bool:
        """Not where its question was deleted from the bank: the lesson is read and done without it."""
        return bool(value["own"] or value["bank"])

    def render(self, value: Any, context: Any = None) -> SafeString:
        return super().render(value, context) if self.asks(value) else SafeString()

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        if value["bank"]:
            return self.frozen(value, snapshot=value["bank"].snapshot(Random(ident)))  # noqa: S311 (an order, no secret)
        part = value["own"][0]
        return self.frozen(value, snapshot=frozen_question(part.block_type, part.value, ident, language))

    class Meta:
        icon = "help"
        label = _("Question")
        description = _("One question with feedback for every answer, written here or chosen from the bank.")
        help_text = _("Feedback explains, for every option.")
        preview_value = {
            "heading": "Check yourself",
            "required": True,
            "bank": None,
            "own": [("single_choice", KINDS["single_choice"].block().meta.preview_value)],
        }
