"""Who may have which printable. Asked anew each time somebody orders, looks or takes the file along."""

import uuid

from django.http import Http404, HttpRequest
from wagtail.models import Page

from accounts.permissions import may_print_handbooks
from courses.models import LessonPage, ModulePage
from courses.outline import course_key_of
from learning.access import may_read
from learning.models import Enrolment

from .models import Kind

PAGES: dict[str, type[LessonPage] | type[ModulePage]] = {
    Kind.LESSON: LessonPage,
    Kind.HANDOUT: ModulePage,
    Kind.HANDBOOK: ModulePage,
}


def page_of(kind: str, page_key: uuid.UUID, language: str) -> LessonPage | ModulePage:
    """The live page that a printable of ``kind`` is about: in ``language``, else as it was written. Raises Http404."""
    pages = (
        PAGES[kind].objects.live().filter(translation_key=page_key).select_related("locale").order_by("pk")
        if kind in PAGES
        else []
    )
    found = min(pages, key=lambda page: page.locale.language_code != language, default=None)
    if found is None:
        raise Http404
    return found


def may_have(request: HttpRequest, kind: str, page: LessonPage | ModulePage) -> bool:
    """A lesson: whoever may read it. A handout: who takes the course, and trainers. A handbook, with its answers: trainers."""
    if not is_open(request, page):
        return False
    if kind == Kind.LESSON:
        return may_read(request, page).allowed
    if may_print_handbooks(request.user):
        return True
    takes_course = Enrolment.objects.of(request.user).filter(course_key=course_key_of(page)).exists()
    return kind == Kind.HANDOUT and takes_course


def is_open(request: HttpRequest, page: Page) -> bool:
    """Whether no view restriction of Wagtail stands in the way."""
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
