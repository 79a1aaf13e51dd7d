"""Pages to begin with: ordinary pages below a course that is never published, and how one of them is copied."""

import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from accounts.models import User

from .models import CoursePage, LessonPage, ModulePage
from .packs.reading import NAMESPACE

STARTERS = uuid.uuid5(NAMESPACE, "starters/starters")  # the key of that course, see content/starters/


@dataclass
class Starter:
    """A page to copy, and the lessons that a copy of it brings."""

    page: Page
    lessons: list[LessonPage] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def starters_for(parent: Page) -> list[Starter]:
    """What may be copied below ``parent``: modules below a course, lessons below a module. At most three queries."""
    root = CoursePage.objects.filter(translation_key=STARTERS).order_by("pk").first()
    if root is None or parent.path.startswith(root.path):
        return []
    lessons = [_newest(lesson) for lesson in _below(LessonPage.objects, root)]
    if isinstance(parent, ModulePage):
        return [Starter(lesson, [lesson]) for lesson in lessons]
    if not isinstance(parent, CoursePage):
        return []
    modules = [_newest(module) for module in _below(ModulePage.objects, root)]
    return [Starter(module, [lesson for lesson in lessons if lesson.path.startswith(module.path)]) for module in modules]


def _below(pages: QuerySet, root: Page) -> QuerySet:
    return pages.descendant_of(root).select_related("latest_revision").order_by("path")


def _newest(page: Page) -> Page:
    """As its author last left it: what is never published is only written down in revisions."""
    return page.get_latest_revision_as_object()


@transaction.atomic
def copy_starter(*, starter: Page, parent: Page, user: User) -> Page:
    """A draft of ``starter`` and of all below it, the last child of ``parent`` and in its language; all of it or nothing.

    Raises PermissionDenied where ``user`` may not add pages to ``parent``.
    """
    copy = starter.specific.copy(
        recursive=True,
        to=parent,
        keep_live=False,
        copy_revisions=True,  # what was never published stands there alone
        user=user,
        update_attrs={"slug": find_available_slug(parent, starter.slug)},
    )
    if copy.locale_id != parent.locale_id:
        Page.objects.descendant_of(copy, inclusive=True).update(locale=parent.locale)
    return Page.objects.get(pk=copy.pk)
