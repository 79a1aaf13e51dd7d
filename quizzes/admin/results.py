"""The results of a quiz for those who run trainings: who tried it and how it went, as a list and as files."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from accounts.permissions import may_read_reports, may_work_on_quizzes, organisations_as
from quizzes.charts import Chart, bar_chart
from quizzes.models import Quiz
from quizzes.reports.answers import enough_people
from quizzes.reports.results import Summary, light, rows_of, seconds_spent, summary_of
from quizzes.reports.scope import FIRST, ORDERS, READERS, Wanted, scope_of
from training.places import Country

from .downloads import download_table

PER_PAGE = 50
STATES = [
    ("", gettext_lazy("Any state")),
    ("open", gettext_lazy("In progress")),
    ("submitted", pgettext_lazy("state of a try", "Handed in")),
    ("waiting", gettext_lazy("Waits for a marker")),
    ("discarded", gettext_lazy("Does not count")),
]
PASSED = [
    ("", gettext_lazy("Passed or not")),
    ("yes", pgettext_lazy("state of a try", "Passed")),
    ("no", gettext_lazy("Not passed")),
]
COLUMNS = [
    ("name", gettext_lazy("Name")),
    ("number", pgettext_lazy("noun, one attempt at a quiz", "Try")),
    ("", gettext_lazy("State")),
    ("started", gettext_lazy("Started")),
    ("submitted", pgettext_lazy("when a try was", "Handed in")),
    ("", gettext_lazy("Minutes spent")),
    ("percent", gettext_lazy("Per cent")),
    ("", pgettext_lazy("whether a try has", "Passed")),
]


class ResultsFilter(forms.Form):
    """The filters of the list; every one may stay open. ``organisations``: those whose learners the reader may see."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    passed = forms.ChoiceField(label=pgettext_lazy("whether a try has", "Passed"), required=False, choices=PASSED)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=[("", gettext_lazy("Any country")), *Country.choices]
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Any of mine"),
    )
    since = forms.DateField(
        label=gettext_lazy("Started from"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Started until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def wanted(self, order: str) -> Wanted:
        """What was chosen; an unknown value narrows nothing and is named beside its field."""
        self.is_valid()
        chosen = {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
        if organisation := chosen.get("organisation"):
            chosen["organisation"] = organisation.pk
        return Wanted(**chosen, order=order if order.removeprefix("-") in ORDERS else FIRST)


def quiz_or_404(quiz_key: UUID) -> Quiz:
    """The quiz in the reader's language if it has that, live or not: what was tried stays to be read."""
    quizzes = Quiz.objects.filter(translation_key=quiz_key).select_related("locale").order_by("pk")
    quiz = min(quizzes, key=lambda quiz: quiz.locale.language_code != get_language(), default=None)
    if quiz is None:
        raise Http404
    return quiz


def require_reader(request: HttpRequest) -> None:
    if not may_read_reports(request.user):
        raise PermissionDenied


@require_safe
def results_index(request: HttpRequest) -> HttpResponse:
    """The quizzes, each with how many tries the reader may see. A fixed number of queries."""
    require_reader(request)
    quizzes: dict[UUID, Quiz] = {}
    for quiz in Quiz.objects.select_related("locale").order_by("title", "pk"):
        kept = quizzes.setdefault(quiz.translation_key, quiz)
        if quiz.locale.language_code == get_language() != kept.locale.language_code:
            quizzes[quiz.translation_key] = quiz
    visible = scope_of(request.user).every_attempt().submitted().order_by()
    counts = dict(visible.values_list("quiz_key").annotate(Count("pk")))
    rows = [(quiz, counts.get(key, 0)) for key, quiz in quizzes.items()]
    context = {"rows": rows, "may_analyse": may_work_on_quizzes(request.user)}
    return render(request, "quizzes/admin/results_index.html", context)


@require_safe
def results(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Tries and their sums. The number of queries does not grow with the number of tries."""
    require_reader(request)
    quiz, scope = quiz_or_404(quiz_key), scope_of(request.user)
    form = ResultsFilter(request.GET or None, organisations=organisations_as(request.user, *READERS))
    wanted = form.wanted(request.GET.get("sort", FIRST))
    visible = scope.attempts(quiz_key)
    attempts = wanted.narrow(visible)
    if "export" in request.GET:
        parameters = {"organisations": scope.freeze(), "wanted": wanted.freeze()}
        return download_table(request, quiz_key, "results", parameters)
    page = Paginator(light(wanted.sort(attempts)), PER_PAGE).get_page(request.GET.get("p"))
    tries = list(page)
    summary = summary_of(attempts)
    context = {
        "quiz": quiz,
        "form": form,
        "page": page,
        "rows": list(rows_of(tries, seconds_spent([attempt.pk for attempt in tries]))),
        "columns": _columns(request, wanted.order),
        "params": _query(request, "p", "export"),
        "summary": summary,
        "chart": _chart(summary),
        "may_analyse": may_work_on_quizzes(request.user),
        "answers_ready": enough_people(visible),
    }
    return render(request, "quizzes/admin/results.html", context)


def _query(request: HttpRequest, *without: str, **more: str) -> str:
    """The query string of the request, changed."""
    params = request.GET.copy()
    for name in without:
        params.pop(name, None)
    for name, value in more.items():
        params[name] = value
    return params.urlencode()


def _columns(request: HttpRequest, order: str) -> list[dict[str, str]]:
    """Heading, address that sorts by it, and what ``aria-sort`` says."""
    columns = []
    for name, label in COLUMNS:
        sort = ""
        if name and order.removeprefix("-") == name:
            sort = "descending" if order.startswith("-") else "ascending"
        link = _query(request, "p", "export", sort=f"-{name}" if sort == "ascending" else name) if name else ""
        columns.append({"label": label, "link": link, "sort": sort})
    return columns


def _chart(summary: Summary) -> Chart | None:
    """How the results lie on the scale; None where there are none."""
    if not summary.spread.n:
        return None
    labels = [f"{tenth * 10}–{tenth * 10 + 9 if tenth < 9 else 100}" for tenth in range(10)]
    return bar_chart([(label, count, str(count)) for label, count in zip(labels, summary.tenths, strict=True)])


@require_safe
def answers(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """The download of what was answered, without names."""
    if not may_work_on_quizzes(request.user):
        raise PermissionDenied
    quiz_or_404(quiz_key)
    scope = scope_of(request.user)
    if not enough_people(scope.attempts(quiz_key)):
        raise PermissionDenied(_("Fewer than five people have handed in this quiz."))
    return download_table(request, quiz_key, "answers", {"organisations": scope.freeze()})
