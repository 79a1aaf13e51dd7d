"""A report on the cases of a course: how they are spread over girls and boys, nationals and others, and forms of exploitation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.permissions import page_permission_policy

from accounts.models import User

from .blocks.portrayed import FORMS, GENDERS, NOBODY, ORIGINS, PORTRAYED
from .models import CoursePage, LessonPage

CASES = {"case", "case_file", "scenario", "decision"}
NOT_SAID = ("", _("Not said"))
SPREADS = [
    ("gender", _("Who it is about"), [choice for choice in GENDERS if choice[0] != NOBODY]),
    ("origin", _("Where the child is from"), ORIGINS),
    ("exploitation", _("Form of exploitation"), FORMS),
]


@dataclass(frozen=True)
class Case:
    """One case. ``said`` is what its author chose, by field; ``url`` leads to its place in the editor."""

    title: str
    lesson: str
    url: str
    said: dict[str, str]

    @property
    def is_complete(self) -> bool:
        return all(self.said.values())


@dataclass(frozen=True)
class Spread:
    """One table: how many cases there are of each kind."""

    name: str
    heading: str | Promise
    rows: list[tuple[str | Promise, int]]


@dataclass(frozen=True)
class Balance:
    title: str
    cases: list[Case] = field(default_factory=list)

    @property
    def spreads(self) -> list[Spread]:
        return [
            Spread(name, heading, [(label, self.counted(name)[value]) for value, label in [*choices, NOT_SAID]])
            for name, heading, choices in SPREADS
        ]

    @property
    def open_cases(self) -> list[Case]:
        """Those of which something is not said."""
        return [case for case in self.cases if not case.is_complete]

    def counted(self, name: str) -> Counter:
        return Counter(case.said[name] for case in self.cases)


def balances(courses: list[CoursePage]) -> list[Balance]:
    """One for each of ``courses``, from its live lessons. One query for each course."""
    return [Balance(course.title, list(cases_of(course))) for course in courses]


def cases_of(course: CoursePage) -> Iterator[Case]:
    """The cases with a child in them, in the order of the course."""
    for lesson in LessonPage.objects.live().descendant_of(course).only("pk", "title", "path", "body").order_by("path"):
        for block in lesson.body.raw_data:
            value = block["value"]
            if block["type"] in CASES and value.get("gender") != NOBODY:
                url = f"{reverse('wagtailadmin_pages:edit', args=[lesson.pk])}#block-{block['id']}-section"
                said = {name: value.get(name) or "" for name in PORTRAYED}
                yield Case(value.get("name") or value.get("heading") or "", lesson.title, url, said)


def may_read_balance(user: User) -> bool:
    return page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"])


@require_safe
def balance_report(request: HttpRequest) -> HttpResponse:
    """Each course once, in the language in which it was written first."""
    if not may_read_balance(request.user):
        raise PermissionDenied
    first = {}
    for course in CoursePage.objects.live().defer_streamfields().order_by("pk"):
        first.setdefault(course.translation_key, course)
    return TemplateResponse(request, "courses/admin/balance.html", {"balances": balances(list(first.values()))})
