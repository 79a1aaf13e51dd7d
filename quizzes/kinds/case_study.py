"""A case with several questions of any other kind. The form is made of their forms; the parts count the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import COMBINED, UNSURE, AnswerForm, Kind, Mark, Part, Show, Verdict, marked
from .prose import plain_text
from .question import QuestionBlock, asked, frozen

MOST_PARTS = 10


class PartsBlock(blocks.StreamBlock):
    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        """With every field of every part written out: wagtail-localize cannot read a picture that the JSON leaves out."""
        list(value)  # a part that was never looked at would be written as it was read
        return super().get_prep_value(value)


class CaseStudyBlock(QuestionBlock):
    def __init__(self, kinds: Iterable[Kind], **options: Any) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        parts = PartsBlock(
            [(name, kind.block()) for name, kind in self.kinds.items()],
            label=_("Parts"),
            help_text=_("Two to ten questions about the case, in the order in which they are asked. Each counts the same."),
        )
        super().__init__([("parts", parts)], **options)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        problem = None if self.is_deferred_validation else self.problem_with([part.block_type for part in value["parts"]])
        if problem:
            parts = StreamBlockValidationError(non_block_errors=[ValidationError(problem)])
            raise StructBlockValidationError(block_errors={"parts": parts})
        return value

    def problem_with(self, names: Sequence[str]) -> Promise | None:
        if not 2 <= len(names) <= MOST_PARTS:
            return _("Write two to ten parts.")
        if not any(self.kinds[name].graded for name in names):
            return _("Add a part that has points. Polls, scales and information have none.")
        return None

    class Meta:
        icon = "folder-open-1"
        label = _("Case study")
        label_format = "{text}"
        description = _("A case told once, with several questions about it; each may be of another kind.")
        help_text = _("Example: a first talk, then what the signs are, who is called, and how sure the learner is.")
        preview_value = {
            "text": "<p>Ilir is 15. He was promised school and now works in a car wash from seven to seven. A cousin holds his"
            " passport. Ilir says that he owes money for the journey.</p>",
            "parts": [
                {
                    "type": "multiple_response",
                    "value": {
                        "text": "<p>Which facts are signs that belong together?</p>",
                        "choices": [
                            {"text": "Somebody else holds his passport", "correct": True, "feedback": "A means of control."},
                            {"text": "He owes money for the journey", "correct": True, "feedback": "Debt ties a child."},
                            {"text": "He has a cousin", "correct": False, "feedback": "Many children have one."},
                        ],
                    },
                },
                {
                    "type": "true_false",
                    "value": {
                        "text": "<p>Because Ilir agreed to work, this is not trafficking.</p>",
                        "answer": "false",
                        "feedback_true": "A child's consent does not count.",
                        "feedback_false": "",
                    },
                },
                {
                    "type": "confidence",
                    "value": {
                        "text": "<p>How sure are you of your answers?</p>",
                        "low": "not sure at all",
                        "high": "completely sure",
                        "steps": 5,
                    },
                },
            ],
            "explanation": "<p>No single fact proves anything; together they are a reason to act.</p>",
        }


@dataclass(frozen=True)
class AskedPart:
    """One part of the form, for its template: ``heading`` counts it, ``unsure`` is its "I don't know yet" or None."""

    heading: str
    ident: str
    kind: Kind
    shown: dict[str, Any]
    form: AnswerForm
    unsure: forms.BoundField | None


class CaseStudyForm(AnswerForm):
    """The forms of all parts as one: iterating gives every field, so that a summary of errors can link to each."""

    def __init__(
        self, kinds: Mapping[str, Kind], shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any
    ) -> None:
        super().__init__(shown, data, None, **options)
        answers = (initial or {}).get("parts") or {}
        self.parts: list[AskedPart] = []
        for number, part in enumerate(shown["parts"], start=1):
            kind, answer = kinds[part["kind"]], answers.get(part["id"])
            unsure = answer == UNSURE
            prefix = f"{self.prefix}-{number}"
            form = kind.form(part["shown"], data, None if unsure else answer, prefix=prefix, draft=self.draft)
            if kind.asks:
                name = f"{number}-unsure"
                self.fields[name] = forms.BooleanField(label=_("I don't know yet"), required=False, initial=unsure)
            self.parts.append(
                AskedPart(part["heading"], part["id"], kind, part["shown"], form, self[name] if kind.asks else None)
            )

    def __iter__(self) -> Iterator[forms.BoundField]:
        for part in self.parts:
            yield from part.form
            if part.unsure:
                yield part.unsure

    def non_field_errors(self) -> ErrorList:
        errors = ErrorList(super().non_field_errors(), renderer=self.renderer)
        for part in self.parts:
            errors.extend(part.form.non_field_errors())
        return errors

    def clean(self) -> dict[str, Any]:
        answers = {}
        for part in self.parts:
            answer = self._answer_of(part)
            if answer is not None:
                answers[part.ident] = answer
        return {"answer": {"parts": answers} if answers else None}

    def _answer_of(self, part: AskedPart) -> Any:
        if part.unsure and self.cleaned_data.get(part.unsure.name):
            part.form.errors.clear()
            return UNSURE
        if part.form.is_valid():
            return part.form.cleaned_data["answer"]
        for name, messages in part.form.errors.items():
            told = [gettext("%(part)s: %(message)s") % {"part": part.heading, "message": message} for message in messages]
            part.form.errors[name] = ErrorList(told, renderer=self.renderer)
            self._errors[f"{part.form.prefix}-{name}"] = part.form.errors[name]
        return None


@dataclass(frozen=True)
class ReviewedStudyPart:
    """One part of a marked case study; what may not be shown now is empty."""

    heading: str
    text: str
    image: dict[str, Any] | None
    attachments: list[dict[str, Any]]
    kind: Kind
    verdict: Verdict | None
    details: Any
    comment: str
    explanation: str


class CaseStudy(Kind):
    name = "case_study"
    label = _("Case study")
    instruction = _("Read the case, then answer each part. All parts count the same.")
    task = _("Read the case, then answer each part.")
    partial = True
    unsure_inside = True
    template = "quizzes/kinds/case_study.html"
    review_template = "quizzes/kinds/case_study_review.html"

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}

    @property
    def scripts(self) -> list[str]:
        inside = [script for kind in self.kinds.values() for script in kind.scripts]
        return ["js/components/case_study.js", *dict.fromkeys(inside)]

    def block(self) -> blocks.StructBlock:
        return CaseStudyBlock(self.kinds.values())

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """The parts keep their order, for one builds on another; what is inside them is shuffled.

        A part that was never saved, as in a preview, is known by its place.
        """
        parts = [
            {**self.kinds[part.block_type].snapshot(part.value, shuffle), "kind": part.block_type, "id": str(part.id or place)}
            for place, part in enumerate(value["parts"])
        ]
        return frozen(value, parts=parts)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        parts = [
            {"id": part["id"], "kind": part["kind"], "heading": heading, "shown": self.kinds[part["kind"]].shown(part)}
            for heading, part in headed(snapshot)
        ]
        return {**asked(snapshot), "lead": snapshot["text"], "question": "", "parts": parts}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> CaseStudyForm:
        return CaseStudyForm(self.kinds, shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """The mean of the parts that have points. While one waits for its marker it counts as nothing, and the whole waits."""
        return self.mark_with(snapshot, answer, {})

    def mark_with(self, snapshot: dict[str, Any], answer: Any, by_hand: Mapping[str, Fraction]) -> Mark:
        """``mark`` with the shares that a marker gave: ``by_hand`` by the id of the part (see ``Essay``)."""
        marks = []
        for part in snapshot["parts"]:
            if self.kinds[part["kind"]].graded:
                own = self._mark_part(part, answered(answer, part))
                marks.append(marked(by_hand[part["id"]]) if own.verdict == Verdict.WAITING and part["id"] in by_hand else own)
        if not marks:
            return Mark(Fraction(0), Verdict.NOTED)
        mean = marked(sum((mark.fraction for mark in marks), Fraction(0)) / len(marks))
        verdicts = {mark.verdict for mark in marks}
        if Verdict.WAITING in verdicts:
            return Mark(mean.fraction, Verdict.WAITING)
        same = verdicts.pop() if len(verdicts) == 1 else None
        return Mark(mean.fraction, same) if same in {Verdict.UNANSWERED, Verdict.UNSURE} else mean

    def _mark_part(self, part: dict[str, Any], answer: Any) -> Mark:
        if answer is None or answer == UNSURE:
            return Mark(Fraction(0), Verdict.UNANSWERED if answer is None else Verdict.UNSURE)
        return self.kinds[part["kind"]].mark(part, answer)

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> list[ReviewedStudyPart]:
        return [self._explain_part(heading, part, answered(answer, part), show) for heading, part in headed(snapshot)]

    def _explain_part(self, heading: str, part: dict[str, Any], answer: Any, show: Show) -> ReviewedStudyPart:
        kind = self.kinds[part["kind"]]
        verdict = self._mark_part(part, answer).verdict
        says_nothing = verdict not in {Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG}
        return ReviewedStudyPart(
            heading=heading,
            text=part["text"],
            image=part["image"],
            attachments=part.get("attachments") or [],
            kind=kind,
            verdict=verdict if kind.asks and (show.verdict or says_nothing) else None,
            details=kind.explain(part, None if answer == UNSURE else answer, show),
            comment=part[COMBINED[verdict]] if show.feedback and verdict in COMBINED else "",
            explanation=part["explanation"] if show.explanation else "",
        )

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        best = {part["id"]: self.kinds[part["kind"]].best_answer(part) for part in snapshot["parts"]}
        return {"parts": {ident: answer for ident, answer in best.items() if answer is not None}}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        """Those of each part, in which ``asked`` begins with the part's own question."""
        told = []
        for part in snapshot["parts"]:
            kind, own, question = self.kinds[part["kind"]], answered(answer, part), plain_text(part["text"])
            if not kind.asks:
                continue
            for inner in kind.parts(part, None if own == UNSURE else own):
                told.append(Part(f"{question} – {inner.asked}" if inner.asked else question, inner.said, inner.right))
        return told


def headed(snapshot: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The parts of a snapshot with what counts them, in the reader's language."""
    parts = snapshot["parts"]
    return [
        (gettext("Part %(number)d of %(total)d") % {"number": number, "total": len(parts)}, part)
        for number, part in enumerate(parts, start=1)
    ]


def answered(answer: Any, part: dict[str, Any]) -> Any:
    """The answer to one part; None where there is none."""
    return ((answer or {}).get("parts") or {}).get(part["id"])
