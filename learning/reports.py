"""Who has learned what: the first report for trainers, issuers and coordinators."""

import uuid
from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Occupation, Organisation, Role, User
from accounts.permissions import may_read_reports, organisations_as
from courses.models import CoursePage
from courses.outline import Outline, outline_of, outlines_of
from training.places import Country
from training.spreadsheets import csv_response, xlsx_response

from .models import Enrolment

PER_PAGE = 50
STATES = [("", gettext_lazy("Any state")), ("active", gettext_lazy("In progress")), ("completed", gettext_lazy("Completed"))]
EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}
READERS = (Role.TRAINER, Role.ISSUER, Role.COORDINATOR)  # see ``may_read_reports``


class ReportFilter(forms.Form):
    """The filters of the report; every one may stay open. ``organisations``: those whose learners the reader may see."""

    q = forms.CharField(label=gettext_lazy("Name or e-mail"), required=False, max_length=100)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=[("", gettext_lazy("Any country")), *Country.choices]
    )
    occupation = forms.ChoiceField(
        label=gettext_lazy("Occupation"), required=False, choices=[("", gettext_lazy("Any occupation")), *Occupation.choices]
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Any of mine"),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)

    def __init__(self, *args, organisations: QuerySet[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def apply(self, enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        """``enrolments`` narrowed by what was chosen, each once; an unknown value narrows nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("q"):
            enrolments = enrolments.filter(Q(user__full_name__icontains=chosen["q"]) | Q(user__email__icontains=chosen["q"]))
        if chosen.get("country"):
            enrolments = enrolments.filter(user__country=chosen["country"])
        if chosen.get("occupation"):
            enrolments = enrolments.filter(user__occupation=chosen["occupation"])
        if chosen.get("organisation"):
            enrolments = enrolments.filter(user__memberships__organisation=chosen["organisation"])
        if chosen.get("state"):
            enrolments = enrolments.filter(completed_at__isnull=chosen["state"] == "active")
        return enrolments.distinct()


def enrolments_visible_to(user: User) -> QuerySet[Enrolment]:
    """Enrolments that ``user`` may see: those of people in their own organisations; all for a superuser. Some come twice."""
    if user.is_superuser:
        return Enrolment.objects.all()
    return Enrolment.objects.filter(user__memberships__organisation__in=organisations_as(user, *READERS))


def _require_reader(request: HttpRequest) -> None:
    if not may_read_reports(request.user):
        raise PermissionDenied


@require_safe
def progress_report_index(request: HttpRequest) -> HttpResponse:
    """The courses, each with how many learners the reader may see."""
    _require_reader(request)
    keys = set(CoursePage.objects.live().values_list("translation_key", flat=True))
    outlines = outlines_of(keys, get_language(), request=request)
    visible = enrolments_visible_to(request.user).order_by()
    counts = dict(visible.values_list("course_key").annotate(Count("pk", distinct=True)))
    courses = sorted(((o, counts.get(o.key, 0)) for o in outlines.values()), key=lambda pair: pair[0].title)
    return render(request, "learning/report_index.html", {"courses": courses})


@require_safe
def progress_report(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """Learners x lessons of one course. The number of queries does not grow with the number of learners."""
    _require_reader(request)
    course = outline_of(course_key, get_language(), request=request)
    form = ReportFilter(request.GET or None, organisations=organisations_as(request.user, *READERS))
    enrolments = form.apply(enrolments_visible_to(request.user).filter(course_key=course_key))
    enrolments = enrolments.select_related("user").prefetch_related("completions")
    enrolments = enrolments.order_by("user__full_name", "user__email", "pk")
    export = EXPORTS.get(request.GET.get("export", ""))
    if export:
        return export(f"{slugify(course.title)[:60] or 'course'}-learners", _table(course, enrolments))
    page = Paginator(enrolments, PER_PAGE).get_page(request.GET.get("p"))
    params = request.GET.copy()
    for name in ("p", "export"):
        params.pop(name, None)
    context = {
        "course": course,
        "form": form,
        "page": page,
        "rows": [_row(course, e) for e in page],
        "params": params.urlencode(),
    }
    return render(request, "learning/report.html", context)


def _row(course: Outline, enrolment: Enrolment) -> dict:
    done = {completion.lesson_key for completion in enrolment.completions.all()}
    lessons = [(lesson, lesson.key in done) for lesson in course.lessons]
    return {"enrolment": enrolment, "lessons": lessons, "done": sum(is_done for _lesson, is_done in lessons)}


def _table(course: Outline, enrolments: QuerySet[Enrolment]) -> Iterator[list]:
    yield [
        *(_("Name"), _("E-mail"), _("Country"), _("Occupation"), _("Started"), _("Completed"), _("Lessons done"), _("Lessons")),
        *(f"{lesson.module_number}.{lesson.number} {lesson.title}" for lesson in course.lessons),
    ]
    for enrolment in enrolments:
        row, user = _row(course, enrolment), enrolment.user
        yield [
            *(user.full_name, user.email, user.get_country_display(), user.get_occupation_display()),
            *(f"{day:%Y-%m-%d}" if day else "" for day in (enrolment.started_at, enrolment.completed_at)),
            *(row["done"], len(row["lessons"])),
            *(_("Done") if is_done else "" for _lesson, is_done in row["lessons"]),
        ]
