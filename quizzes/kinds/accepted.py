"""Texts that a trainer accepts: what typed gaps and short answers share. The first that fits counts."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import CharField, TextInput
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import BlockGroup

from .choices import credit_block, credit_of
from .matching_text import accepts, readable, samples
from .question import list_items

TOO_LONG = _("Write at most %(limit_value)d characters. You wrote %(show_value)d.")
DRAFT_TIMES = 10  # how many times its limit a text may be while nobody has pressed Continue
WHOLE = Fraction(1)


class AcceptedTextBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Accepted answer"), rows=1)
    feedback = blocks.TextBlock(
        label=_("Feedback"), required=False, default="", rows=2, help_text=_("Shown to who wrote this. Says why it fits.")
    )
    credit = credit_block()

    class Meta:
        icon = "check"
        label_format = "{text}"
        form_layout = BlockGroup(children=["text", "feedback"], settings=["credit"])


class AcceptedTextsBlock(blocks.ListBlock):
    """The accepted texts of one gap or question."""

    def __init__(self, **options: Any) -> None:
        help_text = _(
            "The first that fits counts. A * stands for any words or none: “guardian*” accepts “guardian”, “guardians” and"
            " “guardian of the child”. Write \\* for an asterisk. Spaces, quotes and a full stop at the end never matter."
        )
        super().__init__(
            AcceptedTextBlock(),
            **{"label": _("Accepted answers"), "help_text": help_text, "default": [{"text": "", "feedback": ""}], **options},
        )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        problem = None if self.is_deferred_validation else problem_with(value)
        if problem:
            raise ListBlockValidationError(non_block_errors=[ValidationError(problem)])
        return value


def problem_with(accepted: Iterable[Any]) -> str | Promise | None:
    accepted = list(accepted)
    if not accepted:
        return _("Write at least one accepted answer.")
    if not any(one.get("credit") in (None, 100) for one in accepted):
        return _("Give one accepted answer all of the points: leave its share empty.")
    return next(_hidden(accepted), None)


def _hidden(accepted: list[Any]) -> Iterable[str]:
    """A message for each text that an earlier one takes away, whether or not capitals and accents count."""
    for n, one in enumerate(accepted):
        for earlier in accepted[:n]:
            if all(accepts(earlier["text"], text, match_case=True, match_accents=True) for text in samples(one["text"])):
                message = _("“%(later)s” can never count, because “%(earlier)s” stands before it and fits too. Move it up.")
                yield message % {"later": one["text"], "earlier": earlier["text"]}


def case_block() -> blocks.BooleanBlock:
    return blocks.BooleanBlock(
        label=_("Capital letters count"), required=False, help_text=_("Otherwise “Court” and “court” are the same.")
    )


def accents_block() -> blocks.BooleanBlock:
    return blocks.BooleanBlock(label=_("Accents count"), required=False, help_text=_("Otherwise “é” and “e” are the same."))


def frozen_accepted(value: Any) -> list[dict[str, Any]]:
    """The accepted texts of an ``AcceptedTextsBlock`` value in their order."""
    return [
        {
            "id": ident,
            "text": one["text"] or "",
            "feedback": one.get("feedback") or "",
            **({} if one.get("credit") is None else {"credit": str(one["credit"])}),
        }
        for ident, one in list_items(value)
    ]


def first_fitting(accepted: Iterable[dict[str, Any]], typed: str, rules: dict[str, bool]) -> dict[str, Any] | None:
    """The first of frozen ``accepted`` that ``typed`` fits. ``rules``: match_case and match_accents."""
    return next((one for one in accepted if accepts(one["text"], typed, **rules)), None)


def earned(one: dict[str, Any] | None) -> Fraction:
    """What an accepted text earns; nothing where none fits."""
    return credit_of(one, WHOLE) if one else Fraction(0)


def best_text(accepted: list[dict[str, Any]], rules: dict[str, bool]) -> str:
    """A text that earns most, the first of equals."""

    def worth(text: str) -> Fraction:
        return earned(first_fitting(accepted, text, rules))

    return max((text for one in accepted for text in samples(one["text"])), key=worth, default="")


def expected(accepted: list[dict[str, Any]], rules: dict[str, bool]) -> str:
    """The accepted text that earns most, as a learner reads it."""
    best = first_fitting(accepted, best_text(accepted, rules), rules)
    return readable(best["text"]) if best else ""


class WordsField(CharField):
    """One line of a learner's own words. In a draft a longer text and none at all are kept too."""

    def __init__(self, *, limit: int, missing: str | Promise, draft: bool, attrs: dict[str, str]) -> None:
        super().__init__(
            required=not draft,
            validators=[MaxLengthValidator(limit * DRAFT_TIMES if draft else limit, message=TOO_LONG)],
            widget=TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", **attrs}),
            error_messages={"required": missing},
        )

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\x00", "") if isinstance(value, str) else value)
