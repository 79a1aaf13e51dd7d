"""A page of an attempt as its learner meets it: each question with its form, and what may be told of the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from .explaining import Explained, explain
from .kinds import KINDS, Kind, Verdict
from .kinds.base import AnswerForm
from .marking import UNSURE, earns, mark, worth
from .models import Attempt, Response
from .rules import Behaviour, Moment

SURE = [("1", _("Not very sure")), ("2", _("Fairly sure")), ("3", _("Quite sure"))]


class CertaintyForm(forms.Form):
    """How sure a learner is of the answer beside it."""

    sure = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=SURE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how sure you are."), "invalid_choice": _("Say how sure you are.")},
    )

    def __init__(self, data: Any = None, certainty: int | None = None, *, prefix: str, draft: bool = False) -> None:
        super().__init__(data, initial={"sure": str(certainty or "")}, prefix=prefix, use_required_attribute=False)
        self.fields["sure"].required = not draft

    @property
    def certainty(self) -> int | None:
        value = self.cleaned_data.get("sure") if self.is_valid() else None
        return int(value) if value else None


@dataclass
class Asked:
    """One question on a page. ``prefix`` tells its inputs from those of the others; ``explained`` only where it is due."""

    response: Response
    attempt: Attempt
    prefix: str
    kind: Kind
    shown: dict[str, Any]
    form: AnswerForm
    sure_form: CertaintyForm | None
    before_page: ClassVar[int | None] = None  # it is open: see NotYet

    @property
    def is_final(self) -> bool:
        return self.response.seen_feedback

    @property
    def was_unsure(self) -> bool:
        return self.response.answer == UNSURE

    @property
    def explained(self) -> Explained | None:
        """What was said about the answer that was checked last."""
        if not self.response.checks:
            return None
        checked = self.response.checks[-1]["answer"]
        show = self.attempt.promised.show(Moment.DURING)
        if not self.is_final and self.attempt.promised.behaviour == Behaviour.INTERACTIVE:
            show = show.while_trying()
        return explain(self.response.snapshot, checked, mark(self.response.snapshot, checked), show)

    @property
    def points(self) -> Decimal | None:
        """The points so far, where they may be known during the try."""
        due = self.response.checks and self.attempt.promised.show(Moment.DURING).points and self.response.max_points
        earned = worth(self.response.given, self.attempt.promised) if due else None
        return earns(earned, self.response.max_points) if earned and earned.verdict != Verdict.WAITING else None

    @property
    def hint(self) -> str:
        """The hint that the tries so far have opened."""
        hints, tried = self.response.snapshot.get("hints") or [], len(self.response.checks)
        opened = self.attempt.promised.behaviour == Behaviour.INTERACTIVE and not self.is_final
        return hints[tried - 1] if opened and 0 < tried <= len(hints) else ""

    @property
    def tries_left(self) -> int | None:
        """How many more tries a question with hints has; None where they are not counted."""
        if self.attempt.promised.behaviour != Behaviour.INTERACTIVE or self.is_final:
            return None
        return len(self.response.snapshot.get("hints") or []) + 1 - len(self.response.checks)

    @property
    def can_check(self) -> bool:
        return self.attempt.promised.checks and not self.is_final and self.kind.asks

    @property
    def can_redo(self) -> bool:
        return self.is_final and self.attempt.promised.redo and self.kind.asks

    @property
    def answer(self) -> Any:
        """The valid answer that was posted; None where nothing was."""
        return self.form.cleaned_data.get("answer") if self.form.is_valid() else None

    @property
    def certainty(self) -> int | None:
        return self.sure_form.certainty if self.sure_form else None

    @property
    def is_valid(self) -> bool:
        """Both are looked at, so that both tell what is missing."""
        return all([self.form.is_valid(), self.sure_form is None or self.sure_form.is_valid()])


@dataclass
class NotYet:
    """A question that opens when the one before is finished; of itself nothing is shown. ``before_page``: where that one is."""

    response: Response
    prefix: str
    before_page: int
    is_final = True  # nothing to fill in, for now
    is_valid = False

    @property
    def before(self) -> int:
        return self.response.position - 1


def prefix_of(index: int) -> str:
    """The first question of a page is q, then q2, q3 ..."""
    return "q" if index == 0 else f"q{index + 1}"


def asked(
    attempt: Attempt, responses: Sequence[Response], data: Any = None, *, draft: bool = False, kept: Any = None
) -> list[Asked | NotYet]:
    """The questions of one page; ``data`` as posted, ``kept`` what was posted before the sign-in ended."""
    page: list[Asked | NotYet] = []
    waiting = attempt.not_yet_open() if any(response.after_previous for response in responses) else {}
    for index, response in enumerate(responses):
        if response.position in waiting:
            page.append(NotYet(response, prefix_of(index), waiting[response.position]))
            continue
        kind, prefix = KINDS[response.snapshot["kind"]], prefix_of(index)
        shown = kind.shown(response.snapshot)
        initial, certainty = None if response.answer == UNSURE else response.answer, response.certainty
        if kept is not None:
            kept_form = kind.form(shown, kept, prefix=prefix, draft=True)
            if kept_form.is_valid() and kept_form.cleaned_data.get("answer"):
                initial = kept_form.cleaned_data["answer"]
            kept_sure = CertaintyForm(kept, prefix=prefix, draft=True)
            certainty = kept_sure.certainty or certainty
        form = kind.form(shown, data, initial, prefix=prefix, draft=draft)
        sure = None
        if attempt.promised.certainty and kind.graded:
            sure = CertaintyForm(data, certainty, prefix=prefix, draft=draft)
        page.append(Asked(response, attempt, prefix, kind, shown, form, sure))
    return page


class PageForm:
    """All forms of a page as one, for the summary of errors in ``base.html``."""

    def __init__(self, questions: Sequence[Asked | NotYet]) -> None:
        both = [form for question in questions if not question.is_final for form in (question.form, question.sure_form)]
        self.forms = [form for form in both if form is not None and form.is_bound]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for form in self.forms for field in form)

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self.forms)

    @property
    def non_field_errors(self) -> list[str]:
        return [error for form in self.forms for error in form.non_field_errors()]
