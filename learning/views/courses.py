"""My learning, the outline of a course, and the two acts of a learner: start a course, finish a lesson."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.outline import outline_of, outlines_of

from .. import services
from ..models import Enrolment
from ..progress import done_keys, progress_of, resume_lesson
from ..summaries import course_cards, task_list
from .lessons import lesson_in_language

PENDING_COURSE = "start_course"  # in the session of a visitor who pressed Start before having an account


@login_required
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """Continue first, then what is in progress, then what is done."""
    enrolments = list(Enrolment.objects.of(request.user).prefetch_related("completions").order_by("-last_seen_at"))
    outlines = outlines_of([e.course_key for e in enrolments], get_language(), request=request)
    cards = course_cards(enrolments, outlines)
    context = {
        "current": [card for card in cards if not card.enrolment.completed_at],
        "done": [card for card in cards if card.enrolment.completed_at],
    }
    return render(request, "learning/my_learning.html", context)


@require_safe
def outline(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """All lessons of a course with their state, and what remains until the certificate."""
    course = outline_of(course_key, get_language(), request=request)
    enrolment = Enrolment.objects.of(request.user).filter(course_key=course_key).first()
    done = done_keys(enrolment)
    context = {
        "course": course,
        "enrolment": enrolment,
        "progress": progress_of(course.lessons, done),
        "modules": task_list(course, done, enrolment),
        "resume": resume_lesson(course, enrolment, done),
        "left": [lesson for lesson in course.lessons if lesson.key not in done],
    }
    return render(request, "learning/outline.html", context)


@require_POST
def start(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """Enrol and open the lesson to go on with. A visitor is led through the sign-up and then straight to the lesson."""
    course = outline_of(course_key, get_language(), request=request)
    if not request.user.is_authenticated:
        request.session[PENDING_COURSE] = str(course_key)
        first = course.lessons[0].url if course.lessons else course.url
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': first})}")
    enrolment = services.enrol(user=request.user, outline=course)
    lesson = resume_lesson(course, enrolment, done_keys(enrolment))
    return redirect(lesson.url if lesson else course.url)


@require_POST
def complete_lesson(request: HttpRequest, lesson_key: uuid.UUID) -> HttpResponse:
    """Record the lesson as done and go on to the next one, or back to it with what is still missing."""
    lesson = lesson_in_language(lesson_key)
    if lesson is None:
        raise Http404
    if not request.user.is_authenticated:
        messages.info(request, _("You were signed out in the meantime. Sign in, then mark the lesson as done once more."))
        return redirect_to_login(lesson.get_url(request))
    try:
        result = services.complete_lesson(user=request.user, lesson=lesson)
    except Enrolment.DoesNotExist as error:
        raise Http404 from error
    except services.LessonNotReady as error:
        for item in error.missing:
            messages.warning(request, _("Still to do: %(what)s") % {"what": item.in_words})
        return redirect(lesson.get_url(request))
    if result.course_now:
        messages.success(request, _("You have finished the course. Well done."))
        return redirect("learning:outline", course_key=result.outline.key)
    messages.success(request, _("Done: %(lesson)s") % {"lesson": lesson.title})
    following = result.outline.neighbours(lesson_key)[1]
    return redirect(following.url) if following else redirect("learning:outline", course_key=result.outline.key)
