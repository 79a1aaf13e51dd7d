"""The learner's own bits inside content pages. ``courses`` stays ignorant of who reads."""

import uuid
from typing import Any

from django import template
from django.utils.translation import get_language

from courses.models import LessonPage, ModulePage
from courses.outline import course_key_of, outline_of, outlines_of
from courses.pieces import pieces_of
from learning.lesson_actions import actions_of
from learning.lesson_body import rehearse_lesson_body, render_lesson_body
from learning.links import lesson_links, quiz_lessons
from learning.models import Enrolment
from learning.progress import done_keys, progress_of, resume_lesson
from learning.rehearsal import rehearsal_of
from learning.summaries import course_cards, task_list

register = template.Library()


def _learner(context):
    request = context.get("request")
    user = getattr(request, "user", None)
    preview = bool(getattr(request, "is_preview", False))
    return request, user if user is not None and user.is_authenticated and not preview else None


def _lesson_state(context, page: LessonPage):
    """The outline, enrolment and done lessons for a lesson, read once per request; in a preview those of its rehearsal."""
    request, user = _learner(context)
    rehearsal = rehearsal_of(request)
    known = getattr(request, "learner_lesson", None)
    if known is None:
        from_page = page.get_parent()
        course = from_page.get_parent() if from_page else None
        outline = (
            outline_of(course.translation_key, page.locale.language_code, request=request) if course and course.live else None
        )
        known = (outline, rehearsal.enrolment if rehearsal else None)
    outline, enrolment = known
    if not hasattr(request, "done_lessons"):
        request.done_lessons = rehearsal.done(page, outline) if rehearsal else done_keys(enrolment)
    return outline, enrolment, request.done_lessons, user


@register.inclusion_tag("learning/components/lesson_position.html", takes_context=True)
def lesson_position(context, page: LessonPage):
    """Where the reader is: module, lesson n of m, minutes, how much of the course is done."""
    outline, enrolment, done, _user = _lesson_state(context, page)
    lesson = outline.lesson(page.translation_key) if outline else None
    module = outline.module_of(page.translation_key) if outline else None
    return {
        "page": page,
        "course": outline,
        "lesson": lesson,
        "module": module,
        "enrolment": enrolment,
        "progress": progress_of(outline.lessons, done) if outline else None,
        "is_done": page.translation_key in done,
    }


@register.inclusion_tag("learning/components/lesson_navigation.html", takes_context=True)
def lesson_navigation(context, page: LessonPage):
    """The lessons of this module as a task list."""
    outline, enrolment, done, _user = _lesson_state(context, page)
    module = outline.module_of(page.translation_key) if outline else None
    rows = task_list(outline, done, enrolment, page.translation_key) if outline else []
    rows = [m for m in rows if module and m.module.key == module.key]
    return {"course": outline, "modules": rows}


@register.inclusion_tag("learning/components/lesson_actions.html", takes_context=True)
def lesson_actions(context, page: LessonPage):
    """Previous, next, and the one act of a lesson: done. Lists what is missing instead when something is."""
    outline, enrolment, done, user = _lesson_state(context, page)
    request = context.get("request")
    rehearsal = rehearsal_of(request)
    return actions_of(page, request, outline, enrolment, done, signed_in=user is not None, rehearsal=rehearsal)


def _enrolled(request, user, course_key: uuid.UUID):
    """The reader's enrolment in a course and the keys of the lessons they have done."""
    if rehearsal := rehearsal_of(request):
        return rehearsal.enrolment, set()
    enrolment = Enrolment.objects.of(user).filter(course_key=course_key).first() if user else None
    return enrolment, done_keys(enrolment)


@register.inclusion_tag("learning/components/course_start.html", takes_context=True)
def course_start(context, page):
    """Start, or go on: the one button of a course page."""
    request, user = _learner(context)
    outline = outline_of(page.translation_key, get_language(), request=request) if page.live else None
    enrolment, done = _enrolled(request, user, page.translation_key)
    return {
        "request": request,
        "preview": rehearsal_of(request) is not None,
        "csrf_token": context.get("csrf_token"),
        "page": page,
        "course": outline,
        "enrolment": enrolment,
        "modules": task_list(outline, done, enrolment) if outline else [],
        "progress": progress_of(outline.lessons, done) if outline else None,
        "resume": resume_lesson(outline, enrolment, done) if outline else None,
    }


@register.inclusion_tag("learning/components/continue_card.html", takes_context=True)
def continue_card(context):
    """The course to go on with, for a signed-in learner; nothing for anyone else."""
    request, user = _learner(context)
    if user is None:
        return {"card": None}
    enrolment = (
        Enrolment.objects.of(user)
        .filter(completed_at__isnull=True)
        .prefetch_related("completions")
        .order_by("-last_seen_at")
        .first()
    )
    enrolments = [enrolment] if enrolment else []
    outlines = outlines_of([e.course_key for e in enrolments], get_language(), request=request) if enrolments else {}
    return {"card": next(iter(course_cards(enrolments, outlines)), None)}


@register.simple_tag(takes_context=True)
def enrolled_progress(context) -> dict[uuid.UUID, object]:
    """Progress by course key, for the cards of a list. Two queries, plus those of the outlines."""
    request, user = _learner(context)
    if user is None:
        return {}
    enrolments = list(Enrolment.objects.of(user).prefetch_related("completions"))
    outlines = outlines_of([e.course_key for e in enrolments], get_language(), request=request) if enrolments else {}
    return {card.course.key: card.progress for card in course_cards(enrolments, outlines)}


@register.simple_tag(takes_context=True, name="lesson_links")
def lesson_links_tag(context, keys):
    """Links to the lessons with these keys, see ``learning.links``."""
    return lesson_links([key for key in keys if key], context.get("request"))


@register.simple_tag(takes_context=True, name="quiz_lessons")
def quiz_lessons_tag(context, quiz_keys):
    """Links to the lessons that hold these quizzes, see ``learning.links``."""
    return quiz_lessons(quiz_keys, context.get("request"))


@register.filter
def at(links: dict[uuid.UUID, Any], key: uuid.UUID | str) -> Any:
    """What ``links`` has under ``key``, which may be written as text; None where there is nothing."""
    return links.get(uuid.UUID(str(key))) if key else None


@register.simple_tag(takes_context=True)
def lesson_body(context, page: LessonPage):
    """The blocks of a lesson; see ``learning.lesson_body``."""
    if rehearsal := rehearsal_of(context.get("request")):
        return rehearse_lesson_body(page, context.flatten(), rehearsal)
    _outline, enrolment, _done, _user = _lesson_state(context, page)
    return render_lesson_body(page, context.flatten(), enrolment)


@register.inclusion_tag("learning/components/practice_assets.html", takes_context=True)
def practice_assets(context, page: LessonPage):
    """Styles of the practice blocks of a lesson, and scripts of all its blocks; nothing for a lesson without any."""
    pieces = pieces_of(page, preview=rehearsal_of(context.get("request")) is not None)
    scripts = {script for piece in pieces for script in piece.scripts}
    return {"practice": any(piece.material for piece in pieces), "scripts": sorted(scripts)}


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def page_breadcrumbs(context, page):
    """The pages above ``page``, from the catalogue down. One query."""
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gt=2).live().defer_streamfields() if page.pk else []
    return {"items": [*({"title": p.title, "url": p.get_url(request)} for p in above), {"title": page.title}]}


@register.inclusion_tag("learning/components/module_lessons.html", takes_context=True)
def module_lessons(context, page: ModulePage):
    """The lessons of a module with the reader's states."""
    request, user = _learner(context)
    if not page.live:
        return {"modules": []}
    key = course_key_of(page)
    outline = outline_of(key, page.locale.language_code, request=request)
    enrolment, done = _enrolled(request, user, key)
    rows = task_list(outline, done, enrolment)
    return {"modules": [r for r in rows if r.module.key == page.translation_key], "enrolment": enrolment}
