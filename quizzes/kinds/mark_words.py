"""Words to mark in a text: which phrases in a statement, a chat or a police note tell something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import Show
from .choices import ChoicesReview, ManyChoicesForm, lettered, reviewed
from .multiple_response import MultipleResponse
from .question import QuestionBlock, asked, frozen

LOOKS = {"statement": _("Statement"), "chat": _("Chat"), "note": _("Note")}
PHRASE = re.compile(r"\[(?P<right>[^\[\]{}]+)\]|\{(?P<other>[^\[\]{}]+)\}")
EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
BRACKETS = str.maketrans(dict.fromkeys("[]{}"))
NOTHING_MARKED = _("Mark at least one phrase. If you do not know, press “I don't know yet”.")


class MarkWordsBlock(QuestionBlock):
    passage = blocks.TextBlock(
        label=_("Text to mark"),
        rows=8,
        help_text=_(
            "Put what is right into square brackets [ ] and what may also be marked into curly braces { }; learners see no"
            " difference. An empty line begins a new paragraph or message. Example: He pays [a debt for the journey]."
        ),
    )
    look = blocks.ChoiceBlock(label=_("Looks like"), choices=list(LOOKS.items()), default="statement")
    feedback = blocks.ListBlock(
        blocks.TextBlock(label=_("Feedback"), required=False, rows=2),
        label=_("Feedback to the phrases"),
        default=[],
        help_text=_("One for each phrase in brackets or braces, in their order. Leave one empty to say nothing."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        problems = {
            "passage": problem_with(value["passage"]),
            "feedback": problem_with_feedback(len(value["feedback"]), len(PHRASE.findall(value["passage"]))),
        }
        errors = {name: ValidationError(problem) for name, problem in problems.items() if problem}
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "pick"
        label = _("Mark words")
        label_format = "{text}"
        description = _("A statement, chat or note in which the learner marks what matters.")
        preview_value = {
            "text": "<p>A police officer wrote down what Dorian, 15, was doing when she met him.</p>"
            "<p>Which words are reasons to look closer?</p>",
            "passage": "Met outside the station at {about ten}. [An adult watched from a distance] and called him back twice.\n\n"
            "He has {a school bag}. He says [he must earn 60 euros a day] and {likes football}.",
            "look": "note",
            "feedback": [
                "The hour alone says little.",
                "Control from a distance is a sign.",
                "Most children have one.",
                "A fixed sum for each day is a sign of exploitation.",
                "A child may like football and need protection.",
            ],
            "explanation": "<p>No single sign proves anything. Look for signs that belong together, and ask.</p>",
        }


def problem_with(passage: str) -> str | None:
    """What is wrong with the brackets of ``passage``, in words for its editor or translator."""
    phrases = list(PHRASE.finditer(passage))
    rest = PHRASE.sub("", passage)
    if stray := re.search(r"[\[\]{}].{0,20}", rest, re.S):
        message = gettext("A bracket or brace has no partner, or has nothing in it, near “%(text)s”. Pairs may not overlap.")
        return message % {"text": stray[0].strip()}
    if broken := next((one for one in phrases if EMPTY_LINES.search(one[0]) or not one[0][1:-1].strip()), None):
        return gettext("“%(text)s” must be words of one paragraph.") % {"text": broken[0]}
    if not any(one["right"] for one in phrases):
        return gettext("Put at least one right phrase into [square brackets].")
    if len(phrases) < 2:
        return gettext("Put at least one more phrase into curly braces or square brackets, so that there is something to choose.")
    return None


def problem_with_feedback(feedback: int, phrases: int) -> str | None:
    if feedback <= phrases:
        return None
    message = gettext("There are %(feedback)s feedback texts for %(phrases)s phrases in brackets or braces. Remove the rest.")
    return message % {"feedback": feedback, "phrases": phrases}


def cut(passage: str) -> Iterator[dict[str, Any]]:
    """The pieces of ``passage``: ``{"text"}``, ``{"text", "correct"}`` for a phrase, ``{}`` between paragraphs.

    A bracket without a partner is left out: it would tell what is right.
    """
    paragraphs = EMPTY_LINES.split(passage.replace("\r\n", "\n").strip())
    for n, paragraph in enumerate(paragraphs):
        if n:
            yield {}
        at = 0
        for found in PHRASE.finditer(paragraph):
            yield {"text": paragraph[at : found.start()].translate(BRACKETS)}
            yield {"text": (found["right"] or found["other"]).strip(), "correct": bool(found["right"])}
            at = found.end()
        yield {"text": paragraph[at:].translate(BRACKETS)}


def frozen_passage(passage: str, feedback: list[str]) -> dict[str, Any]:
    """``passage``: paragraphs of pieces, each ``{"text"}`` or, for a phrase, ``{"id"}``; ``choices``: the phrases in order."""
    paragraphs: list[list[dict[str, str]]] = [[]]
    choices: list[dict[str, Any]] = []
    for piece in cut(passage):
        if "correct" in piece:
            told = feedback[len(choices)] if len(choices) < len(feedback) else ""
            choices.append({"id": f"p{len(choices) + 1}", **piece, "feedback": told or ""})
            paragraphs[-1].append({"id": choices[-1]["id"]})
        elif piece.get("text"):
            paragraphs[-1].append(piece)
        elif not piece:
            paragraphs.append([])
    return {"passage": paragraphs, "choices": choices}


class MarkWordsForm(ManyChoicesForm):
    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, initial, **options)
        self.fields["choice"].error_messages |= {"required": NOTHING_MARKED, "invalid_choice": NOTHING_MARKED}

    @property
    def paragraphs(self) -> Iterator[list[tuple[str, Any]]]:
        """Paragraphs of (text, None) and ("", control of a phrase)."""
        controls = {choice["id"]: widget for choice, widget in zip(self.shown["choices"], self["choice"], strict=True)}
        for paragraph in self.shown["passage"]:
            yield [(piece.get("text", ""), controls.get(piece.get("id"))) for piece in paragraph]


@dataclass(frozen=True)
class ReviewedWords:
    """``paragraphs``: of (text, letter of the phrase or "", whether it was marked); ``phrases``: what they mean."""

    look: str
    look_name: str
    paragraphs: tuple[tuple[tuple[str, str, bool], ...], ...]
    phrases: ChoicesReview


class MarkWords(MultipleResponse):
    """Several answers, whose choices are the phrases of a text."""

    name = "mark_words"
    label = _("Mark words")
    instruction = _(
        "Mark every phrase that fits. Each right mark earns a part of the points, each wrong mark takes a part away."
        " You cannot get less than zero."
    )
    task = _("Mark every phrase that fits.")
    template = "quizzes/kinds/mark_words.html"
    review_template = "quizzes/kinds/mark_words_review.html"
    form_class = MarkWordsForm

    def block(self) -> blocks.StructBlock:
        return MarkWordsBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """The name of the look is frozen in the language that is active."""
        look = value["look"] if value.get("look") in LOOKS else "statement"
        own = frozen_passage(value.get("passage") or "", list(value.get("feedback") or []))
        return frozen(value, **own, look=look, look_name=str(LOOKS[look]))

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        public = {name: snapshot[name] for name in ("passage", "look", "look_name")}
        return {**asked(snapshot), **public, "choices": lettered(snapshot["choices"])}

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> ReviewedWords:
        chosen = self.chosen(answer)
        phrases = {choice["id"]: choice for choice in lettered(snapshot["choices"])}

        def piece(one: dict[str, str]) -> tuple[str, str, bool]:
            phrase = phrases.get(one.get("id", ""))
            return (phrase["text"], phrase["letter"], phrase["id"] in chosen) if phrase else (one["text"], "", False)

        return ReviewedWords(
            look=snapshot["look"],
            look_name=snapshot["look_name"],
            paragraphs=tuple(tuple(piece(one) for one in paragraph) for paragraph in snapshot["passage"]),
            phrases=reviewed(snapshot["choices"], chosen, show),
        )
