"""What a marker fills in, and what they read before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.kinds import KINDS
from quizzes.kinds.base import UNSURE
from quizzes.kinds.case_study import CaseStudy, answered, headed
from quizzes.models import HandMark
from quizzes.rubrics import Criterion, WrittenText

LONGEST_COMMENT = 5000


class HandMarkForm(forms.Form):
    """A number for each criterion of each text, and a comment. A draft may leave numbers out."""

    comment = forms.CharField(
        label=_("Comment for the learner"),
        help_text=_("Say what went well and what to look at again. Do not name anybody."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, texts: Sequence[WrittenText], mark: HandMark | None, version: int, draft: bool = False
    ) -> None:
        super().__init__(data, initial={"comment": mark.comment if mark else "", "version": version})
        self.texts = texts
        kept = mark.scores if mark else {}
        for name, criterion in self._criteria():
            self.fields[name] = forms.DecimalField(
                label=criterion.name or gettext("Points in per cent"),
                help_text=gettext("From 0 to %(most)d") % {"most": criterion.most},
                min_value=0,
                max_value=criterion.most,
                max_digits=6,
                decimal_places=2,
                required=not draft,
                initial=kept.get(criterion.key),
                widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
                error_messages={
                    "required": gettext("Give points for “%(name)s”, from 0 to %(most)d.")
                    % {"name": criterion.name or gettext("Points in per cent"), "most": criterion.most}
                },
            )

    def _criteria(self) -> Iterator[tuple[str, Criterion]]:
        for n, text in enumerate(self.texts):
            for m, criterion in enumerate(text.criteria):
                yield f"points-{n}-{m}", criterion

    @property
    def scores(self) -> dict[str, Any]:
        given = {criterion.key: self.cleaned_data.get(name) for name, criterion in self._criteria()}
        return {key: points for key, points in given.items() if points is not None}

    def groups(self) -> Iterator[tuple[WrittenText, list[tuple[forms.BoundField, Criterion]]]]:
        """Each text with its fields, for the template."""
        for n, text in enumerate(self.texts):
            yield text, [(self[f"points-{n}-{m}"], criterion) for m, criterion in enumerate(text.criteria)]


@dataclass(frozen=True)
class ReadPart:
    """A question, or a part of a case, with what was said. ``by_hand``: its text gets points here."""

    heading: str
    snapshot: dict[str, Any]
    said: str
    by_hand: bool


def read_parts(snapshot: dict[str, Any], answer: Any) -> list[ReadPart]:
    """Everything that a marker reads: the question itself, and for a case each of its parts."""
    if not isinstance(KINDS[snapshot["kind"]], CaseStudy):
        return [ReadPart("", snapshot, "", by_hand=True)]
    return [_part(heading, part, answered(answer, part)) for heading, part in headed(snapshot)]


def _part(heading: str, part: dict[str, Any], answer: Any) -> ReadPart:
    kind = KINDS[part["kind"]]
    if not kind.asks or kind.by_hand:
        return ReadPart(heading, part, "", kind.by_hand)
    said = gettext("I don't know yet") if answer == UNSURE else kind.said(part, answer)
    return ReadPart(heading, part, said or gettext("Not answered"), by_hand=False)
