"""A free text, which a person marks by a rubric."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from training.personal import PRIVACY

from .base import AnswerForm, Kind, Mark, Part, Show, Verdict
from .credit import share
from .prose import frozen_html
from .question import QUESTION_FEATURES, QuestionBlock, asked, frozen, list_items

LONGEST = 50_000  # characters; some twenty pages
WHOLE = "whole"  # the one criterion of an essay without a rubric: 0 to 100 per cent

NOTHING_WRITTEN = _("Write your answer. If you do not know it, press “I don't know yet”.")
TOO_LONG = _("Shorten your answer to at most %(most)d characters. It has %(has)d now.")
TOO_FEW_WORDS = ngettext_lazy(
    "Write at least %(least)d word. You have %(has)d.", "Write at least %(least)d words. You have %(has)d.", "least"
)
TOO_MANY_WORDS = ngettext_lazy(
    "Write at most %(most)d word. You have %(has)d.", "Write at most %(most)d words. You have %(has)d.", "most"
)


class CriterionBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Criterion"), max_length=120, help_text=_("Learners read it before they write."))
    description = blocks.TextBlock(
        label=_("What earns the points"), required=False, rows=2, help_text=_("Learners read it once their text is marked.")
    )
    points = blocks.IntegerBlock(label=_("Points"), min_value=1, max_value=100)

    class Meta:
        icon = "list-ul"
        label_format = "{name}"


class EssayBlock(QuestionBlock):
    rubric = blocks.ListBlock(
        CriterionBlock(),
        label=_("Rubric"),
        default=[],
        help_text=_("What the text is marked by. Without a rubric the marker gives 0 to 100 per cent."),
    )
    words_from = blocks.IntegerBlock(label=_("Fewest words"), required=False, min_value=1, max_value=5000)
    words_to = blocks.IntegerBlock(label=_("Most words"), required=False, min_value=1, max_value=5000)
    start = blocks.TextBlock(
        label=_("Text to begin with"),
        required=False,
        rows=3,
        help_text=_("Stands in the field at first. Example: Dear colleague"),
    )
    model_answer = blocks.RichTextBlock(
        label=_("Model answer"), features=QUESTION_FEATURES, required=False, help_text=_("Learners read it afterwards.")
    )
    marker_notes = blocks.RichTextBlock(
        label=_("Notes for markers"), features=QUESTION_FEATURES, required=False, help_text=_("Learners never read them.")
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        least, most = value["words_from"], value["words_to"]
        if not self.is_deferred_validation and least and most and least > most:
            message = _("The most words are fewer than the fewest. Swap the two numbers, or leave one empty.")
            raise StructBlockValidationError(block_errors={"words_to": ValidationError(message)})
        return value

    class Meta:
        icon = "edit"
        label = _("Free text")
        label_format = "{text}"
        description = _("Learners write a text of their own, and a person marks it by a rubric.")
        help_text = _("Example: Write the note that you leave for the guardian who takes over tomorrow.")
        preview_value = {
            "text": "<p>Mirela is 14. She keeps looking at her phone and says that she must leave at six.</p>"
            "<p>What do you write into your note, and what do you do next?</p>",
            "rubric": [
                {"name": "Tells what was seen from what is guessed", "description": "Her words, the time.", "points": 2},
                {"name": "Names a safe next step", "description": "Asks a colleague, and leaves Mirela the choice.", "points": 1},
            ],
            "words_from": 20,
            "words_to": 150,
            "start": "",
            "model_answer": "<p>At five she said: “I must leave at six.” I asked whether she would like to stay for a meal.</p>",
            "marker_notes": "<p>No point is lost for spelling.</p>",
            "explanation": "<p>A note that keeps to what was seen and said is of use to others.</p>",
        }


def words_in(text: str) -> int:
    return len(text.split())


class EssayForm(AnswerForm):
    """The field ``text``. What stood in it at first counts as nothing written."""

    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, {"text": (initial or {}).get("text") or shown["start"]}, **options)
        self.fields["text"] = forms.CharField(
            widget=forms.Textarea(attrs={"rows": 10, "class": "essay__field"}),
            required=False,
            strip=False,
            help_text=PRIVACY,  # printed by the template, to which the field is tied by this text's id
        )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if len(text) > LONGEST:
            raise ValidationError(TOO_LONG, params={"most": LONGEST, "has": len(text)})
        if text == self.shown["start"].replace("\r\n", "\n").strip():
            text = ""
        if not self.draft:
            self._check_length(text)
        return text

    def _check_length(self, text: str) -> None:
        has, least, most = words_in(text), self.shown["words_from"], self.shown["words_to"]
        if not has:
            raise ValidationError(NOTHING_WRITTEN)
        if least and has < least:
            raise ValidationError(TOO_FEW_WORDS, params={"least": least, "has": has})
        if most and has > most:
            raise ValidationError(TOO_MANY_WORDS, params={"most": most, "has": has})

    def clean(self) -> dict[str, Any]:
        text = self.cleaned_data.get("text")
        return {"answer": {"text": text} if text else None}


@dataclass(frozen=True)
class EssayReview:
    """What was written and, as far as it may be shown, what was looked for."""

    text: str
    words: int
    criteria: tuple[dict[str, Any], ...]  # name, points, description
    model_answer: str


def fraction_of(snapshot: dict[str, Any], scores: Mapping[str, Any]) -> Fraction:
    """The share of the points that a marker's ``scores`` give: points by the id of each criterion, all of them.

    Without a rubric the only entry is ``WHOLE``, in per cent. Raises ValueError where one is missing, unknown or out of range.
    """
    possible = {item["id"]: item["points"] for item in snapshot["rubric"]} or {WHOLE: 100}
    if set(scores) != set(possible):
        raise ValueError("Every criterion needs points, and nothing else has any.")
    given = {ident: Fraction(Decimal(str(points))) for ident, points in scores.items()}
    if any(not 0 <= points <= possible[ident] for ident, points in given.items()):
        raise ValueError("Points lie between 0 and those that the criterion has.")
    if not snapshot["rubric"]:
        return share(scores[WHOLE])
    return sum(given.values(), Fraction(0)) / (sum(possible.values()) or 1)


class Essay(Kind):
    name = "essay"
    label = _("Free text")
    instruction = _("Write in your own words. A person reads and marks your text; until then it waits.")
    partial = True
    by_hand = True
    scripts = ["js/components/essay.js"]
    template = "quizzes/kinds/essay.html"
    review_template = "quizzes/kinds/essay_review.html"

    def block(self) -> blocks.StructBlock:
        return EssayBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        rubric = [
            {"id": ident, "name": item["name"], "description": item["description"], "points": item["points"] or 0}
            for ident, item in list_items(value["rubric"])
        ]
        prose = {name: frozen_html(value[name].source if value[name] else "") for name in ("model_answer", "marker_notes")}
        plain = {name: value[name] for name in ("words_from", "words_to", "start")}
        return frozen(value, rubric=rubric, **plain, **prose)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        return {
            **asked(snapshot),
            "criteria": [{"name": item["name"], "points": item["points"]} for item in snapshot["rubric"]],
            **{name: snapshot[name] for name in ("words_from", "words_to", "start")},
        }

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> EssayForm:
        return EssayForm(shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """A text waits for its marker; ``fraction_of`` makes a share of what they give."""
        return Mark(Fraction(0), Verdict.WAITING if text_of(answer) else Verdict.UNANSWERED)

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> EssayReview:
        text = text_of(answer)
        criteria = [
            {"name": item["name"], "points": item["points"], "description": item["description"] if show.right_answer else ""}
            for item in snapshot["rubric"]
        ]
        return EssayReview(text, words_in(text), tuple(criteria), snapshot["model_answer"] if show.right_answer else "")

    def best_answer(self, snapshot: dict[str, Any]) -> None:
        return None

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        return [Part("", " ".join(text_of(answer).split()))]


def text_of(answer: Any) -> str:
    text = (answer or {}).get("text")
    return text if isinstance(text, str) else ""
