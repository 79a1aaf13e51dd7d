"""Who may open a lesson: those who take the course, and everyone the first one."""

from dataclasses import dataclass

from django.http import HttpRequest

from courses.models import LessonPage
from courses.outline import Outline, course_key_of, outline_of

from .models import Enrolment


@dataclass(frozen=True)
class Reader:
    """Somebody in front of a lesson. ``enrolment`` is None for visitors and for staff who look."""

    outline: Outline
    enrolment: Enrolment | None
    allowed: bool


def may_read(request: HttpRequest, lesson: LessonPage) -> Reader:
    """Who asks for ``lesson`` and whether they get it. Leaves ``request.learner_lesson`` for the template tags, read once."""
    course_key = course_key_of(lesson)
    outline = outline_of(course_key, lesson.locale.language_code, request=request)
    enrolment = Enrolment.objects.of(request.user).filter(course_key=course_key).first()
    if enrolment:
        enrolment.user = request.user  # known already, so never asked for
    request.learner_lesson = (outline, enrolment)
    is_first = bool(outline.lessons) and outline.lessons[0].key == lesson.translation_key
    allowed = enrolment is not None or is_first or request.user.has_perm("wagtailadmin.access_admin")
    return Reader(outline, enrolment, allowed)
