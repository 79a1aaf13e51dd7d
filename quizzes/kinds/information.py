"""Something to read between questions: nothing is asked."""

from random import Random
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import AnswerForm, Part, Show, Ungraded
from .question import QuestionBlock, asked, frozen


class InformationBlock(QuestionBlock):
    class Meta:
        icon = "info-circle"
        label = _("Information")
        label_format = "{text}"
        description = _("A text or picture between questions. Nothing is asked and nothing is marked.")
        help_text = _("Example: what all the next questions are about. One idea, two to five short paragraphs.")
        preview_value = {
            "text": "<p>The next three questions are about the first talk with a child.</p><p>Imagine a quiet room and an hour"
            " of time.</p>",
        }


class InformationForm(AnswerForm):
    def clean(self) -> dict[str, Any]:
        return {"answer": {"read": True}}


class Information(Ungraded):
    name = "information"
    label = _("Information")
    instruction = _("Read this, then go on. Nothing is asked here.")
    asks = False
    template = "quizzes/kinds/information.html"
    review_template = "quizzes/kinds/information_review.html"

    def block(self) -> blocks.StructBlock:
        return InformationBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        return frozen(value)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {**asked(snapshot), "lead": snapshot["text"], "question": ""}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> InformationForm:
        return InformationForm(shown, data, initial, prefix=prefix, draft=draft)

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> None:
        return None

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, bool]:
        return {"read": True}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        return [Part("", gettext("read") if answer else "")]
