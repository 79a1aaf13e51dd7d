"""Buttons for paper inside content pages. ``courses`` stays ignorant of printing."""

from typing import Any

from django import template
from django.middleware.csrf import get_token

from accounts.permissions import may_print_handbooks
from courses.models import LessonPage, ModulePage
from courses.outline import course_key_of
from learning.models import Enrolment
from printables.models import Kind

register = template.Library()


@register.inclusion_tag("printables/components/save_lesson.html", takes_context=True)
def save_lesson(context: dict[str, Any], page: LessonPage) -> dict[str, Any]:
    """The button that makes a PDF of a lesson; nothing in a preview, where there is no page to print."""
    request = context.get("request")
    shown = request is not None and page.live and not getattr(request, "is_preview", False)
    return {"page": page if shown else None, "csrf_token": get_token(request) if shown else "", "kind": Kind.LESSON}


@register.inclusion_tag("printables/components/save_module.html", takes_context=True)
def save_module(context: dict[str, Any], page: ModulePage) -> dict[str, Any]:
    """The ways to the handout and the handbook, for those who may have them. At most one query."""
    request = context.get("request")
    if request is None or not page.live or getattr(request, "is_preview", False):
        return {"kinds": []}
    if may_print_handbooks(request.user):
        return {"kinds": [Kind.HANDOUT, Kind.HANDBOOK], "page": page}
    takes_course = Enrolment.objects.of(request.user).filter(course_key=course_key_of(page)).exists()
    return {"kinds": [Kind.HANDOUT] if takes_course else [], "page": page}
