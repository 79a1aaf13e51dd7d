"""A short answer in the learner's own words, compared with those that are accepted."""

from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from training.personal import PRIVACY

from .accepted import (
    AcceptedTextsBlock,
    WordsField,
    accents_block,
    best_text,
    case_block,
    earned,
    expected,
    first_fitting,
    frozen_accepted,
)
from .base import AnswerForm, Kind, Mark, Part, ReviewedPart, Show, marked, reviewed_part
from .gap_text import RULES, rules_of
from .question import QuestionBlock, asked, frozen

LONGEST = 200  # characters


class ShortTextBlock(QuestionBlock):
    accepted = AcceptedTextsBlock()
    match_case = case_block()
    match_accents = accents_block()

    class Meta:
        icon = "pilcrow"
        label = _("Short text")
        label_format = "{text}"
        description = _("A few typed words, compared with the answers you accept.")
        preview_value = {
            "text": "<p>Sanija is 16 and has just arrived alone.</p><p>Who speaks for her best interests?</p>",
            "accepted": [
                {"text": "* guardian *", "feedback": "The guardian stands up for her best interests in everything."},
                {"text": "* lawyer *", "feedback": "A lawyer acts on her case alone.", "credit": 50},
            ],
            "explanation": "<p>The guardian speaks for her best interests, the lawyer acts on her case.</p>",
        }


class ShortTextForm(AnswerForm):
    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, {"text": said_in(initial)}, **options)
        missing = _("Write an answer. If you do not know it, press “I don't know yet”.")
        field = WordsField(limit=LONGEST, missing=missing, draft=self.draft, attrs={})
        field.help_text = PRIVACY
        self.fields["text"] = field

    def clean(self) -> dict[str, Any]:
        text = self.cleaned_data.get("text")
        return {"answer": {"text": text} if text else None}


def said_in(answer: Any) -> str:
    text = answer.get("text") if isinstance(answer, dict) else ""
    return text if isinstance(text, str) else ""


class ShortText(Kind):
    name = "short_text"
    label = _("Short text")
    instruction = _("Write a short answer. One that is nearly right may earn a part of the points.")
    task = _("Write a short answer.")
    partial = True
    template = "quizzes/kinds/short_text.html"
    review_template = "quizzes/kinds/parts_review.html"

    def block(self) -> blocks.StructBlock:
        return ShortTextBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        return frozen(value, accepted=frozen_accepted(value["accepted"]), **{rule: bool(value.get(rule)) for rule in RULES})

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**asked(snapshot), **rules_of(snapshot)}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> ShortTextForm:
        return ShortTextForm(shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """What the first accepted text that fits earns."""
        return marked(earned(self.fitting(snapshot, answer)))

    def fitting(self, snapshot: dict[str, Any], answer: Any) -> dict[str, Any] | None:
        return first_fitting(snapshot["accepted"], said_in(answer), rules_of(snapshot))

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> list[ReviewedPart]:
        fitting = self.fitting(snapshot, answer)
        (part,) = self.parts(snapshot, answer)
        right_answer = expected(snapshot["accepted"], rules_of(snapshot))
        return [reviewed_part(part, show, expected=right_answer, feedback=fitting["feedback"] if fitting else "")]

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, str]:
        return {"text": best_text(snapshot["accepted"], rules_of(snapshot))}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        return [Part("", said_in(answer), earned(self.fitting(snapshot, answer)) >= 1)]
