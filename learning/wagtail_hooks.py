"""Who may open a lesson, and what may not be moved or deleted because learners' records hang on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.models import Page

from accounts.permissions import may_moderate, may_read_reports
from courses.models import CoursePage, LessonPage

from . import services
from .access import may_read
from .models import Enrolment, LessonCompletion
from .moderation import moderation_index, moderation_queue, waiting_count
from .reports import progress_report, progress_report_index


@hooks.register("before_serve_page")
def open_to_the_enrolled(page: Page, request: HttpRequest, args, kwargs) -> HttpResponse | None:
    """``access.may_read`` for whoever opens the page itself. Previews do not pass here."""
    if not isinstance(page, LessonPage):
        return None
    reader = may_read(request, page)
    if reader.enrolment:
        services.remember_place(enrolment=reader.enrolment, lesson_key=page.translation_key)
    if reader.allowed:
        return None
    messages.info(request, _("Start the course to open its lessons."))
    return redirect(reader.outline.url)


def learner_count(pages) -> int:
    """How many learners have records in ``pages`` or anywhere below them, in any language."""
    courses, lessons = set(), set()
    for page in pages:
        below = Page.objects.descendant_of(page, inclusive=True)
        courses |= set(CoursePage.objects.filter(pk__in=below).values_list("translation_key", flat=True))
        lessons |= set(LessonPage.objects.filter(pk__in=below).values_list("translation_key", flat=True))
    enrolled = set(Enrolment.objects.filter(course_key__in=courses).values_list("user", flat=True))
    return len(enrolled | set(LessonCompletion.objects.filter(lesson_key__in=lessons).values_list("enrolment__user", flat=True)))


def refuse(request: HttpRequest, pages, back: str) -> HttpResponse | None:
    """A redirect with the reason when learners' records would lose their content; None when nothing stands in the way."""
    count = learner_count(pages)
    if not count:
        return None
    messages.error(
        request,
        ngettext(
            "%(count)d learner has records here, so it stays. Unpublish it instead: nothing is lost then.",
            "%(count)d learners have records here, so it stays. Unpublish it instead: nothing is lost then.",
            count,
        )
        % {"count": count},
    )
    return redirect(back)


@hooks.register("before_delete_page")
def keep_pages_with_learners(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse(request, [page], reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("before_move_page")
def keep_structure_with_learners(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Within its own parent a page may move (that is its order); elsewhere it would leave the course it was learnt in."""
    if destination.pk == page.get_parent().pk:
        return None
    return refuse(request, [page], reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("before_bulk_action")
def keep_pages_with_learners_in_bulk(request: HttpRequest, action_type: str, objects, action) -> HttpResponse | None:
    if action_type not in {"delete", "move"} or action.model is not Page or request.method != "POST":
        return None
    return refuse(request, objects, action.next_url)


@hooks.register("register_admin_urls")
def report_urls() -> list:
    return [
        path("learning/words/", moderation_index, name="learning_moderation"),
        path("learning/words/<uuid:lesson_key>/", moderation_queue, name="learning_moderation_queue"),
        path("learning/", progress_report_index, name="learning_report_index"),
        path("learning/<uuid:course_key>/", progress_report, name="learning_report"),
    ]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Learners and lessons"), reverse("learning_report_index"), name="learning", icon_name="group", order=100
    )


class ModerationMenuItem(MenuItem):
    """Says how many texts wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        waiting = waiting_count()
        component.label = f"{self.label} ({waiting})" if waiting else str(self.label)
        return component


@hooks.register("register_reports_menu_item")
def moderation_menu_item() -> MenuItem:
    label = gettext_lazy("Words and ideas")
    return ModerationMenuItem(label, reverse("learning_moderation"), name="words-and-ideas", icon_name="comment", order=105)
