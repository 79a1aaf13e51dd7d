"""Tries for support: who took which quiz, what happened to a try, and opening it again. The history is only ever read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Membership, Role, User
from accounts.permissions import organisations_as
from quizzes.models import Attempt, AttemptEvent
from quizzes.services import CannotReopen, reopen_attempt
from quizzes.visibility import attempts_visible_to, try_code, with_code

from .choosing import for_markers, is_code, page_of, query_without_page, question_names, quiz_choices

STATES = [
    ("", _("Any state")),
    ("open", pgettext_lazy("state of a try", "Open")),
    ("waiting", _("Waits for a marker")),
    ("passed", pgettext_lazy("state of a try", "Passed")),
    ("not_passed", _("Handed in, not passed")),
    ("discarded", _("Does not count")),
]
IN_STATE = {
    "open": Q(submitted_at__isnull=True),
    "waiting": Q(submitted_at__isnull=False, waiting=True),
    "passed": Q(submitted_at__isnull=False, passed=True),
    "not_passed": Q(submitted_at__isnull=False, passed=False, waiting=False, discarded=False),
    "discarded": Q(discarded=True),
}


class TryFilter(forms.Form):
    quiz = forms.UUIDField(label=_("Quiz"), required=False, widget=forms.Select)
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    code = forms.CharField(label=_("Try code"), required=False, max_length=8, validators=[is_code])
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, data: Any, attempts: QuerySet[Attempt], user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["quiz"].widget.choices = [("", _("Any quiz")), *quiz_choices(attempts)]

    def apply(self, attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
        if not self.is_valid():
            return attempts.none()
        chosen = self.cleaned_data
        if chosen["quiz"]:
            attempts = attempts.filter(quiz_key=chosen["quiz"])
        if chosen["code"]:
            attempts = with_code(attempts, chosen["code"])
        if chosen["state"]:
            attempts = attempts.filter(IN_STATE[chosen["state"]])
        if chosen["q"]:
            named = Q(user__full_name__icontains=chosen["q"]) | Q(user__email__icontains=chosen["q"])
            attempts = attempts.filter(named).filter(_nameable(self.user))
        return attempts


def _nameable(user: User) -> Q:
    """Whose name ``user`` may read: a trainer marks without knowing who wrote, so not while answers wait to be marked."""
    if user.is_superuser:
        return Q()
    people = Membership.objects.filter(organisation__in=organisations_as(user, Role.COORDINATOR)).values("user")
    return Q(waiting=False) | Q(user__in=people)


@dataclass(frozen=True)
class TryRow:
    """``person`` is None where the name stays hidden for now."""

    attempt: Attempt
    code: str
    person: User | None

    @property
    def state(self) -> str:
        attempt = self.attempt
        if attempt.is_open:
            return pgettext("state of a try", "Open")
        if attempt.discarded:
            return gettext("Does not count")
        if attempt.waiting:
            return gettext("Waits for a marker")
        return pgettext("state of a try", "Passed") if attempt.passed else gettext("Not passed yet")


def _rows(attempts: list[Attempt], user: User) -> list[TryRow]:
    named = set(Attempt.objects.filter(_nameable(user), pk__in=[one.pk for one in attempts]).values_list("pk", flat=True))
    return [TryRow(one, try_code(one), one.user if one.pk in named else None) for one in attempts]


@require_safe
@for_markers
def attempt_list(request: HttpRequest) -> HttpResponse:
    """The tries of the learners whom the reader may see, the latest first. A fixed number of queries."""
    visible = attempts_visible_to(request.user)
    form = TryFilter(request.GET, visible, request.user)
    found = form.apply(visible).select_related("user").annotate(event_count=Count("events")).order_by("-started_at", "-pk")
    page = page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page), request.user),
        "params": query_without_page(request),
        "quiz_key": form.cleaned_data.get("quiz") if form.is_valid() else None,
    }
    return render(request, "quizzes/admin/tries.html", context)


@dataclass(frozen=True)
class HistoryRow:
    """An event in words. ``question``: which question it was about; ``before`` and ``after``: results, as they were kept."""

    event: AttemptEvent
    question: str
    before: dict[str, Any]
    after: dict[str, Any]
    kept_pass: bool


@require_safe
@for_markers
def attempt_history(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What happened to one try, oldest first."""
    row = _one(request, public_id)
    events = list(row.attempt.events.select_related("by"))
    names = question_names(UUID(event.data["question_key"]) for event in events if "question_key" in event.data)
    context = {"row": row, "attempt": row.attempt, "history": [_history(event, names) for event in events]}
    return render(request, "quizzes/admin/try_history.html", context | {"may_open": _may_open(request.user, row.attempt)})


def _history(event: AttemptEvent, names: dict[UUID, str]) -> HistoryRow:
    data = event.data
    question = names[UUID(data["question_key"])] if "question_key" in data else ""
    if not question and "position" in data:
        question = gettext("Question %(n)d") % {"n": data["position"]}
    return HistoryRow(event, question, data.get("before", {}), data.get("after", {}), bool(data.get("kept_pass")))


def _one(request: HttpRequest, public_id: UUID) -> TryRow:
    attempt = get_object_or_404(attempts_visible_to(request.user).select_related("user"), public_id=public_id)
    return _rows([attempt], request.user)[0]


def _may_open(user: User, attempt: Attempt) -> bool:
    return not attempt.is_open and attempt.user_id != user.pk


class OpenAgainForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For colleagues. No health details and nothing about a case."),
        max_length=500,
        error_messages={"required": _("Say why. Colleagues read it in the history.")},
    )
    ends_at = forms.DateTimeField(
        label=_("New end"),
        help_text=_("Empty means: the learner may take as long as they like."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_ends_at(self) -> Any:
        ends_at = self.cleaned_data["ends_at"]
        if ends_at and ends_at <= timezone.now():
            raise forms.ValidationError(_("This time is over. Choose a later one, or leave it empty."))
        return ends_at


@require_http_methods(["GET", "HEAD", "POST"])
@for_markers
def open_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask, then open a try again. Nobody opens their own."""
    row = _one(request, public_id)
    if row.attempt.user_id == request.user.pk:
        raise PermissionDenied
    form = OpenAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_attempt(
                attempt=row.attempt,
                by=request.user,
                reason=form.cleaned_data["reason"],
                ends_at=form.cleaned_data["ends_at"],
            )
        except CannotReopen:
            text = gettext("Nothing was changed: this try is open already, or its learner has begun another one.")
            messages.error(request, text)
        else:
            messages.success(request, gettext("The try is open again. Its learner finds it where they took the quiz."))
        return redirect("quizzes_desk:try", public_id)
    context = {"row": row, "attempt": row.attempt, "form": form}
    return render(request, "quizzes/admin/open_again.html", context, status=422 if form.errors else 200)
