"""A number, near enough to one that is accepted, with or without a unit to choose. All arithmetic is exact."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from .accepted import WHOLE, earned
from .base import AnswerForm, Kind, Mark, Part, ReviewedPart, Show, marked, reviewed_part
from .choices import credit_block
from .question import CheckedBlock, asked, frozen, list_items
from .typed_number import localised, plain, typed_number

DRAFT_LONGEST = 400  # characters of what may become a number
NO_NUMBER = _("Write a number, such as 12.5.")
NO_UNIT = _("Choose a unit.")


class AcceptedNumberBlock(blocks.StructBlock):
    value = blocks.DecimalBlock(label=_("Number"), max_digits=30, decimal_places=15)
    tolerance = blocks.DecimalBlock(
        label=_("Tolerance"),
        default=Decimal(0),
        min_value=0,
        max_digits=30,
        decimal_places=15,
        help_text=_("How far above or below is accepted too. 30 with a tolerance of 2 accepts 28 to 32."),
    )
    feedback = blocks.TextBlock(
        label=_("Feedback"), required=False, default="", rows=2, help_text=_("Shown to who wrote a number that fits.")
    )
    credit = credit_block()

    class Meta:
        icon = "check"
        label_format = "{value} ± {tolerance}"
        form_layout = BlockGroup(children=["value", "tolerance", "feedback"], settings=["credit"])


class UnitBlock(blocks.StructBlock):
    name = blocks.TextBlock(label=_("Unit"), rows=1)
    factor = blocks.DecimalBlock(
        label=_("How many make one of the first unit"),
        default=Decimal(1),
        max_digits=30,
        decimal_places=15,
        help_text=_("The first unit has 1. If it is hours, minutes have 60."),
    )

    class Meta:
        icon = "tag"
        label_format = "{name}"


class NumericBlock(CheckedBlock):
    accepted = blocks.ListBlock(
        AcceptedNumberBlock(),
        label=_("Accepted numbers"),
        default=[{"value": None, "tolerance": Decimal(0), "feedback": ""}],
        help_text=_("The first that fits counts. Example: 30 for all of the points, then 30 with a tolerance of 5 for half."),
    )
    units = blocks.ListBlock(
        UnitBlock(),
        label=_("Units"),
        default=[],
        help_text=_("Empty for a bare number. The first is the unit of the numbers above and is printed beside the field."),
    )
    ask_unit = blocks.BooleanBlock(
        label=_("Learners choose the unit"), required=False, help_text=_("Then write at least two units above.")
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        if problem := problem_with_accepted(value["accepted"]):
            yield "accepted", problem
        if problem := problem_with_units(value["units"], value["ask_unit"]):
            yield "units", problem

    class Meta:
        icon = "decimal"
        label = _("Number")
        label_format = "{text}"
        description = _("A number with a tolerance and, if you like, a unit.")
        preview_value = {
            "text": "<p>How long is the recovery and reflection period at least, under the Council of Europe Convention?</p>",
            "accepted": [
                {"value": Decimal(30), "tolerance": Decimal(0), "feedback": "National law may give more."},
                {
                    "value": Decimal("30.5"),
                    "tolerance": Decimal("0.5"),
                    "feedback": "Close: the Convention counts days, not a month.",
                    "credit": Decimal(50),
                },
            ],
            "units": [{"name": "days", "factor": Decimal(1)}, {"name": "hours", "factor": Decimal(24)}],
            "ask_unit": True,
            "explanation": "<p>At least 30 days, to recover and to decide freely. Several countries give 45 or 90.</p>",
        }


def problem_with_accepted(accepted: Iterable[Any]) -> str | None:
    accepted = list(accepted)
    if not accepted:
        return gettext("Write at least one accepted number.")
    if not any(one.get("credit") in (None, 100) for one in accepted):
        return gettext("Give one accepted number all of the points: leave its share empty.")
    for n, one in enumerate(accepted):
        for earlier in accepted[:n]:
            if abs(one["value"] - earlier["value"]) <= earlier["tolerance"] - one["tolerance"]:
                message = gettext("%(later)s can never count: %(earlier)s stands before it and covers it. Move it up.")
                return message % {"later": in_figures(one), "earlier": in_figures(earlier)}
    return None


def problem_with_units(units: Iterable[Any], ask_unit: bool) -> str | None:
    units = list(units)
    names = [unit["name"].strip() for unit in units]
    if any(unit["factor"] <= 0 for unit in units):
        return gettext("The factor of a unit must be more than 0.")
    if units and units[0]["factor"] != 1:
        return gettext("The first unit has the factor 1; the others say how many of them make one of it.")
    if len(set(names)) < len(names):
        return gettext("Each unit needs a name of its own.")
    if ask_unit and len(units) < 2:
        return gettext("Write at least two units, so that there is one to choose.")
    return None


def in_figures(accepted: Any) -> str:
    """A value and its tolerance, in figures and in the language that is active: "30 ± 2"."""
    value, tolerance = Decimal(accepted["value"]), Decimal(accepted["tolerance"])
    return f"{localised(value)} ± {localised(tolerance)}" if tolerance else localised(value)


class NumericForm(AnswerForm):
    def __init__(self, shown: dict[str, Any], data: Any = None, initial: Any = None, **options: Any) -> None:
        super().__init__(shown, data, initial if isinstance(initial, dict) else None, **options)
        self.fields["number"] = forms.CharField(
            required=not self.draft,
            help_text=_("Write a comma or a point before decimals only, such as 12.5."),
            error_messages={"required": NO_NUMBER},
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "12"}),
        )
        if shown["ask_unit"]:
            self.fields["unit"] = forms.ChoiceField(
                choices=[("", _("Choose")), *((name, name) for name in shown["units"])],
                required=not self.draft,
                error_messages={"required": NO_UNIT, "invalid_choice": NO_UNIT},
            )

    def clean_number(self) -> str:
        """The number as it was typed. A draft may hold what is no number yet."""
        number = self.cleaned_data["number"]
        fits = len(number) <= DRAFT_LONGEST if self.draft else typed_number(number) is not None
        if not fits:
            raise ValidationError(NO_NUMBER)
        return number

    def clean(self) -> dict[str, Any]:
        answer = {name: said for name in self.fields if (said := self.cleaned_data.get(name))}
        return {"answer": answer or None}


class Numeric(Kind):
    name = "numeric"
    label = _("Number")
    instruction = _("Write a number. One that is close may earn all or a part of the points.")
    task = _("Write a number.")
    partial = True
    template = "quizzes/kinds/numeric.html"
    review_template = "quizzes/kinds/parts_review.html"

    def block(self) -> blocks.StructBlock:
        return NumericBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """Numbers are frozen as text, for JSON has only binary ones."""
        accepted = [
            {
                "id": ident,
                "value": plain(one["value"]),
                "tolerance": plain(one["tolerance"] or Decimal(0)),
                "feedback": one.get("feedback") or "",
                **({} if one.get("credit") is None else {"credit": str(one["credit"])}),
            }
            for ident, one in list_items(value["accepted"])
            if one["value"] is not None
        ]
        units = [{"name": (unit["name"] or "").strip(), "factor": plain(unit["factor"] or Decimal(1))} for unit in value["units"]]
        return frozen(value, accepted=accepted, units=units, ask_unit=bool(value.get("ask_unit") and units))

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        """The units by the alphabet, for the first would tell in which one the answer was thought of."""
        names = [unit["name"] for unit in snapshot["units"]]
        units = sorted(names, key=str.casefold) if snapshot["ask_unit"] else names[:1]
        return {**asked(snapshot), "units": units, "ask_unit": snapshot["ask_unit"]}

    def form(
        self, shown: dict[str, Any], data: Any = None, initial: Any = None, *, prefix: str = "q", draft: bool = False
    ) -> NumericForm:
        return NumericForm(shown, data, initial, prefix=prefix, draft=draft)

    def mark(self, snapshot: dict[str, Any], answer: Any) -> Mark:
        """What the first accepted number that is near enough earns."""
        return marked(earned(self.fitting(snapshot, answer)))

    def fitting(self, snapshot: dict[str, Any], answer: Any) -> dict[str, Any] | None:
        number, factor = typed_number(_said(answer, "number")), self._factor(snapshot, answer)
        if number is None or not factor:
            return None
        return next((one for one in snapshot["accepted"] if near(number / factor, one)), None)

    def _factor(self, snapshot: dict[str, Any], answer: Any) -> Fraction | None:
        """Of the unit that was chosen, 1 where none is asked; None where it was not chosen or is unknown."""
        if not snapshot["ask_unit"]:
            return WHOLE
        said = _said(answer, "unit")
        return next((Fraction(unit["factor"]) for unit in snapshot["units"] if unit["name"] == said), None)

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> list[ReviewedPart]:
        fitting = self.fitting(snapshot, answer)
        (part,) = self.parts(snapshot, answer)
        best = max(snapshot["accepted"], key=earned, default=None)
        expected = self._with_unit(snapshot, in_figures(best)) if best else ""
        return [reviewed_part(part, show, expected=expected, feedback=fitting["feedback"] if fitting else "")]

    def best_answer(self, snapshot: dict[str, Any]) -> dict[str, str]:
        unit = {"unit": snapshot["units"][0]["name"]} if snapshot["ask_unit"] else {}
        return {"number": _best_number(snapshot["accepted"]), **unit}

    def parts(self, snapshot: dict[str, Any], answer: Any) -> list[Part]:
        number, unit = _said(answer, "number"), _said(answer, "unit")
        said = f"{number} {unit}".strip() if snapshot["ask_unit"] else self._with_unit(snapshot, number)
        return [Part("", said, earned(self.fitting(snapshot, answer)) >= 1)]

    @staticmethod
    def _with_unit(snapshot: dict[str, Any], number: str) -> str:
        """``number`` and the first unit, or nothing where there is no number."""
        unit = snapshot["units"][0]["name"] if snapshot["units"] else ""
        return f"{number} {unit}".strip() if number else ""


def near(number: Fraction, accepted: dict[str, Any]) -> bool:
    return abs(number - Fraction(accepted["value"])) <= Fraction(accepted["tolerance"])


def _best_number(accepted: list[dict[str, Any]]) -> str:
    """The number that earns most. An earlier one may take the middle of a later one away, so its edges are tried too."""

    def worth(number: str) -> Fraction:
        return earned(next(one for one in accepted if near(Fraction(number), one)))

    edges = ((Decimal(one["value"]), Decimal(one["tolerance"]) * side) for one in accepted for side in (0, 1, -1))
    return max((plain(value + edge) for value, edge in edges), key=worth, default="")


def _said(answer: Any, name: str) -> str:
    said = answer.get(name) if isinstance(answer, dict) else ""
    return said if isinstance(said, str) else ""
